//! Identifies the deliveries of one event.

use std::fmt;

use hmac_sha256::Hash;

use super::Event;

/// Identifies an event among its deliveries: 128 bits of a SHA-256 hash.
///
/// ```
/// use std::collections::HashSet;
/// use zoom_chat_sdk::events::{Event, EventKey};
///
/// fn is_repeat(event: &Event, seen: &mut HashSet<EventKey>) -> bool {
///     let keys = event.keys();
///     // Not `any`: both keys are to be known next time.
///     keys.into_iter().filter(|key| !seen.insert(*key)).count() > 0
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventKey([u8; 16]);

impl EventKey {
    fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Hash::new();
        for part in parts {
            hash.update(part);
        }
        let mut key = [0; 16];
        for (byte, hashed) in key.iter_mut().zip(hash.finalize()) {
            *byte = hashed;
        }
        Self(key)
    }
}

impl Event {
    /// The keys of the event, which are the same for all of its deliveries. Two deliveries with a common key are of the
    /// same event. There are two keys, or one if the request has no id:
    ///
    /// - the id of the request. A retry of a delivery should have the same id, but Zoom does not document this, and the
    ///   id is not signed.
    /// - the body and its time: `event_ts`, or if the body has none, the signed time of the request. A recorded request
    ///   that is replayed with another id has the same key.
    #[must_use]
    pub fn keys(&self) -> Vec<EventKey> {
        let sent = match (self.time(), self.0.delivery.sent) {
            (None, Some(sent)) => sent.to_string(),
            _ => String::new(),
        };
        let body = EventKey::of(&[b"body:", sent.as_bytes(), b":", self.raw().as_bytes()]);
        let id = self.request_id();
        let id = id.map(|id| EventKey::of(&[b"request:", id.as_bytes()]));
        id.into_iter().chain([body]).collect()
    }
}

impl fmt::Display for EventKey {
    /// 32 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventKey({self})")
    }
}
