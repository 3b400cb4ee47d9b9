//! The permit of one request.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{
    demand::Demand,
    limiter::Limiter,
    store::{Grant, Settlement},
};

/// The permission to send one request now. If it is dropped unused, it is returned.
///
/// ```
/// use std::time::Duration;
/// use tokio::time::Instant;
/// use zoom_chat_sdk::{
///     api::operations::SEND_CHAT_MESSAGE,
///     http::{HeaderMap, StatusCode},
///     limit::{Limiter, Plan},
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), zoom_chat_sdk::limit::LimitError> {
/// // A program with an HTTP client of its own.
/// let limiter = Limiter::new(Plan::Pro);
/// let deadline = Instant::now() + Duration::from_secs(30);
/// let mut permit = limiter.acquire(&SEND_CHAT_MESSAGE, Some("825c8d2b"), deadline).await?;
/// permit.sending();
/// let answer: Option<(StatusCode, HeaderMap)> = None; // what the HTTP client gives; here, no connection
/// match answer {
///     Some((status, headers)) => permit.answered(status, &headers, "", None),
///     None => permit.give_back(),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a permit that is dropped is given back"]
pub struct Permit<'a> {
    limiter: &'a Limiter,
    demand: Demand<'a>,
    grant: Grant,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unused,
    UnderWay,
    Settled,
}

impl<'a> Permit<'a> {
    pub(super) fn new(limiter: &'a Limiter, demand: Demand<'a>, grant: Grant) -> Self {
        Self {
            limiter,
            demand,
            grant,
            state: State::Unused,
        }
    }

    /// The request is about to be sent and counts from now on. Without an answer, it counts as if it had arrived as
    /// late as possible.
    pub fn sending(&mut self) {
        if self.state == State::Unused {
            self.state = State::UnderWay;
        }
    }

    /// The request has been answered. After a 429, the limiter blocks the scope that the headers or the `text` name: a
    /// label for its window, a daily budget for `retry_after` or until midnight UTC, and a channel, if nothing names
    /// another scope, for Zoom's increasing block times. A 429 to an upload blocks uploads by the same operation as
    /// well.
    pub fn answered(
        mut self,
        status: StatusCode,
        headers: &HeaderMap,
        text: &str,
        retry_after: Option<Duration>,
    ) {
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.limiter
                .refused(&self.demand, headers, text, retry_after);
        }
        self.settle(Settlement::Answered);
    }

    /// The request was not sent, although [`sending`](Self::sending) was called: no connection was established.
    pub fn give_back(mut self) {
        self.settle(Settlement::Unused);
    }

    fn settle(&mut self, outcome: Settlement) {
        self.state = State::Settled;
        self.limiter.settle(&self.demand, self.grant, outcome);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.state == State::Unused {
            self.settle(Settlement::Unused);
        }
    }
}
