//! Events as text, for queues outside of the process.

use serde::{Deserialize, Serialize};

use super::{Delivery, Envelope, Event};

/// A text is not an event that [`Event::to_stored`] wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a stored event")]
pub struct UnreadableEvent;

#[derive(Serialize, Deserialize)]
struct Stored<'e> {
    request_id: Option<std::borrow::Cow<'e, str>>,
    sent: Option<u64>,
    raw: std::borrow::Cow<'e, str>,
}

impl Event {
    /// The event and its delivery, as a JSON text for a queue or a database.
    ///
    /// The text contains the secrets of the event, such as its [`callback_token`](Self::callback_token), in plain text.
    ///
    /// ```
    /// use zoom_chat_sdk::events::{Event, UnreadableEvent};
    ///
    /// fn through_a_queue(event: &Event) -> Result<Event, UnreadableEvent> {
    ///     let text = event.to_stored();
    ///     Event::from_stored(&text)
    /// }
    /// ```
    #[must_use]
    pub fn to_stored(&self) -> String {
        let stored = Stored {
            request_id: self.request_id().map(Into::into),
            sent: self.0.delivery.sent,
            raw: self.raw().into(),
        };
        // Texts and a number are always JSON.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads the text of [`to_stored`](Self::to_stored). Nothing is verified: read only texts that this program has
    /// stored.
    ///
    /// # Errors
    ///
    /// [`UnreadableEvent`] for any other text.
    pub fn from_stored(text: &str) -> Result<Self, UnreadableEvent> {
        let stored: Stored<'_> = serde_json::from_str(text).map_err(|_| UnreadableEvent)?;
        let envelope = Envelope::read(stored.raw.as_bytes()).ok_or(UnreadableEvent)?;
        let delivery = Delivery {
            request_id: stored.request_id.map(Into::into),
            sent: stored.sent,
        };
        Ok(Self::new(envelope, delivery))
    }
}
