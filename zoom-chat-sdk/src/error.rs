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
    file::FileProblem,
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
/// ```
/// use zoom_chat_sdk::{Error, ErrorKind};
///
/// fn explain(error: &Error) -> String {
///     match error.kind() {
///         ErrorKind::Token => format!("check the credentials: {error}"),
///         ErrorKind::Api if error.is_not_found() => format!("it does not exist: {error}"),
///         _ if error.delivery().may_have_been_sent() => format!("perhaps sent: {error}"),
///         _ => error.to_string(),
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

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

/// An accessor for the detail of each of these causes.
macro_rules! details {
    ($($(#[$doc:meta])* $name:ident: $cause:ident($detail:ty);)*) => {$(
        $(#[$doc])*
            pub fn $name(&self) -> Option<&$detail> {
            match &self.0.cause {
                Cause::$cause(detail, ..) => Some(detail),
                _ => None,
            }
        }
    )*};
}

impl Error {
    /// The kind of the failure.
    ///
    /// ```
    /// use zoom_chat_sdk::{Error, ErrorKind};
    ///
    /// fn is_worth_an_alarm(error: &Error) -> bool {
    ///     !matches!(error.kind(), ErrorKind::Limit)
    /// }
    /// ```
    pub fn kind(&self) -> ErrorKind {
        self.0.cause.kind()
    }

    details! {
        /// What is wrong with the file, for [`ErrorKind::File`].
        file_problem: File(FileProblem);
        /// The id that was rejected, for [`ErrorKind::Id`].
        invalid_id: Id(InvalidId);
        /// What is wrong with the message, for [`ErrorKind::Message`].
        invalid_message: Message(InvalidMessage);
        /// The setting that was rejected, for [`ErrorKind::Setting`].
        invalid_setting: Setting(InvalidSetting);
        /// Which limit rejected the call, and until when, for [`ErrorKind::Limit`].
        limit_error: Limit(LimitError);
        /// Why the listing cannot continue, for [`ErrorKind::Paging`].
        paging_error: Paging(PagingError);
        /// Why the redirect was not followed, for [`ErrorKind::Redirect`].
        redirect_refusal: Redirect(RedirectRefusal);
        /// Why there was no access token, for [`ErrorKind::Token`].
        token_error: Token(TokenError);
    }

    /// The HTTP status of the answer; for [`ErrorKind::Token`], that of the token endpoint.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("{:?} {:?} {:?}", error.status(), error.code(), error.message());
    /// }
    /// ```
    pub fn status(&self) -> Option<u16> {
        match self.token_error() {
            Some(error) => error.status(),
            None => Some(self.answer()?.status.as_u16()),
        }
    }

    /// Zoom's error code. It has a meaning only together with operation and status.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("status {:?}, code {:?}", error.status(), error.code());
    /// }
    /// ```
    pub fn code(&self) -> Option<i64> {
        self.answer()?.said.code
    }

    /// The error text: Zoom's, or the beginning of a body without structure. Empty for an empty body.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("{}", error.message().unwrap_or("no text"));
    /// }
    /// ```
    pub fn message(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Token(error) => error.reason(),
            Cause::Api | Cause::Paging(_) => {
                Some(self.answer()?.said.message.as_deref().unwrap_or_default())
            }
            _ => None,
        }
    }

    /// The fields that Zoom rejects, each with the reason.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     for field in error.field_errors() {
    ///         println!("{field:?}");
    ///     }
    /// }
    /// ```
    pub fn field_errors(&self) -> &[FieldError] {
        self.answer().map_or(&[], |answer| &answer.said.fields)
    }

    /// The `error` member of an OAuth error, for example `invalid_grant`.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("the token request failed: {:?}", error.oauth_error());
    /// }
    /// ```
    pub fn oauth_error(&self) -> Option<&str> {
        match self.token_error() {
            Some(error) => error.error(),
            None => self.answer()?.said.oauth.as_deref(),
        }
    }

    /// The tracking id, by which Zoom's support finds the call.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("ask Zoom about {:?}", error.tracking_id());
    /// }
    /// ```
    pub fn tracking_id(&self) -> Option<&str> {
        match self.token_error() {
            Some(error) => error.tracking_id(),
            None => self.headers()?.get(&TRACKING_ID)?.to_str().ok(),
        }
    }

    /// The operation that was called. `None` for an error outside of a call, such as an invalid setting.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("{:?} failed", error.operation().map(|operation| operation.id));
    /// }
    /// ```
    pub fn operation(&self) -> Option<&'static Operation> {
        self.call().map(|call| call.operation)
    }

    /// The number of requests that were sent, retries included.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("{} requests were sent", error.attempts());
    /// }
    /// ```
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// Whether the call may have taken effect.
    ///
    /// ```
    /// use zoom_chat_sdk::{Delivery, Error};
    ///
    /// fn may_send_again(error: &Error) -> bool {
    ///     error.delivery() == Delivery::NotSent
    /// }
    /// ```
    pub fn delivery(&self) -> Delivery {
        self.call().map_or(Delivery::NotSent, |call| call.delivery)
    }

    /// Why the call was not retried. `None` for an error outside of a call.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("not retried any more: {:?}", error.gave_up());
    /// }
    /// ```
    pub fn gave_up(&self) -> Option<GiveUp> {
        self.call()?.gave_up
    }

    /// How long the server asks to wait, as its `Retry-After` says it. After a daily limit, [`gave_up`](Self::gave_up)
    /// holds the instant at which the next day begins.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("try again after {:?}", error.retry_after());
    /// }
    /// ```
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
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("{:?}", error.headers().and_then(|headers| headers.get("date")));
    /// }
    /// ```
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|answer| &answer.headers)
    }

    /// The body of the answer, unchanged. At most the first 64 KiB of an answer with an error status; empty when it was
    /// not read.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("Zoom answered {} bytes", error.body().map_or(0, <[u8]>::len));
    /// }
    /// ```
    pub fn body(&self) -> Option<&[u8]> {
        self.answer().map(|answer| answer.body.as_slice())
    }

    /// Whether the token lacks a scope (codes 4700 and 4711). Another token with the same scopes does not help.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_missing_scopes() {
    ///         println!("add {:?} to the app", error.missing_scopes());
    ///     }
    /// }
    /// ```
    pub fn is_missing_scopes(&self) -> bool {
        matches!(self.code(), Some(4700 | 4711))
    }

    /// The scopes that the token lacks, according to Zoom: "Invalid access token, does not contain scopes:[a, b]." The
    /// operation needs one of [`Operation::scopes`] and [`Operation::granular_scopes`].
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     println!("the app lacks the scopes {:?}", error.missing_scopes());
    /// }
    /// ```
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
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_not_found() {
    ///         println!("there is no such thing");
    ///     }
    /// }
    /// ```
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) && self.is_zooms()
    }

    /// Whether a rate limit rejected the call: Zoom's (429), or the client-side limiter.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_rate_limited() {
    ///         println!("too many requests");
    ///     }
    /// }
    /// ```
    pub fn is_rate_limited(&self) -> bool {
        let limited = self.limit_error().and_then(LimitError::limit);
        limited.is_some() || self.status() == Some(429)
    }

    /// Whether there is no token, or Zoom rejects it, or the token lacks a scope or a permission (401 and 403 with one of
    /// Zoom's codes, and the codes 124, 4700 and 4711 with any status). The 403 of a firewall or gateway does not count.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_auth() {
    ///         println!("the token is not accepted");
    ///     }
    /// }
    /// ```
    pub fn is_auth(&self) -> bool {
        self.kind() == ErrorKind::Token
            || matches!(self.code(), Some(124 | 4700 | 4711))
            || matches!(self.status(), Some(401 | 403)) && self.is_zooms()
    }

    /// Whether the user has to authorize the app again.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_needs_reauthorization() {
    ///         println!("the user has to authorize the app again");
    ///     }
    /// }
    /// ```
    pub fn is_needs_reauthorization(&self) -> bool {
        self.token_error()
            .is_some_and(TokenError::is_needs_reauthorization)
    }

    /// Whether an argument is invalid, as found by this crate or by Zoom ("Validation Failed.", 400 with code 300).
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_invalid() {
    ///         println!("nothing was sent: the request is wrong");
    ///     }
    /// }
    /// ```
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
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_timeout() {
    ///         println!("it took too long");
    ///     }
    /// }
    /// ```
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(failure) if failure.is_timeout())
    }

    /// Whether no connection could be established.
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_connect() {
    ///         println!("Zoom cannot be reached");
    ///     }
    /// }
    /// ```
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(Failure::Connect))
    }

    /// Whether Zoom or a gateway in front of it failed (5xx).
    ///
    /// ```
    /// use zoom_chat_sdk::Error;
    ///
    /// fn report(error: &Error) {
    ///     if error.is_server_error() {
    ///         println!("Zoom has a problem");
    ///     }
    /// }
    /// ```
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

    /// Whether the answer is incomplete, and its rest would have told whether the call took effect.
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
        let documented = self
            .operation()
            .map_or(&[][..], |operation| operation.errors);
        let is_documented = documented
            .iter()
            .any(|error| (error.status, error.code) == (status, code));
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
