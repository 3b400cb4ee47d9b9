//! How the body of a message is encoded.
//!
//! Zoom's Postman item says multipart form data, its newest reference says JSON, and nobody has shown that either is
//! always taken. So a client starts with what the item says, and when Zoom refuses a body as not being JSON, in which
//! case it sent nothing, repeats the call as JSON and keeps to it.

use std::sync::atomic::{AtomicBool, Ordering};

/// How the body of a message is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// `application/json`.
    Json,
    /// `multipart/form-data`.
    Multipart,
}

/// The encoding of a client and its clones: pinned, or what Zoom taught them.
#[derive(Debug)]
pub(crate) struct EncodingChoice {
    pinned: Option<Encoding>,
    /// Relaxed is enough: whoever has not heard yet is refused once and learns it again.
    json_learned: AtomicBool,
}

impl EncodingChoice {
    pub(crate) fn new(pinned: Option<Encoding>) -> Self {
        Self {
            pinned,
            json_learned: AtomicBool::new(false),
        }
    }

    /// What to send now, and what after it if it is refused.
    pub(crate) fn choose(&self, pinned_by_call: Option<Encoding>) -> &'static [Encoding] {
        match pinned_by_call.or(self.pinned) {
            Some(Encoding::Multipart) => &[Encoding::Multipart],
            Some(Encoding::Json) => &[Encoding::Json],
            None if self.json_learned.load(Ordering::Relaxed) => &[Encoding::Json],
            None => &[Encoding::Multipart, Encoding::Json],
        }
    }

    pub(crate) fn learn_json(&self) {
        self.json_learned.store(true, Ordering::Relaxed);
    }
}
