//! The one error type, and what can be asked of it.
//!
//! Every variant holds an opaque struct; what matters to a caller is asked of [`Error`] itself and answers for every
//! variant. `Display` says what happened and never repeats what [`source`](std::error::Error::source) says. No token
//! and no Authorization header is in any of it.

use reqwest::header::HeaderMap;
use zoom_chat_openapi::{Operation, errors::SendChatMessageError};

use crate::{
    InvalidId, InvalidMessage, InvalidSetting,
    retry::{GiveUp, RetryAfter},
};

mod answer;
mod api;
mod body;
mod call;
mod call_error;
mod delivery;
mod file;
mod hook;
mod limited;
mod paging;
mod redirect;
mod redirect_refusal;
mod request;
mod scopes;
mod token;
mod transport;

pub use answer::AnswerError;
pub(crate) use answer::Unreadable;
pub use api::ApiError;
pub use body::FieldError;
pub(crate) use call::FailedCall;
pub use call_error::{CallError, OtherOperation};
pub use delivery::Delivery;
pub use file::FileError;
pub use hook::HookFailed;
pub use limited::NotPermitted;
pub use paging::PagingError;
pub use redirect::RedirectError;
pub use redirect_refusal::RedirectRefusal;
pub use request::RequestError;
pub use token::NoToken;
pub(crate) use transport::Failure;
pub use transport::TransportError;

