//! Events of a call, for metrics.

use std::time::Duration;

use zoom_chat_openapi::Operation;

use crate::Error;

/// Something that happened to a call, passed to the function set by [`on_event`](crate::ZoomChatBuilder::on_event), in
/// the task that makes the call.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum CallEvent<'a> {
    /// The call waited for a token: no cached token was usable, so the call fetched one or joined a fetch in flight.
    #[non_exhaustive]
    TokenAwaited {
        /// The operation called.
        operation: &'static Operation,
        /// How long it waited.
        duration: Duration,
        /// The error, if there is no token.
        outcome: Result<(), &'a Error>,
    },
    /// The rate limiter permitted or rejected the request. Only for clients with a limiter.
    #[non_exhaustive]
    PermitAwaited {
        /// The operation called.
        operation: &'static Operation,
        /// How long the request was queued, which may be zero.
        duration: Duration,
        /// Why it was rejected.
        outcome: Result<(), &'a Error>,
    },
    /// A request is about to be sent.
    #[non_exhaustive]
    AttemptStarted {
        /// The operation called.
        operation: &'static Operation,
        /// Which request of the call it is, counted from 1.
        attempt: u32,
    },
    /// A request ended.
    #[non_exhaustive]
    AttemptEnded {
        /// The operation called.
        operation: &'static Operation,
        /// Which request of the call it was, counted from 1.
        attempt: u32,
        /// From the start of the request to the end of the answer.
        duration: Duration,
        /// The status of a success, or the error.
        outcome: Result<u16, &'a Error>,
        /// The id by which Zoom's support finds it.
        tracking_id: Option<&'a str>,
    },
    /// A request with a file was redirected, and is sent again to another URL as part of the same attempt.
    #[non_exhaustive]
    Redirected {
        /// The operation called.
        operation: &'static Operation,
        /// Which request of the call it is, counted from 1.
        attempt: u32,
        /// The status of the redirect.
        status: u16,
        /// The host that it leads to, which receives the file and the token.
        host: &'a str,
    },
    /// The request will be retried.
    #[non_exhaustive]
    Retry {
        /// The operation called.
        operation: &'static Operation,
        /// How many requests of the call were sent so far. Zero if the call failed before its first one, for example
        /// because there was no token.
        attempt: u32,
        /// The delay before the retry.
        after: Duration,
        /// The error.
        error: &'a Error,
    },
}

/// The function that events are given to.
pub(crate) type Observer = dyn Fn(&CallEvent<'_>) + Send + Sync;
