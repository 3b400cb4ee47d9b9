//! Events: what Zoom tells your app.
//!
//! [`webhook`](crate::webhook) verifies them. Every event that Zoom sends can be read, however it differs from Zoom's
//! documentation.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::de::DeserializeOwned;

mod envelope;
mod key;
mod message;
mod order;
mod stored;

use std::sync::Arc;

use serde_json::Value;

use crate::Secret;

pub(crate) use envelope::Envelope;
pub use key::EventKey;
pub use message::{Change, Conversation, Mention, MessageEvent, MessageFile, Person};
pub use stored::UnreadableEvent;
pub use zoom_chat_openapi::{Hidden, events::*};

/// An event. Cheap to clone. Its `Debug` shows neither the members nor the tokens that some events carry.
#[derive(Clone)]
pub struct Event(Arc<Parts>);

struct Parts {
    envelope: Envelope,
    delivery: Delivery,
}

/// The information of the request that delivered an event.
#[derive(Default)]
pub(crate) struct Delivery {
    pub(crate) request_id: Option<String>,
    /// In seconds since 1970.
    pub(crate) sent: Option<u64>,
}

impl Event {
    pub(crate) fn new(envelope: Envelope, delivery: Delivery) -> Self {
        Self(Arc::new(Parts { envelope, delivery }))
    }

    /// The name of the event, such as `chat_message.sent`; empty if it has none.
    ///
    /// ```
    /// use zoom_chat_sdk::events::Event;
    ///
    /// fn log(event: &Event) {
    ///     println!("{} in account {:?}", event.name(), event.account_id());
    /// }
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.envelope.name()
    }

    /// The time of the event, if it has one.
    ///
    /// ```
    /// use zoom_chat_sdk::events::Event;
    ///
    /// fn log(event: &Event) {
    ///     println!("{:?}, sent {:?} by request {:?}", event.time(), event.sent(), event.request_id());
    /// }
    /// ```
    #[must_use]
    pub fn time(&self) -> Option<SystemTime> {
        let millis = self.0.envelope.time()?;
        UNIX_EPOCH.checked_add(Duration::from_millis(millis))
    }

    /// The account of the event, if it has one.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.0.envelope.account_id()
    }

    /// The id of the request that delivered it. A retry of the delivery should have the same id.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.delivery.request_id.as_deref()
    }

    /// The time of the request that delivered it, in whole seconds. This time is signed.
    #[must_use]
    pub fn sent(&self) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::from_secs(self.0.delivery.sent?))
    }

    /// The whole event, unchanged: a JSON object with its members, numbers and order.
    ///
    /// ```
    /// use zoom_chat_sdk::events::Event;
    ///
    /// fn log(event: &Event) {
    ///     println!("{}", event.raw());
    /// }
    /// ```
    #[must_use]
    pub fn raw(&self) -> &str {
        self.0.envelope.text()
    }

    /// The event by its name, with its members.
    ///
    /// It cannot fail: a member that is missing or has another type than documented is `None`, and an event that this
    /// version does not know is [`Kind::Unknown`]. [`raw`](Self::raw) has the members that the struct does not have.
    ///
    /// ```
    /// use zoom_chat_sdk::events::{Event, Kind};
    ///
    /// fn command(event: &Event) -> Option<String> {
    ///     match event.kind() {
    ///         Kind::BotNotification(event) => event.payload?.cmd,
    ///         _ => None,
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::read(self.name().trim(), self.value())
    }

    /// Its message, if it is about one: an event of `chat_message.*`, `team_chat.channel_message_*` or
    /// `team_chat.dm_message_*`.
    ///
    /// ```
    /// use zoom_chat_sdk::events::Event;
    ///
    /// fn log(event: &Event) {
    ///     if let Some(message) = event.message() {
    ///         println!("{:?} in {:?}", message.change, message.conversation);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn message(&self) -> Option<MessageEvent> {
        MessageEvent::read(self.name().trim(), self.value())
    }

    /// The URL where a chatbot can answer once, within 30 minutes, with the [`callback_token`](Self::callback_token).
    ///
    /// ```
    /// use zoom_chat_sdk::{Secret, events::Event};
    ///
    /// /// What an HTTP client needs to answer.
    /// fn callback(event: &Event) -> Option<(Secret, Secret)> {
    ///     Some((event.callback_url()?, event.callback_token()?))
    /// }
    /// ```
    #[must_use]
    pub fn callback_url(&self) -> Option<Secret> {
        self.secret("callback_url")
    }

    /// The token for an answer to the [`callback_url`](Self::callback_url).
    #[must_use]
    pub fn callback_token(&self) -> Option<Secret> {
        self.secret("callback_token")
    }

    fn secret(&self, name: &str) -> Option<Secret> {
        let text = self.value().get(name)?.as_str()?.to_owned();
        Some(Secret::from(text))
    }

    /// The whole event; null if a JSON value cannot represent it: half of a surrogate pair, or more than 128 levels.
    fn value(&self) -> Value {
        serde_json::from_str(self.raw()).unwrap_or_default()
    }

    /// The member `payload` as a type of your own.
    ///
    /// ```
    /// use serde::Deserialize;
    /// use zoom_chat_sdk::events::Event;
    ///
    /// #[derive(Deserialize)]
    /// struct Command {
    ///     cmd: String,
    /// }
    ///
    /// fn command(event: &Event) -> Option<String> {
    ///     let command: Command = event.payload().ok()?;
    ///     Some(command.cmd)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The parser's error, if the payload is missing or has another shape.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        self.0.envelope.read_payload()
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
