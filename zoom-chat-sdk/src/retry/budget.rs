//! A limit of retries over all calls of a client.
//!
//! Zoom disables apps whose requests fail too often. If everything fails, a limit of attempts per call would multiply
//! the failures; with the budget, successful periods earn the retries of failing ones. A retry with another token, in
//! another encoding, or after a 429 with `Retry-After` costs nothing. The budget is a token bucket, kept in thousandths
//! in one atomic number, so that no caller waits for another.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

const ONE: u64 = 1000;

/// A budget of retries. Every call adds a fraction of a retry, every retry takes one.
///
/// ```
/// use zoom_chat_sdk::retry::RetryBudget;
///
/// let budget = RetryBudget::new(1, 0.5);
/// assert!(budget.withdraw());
/// assert!(!budget.withdraw()); // it is exhausted
/// budget.deposit();
/// budget.deposit();
/// assert_eq!(budget.available(), 1); // two calls earned one retry
/// assert!(RetryBudget::unlimited().withdraw());
/// ```
#[derive(Debug)]
pub struct RetryBudget {
    thousandths: AtomicU64,
    most: u64,
    per_call: u64,
}

impl Default for RetryBudget {
    /// 100 retries, and one more for every second call.
    fn default() -> Self {
        Self::new(100, 0.5)
    }
}

impl RetryBudget {
    /// A budget of at most `most` retries, full at the start, to which every call adds `per_call` (0 to 1): with 0.1,
    /// one call in ten can be retried in the long run.
    ///
    /// ```
    /// use zoom_chat_sdk::retry::RetryBudget;
    ///
    /// assert_eq!(RetryBudget::new(20, 0.1).available(), 20);
    /// ```
    #[must_use]
    pub fn new(most: u32, per_call: f64) -> Self {
        let most = u64::from(most) * ONE;
        // Between 0 and 1, a number of thousandths fits.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 1000"
        )]
        let per_call = (per_call.clamp(0.0, 1.0) * 1000.0) as u64;
        Self {
            thousandths: AtomicU64::new(most),
            most,
            per_call,
        }
    }

    /// An unlimited budget.
    #[must_use]
    pub fn unlimited() -> Self {
        Self {
            thousandths: AtomicU64::new(0),
            most: u64::MAX,
            per_call: 0,
        }
    }

    /// A call begins.
    pub fn deposit(&self) {
        let add = |stock: u64| {
            let more = stock.saturating_add(self.per_call).min(self.most);
            (more != stock).then_some(more)
        };
        // A full stock is not written to, so that threads do not fight for it.
        let _ = self.thousandths.fetch_update(Relaxed, Relaxed, add);
    }

    /// Takes a retry from the budget. Returns whether there was one.
    #[must_use]
    pub fn withdraw(&self) -> bool {
        if self.most == u64::MAX {
            return true;
        }
        let take = |stock: u64| stock.checked_sub(ONE);
        self.thousandths
            .fetch_update(Relaxed, Relaxed, take)
            .is_ok()
    }

    /// The available retries.
    #[must_use]
    pub fn available(&self) -> u64 {
        if self.most == u64::MAX {
            return u64::MAX;
        }
        self.thousandths.load(Relaxed) / ONE
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, thread};

    use super::*;

    #[test]
    fn calls_fill_what_repeats_take() {
        let budget = RetryBudget::new(3, 0.5);
        assert_eq!(
            [(); 4].map(|()| budget.withdraw()),
            [true, true, true, false]
        );
        budget.deposit();
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
        for _ in 0..100 {
            budget.deposit();
        }
        assert_eq!(budget.available(), 3);
    }

    #[test]
    fn odd_settings_are_bounded() {
        for per_call in [f64::NAN, -1.0, f64::NEG_INFINITY] {
            let budget = RetryBudget::new(0, per_call);
            budget.deposit();
            assert!(!budget.withdraw());
        }
        let budget = RetryBudget::new(u32::MAX, f64::INFINITY);
        budget.deposit();
        assert_eq!(budget.available(), u64::from(u32::MAX));
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.withdraw()));
    }

    #[test]
    fn threads_take_no_more_than_there_is() {
        let budget = Arc::new(RetryBudget::new(1000, 0.0));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let budget = Arc::clone(&budget);
                thread::spawn(move || (0..500).filter(|_| budget.withdraw()).count())
            })
            .collect();
        let taken: usize = threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum();
        assert_eq!(taken, 1000);
    }
}
