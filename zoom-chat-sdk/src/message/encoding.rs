//! How the body of a message is encoded.
//!
//! Zoom's Postman item has a multipart form, its newest reference has JSON, and it is not known whether either is
//! always accepted. So a client starts with a multipart form. If Zoom rejects the body as not being JSON, in which case
//! no message was sent, the client repeats the call as JSON and uses JSON from then on.

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

/// The encoding of a client and its clones: pinned, or learned from Zoom's answers.
#[derive(Debug)]
pub(crate) struct EncodingChoice {
    pinned: Option<Encoding>,
    /// Relaxed is enough: a call that does not see the value yet is rejected once and learns it again.
    json_learned: AtomicBool,
}

impl EncodingChoice {
    pub(crate) fn new(pinned: Option<Encoding>) -> Self {
        Self {
            pinned,
            json_learned: AtomicBool::new(false),
        }
    }

    /// The encoding to use first, and the one to use if it is rejected.
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
