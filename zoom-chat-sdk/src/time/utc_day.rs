//! Zoom's days, which begin at midnight UTC.

use std::time::{Duration, SystemTime};

const SECONDS: u64 = 24 * 3600;

/// The day of a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UtcDay {
    /// Counted from 1970.
    pub(crate) number: u64,
    /// The duration from that point in time to the next midnight. Never zero.
    pub(crate) left: Duration,
}

impl UtcDay {
    pub(crate) fn of(time: SystemTime) -> Self {
        let since = time
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let number = since.as_secs() / SECONDS;
        let left = Duration::from_secs((number + 1) * SECONDS).saturating_sub(since);
        Self { number, left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_belongs_to_the_day_that_it_begins() {
        let midnight = SystemTime::UNIX_EPOCH + Duration::from_secs(20_000 * SECONDS);
        let nanosecond = Duration::from_nanos(1);
        let day = |number, left| UtcDay { number, left };
        let whole = Duration::from_secs(SECONDS);
        assert_eq!(UtcDay::of(midnight), day(20_000, whole));
        assert_eq!(UtcDay::of(midnight - nanosecond), day(19_999, nanosecond));
    }
}
