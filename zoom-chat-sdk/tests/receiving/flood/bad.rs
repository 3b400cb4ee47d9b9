//! What must be refused.

use axum::http::HeaderMap;
use bytes::Bytes;

use crate::{
    sender::{NOW, SECRET, signed},
    service::{Chunks, End},
};

/// A kind of delivery that must not become an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Bad {
    Forged,
    Unsigned,
    Changed,
    Old,
    Future,
    Cut,
    Huge,
    NoObject,
}

impl Bad {
    pub(super) const ALL: [Self; 8] = [
        Self::Forged,
        Self::Unsigned,
        Self::Changed,
        Self::Old,
        Self::Future,
        Self::Cut,
        Self::Huge,
        Self::NoObject,
    ];

    /// The status that is right.
    pub(super) fn status(self) -> u16 {
        match self {
            Self::Forged | Self::Unsigned | Self::Changed => 401,
            Self::Old | Self::Future | Self::Cut => 503,
            Self::Huge => 413,
            Self::NoObject => 400,
        }
    }

    /// The request with this body, spoiled.
    pub(super) fn request(self, body: &[u8]) -> (HeaderMap, Chunks) {
        let headers = |secret, seconds, body| signed(secret, seconds, Some("bad"), body);
        let right = headers(SECRET, NOW, body);
        match self {
            Self::Forged => (headers("another secret", NOW, body), whole(body)),
            Self::Unsigned => (HeaderMap::new(), whole(body)),
            Self::Changed => (right, whole(&[body, b" "].concat())),
            Self::Old => (headers(SECRET, NOW - 301, body), whole(body)),
            Self::Future => (headers(SECRET, NOW + 301, body), whole(body)),
            Self::Cut => {
                let (start, _) = body.split_at(body.len() / 2);
                let mut chunks = whole(start);
                chunks.end = End::BreaksOff;
                (right, chunks)
            }
            Self::Huge => {
                let mut chunks = whole(body);
                chunks.declared = Some(1 << 40);
                (right, chunks)
            }
            Self::NoObject => {
                let list = [b"[", body, b"]"].concat();
                (headers(SECRET, NOW, &list), whole(&list))
            }
        }
    }
}

pub(super) fn whole(body: &[u8]) -> Chunks {
    Chunks {
        chunks: vec![Bytes::copy_from_slice(body)],
        declared: None,
        end: End::Whole,
    }
}
