//! The permit of one request.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{
    demand::Demand,
    limiter::Limiter,
    store::{Grant, Settlement},
};

/// Leave to send one request now. Dropped without having been used, it is given back.
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

    /// The request is about to be sent: whatever happens now, it counts. Without an answer it counts as if it had
    /// arrived as late as can be.
    pub fn sending(&mut self) {
        if self.state == State::Unused {
            self.state = State::UnderWay;
        }
    }

    /// The request has been answered. A 429 makes the limiter hold back what it is about, by its headers or else by its
    /// `text`: a label for its window, a daily budget until the instant that is `retry_after` away or else until midnight
    /// UTC, and a channel, when nothing tells that it is about something else, for Zoom's times of blocking, growing. That
    /// of an upload holds uploads by the same operation back as well.
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

    /// The request was not sent after all, even if [`sending`](Self::sending) said so: the connection never came to be.
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
