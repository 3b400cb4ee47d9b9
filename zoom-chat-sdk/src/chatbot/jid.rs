//! JIDs, by which chatbots address users and channels.

use super::Chatbot;
use crate::{ChannelId, InvalidId, Jid, UserId};

/// The host of the JIDs of published apps.
const HOST: &str = "xmpp.zoom.us";
/// Precedes the host in the JID of a channel.
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
    /// [`InvalidId`] if the user id is invalid.
    pub fn of_user(user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Result<Self, InvalidId> {
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
    /// [`InvalidId`] if the channel id is invalid.
    pub fn of_channel(
        channel: impl TryInto<ChannelId, Error: Into<InvalidId>>,
    ) -> Result<Self, InvalidId> {
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
    /// The JID of a channel, on the chatbot's own server: apps in development have another server than published ones.
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
    /// [`InvalidId`] if the channel id is invalid.
    pub fn channel_jid(
        &self,
        channel: impl TryInto<ChannelId, Error: Into<InvalidId>>,
    ) -> Result<Jid, InvalidId> {
        channel_at(channel, self.host())
    }

    /// The JID of a user, on the chatbot's own server.
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
    /// [`InvalidId`] if the user id is invalid.
    pub fn user_jid(
        &self,
        user: impl TryInto<UserId, Error: Into<InvalidId>>,
    ) -> Result<Jid, InvalidId> {
        user_at(user, self.host())
    }

    fn host(&self) -> &str {
        let host = self
            .robot
            .as_ref()
            .and_then(|robot| robot.as_str().rsplit_once('@'));
        host.map_or(HOST, |(_, host)| host)
    }
}

/// Zoom writes user ids in lower case in JIDs.
fn user_at(
    user: impl TryInto<UserId, Error: Into<InvalidId>>,
    host: &str,
) -> Result<Jid, InvalidId> {
    let user = user.try_into().map_err(Into::into)?;
    Jid::new(format!("{}@{host}", user.as_str().to_lowercase()))
}

fn channel_at(
    channel: impl TryInto<ChannelId, Error: Into<InvalidId>>,
    host: &str,
) -> Result<Jid, InvalidId> {
    let channel = channel.try_into().map_err(Into::into)?;
    Jid::new(format!("{channel}@{CHANNELS}{host}"))
}
