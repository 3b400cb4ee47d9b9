//! The error type.
//!
//! [`Error`] knows what happened ([`Error::kind`] and the accessors of its details), the call that failed, the answer
//! if there was one, and its source. `Display` says what happened, what is known about the effect and what to do next,
//! and never repeats what [`source`](StdError::source) says. None of it contains a token or an Authorization header.

use std::{error::Error as StdError, time::Duration};

use http::HeaderMap;
use zoom_chat_openapi::Operation;

use crate::{
    answer::{Answer, FieldError, TRACKING_ID},
    auth::TokenError,
    config::InvalidSetting,
    limit::LimitError,
    message::{InvalidId, InvalidMessage},
    retry::GiveUp,
    time::{Clock, RetryAfter, SystemClock, server_date},
};

mod call_error;
mod delivery;
mod kind;
mod paging;
mod redirect_refusal;
mod show;

pub use call_error::{CallError, OtherOperation};
pub use delivery::Delivery;
pub use kind::ErrorKind;
pub(crate) use kind::{Cause, Failure, Unreadable};
pub use paging::PagingError;
pub use redirect_refusal::RedirectRefusal;

type Source = Box<dyn StdError + Send + Sync>;

/// Everything that can go wrong: what happened, the call, the answer and the source.
///
/// Whether to send again follows from the effect of the call and from what happened:
///
/// ```
/// use zoom_chat_sdk::Error;
///
/// fn advice(error: &Error) -> String {
///     if error.delivery().may_have_been_sent() {
///         "look in Zoom before you send it again".to_owned()
///     } else if error.is_needs_reauthorization() {
///         "ask the user to authorize the app again".to_owned()
///     } else if error.is_missing_scopes() {
///         format!("add the scopes {:?} to the app", error.missing_scopes())
///     } else if error.is_auth() {
///         "check the credentials".to_owned()
///     } else if error.is_not_found() {
///         "remove this recipient from the list".to_owned()
///     } else if error.is_invalid() {
///         "correct the request".to_owned()
///     } else if error.is_rate_limited() {
///         format!("send it later: {:?}", error.retry_after())
///     } else if error.is_connect() || error.is_timeout() || error.is_server_error() {
///         format!("send it later; no further retry because of {:?}", error.gave_up())
///     } else {
///         error.to_string()
///     }
/// }
/// ```
///
/// A report for Zoom's support, or for a log, names the call and what Zoom answered:
///
/// ```
/// use zoom_chat_sdk::Error;
///
/// fn report(error: &Error) {
///     let operation = error.operation().map(|operation| operation.id);
///     println!("{operation:?}, {} requests, tracking id {:?}", error.attempts(), error.tracking_id());
///     println!("{:?} {:?} {:?} {:?}", error.status(), error.code(), error.oauth_error(), error.message());
///     for rejected in error.field_errors() {
///         println!("{}: {}", rejected.field, rejected.message);
///     }
///     if let (Some(headers), Some(body)) = (error.headers(), error.body()) {
///         println!("answered at {:?} with {} bytes", headers.get("date"), body.len());
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    call: Option<FailedCall>,
    answer: Option<Answer>,
    source: Option<Source>,
}

/// The call that failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailedCall {
    pub(crate) operation: &'static Operation,
    /// The number of requests that were sent for it.
    pub(crate) attempts: u32,
    pub(crate) delivery: Delivery,
    /// Why it was not retried. Set when the call ends.
    pub(crate) gave_up: Option<GiveUp>,
}

impl FailedCall {
    /// A call that failed before there was a request.
    pub(crate) fn before(operation: &'static Operation) -> Self {
        Self {
            operation,
            attempts: 0,
            delivery: Delivery::NotSent,
            gave_up: Some(GiveUp::Final),
        }
    }
}

impl Error {
    /// The HTTP status of the answer, or for [`ErrorKind::Token`] that of the token endpoint.
    pub fn status(&self) -> Option<u16> {
        match self.token_error() {
            Some(error) => error.status(),
            None => Some(self.answer()?.status.as_u16()),
        }
    }

    /// Zoom's error code. It has a meaning only together with operation and status.
    pub fn code(&self) -> Option<i64> {
        self.answer()?.said.code
    }

