//! Why a request was not permitted.

use std::{
    error::Error as StdError,
    fmt,
    time::{Duration, SystemTime},
};

use zoom_chat_openapi::RateLimitLabel;

use super::{demand::LimitScope, store::LimitStoreError};
use crate::time::later;

/// Why a [`Limiter`](super::Limiter) did not permit a request: a limit would delay it past its deadline, or the store of
/// the limits failed. The request was not sent.
///
/// ```
/// use zoom_chat_sdk::limit::{LimitError, Limited};
///
/// fn report(error: &LimitError) {
///     match error.limit() {
///         Some(Limited::Day(label)) => println!("{label:?} is used up until {:?}", error.free_at()),
///         Some(limit) => println!("{limit:?}: again in {:?}", error.wait()),
///         None => println!("the store of the limits failed: {error}"),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct LimitError(Problem);

#[derive(Debug)]
enum Problem {
    Limited {
        limit: Limited,
        free_at: SystemTime,
        wait: Duration,
    },
    Store(LimitStoreError),
}

/// A limit of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limited {
    /// The rate of the requests with this label.
    Rate(RateLimitLabel),
    /// The requests of one day that use the budget of this label. On paid plans, Heavy and Resource-intensive share a
    /// budget.
    Day(RateLimitLabel),
    /// The rate of uploads.
    Upload,
    /// The messages to this channel.
    Channel(String),
    /// The queue: requests ahead of it use up the permits.
    Queue,
}

impl LimitError {
    pub(super) fn limited(limit: Limited, now: SystemTime, wait: Duration) -> Self {
        Self(Problem::Limited {
            limit,
            free_at: later(now, wait),
            wait,
        })
    }

    /// The limit that would delay the request. `None` when the store of the limits failed.
    #[must_use]
    pub fn limit(&self) -> Option<&Limited> {
        match &self.0 {
            Problem::Limited { limit, .. } => Some(limit),
            Problem::Store(_) => None,
        }
    }

    /// The earliest time at which the limit permits the request. It may be later, because other requests are queued.
    #[must_use]
    pub fn free_at(&self) -> Option<SystemTime> {
        match &self.0 {
            Problem::Limited { free_at, .. } => Some(*free_at),
            Problem::Store(_) => None,
        }
    }

    /// The delay from the rejection to [`free_at`](Self::free_at).
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match &self.0 {
            Problem::Limited { wait, .. } => Some(*wait),
            Problem::Store(_) => None,
        }
    }
}

impl From<LimitStoreError> for LimitError {
    fn from(error: LimitStoreError) -> Self {
        Self(Problem::Store(error))
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::Limited { limit, wait, .. } if wait.is_zero() => {
                write!(f, "{limit} did not permit the request before its deadline")
            }
            Problem::Limited { limit, wait, .. } => write!(
                f,
                "{limit} would delay the request by {wait:.1?}, past its deadline"
            ),
            Problem::Store(error) => error.fmt(f),
        }
    }
}

impl StdError for LimitError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Problem::Limited { .. } => None,
            Problem::Store(error) => error.source(),
        }
    }
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(label) => write!(f, "the rate limit {label}"),
            Self::Day(label) => write!(f, "the daily limit {label}"),
            Self::Upload => f.write_str("the rate limit of uploads"),
            Self::Channel(channel) => write!(f, "the limit of messages to channel {channel}"),
            Self::Queue => f.write_str("the queue"),
        }
    }
}

impl From<LimitScope<'_>> for Limited {
    fn from(scope: LimitScope<'_>) -> Self {
        match scope {
            LimitScope::Label(label) => Self::Rate(label),
            LimitScope::Day(owner) => Self::Day(owner),
            LimitScope::Upload(_) => Self::Upload,
            LimitScope::Channel(channel) => Self::Channel(channel.into()),
        }
    }
}
