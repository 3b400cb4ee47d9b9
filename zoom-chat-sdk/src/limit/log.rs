//! A log of requests over sliding windows.

use std::{collections::VecDeque, time::Duration};

use super::plan::Quota;

/// A time in microseconds since an arbitrary start.
pub(super) type Micros = u64;

pub(super) fn micros(duration: Duration) -> Micros {
    Micros::try_from(duration.as_micros()).unwrap_or(Micros::MAX)
}

/// The times at which the recent requests count, in order. A token bucket or a counter per window either allows more
/// than the limit in some window or wastes permits; a log does neither. It never holds more entries than the largest
/// quota.
#[derive(Debug, Default)]
pub(super) struct Log {
    stamps: VecDeque<Micros>,
    held: Held,
}

/// Blocks that follow from a 429.
#[derive(Debug, Default)]
struct Held {
    until: Micros,
    step: usize,
    length: Micros,
}

impl Log {
    /// The time at which another request is permitted; not later than `now` if it is permitted already.
    pub(super) fn free_at(&self, quotas: &[Quota]) -> Micros {
        quotas
            .iter()
            .filter_map(|quota| {
                let permits = usize::try_from(quota.permits).unwrap_or(usize::MAX);
                let oldest = self.stamps.len().checked_sub(permits)?;
                let stamp = self.stamps.get(oldest)?;
                Some(stamp.saturating_add(micros(quota.window)))
            })
            .fold(self.held.until, Micros::max)
    }

    pub(super) fn add(&mut self, stamp: Micros) {
        let later = self.stamps.partition_point(|other| *other <= stamp);
        self.stamps.insert(later, stamp);
    }

    /// Whether there was such a request. Requests with equal times are interchangeable.
    pub(super) fn remove(&mut self, stamp: Micros) -> bool {
        let found = self.stamps.binary_search(&stamp).ok();
        found.and_then(|index| self.stamps.remove(index)).is_some()
    }

    /// Removes requests that are older than every window.
    pub(super) fn forget(&mut self, quotas: &[Quota], now: Micros) {
        let longest = quotas.iter().map(|quota| quota.window).max();
        let longest = longest.map_or(0, micros);
        while self
            .stamps
            .front()
            .is_some_and(|stamp| stamp.saturating_add(longest) <= now)
        {
            self.stamps.pop_front();
        }
    }

    /// Whether the log is empty and can be removed.
    pub(super) fn is_idle(&mut self, quotas: &[Quota], now: Micros) -> bool {
        self.forget(quotas, now);
        self.stamps.is_empty() && self.held.escalates_until() <= now
    }

    pub(super) fn hold(&mut self, steps: &[Duration], now: Micros) {
        self.held.hold(steps, now);
    }
}

impl Held {
    fn escalates_until(&self) -> Micros {
        self.until.saturating_add(self.length)
    }

    fn hold(&mut self, steps: &[Duration], now: Micros) {
        if now < self.until {
            return;
        }
        let again = now < self.escalates_until();
        let step = if again { self.step + 1 } else { 0 };
        self.step = step.min(steps.len().saturating_sub(1));
        if let Some(length) = steps.get(self.step) {
            self.length = micros(*length);
            self.until = now.saturating_add(self.length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Duration; 3] = [
        Duration::from_micros(10),
        Duration::from_micros(30),
        Duration::from_micros(60),
    ];

    #[test]
    fn a_hold_grows_when_it_did_not_help() {
        let mut log = Log::default();
        log.hold(&STEPS, 100);
        log.hold(&STEPS, 105); // another answer to what was sent before
        assert_eq!(log.free_at(&[]), 110);
        log.hold(&STEPS, 112);
        assert_eq!(log.free_at(&[]), 142);
        log.hold(&STEPS, 150);
        log.hold(&STEPS, 220);
        assert_eq!(log.free_at(&[]), 280, "the last step stays");
        log.hold(&STEPS, 340);
        assert_eq!(log.free_at(&[]), 350, "long after, it starts again");
        assert!(!log.is_idle(&[], 359));
        assert!(log.is_idle(&[], 360));
    }

    #[test]
    fn a_hold_ends_at_its_last_moment_and_so_does_its_memory() {
        let mut log = Log::default();
        log.hold(&STEPS, 0);
        assert_eq!(log.free_at(&[]), 10, "at the very beginning");
        log.hold(&STEPS, 9);
        assert_eq!(log.free_at(&[]), 10);
        log.hold(&STEPS, 10);
        assert_eq!(log.free_at(&[]), 40);
        log.hold(&STEPS, 69);
        assert_eq!(log.free_at(&[]), 129);
        log.hold(&STEPS, 189);
        assert_eq!(log.free_at(&[]), 199, "it is forgotten");
        log.hold(&[], 199);
        assert_eq!(log.free_at(&[]), 199, "no step is no hold");
    }

    #[test]
    fn a_quota_is_free_when_its_oldest_request_leaves_the_window() {
        let quota = [Quota {
            permits: 2,
            window: Duration::from_micros(10),
        }];
        let mut log = Log::default();
        log.add(7);
        assert_eq!(log.free_at(&quota), 0);
        log.add(3);
        assert_eq!(log.free_at(&quota), 13);
        assert!(log.remove(3));
        assert!(!log.remove(3));
        assert_eq!(log.free_at(&quota), 0);
        assert!(!log.is_idle(&quota, 16));
        assert!(log.is_idle(&quota, 17));
    }
}
