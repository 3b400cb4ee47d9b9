//! Why a request is refused.

use std::time::{Duration, SystemTime};

/// Why a request is refused, and what to answer.
///
/// Zoom never retries after a 4xx, so such a request is lost for good: only what is not Zoom's, or will never be
/// readable, gets one. A request whose signature is right and whose time is not may be genuine, and the clock of this
/// machine wrong, so it gets 503, after which Zoom tries three more times within 85 minutes.
///
/// ```
/// use zoom_chat_sdk::webhook::Refusal;
///
/// assert_eq!(Refusal::WrongSignature.status(), 401);
/// assert_eq!(Refusal::Unreadable.status(), 400);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The body is larger than [`Webhook::most_bytes`](super::Webhook::most_bytes). Status 413.
    #[error("the body has more than {most_bytes} bytes")]
    TooLarge {
        /// The limit.
        most_bytes: usize,
    },
    /// A header of the signature is missing. Status 401.
    #[error("the header {name} is missing, so the request does not come from Zoom")]
    MissingHeader {
        /// The header's name.
        name: &'static str,
    },
    /// A header of the signature has another form than Zoom's, or stands there twice. Status 401.
    #[error("the header {name} does not have the form that Zoom gives it")]
    WrongHeader {
        /// The header's name.
        name: &'static str,
    },
    /// No secret token gives this signature. Status 401.
    #[error(
        "the signature is wrong; the request does not come from Zoom, or the secret token is another app's"
    )]
    WrongSignature,
    /// The signature is right, but the request is too old, or from the future. Status 503.
    #[error(
        "the request is signed for a time more than {window:?} away; it was replayed, or this machine's clock is wrong"
    )]
    OutsideWindow {
        /// The time that the request is signed for.
        sent: SystemTime,
        /// The time window.
        window: Duration,
    },
    /// The body broke off, or took too long. Status 503: whatever stands between Zoom and this server may have cut off a
    /// genuine request.
    #[error("the body did not arrive in full")]
    Incomplete,
    /// The signature is right, but the body is not a JSON object. Status 400.
    #[error("the body is signed by Zoom, but is not a JSON object")]
    Unreadable,
}

impl Refusal {
    /// The HTTP status to answer with.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::MissingHeader { .. } | Self::WrongHeader { .. } | Self::WrongSignature => 401,
            Self::TooLarge { .. } => 413,
            Self::Unreadable => 400,
            Self::OutsideWindow { .. } | Self::Incomplete => 503,
        }
    }
}
