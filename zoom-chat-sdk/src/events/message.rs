//! One view of messages for both families of events.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use zoom_chat_openapi::{
    tolerant::{Members, Tolerant},
    types::RichText,
};

/// What an event says about a message. It is the same for both families of events, `chat_message.*` and `team_chat.*`;
/// what an event does not contain is `None` or empty.
///
/// One message fires an event of each family that the app has subscribed to, with the same
/// [`message_id`](Self::message_id).
///
/// ```
/// use zoom_chat_sdk::events::{Change, Conversation, Event};
///
/// fn summary(event: &Event) -> Option<String> {
///     let message = event.message()?;
///     let place = match &message.conversation {
///         Some(Conversation::Channel { name, .. }) => name.as_deref().unwrap_or("a channel"),
///         _ => "a direct message",
///     };
///     let text = message.text.as_deref()?;
///     (message.change == Change::Posted).then(|| format!("{place}: {text}"))
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageEvent {
    /// What happened to the message.
    pub change: Change,
    /// The id of the message.
    pub message_id: Option<String>,
    /// The user who did it. All fields are `None` for users of other accounts.
    pub sender: Person,
    /// Where the message is.
    pub conversation: Option<Conversation>,
    /// When a new message was sent, to the millisecond. `None` for edits and deletions: Zoom does not document whether the
    /// time in them is that of the message or that of the change.
    pub sent: Option<SystemTime>,
    /// The text, unless the message was deleted or has none.
    pub text: Option<String>,
    /// The id of the message that this one replies to.
    pub reply_to: Option<String>,
    /// The mentions. Only in the newer family.
    pub mentions: Vec<Mention>,
    /// The files of the message. Only in the newer family.
    pub files: Vec<MessageFile>,
    /// The formatting of the text. Only in the newer family.
    pub rich_text: Vec<RichText>,
    /// Whether the sender belongs to another account. The older family has events of senders of the account only.
    pub by_external_user: bool,
}

/// What happened to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Change {
    /// It was sent, perhaps as a reply.
    Posted,
    /// Its text or its files were changed.
    Updated,
    /// It was deleted.
    Deleted,
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Conversation {
    /// In a channel.
    #[non_exhaustive]
    Channel {
        /// The id of the channel.
        id: Option<String>,
        /// The name of the channel.
        name: Option<String>,
    },
    /// Between the sender and this user.
    Contact(Person),
}

/// A user, as far as the event contains it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Person {
    /// The user id.
    pub id: Option<String>,
    /// The member id. Only in the newer family.
    pub member_id: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// A mention in the text of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Mention {
    /// The mentioned user; empty for a mention of everyone.
    pub person: Person,
    /// Whether everyone in the channel is mentioned.
    pub is_everyone: bool,
    /// The start of the mention in the text, in Zoom's unit.
    pub start: Option<i64>,
    /// The end of the mention in the text, in Zoom's unit.
    pub end: Option<i64>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageFile {
    /// The id of the file.
    pub id: Option<String>,
    /// The name of the file.
    pub name: Option<String>,
    /// The size, in bytes.
    pub size: Option<i64>,
}

impl Change {
    fn of(event: &str) -> Option<Self> {
        Some(match event {
            "chat_message.sent"
            | "chat_message.replied"
            | "team_chat.channel_message_posted"
            | "team_chat.dm_message_posted" => Self::Posted,
            "chat_message.updated"
            | "team_chat.channel_message_updated"
            | "team_chat.dm_message_updated" => Self::Updated,
            "chat_message.deleted"
            | "team_chat.channel_message_deleted"
            | "team_chat.dm_message_deleted" => Self::Deleted,
            _ => return None,
        })
    }
}

impl MessageEvent {
    /// Reads the event `name`; `None` if it is not about a message.
    pub(super) fn read(name: &str, event: Value) -> Option<Self> {
        let change = Change::of(name)?;
        let none = || Members::of(Value::Object(serde_json::Map::new()));
        let mut payload = Members::of(event)
            .and_then(|mut event| Members::of(event.take("payload")?))
            .or_else(none)?;
        let mut object = payload.take("object").and_then(Members::of).or_else(none)?;
        Some(Self {
            change,
            message_id: text(&mut object, "message_id").or_else(|| text(&mut object, "id")),
            sender: Person {
                id: text(&mut payload, "operator_id"),
                member_id: text(&mut payload, "operator_member_id"),
                email: text(&mut payload, "operator"),
            },
            conversation: Conversation::read(&mut object),
            sent: object
                .take("timestamp")
                .filter(|_| change == Change::Posted)
                .and_then(time),
            text: object.take("message"),
            reply_to: text(&mut object, "reply_main_message_id")
                .or_else(|| text(&mut object, "parent_msg_id")),
            mentions: object.take("at_items").unwrap_or_default(),
            files: object.take("files").unwrap_or_default(),
            rich_text: rich_text(object.take("rich_text").unwrap_or_default()),
            by_external_user: payload.take("by_external_user").unwrap_or_default(),
        })
    }
}

impl Conversation {
    fn read(object: &mut Members) -> Option<Self> {
        let contact = Person {
            id: text(object, "contact_id"),
            member_id: text(object, "contact_member_id"),
            email: text(object, "contact_email"),
        };
        let (id, name) = (text(object, "channel_id"), text(object, "channel_name"));
        if id.is_some() || name.is_some() {
            Some(Self::Channel { id, name })
        } else {
            (contact != Person::default()).then_some(Self::Contact(contact))
        }
    }
}

impl Tolerant for Mention {
    fn read(value: Value) -> Option<Self> {
        let mut item = Members::of(value)?;
        Some(Self {
            person: Person {
                id: text(&mut item, "at_contact_user_id"),
                member_id: text(&mut item, "at_contact_member_id"),
                email: text(&mut item, "at_contact"),
            },
            is_everyone: item.take("at_type") == Some(2_i64),
            start: item.take("start_position"),
            end: item.take("end_position"),
        })
    }
}

impl Tolerant for MessageFile {
    fn read(value: Value) -> Option<Self> {
        let mut file = Members::of(value)?;
        Some(Self {
            id: text(&mut file, "file_id"),
            name: text(&mut file, "file_name"),
            size: file.take("file_size"),
        })
    }
}

/// A time from milliseconds since 1970.
fn time(millis: i64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_millis(u64::try_from(millis).ok()?))
}

/// The formats that can be read.
fn rich_text(formats: Vec<Value>) -> Vec<RichText> {
    let formats = formats.into_iter();
    formats
        .filter_map(|format| serde_json::from_value(format).ok())
        .collect()
}

/// A text that is not empty: Zoom sends an empty text for a value that does not apply.
fn text(members: &mut Members, name: &str) -> Option<String> {
    members.take(name).filter(|text: &String| !text.is_empty())
}
