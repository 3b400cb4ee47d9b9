//! The time of day.

use std::{
    fmt::Debug,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

/// Tells the time of day.
pub trait Clock: Debug + Send + Sync {
    /// The time of day, as this machine believes it to be.
    fn now(&self) -> SystemTime;
}

/// The clock of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask the system"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A time of day that starts at a given time and advances with tokio's clock, so that it stops when that one is paused.
/// For tests of code with a [`Clock`].
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::time::{Clock, TokioClock};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let clock = TokioClock::starting_at(SystemTime::UNIX_EPOCH);
/// tokio::time::sleep(Duration::from_secs(3600)).await; // takes no time at all
/// assert_eq!(clock.now(), SystemTime::UNIX_EPOCH + Duration::from_secs(3600));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TokioClock {
    start: SystemTime,
    started: Instant,
}

impl TokioClock {
    /// A clock that shows `start` now.
    #[must_use]
    pub fn starting_at(start: SystemTime) -> Self {
        Self {
            start,
            started: Instant::now(),
        }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> SystemTime {
        later(self.start, self.started.elapsed())
    }
}

/// The end of a time so long that nothing outlives it: what sums that do not fit are rounded to.
pub(crate) const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// `time` and `duration` added, where a sum beyond what the system can express becomes a time far away. Whatever a
/// server claims, arithmetic on it never fails.
pub(crate) fn later(time: SystemTime, duration: Duration) -> SystemTime {
    time.checked_add(duration.min(FAR)).unwrap_or(time)
}

/// From `now` until `time`; nothing when it is past.
pub(crate) fn until(time: SystemTime, now: SystemTime) -> Duration {
    time.duration_since(now).unwrap_or_default()
}