/// Everything that can go wrong.
///
/// ```
/// use zoom_chat_sdk::{Error, errors::SendChatMessageError};
///
/// fn explain(error: &Error) -> String {
///     match error.send_message_error() {
///         Some(SendChatMessageError::ChannelDoesNotExist { to_channel }) => format!("no channel {to_channel}"),
///         _ if error.delivery().may_have_been_sent() => format!("perhaps sent: {error}"),
///         _ => error.to_string(),
///     }
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Zoom answered with success, but the answer could not be read.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// Zoom answered with an error.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// A file that could not be sent, or not to its end.
    #[error(transparent)]
    File(#[from] FileError),
    /// What was to be done before a request failed, so that request was not made.
    #[error(transparent)]
    Hook(#[from] HookFailed),
    /// An id that would address something else. Nothing was sent.
    #[error(transparent)]
    Id(#[from] InvalidId),
    /// A limit of the client's own kept the call back. Nothing was sent.
    #[error(transparent)]
    Limit(#[from] NotPermitted),
    /// A message that Zoom would refuse. Nothing was sent.
    #[error(transparent)]
    Message(#[from] InvalidMessage),
    /// A redirect that was not followed.
    #[error(transparent)]
    Redirect(#[from] RedirectError),
    /// A listing that cannot go on, although Zoom answered.
    #[error(transparent)]
    Paging(#[from] PagingError),
    /// A request that could not be built. Nothing was sent.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// A setting of the client, or of a listing, that cannot be used. Nothing was sent.
    #[error(transparent)]
    Setting(#[from] InvalidSetting),
    /// No access token was to be had. Nothing was sent.
    #[error(transparent)]
    Token(#[from] NoToken),
    /// No answer came.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl Error {
    /// The HTTP status, if an answer came; that of the token endpoint, if it refused a token.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Token(error) => error.reason().status(),
            Self::Answer(error) => Some(error.status()),
            Self::Api(error) => Some(error.status()),
            Self::Redirect(error) => Some(error.http_status().as_u16()),
            _ => None,
        }
    }

    /// Zoom's error code. It means something only together with operation and status.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.as_api().and_then(ApiError::code)
    }

    /// What Zoom says about it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Api(error) => Some(error.message()),
            Self::Token(error) => error.reason().reason(),
            _ => None,
        }
    }

    /// The fields that Zoom complains about.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        self.as_api().map_or(&[], ApiError::field_errors)
    }

    /// The id by which Zoom's support finds the call.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        match self {
            Self::Token(error) => error.reason().tracking_id(),
            _ => self
                .headers()?
                .get(&crate::headers::TRACKING_ID)?
                .to_str()
                .ok(),
        }
    }

    /// The operation that failed, if it came to one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.call().map(|call| call.operation)
    }

    /// How many requests were made. 0 when it did not come to one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// Whether the call may have taken effect all the same.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.call().map_or(Delivery::NotSent, |call| call.delivery)
    }

    /// Why the call was not tried once more. `None` when it did not come to a call.
    #[must_use]
    pub fn gave_up(&self) -> Option<GiveUp> {
        self.call()?.gave_up
    }

    /// How long Zoom asks to wait, as it says so. When the limit of a day is reached, [`gave_up`](Self::gave_up) holds
    /// the instant at which the next one begins.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Token(error) => error.reason().retry_after().map(RetryAfter::Delay),
            _ => RetryAfter::of(self.headers()?),
        }
    }

    /// The headers of the answer, as they came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Answer(error) => Some(error.headers()),
            Self::Api(error) => Some(error.headers()),
            Self::Redirect(error) => Some(error.headers()),
            _ => None,
        }
    }

    /// The body of the answer as it came, at most its first 64 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match self {
            Self::Answer(error) => Some(error.body()),
            Self::Api(error) => Some(error.body()),
            _ => None,
        }
    }

    /// The documented error of [`send_message`](crate::ZoomChat::send_message).
    #[must_use]
    pub fn send_message_error(&self) -> Option<SendChatMessageError> {
        self.documented().ok().flatten()
    }

    /// The scopes that the token lacks, if that is what Zoom complains about. What the operation needs is in
    /// [`Operation::scopes`] and [`Operation::granular_scopes`]: one of them.
    #[must_use]
    pub fn missing_scopes(&self) -> Vec<&str> {
        self.as_api()
            .map(ApiError::missing_scopes)
            .unwrap_or_default()
    }

    /// Whether Zoom says that there is no such thing: a 404 with a code of Zoom's. A gateway's 404 does not count, nor
    /// does Zoom's for a path that it does not know (64041), as neither tells anything about a user, channel or message.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.as_api()
            .is_some_and(|error| error.status() == 404 && error.is_zooms())
    }

    /// Whether Zoom, or the client's own limiter, says that it is too much (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        matches!(self, Self::Limit(error) if error.refusal().is_some())
            || self.status() == Some(429)
    }

    /// Whether there is no token, or Zoom says that it does not take it, or that it lacks a scope or a right (401 and
    /// 403 with a code of Zoom's, and the codes 124, 4700 and 4711 whatever their status). The 403 of a firewall or
    /// gateway does not count.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::Token(_))
            || matches!(self.code(), Some(124 | 4700 | 4711))
            || self
                .as_api()
                .is_some_and(|error| matches!(error.status(), 401 | 403) && error.is_zooms())
    }

    /// Whether the user has to authorize the app again.
    #[must_use]
    pub fn is_needs_reauthorization(&self) -> bool {
        matches!(self, Self::Token(error) if error.reason().is_needs_reauthorization())
    }

    /// Whether an argument was refused, here or by Zoom's "Validation Failed." (400 with code 300).
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        match self {
            Self::File(_)
            | Self::Id(_)
            | Self::Message(_)
            | Self::Request(_)
            | Self::Setting(_) => true,
            Self::Api(error) => error.status() == 400 && error.code() == Some(300),
            Self::Answer(_)
            | Self::Hook(_)
            | Self::Limit(_)
            | Self::Redirect(_)
            | Self::Paging(_)
            | Self::Token(_)
            | Self::Transport(_) => false,
        }
    }

    /// Whether a time limit of the client ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether no connection could be established.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Whether Zoom or a gateway before it failed (5xx).
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }

    /// What OpenTelemetry calls `error.type`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Answer(_) => "unreadable_answer",
            Self::Api(_) => "api_error",
            Self::Id(_) | Self::Message(_) | Self::Request(_) | Self::Setting(_) => {
                "invalid_request"
            }
            Self::File(_) => "file",
            Self::Hook(_) => "hook",
            Self::Limit(_) => "no_permit",
            Self::Redirect(_) => "redirect",
            Self::Paging(_) => "paging",
            Self::Token(_) => "no_token",
            Self::Transport(error) if error.is_connect() => "connect",
            Self::Transport(error) if error.is_timeout() => "timeout",
            Self::Transport(_) => "connection_broken",
        }
    }

    /// Whether there is no token because the last ones were refused although they were new.
    pub(crate) fn is_pause_of_exchanges(&self) -> bool {
        matches!(self, Self::Token(error) if error.reason().is_pause_of_exchanges())
    }

    fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn set_delivery(&mut self, delivery: Delivery) {
        if let Some(call) = self.call_mut() {
            call.delivery = delivery;
        }
    }

    pub(crate) fn given_up(mut self, reason: GiveUp) -> Self {
        if let Some(call) = self.call_mut() {
            call.gave_up = Some(reason);
        }
        self
    }

    fn call_mut(&mut self) -> Option<&mut FailedCall> {
        match self {
            Self::Answer(error) => Some(error.call_mut()),
            Self::Api(error) => Some(error.call_mut()),
            Self::File(error) => Some(error.call_mut()),
            Self::Hook(error) => Some(error.call_mut()),
            Self::Limit(error) => Some(error.call_mut()),
            Self::Redirect(error) => Some(error.call_mut()),
            Self::Request(error) => Some(error.call_mut()),
            Self::Token(error) => Some(error.call_mut()),
            Self::Transport(error) => Some(error.call_mut()),
            Self::Id(_) | Self::Message(_) | Self::Paging(_) | Self::Setting(_) => None,
        }
    }

    fn call(&self) -> Option<&FailedCall> {
        match self {
            Self::Answer(error) => Some(error.call()),
            Self::Api(error) => Some(error.call()),
            Self::File(error) => Some(error.call()),
            Self::Hook(error) => Some(error.call()),
            Self::Limit(error) => Some(error.call()),
            Self::Redirect(error) => Some(error.call()),
            Self::Request(error) => Some(error.call()),
            Self::Token(error) => Some(error.call()),
            Self::Transport(error) => Some(error.call()),
            Self::Id(_) | Self::Message(_) | Self::Paging(_) | Self::Setting(_) => None,
        }
    }
}
