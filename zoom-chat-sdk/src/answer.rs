//! What comes back from Zoom, and what of it may be shown.

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

/// What came back. `said` may be shown; headers and body may repeat secrets of the request.
#[derive(Default)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// What the body of an error says.
    pub(crate) said: ErrorBody,
    /// Whether the body broke off where its rest would have told whether the call took effect.
    pub(crate) is_cut_open: bool,
    /// Those of the request, for what is found in the body later.
    pub(crate) secrets: Vec<Secret>,
}

impl Answer {
    /// An answer of which only the head matters.
    pub(crate) fn of_head(status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status,
            headers,
            ..Self::default()
        }
    }

    /// The text of `cause`, without secrets, and cut if it is long.
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
