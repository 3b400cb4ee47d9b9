//! The time of day.

use std::{
    fmt::Debug,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

/// Tells the time of day.
///
/// A client, an app and a webhook each take one, for machines whose own clock is wrong and for tests.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::{ZoomChat, time::{Clock, SystemClock}};
///
/// /// A clock that is known to be slow.
/// #[derive(Debug)]
/// struct Corrected(Duration);
///
/// impl Clock for Corrected {
///     fn now(&self) -> SystemTime {
///         SystemClock.now() + self.0
///     }
/// }
///
/// let clock = Corrected(Duration::from_secs(90));
/// let zoom = ZoomChat::builder().access_token("token").clock(clock).build()?;
/// # let _ = zoom;
/// # Ok::<(), zoom_chat_sdk::Error>(())
/// ```
pub trait Clock: Debug + Send + Sync {
    /// The current time of day.
    fn now(&self) -> SystemTime;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }
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
/// For tests of code with a [`Clock`]: tokens expire and days end without waiting.
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

/// A duration longer than anything here lives. Larger durations are reduced to it.
pub(crate) const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// `time` plus `duration`. A sum that the system cannot represent becomes a time far away, so that arithmetic with
/// values of a server never fails.
pub(crate) fn later(time: SystemTime, duration: Duration) -> SystemTime {
    time.checked_add(duration.min(FAR)).unwrap_or(time)
}

/// The duration from `now` until `time`; zero when it is past.
pub(crate) fn until(time: SystemTime, now: SystemTime) -> Duration {
    time.duration_since(now).unwrap_or_default()
}
