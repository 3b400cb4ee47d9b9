//! What the document says about an operation beside its types.

use std::fmt;

use reqwest::Method;

use crate::DocumentedError;

/// One operation of the document.
#[derive(Clone)]
#[non_exhaustive]
pub struct Operation {
    /// The operation id, as in the document: `sendChatMessage`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template below the server: `/chat/users/{userId}/messages`.
    pub path: &'static str,
    /// The server of this operation alone, where it has its own.
    pub server: Option<&'static str>,
    /// The scopes of which the token needs one.
    pub scopes: &'static [&'static str],
    /// The granular scopes of which the token needs one.
    pub granular_scopes: &'static [&'static str],
    /// The rate limit that the operation counts against, where documented.
    pub rate_limit_label: Option<RateLimitLabel>,
    /// The media types of the request body, in the document's order.
    pub request_media_types: &'static [&'static str],
    /// Whether the request body holds files.
    pub sends_files: bool,
    /// Whether the request may be repeated although it may have taken effect: what the
    /// document says in `x-zoom-repeatable`, otherwise true for the methods that HTTP
    /// defines as idempotent.
    pub repeatable: bool,
    /// The errors that the document lists.
    pub errors: &'static [DocumentedError],
}

/// The id instead of the whole table, which would drown the errors and events that name the operation.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Operation").field(&self.id).finish()
    }
}

/// Zoom's classes of rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RateLimitLabel {
    /// `LIGHT`
    Light,
    /// `MEDIUM`
    Medium,
    /// `HEAVY`
    Heavy,
    /// `RESOURCE-INTENSIVE`
    ResourceIntensive,
}

impl fmt::Display for RateLimitLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Light => "LIGHT",
            Self::Medium => "MEDIUM",
            Self::Heavy => "HEAVY",
            Self::ResourceIntensive => "RESOURCE-INTENSIVE",
        })
    }
}
