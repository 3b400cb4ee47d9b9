//! The JIDs by which chatbots address users and channels.

use super::Chatbot;
use crate::{ChannelId, InvalidId, Jid, UserId};

/// Where the JIDs of published apps are.
const HOST: &str = "xmpp.zoom.us";
/// What is before the host in the JID of a channel.
const CHANNELS: &str = "conference.";

impl Jid {
    /// The JID of a user, from the user id.
    ///
    /// ```
    /// use zoom_chat_sdk::Jid;
    ///
    /// let jid = Jid::of_user("n4Xc8RtqS2eLwAzVj7Kp0Q")?;
    /// assert_eq!(jid.as_str(), "n4xc8rtqs2elwazvj7kp0q@xmpp.zoom.us");
    /// # Ok::<(), zoom_chat_sdk::InvalidId>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for what cannot be a user id.
    pub fn of_user<U>(user: U) -> Result<Self, InvalidId>
    where
        U: TryInto<UserId>,
        U::Error: Into<InvalidId>,
    {
        user_at(user, HOST)
    }

    /// The JID of a channel, from the channel id.
    ///
    /// ```
    /// use zoom_chat_sdk::Jid;
    ///
    /// let jid = Jid::of_channel("825c8d2b")?;
    /// assert_eq!(jid.as_str(), "825c8d2b@conference.xmpp.zoom.us");
    /// assert_eq!(jid.channel_id(), Some("825c8d2b"));
    /// # Ok::<(), zoom_chat_sdk::InvalidId>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for what cannot be a channel id.
    pub fn of_channel<C>(channel: C) -> Result<Self, InvalidId>
    where
        C: TryInto<ChannelId>,
        C::Error: Into<InvalidId>,
    {
        channel_at(channel, HOST)
    }

    /// The id of the channel, if it is the JID of a channel.
    #[must_use]
    pub fn channel_id(&self) -> Option<&str> {
        let (local, domain) = self.as_str().split_once('@')?;
        domain.starts_with(CHANNELS).then_some(local)
    }
}

impl Chatbot {
    /// The JID of a channel where this chatbot is: an app in development has another server than a published one.
    ///
    /// ```
    /// # fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::InvalidId> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmppdev.zoom.us", "Hx3kTz9v");
    /// assert_eq!(bot.channel_jid("825c8d2b")?.as_str(), "825c8d2b@conference.xmppdev.zoom.us");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for what cannot be a channel id.
    pub fn channel_jid<C>(&self, channel: C) -> Result<Jid, InvalidId>
    where
        C: TryInto<ChannelId>,
        C::Error: Into<InvalidId>,
    {
        channel_at(channel, self.host())
    }

    /// The JID of a user where this chatbot is.
    ///
    /// ```
    /// # fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::InvalidId> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmppdev.zoom.us", "Hx3kTz9v");
    /// assert_eq!(bot.user_jid("n4Xc8Rtq")?.as_str(), "n4xc8rtq@xmppdev.zoom.us");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidId`] for what cannot be a user id.
    pub fn user_jid<U>(&self, user: U) -> Result<Jid, InvalidId>
    where
        U: TryInto<UserId>,
        U::Error: Into<InvalidId>,
    {
        user_at(user, self.host())
    }

    fn host(&self) -> &str {
        let robot = self.robot.as_ref().ok();
        let host = robot.and_then(|robot| robot.as_str().rsplit_once('@'));
        host.map_or(HOST, |(_, host)| host)
    }
}

/// Zoom writes user ids in lower case in JIDs.
fn user_at<U>(user: U, host: &str) -> Result<Jid, InvalidId>
where
    U: TryInto<UserId>,
    U::Error: Into<InvalidId>,
{
    let user = user.try_into().map_err(Into::into)?;
    Jid::new(format!("{}@{host}", user.as_str().to_lowercase()))
}

fn channel_at<C>(channel: C, host: &str) -> Result<Jid, InvalidId>
where
    C: TryInto<ChannelId>,
    C::Error: Into<InvalidId>,
{
    let channel = channel.try_into().map_err(Into::into)?;
    Jid::new(format!("{channel}@{CHANNELS}{host}"))
}
