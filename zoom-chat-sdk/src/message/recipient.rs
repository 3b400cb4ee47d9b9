//! The recipient of a message.

use crate::{ChannelId, Contact, InvalidId};

/// The recipient of a message: exactly one contact or one channel.
///
/// ```
/// use zoom_chat_sdk::Recipient;
///
/// let team = Recipient::channel("825c8d2b0e1f4cb8b1d2")?;
/// let jill = Recipient::contact("jchill@example.com")?;
/// # Ok::<(), zoom_chat_sdk::InvalidId>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recipient(Address);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Address {
    Channel(ChannelId),
    Contact(Contact),
}

impl Recipient {
    /// A channel that the sender is a member of.
    ///
    /// ```
    /// use zoom_chat_sdk::Recipient;
    ///
    /// assert!(Recipient::channel("825c9e31f1064c73b394c5e4557d3447").is_ok());
    /// assert!(Recipient::channel("..").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for text that cannot be a channel id.
    pub fn channel(
        channel: impl TryInto<ChannelId, Error: Into<InvalidId>>,
    ) -> Result<Self, InvalidId> {
        channel.try_into().map(Self::from).map_err(Into::into)
    }

    /// A person in the sender's contacts: an e-mail address, a user id or a member id.
    ///
    /// ```
    /// use zoom_chat_sdk::Recipient;
    ///
    /// assert!(Recipient::contact("jchill@example.com").is_ok());
    /// assert!(Recipient::contact("").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for text that cannot name a contact.
    pub fn contact(
        contact: impl TryInto<Contact, Error: Into<InvalidId>>,
    ) -> Result<Self, InvalidId> {
        contact.try_into().map(Self::from).map_err(Into::into)
    }

    /// The channel, if this is one.
    ///
    /// ```
    /// use zoom_chat_sdk::Recipient;
    ///
    /// let recipient = Recipient::channel("825c8d2b")?;
    /// assert_eq!(recipient.as_channel().map(|id| id.as_str()), Some("825c8d2b"));
    /// # Ok::<(), zoom_chat_sdk::InvalidId>(())
    /// ```
    #[must_use]
    pub fn as_channel(&self) -> Option<&ChannelId> {
        match &self.0 {
            Address::Channel(channel) => Some(channel),
            Address::Contact(_) => None,
        }
    }

    /// The contact, if this is one.
    ///
    /// ```
    /// use zoom_chat_sdk::Recipient;
    ///
    /// assert!(Recipient::channel("825c8d2b")?.as_contact().is_none());
    /// # Ok::<(), zoom_chat_sdk::InvalidId>(())
    /// ```
    #[must_use]
    pub fn as_contact(&self) -> Option<&Contact> {
        match &self.0 {
            Address::Channel(_) => None,
            Address::Contact(contact) => Some(contact),
        }
    }
}

/// Sets the contact or the channel of a request, which has `to_contact` and `to_channel`.
macro_rules! addressed {
    ($request:expr, $to:expr) => {{
        let (request, to) = ($request, &$to);
        match (to.as_channel(), to.as_contact()) {
            (Some(channel), _) => request.to_channel(channel),
            (None, Some(contact)) => request.to_contact(contact),
            (None, None) => request,
        }
    }};
}
pub(crate) use addressed;

impl From<ChannelId> for Recipient {
    fn from(channel: ChannelId) -> Self {
        Self(Address::Channel(channel))
    }
}

impl From<Contact> for Recipient {
    fn from(contact: Contact) -> Self {
        Self(Address::Contact(contact))
    }
}
