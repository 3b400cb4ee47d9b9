//! Why a request may not go.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use zoom_chat_openapi::RateLimitLabel;

use super::{demand::Scope, store::StoreError};
use crate::time::later;

/// The request was not sent, because a limit would not be kept, or it is not known whether it would be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LimitError {
    /// No permit is free before the deadline.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store of the limits failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// No permit is free before the deadline of the request.
#[derive(Debug, Clone)]
pub struct Refusal {
    limit: Limited,
    free_at: SystemTime,
    wait: Duration,
}

/// What limits a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limited {
    /// The rate of the requests with this label.
    Rate(RateLimitLabel),
    /// The requests of one day that use the budget of this label. On paid plans the budget of Heavy is that of
    /// Resource-intensive, too.
    Day(RateLimitLabel),
    /// The rate of uploads.
    Upload,
    /// The messages to this channel.
    Channel(String),
    /// Those that wait already.
    Line,
}

impl Refusal {
    pub(super) fn new(limit: Limited, now: SystemTime, wait: Duration) -> Self {
        Self {
            limit,
            free_at: later(now, wait),
            wait,
        }
    }

    /// What limits the request.
    #[must_use]
    pub fn limit(&self) -> &Limited {
        &self.limit
    }

    /// When a permit is free, as far as is known: not before, but perhaps later, because others wait as well.
    #[must_use]
    pub fn free_at(&self) -> SystemTime {
        self.free_at
    }

    /// For how long one would have had to wait from the refusal to [`free_at`](Self::free_at).
    #[must_use]
    pub fn wait(&self) -> Duration {
        self.wait
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, wait, .. } = self;
        write!(
            f,
            "{limit} allows no request for {wait:.1?}, which is past the deadline"
        )
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(label) => write!(f, "the rate limit {label}"),
            Self::Day(label) => write!(f, "the daily limit {label}"),
            Self::Upload => f.write_str("the rate limit of uploads"),
            Self::Channel(channel) => write!(f, "the limit of messages to channel {channel}"),
            Self::Line => f.write_str("the line of requests"),
        }
    }
}

impl From<Scope<'_>> for Limited {
    fn from(scope: Scope<'_>) -> Self {
        match scope {
            Scope::Label(label) => Self::Rate(label),
            Scope::Day(owner) => Self::Day(owner),
            Scope::Upload(_) => Self::Upload,
            Scope::Channel(channel) => Self::Channel(channel.into()),
        }
    }
}
