//! The facts about an operation in the document, besides its types.

use std::fmt;

use reqwest::Method;

use crate::{DocumentedError, TokenKind};

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
    /// Whether the request body contains files.
    pub sends_files: bool,
    /// Whether the request may be repeated although it may have taken effect: the value of
    /// `x-zoom-repeatable` in the document, or true for the methods that HTTP defines as
    /// idempotent.
    pub repeatable: bool,
    /// The errors that the document lists.
    pub errors: &'static [DocumentedError],
}

impl Operation {
    /// Whether the operation takes tokens of this kind, according to its scopes. An operation without scopes takes any.
    ///
    /// ```
    /// use zoom_chat_openapi::{TokenKind, operations};
    ///
    /// assert!(operations::SEND_CHAT_MESSAGE.takes(TokenKind::User));
    /// assert!(!operations::SEND_CHATBOT_MESSAGES.takes(TokenKind::User));
    /// ```
    #[must_use]
    pub fn takes(&self, kind: TokenKind) -> bool {
        let scopes = self.scopes.iter().chain(self.granular_scopes);
        TokenKind::of_scopes(scopes).is_none_or(|taken| taken == kind)
    }
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