    /// The error text: Zoom's, or the beginning of a body without structure. Empty for an empty body.
    pub fn message(&self) -> Option<&str> {
        match self.cause() {
            Cause::Token(error) => error.reason(),
            Cause::Api | Cause::Paging(_) => {
                Some(self.answer()?.said.message.as_deref().unwrap_or_default())
            }
            _ => None,
        }
    }

    /// The fields that Zoom rejects, each with the reason.
    pub fn field_errors(&self) -> &[FieldError] {
        self.answer().map_or(&[], |answer| &answer.said.fields)
    }

    /// The `error` member of an OAuth error, for example `invalid_grant`.
    pub fn oauth_error(&self) -> Option<&str> {
        match self.token_error() {
            Some(error) => error.error(),
            None => self.answer()?.said.oauth.as_deref(),
        }
    }

    /// The tracking id, by which Zoom's support finds the call.
    pub fn tracking_id(&self) -> Option<&str> {
        match self.token_error() {
            Some(error) => error.tracking_id(),
            None => self.headers()?.get(&TRACKING_ID)?.to_str().ok(),
        }
    }

    /// The operation that was called. `None` for an error outside of a call, such as an invalid setting.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.call().map(|call| call.operation)
    }

    /// The number of requests that were sent, retries included.
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// Whether the call may have taken effect.
    pub fn delivery(&self) -> Delivery {
        self.call().map_or(Delivery::NotSent, |call| call.delivery)
    }

    /// Why the call was not retried. `None` for an error outside of a call.
    pub fn gave_up(&self) -> Option<GiveUp> {
        self.call()?.gave_up
    }

    /// How long the server asks to wait, as its `Retry-After` says it. After a daily limit, [`gave_up`](Self::gave_up)
    /// holds the instant at which the next day begins.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self.token_error() {
            Some(error) => error.retry_after().map(RetryAfter::Delay),
            None => RetryAfter::of(self.headers()?),
        }
    }

    /// How long to wait after the answer before the call is made again, for a sleep: [`retry_after`](Self::retry_after)
    /// as a duration, which is measured by the server's clock if it is an instant. Zero if that instant is past.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// async fn wait_for(error: &Error) {
    ///     if let Some(wait) = error.retry_in() {
    ///         tokio::time::sleep(wait).await;
    ///     }
    /// }
    /// ```
    pub fn retry_in(&self) -> Option<Duration> {
        let date = self.headers().and_then(server_date);
        Some(self.retry_after()?.delay(SystemClock.now(), date))
    }

    /// The headers of the answer, unchanged.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|answer| &answer.headers)
    }

    /// The body of the answer, unchanged. At most the first 64 KiB of an answer with an error status; empty when it was
    /// not read.
    pub fn body(&self) -> Option<&[u8]> {
        self.answer().map(|answer| answer.body.as_slice())
    }

    /// Whether the token lacks a scope (codes 4700 and 4711). Another token with the same scopes does not help.
    pub fn is_missing_scopes(&self) -> bool {
        matches!(self.code(), Some(4700 | 4711))
    }

    /// The scopes that the token lacks, according to Zoom: "Invalid access token, does not contain scopes:[a, b]." The
    /// operation needs one of [`Operation::scopes`] and [`Operation::granular_scopes`].
    pub fn missing_scopes(&self) -> Vec<&str> {
        let text = self.message().filter(|_| self.is_missing_scopes());
        let list = text
            .and_then(|text| text.split_once("scopes:"))
            .and_then(|(_, rest)| rest.trim_start().strip_prefix('['))
            .and_then(|rest| rest.split_once(']'));
        let scopes = list.map_or("", |(scopes, _)| scopes).split(',');
        scopes.map(str::trim).filter(|it| !it.is_empty()).collect()
    }

    /// Whether Zoom says that a user, channel, message or file does not exist: a 404 with one of Zoom's codes. The 404 of
    /// a gateway does not count, nor Zoom's for an unknown path (64041).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) && self.is_zooms()
    }

    /// Whether a rate limit rejected the call: Zoom's (429), or the client-side limiter.
    pub fn is_rate_limited(&self) -> bool {
        let limited = self.limit_error().and_then(LimitError::limit);
        limited.is_some() || self.status() == Some(429)
    }

    /// Whether there is no token, or Zoom rejects it, or the token lacks a scope or a permission (401 and 403 with one of
    /// Zoom's codes, and the codes 124, 4700 and 4711 with any status). The 403 of a firewall or gateway does not count.
    pub fn is_auth(&self) -> bool {
        self.kind() == ErrorKind::Token
            || matches!(self.code(), Some(124 | 4700 | 4711))
            || matches!(self.status(), Some(401 | 403)) && self.is_zooms()
    }

    /// Whether the user has to authorize the app again.
    pub fn is_needs_reauthorization(&self) -> bool {
        self.token_error()
            .is_some_and(TokenError::is_needs_reauthorization)
    }

    /// Whether an argument is invalid, as found by this crate or by Zoom ("Validation Failed.", 400 with code 300).
    pub fn is_invalid(&self) -> bool {
        match self.kind() {
            ErrorKind::Api => (self.status(), self.code()) == (Some(400), Some(300)),
            ErrorKind::File
            | ErrorKind::Id
            | ErrorKind::Message
            | ErrorKind::Request
            | ErrorKind::Setting => true,
            _ => false,
        }
    }

    /// Whether a time limit of the client ended the call.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.cause(),
            Cause::Transport(
                Failure::AttemptTimeout(_) | Failure::Stalled(_) | Failure::TotalTimeout(_)
            )
        )
    }

    /// Whether no connection could be established.
    pub fn is_connect(&self) -> bool {
        matches!(self.cause(), Cause::Transport(Failure::Connect))
    }

    /// Whether Zoom or a gateway in front of it failed (5xx).
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }
}

