//! Why a request is rejected.

use std::time::{Duration, SystemTime};

/// Why a request is rejected, and the status to answer with.
///
/// Zoom never retries after a 4xx, so that request is lost: only requests that are not Zoom's, or can never be read,
/// are answered with one. A request with a valid signature and an invalid time may be genuine if the clock of this
/// machine is wrong, so it is answered with 503, after which Zoom retries three times within 85 minutes.
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
    /// A header of the signature has an invalid form, or occurs twice. Status 401.
    #[error("the header {name} does not have the form that Zoom gives it")]
    WrongHeader {
        /// The header's name.
        name: &'static str,
    },
    /// The signature matches no secret token. Status 401.
    #[error(
        "the signature is wrong; the request does not come from Zoom, or the secret token is another app's"
    )]
    WrongSignature,
    /// The signature is valid, but the request is too old, or from the future. Status 503.
    #[error(
        "the request is signed for a time more than {window:?} away; it was replayed, or this machine's clock is wrong"
    )]
    OutsideWindow {
        /// The time that the request is signed for.
        sent: SystemTime,
        /// The time window.
        window: Duration,
    },
    /// The body is incomplete, or took too long. Status 503: a proxy in front of this server may have interrupted a
    /// genuine request.
    #[error("the body did not arrive in full")]
    Incomplete,
    /// The signature is valid, but the body is not a JSON object. Status 400.
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
