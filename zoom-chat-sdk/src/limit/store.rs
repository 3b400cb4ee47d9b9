//! Stores that count the requests of an account.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use super::demand::{Demand, LimitScope};

mod memory;
#[cfg(feature = "redis")]
mod redis;

pub use memory::MemoryLimitStore;
#[cfg(feature = "redis")]
pub use redis::RedisLimitStore;

/// Counts the requests of one account. [`MemoryLimitStore`] counts those of one process; with a shared store, several
/// processes keep the limits of one account together.
///
/// A store does not depend on Zoom: the rules are in the [`Demand`]. It has no queue either: the
/// [`Limiter`](super::Limiter) asks again, in the right order, when a permit may be free.
pub trait LimitStore: fmt::Debug + Send + Sync {
    /// Takes one permit of every rule of the demand, or of none.
    ///
    /// A granted request counts in every sliding window from now on. Until [`settle`](Self::settle) is called, it
    /// counts as late as it can arrive, which is [`Demand::arrival`] from now. A quota has a free permit if fewer than
    /// `permits` requests count in the last `window`; a request exactly `window` ago does not count.
    ///
    /// If a [`VerdictFuture::Later`] is dropped before it completes, no permit stays taken.
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a>;

    /// Reports the outcome of a granted request. Does not wait: a store outside of this process is updated later.
    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement);

    /// Blocks the scope for the first of the `steps`. Another call during the block changes nothing; a call soon after
    /// its end (in less time than it lasted) uses the next step.
    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]);

    /// The delay after which asking again is worthwhile although the expected wait is `wait`, because another process may
    /// return permits. `None` for a store that only this process uses.
    fn ask_again(&self, wait: Duration) -> Option<Duration> {
        let _ = wait;
        None
    }
}

impl<S: LimitStore + ?Sized> LimitStore for Arc<S> {
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a> {
        (**self).take(demand)
    }

    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        (**self).settle(demand, grant, outcome);
    }

    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        (**self).hold(scope, steps);
    }

    fn ask_again(&self, wait: Duration) -> Option<Duration> {
        (**self).ask_again(wait)
    }
}

/// The decision of a store about a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// The request may be sent.
    Granted(Grant),
    /// The request has to wait.
    Denied {
        /// The scope with the longest delay.
        scope: LimitScope<'a>,
        /// The delay, as far as known. Never zero.
        wait: Duration,
    },
}

/// The number by which a store identifies a request that it granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant(pub u64);

/// The outcome of a request that was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// It was answered, so Zoom counted it before now.
    Answered,
    /// It was not sent, and does not count.
    Unused,
}

/// A verdict, now or later. A store in this process decides at once, without an allocation.
#[must_use = "futures do nothing unless polled"]
pub enum VerdictFuture<'a> {
    /// It is known.
    Now(Verdict<'a>),
    /// It has to be awaited.
    Later(Pin<Box<dyn Future<Output = Result<Verdict<'a>, LimitStoreError>> + Send + 'a>>),
}

impl<'a> Future for VerdictFuture<'a> {
    type Output = Result<Verdict<'a>, LimitStoreError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Now(verdict) => Poll::Ready(Ok(*verdict)),
            Self::Later(answer) => answer.as_mut().poll(context),
        }
    }
}

impl fmt::Debug for VerdictFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now(verdict) => f.debug_tuple("Now").field(verdict).finish(),
            Self::Later(_) => f.write_str("Later"),
        }
    }
}

/// The store failed. Whether the limits permit the request is unknown, so it was not sent.
///
/// ```
/// use zoom_chat_sdk::limit::LimitStoreError;
///
/// fn count(answer: &str) -> Result<u32, LimitStoreError> {
///     answer.parse().map_err(LimitStoreError::new)
/// }
///
/// assert!(count("many").is_err());
/// ```
#[derive(Debug, thiserror::Error)]
#[error("the store of the rate limits failed")]
pub struct LimitStoreError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl LimitStoreError {
    /// An error with this source.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
        }
    }
}