/// For the call path.
impl Error {
    pub(crate) fn new(cause: Cause, call: FailedCall) -> Self {
        Self(Box::new(Inner {
            cause,
            call: Some(call),
            answer: None,
            source: None,
        }))
    }

    pub(crate) fn answered(cause: Cause, call: FailedCall, answer: Answer) -> Self {
        let mut error = Self::new(cause, call);
        error.0.answer = Some(answer);
        error
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The error of a listing that cannot continue after this one.
    pub(crate) fn of_listing(mut self, reason: PagingError) -> Self {
        self.0.cause = Cause::Paging(reason);
        self
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0.cause
    }

    pub(crate) fn call(&self) -> Option<&FailedCall> {
        self.0.call.as_ref()
    }

    pub(crate) fn answer(&self) -> Option<&Answer> {
        self.0.answer.as_ref()
    }

    pub(crate) fn set_delivery(&mut self, delivery: Delivery) {
        if let Some(call) = &mut self.0.call {
            call.delivery = delivery;
        }
    }

    pub(crate) fn given_up(mut self, reason: GiveUp) -> Self {
        if let Some(call) = &mut self.0.call {
            call.gave_up = Some(reason);
        }
        self
    }

    /// Whether the answer is incomplete, so that it is unknown whether the call took effect.
    pub(crate) fn is_cut_open(&self) -> bool {
        self.answer().is_some_and(|answer| answer.is_cut_open)
    }

    /// Whether the answer is Zoom's own and the path is known to Zoom: gateways and firewalls answer with HTML, or with
    /// JSON whose code only repeats the status.
    fn is_zooms(&self) -> bool {
        const ROUTE_NOT_FOUND: i64 = 64041;
        let (Some(status), Some(code)) = (self.status(), self.code()) else {
            return false;
        };
        let is_documented = self.operation().is_some_and(|operation| {
            let mut documented = operation.errors.iter();
            documented.any(|error| (error.status, error.code) == (status, code))
        });
        code != 0 && code != ROUTE_NOT_FOUND && (code != i64::from(status) || is_documented)
    }
}

/// The conversions of errors outside of calls.
macro_rules! outside_of_calls {
    ($($cause:ident($detail:ty);)*) => {$(
        impl From<$detail> for Error {
            fn from(detail: $detail) -> Self {
                let cause = Cause::$cause(detail);
                Self(Box::new(Inner { cause, call: None, answer: None, source: None }))
            }
        }

        impl<E> From<$detail> for CallError<E> {
            fn from(detail: $detail) -> Self {
                Error::from(detail).into()
            }
        }
    )*};
}
outside_of_calls! {
    Id(InvalidId);
    Message(InvalidMessage);
    Paging(PagingError);
    Setting(InvalidSetting);
}
