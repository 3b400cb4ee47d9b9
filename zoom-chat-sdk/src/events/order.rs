//! Identifies events that must be handled in order.

use serde_json::value::RawValue;

use super::{Event, envelope::members};

impl Event {
    /// A key that is the same for all events of one conversation, so that they can be handled in order. It has one of
    /// these forms:
    ///
    /// - `channel:` and the id of the channel,
    /// - `direct:` and the two users, as far as the event names them,
    /// - `jid:` and the conversation of a chatbot with a user,
    /// - `account:` and the id of the account, for all other events. The id is empty if the event has none.
    ///
    /// ```
    /// use zoom_chat_sdk::events::Event;
    ///
    /// fn shard(event: &Event, shards: usize) -> usize {
    ///     event.ordering_key().bytes().map(usize::from).sum::<usize>() % shards
    /// }
    /// ```
    #[must_use]
    pub fn ordering_key(&self) -> String {
        self.conversation()
            .unwrap_or_else(|| format!("account:{}", self.account_id().unwrap_or_default()))
    }

    fn conversation(&self) -> Option<String> {
        let [object, to_jid, email, id, member_id] = members(
            self.0.envelope.payload_text(),
            [
                "object",
                "toJid",
                "operator",
                "operator_id",
                "operator_member_id",
            ],
        )?;
        if let Some(to_jid) = to_jid.and_then(text) {
            return Some(of_jid(&to_jid));
        }
        let object = object?.get();
        let [channel_id, channel, own_id] = members(object, ["channel_id", "channel", "id"])?;
        let nested = channel.and_then(|channel| members(channel.get(), ["channel_id", "id"]));
        let [nested, nested_id] = nested.unwrap_or_default();
        let own_id = own_id.filter(|_| self.is_about_a_channel());
        let mut channels = [channel_id, nested, nested_id, own_id].into_iter();
        if let Some(channel) = channels.find_map(|id| id.and_then(text)) {
            return Some(format!("channel:{channel}"));
        }
        let contact = members(object, ["contact_email", "contact_id", "contact_member_id"])?;
        let contact = contact.into_iter().find_map(|id| id.and_then(text))?;
        let operator = [email, id, member_id].into_iter();
        let operator = operator.flatten().find_map(text).unwrap_or_default();
        // Each of the two may be the one who writes.
        let (first, second) = if operator < contact {
            (operator, contact)
        } else {
            (contact, operator)
        };
        Some(format!("direct:{first} {second}"))
    }

    /// Whether its object is a channel.
    fn is_about_a_channel(&self) -> bool {
        let name = self.name().trim();
        name.starts_with("chat_channel.")
            || matches!(
                name,
                "team_chat.channel_archived" | "team_chat.channel_unarchived"
            )
    }
}

/// `825c@conference.xmpp.zoom.us` is the channel with the id `825c`; other addresses are conversations with the
/// chatbot.
fn of_jid(jid: &str) -> String {
    match jid.split_once("@conference.") {
        Some((channel, _)) => format!("channel:{channel}"),
        None => format!("jid:{jid}"),
    }
}

/// A text that is not empty, in lower case: ids and addresses come in both cases.
fn text(value: &RawValue) -> Option<String> {
    let text: String = serde_json::from_str(value.get()).ok()?;
    (!text.is_empty()).then(|| text.to_lowercase())
}
