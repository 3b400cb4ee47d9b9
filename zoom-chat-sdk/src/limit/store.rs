//! Where the requests of an account are counted.

use std::{
    fmt,
    future::Future,
    pin::Pin,
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

/// Counts the requests of one account. [`MemoryLimitStore`] does so for one process; a store that several processes
/// share lets them keep the limits of one account together.
///
/// A store knows nothing about Zoom: the rules are in the [`Demand`]. Nor does it know the queue: the
/// [`Limiter`](super::Limiter) asks again, in the right order, when it is worth it.
pub trait LimitStore: fmt::Debug + Send + Sync {
    /// Takes one permit of every rule of the demand, or of none.
    ///
    /// A granted request takes its place in every sliding window from now on: until [`settle`](Self::settle) tells
    /// more, it counts as late as it can arrive, that is [`Demand::arrival`] from now. A quota is free when fewer than
    /// `permits` requests count in the last `window`, where one that counts exactly `window` ago is out.
    ///
    /// When an [`VerdictFuture::Later`] is dropped before it is heard, no permit stays taken.
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a>;

    /// Tells what became of a request that was granted. Never waits; what has to be sent elsewhere is sent later.
    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement);

    /// Refuses everything in the scope for the first of the `steps`. When this is asked again while it does so, it
    /// changes nothing; when it is asked again soon after it ended (in less time than it took), the next step is used.
    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]);

    /// The delay after which asking again is worthwhile although the expected wait is `wait`, because another process may
    /// return permits. `None` for a store that only this process uses.
    fn ask_again(&self, wait: Duration) -> Option<Duration> {
        let _ = wait;
        None
    }
}

/// The decision of a store about a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// The request may go.
    Granted(Grant),
    /// The request has to wait.
    Denied {
        /// What keeps it longest.
        scope: LimitScope<'a>,
        /// For how long, as far as is known. Never zero.
        wait: Duration,
    },
}

/// The number by which a store identifies a request that it granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant(pub u64);

/// The outcome of a request that was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// It was answered: Zoom counted it before now.
    Answered,
    /// It was never sent, and does not count.
    Unused,
}

/// A verdict, now or later. A store in this process answers at once, without an allocation.
#[must_use = "futures do nothing unless polled"]
pub enum VerdictFuture<'a> {
    /// Known.
    Now(Verdict<'a>),
    /// To be waited for.
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

/// A store could not be asked. Whether the limits would be kept is not known, so nothing was sent.
#[derive(Debug, thiserror::Error)]
#[error("the store of the rate limits failed")]
pub struct LimitStoreError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl LimitStoreError {
    /// An error because of this one.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
        }
    }
}
