//! Answers of Zoom, and the parts of them that may be shown.

use std::fmt;

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName},
};

use crate::config::Secret;

mod body;
mod redaction;

pub(crate) use body::ErrorBody;
pub use body::FieldError;
pub(crate) use redaction::Redaction;

/// The header by which Zoom's support finds a call.
pub(crate) static TRACKING_ID: HeaderName = HeaderName::from_static("x-zm-trackingid");

/// An answer. `said` may be shown; headers and body may repeat secrets of the request.
#[derive(Default)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The decoded body of an error.
    pub(crate) said: ErrorBody,
    /// Whether the body is incomplete, and its rest would have told whether the call took effect.
    pub(crate) is_cut_open: bool,
    /// The secrets of the request, to be removed from texts of the body.
    pub(crate) secrets: Vec<Secret>,
}

impl Answer {
    /// An answer without its body.
    pub(crate) fn of_head(status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status,
            headers,
            ..Self::default()
        }
    }

    /// The text of `cause` without secrets, shortened if it is long.
    pub(crate) fn shown_cause(&self, cause: &serde_json::Error) -> String {
        const LONGEST: usize = 500;
        let secrets: Vec<_> = self.secrets.iter().map(Secret::expose_secret).collect();
        let text = cause.to_string();
        Redaction(&secrets)
            .of(&text)
            .chars()
            .take(LONGEST)
            .collect()
    }
}

/// Without headers and body, which may repeat secrets of the request.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status.as_u16())
            .field("said", &self.said)
            .finish_non_exhaustive()
    }
}
