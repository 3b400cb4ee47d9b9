//! The retry state that all clones of a client share.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use super::{Decision, GiveUp, Outcome, Progress, RateLimitPeriod, RetryBudget, RetryPolicy};

/// A policy, a budget and a random generator.
#[derive(Debug)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    budget: RetryBudget,
    random: AtomicU64,
}

impl Default for Retries {
    fn default() -> Self {
        Self::new(RetryPolicy::default(), RetryBudget::default())
    }
}

impl Retries {
    /// With delays that differ from process to process.
    #[must_use]
    pub(crate) fn new(policy: RetryPolicy, budget: RetryBudget) -> Self {
        // The standard library seeds its hashers from the system's randomness.
        Self::seeded(policy, budget, RandomState::new().hash_one(0))
    }

    /// With delays that follow from `seed`.
    #[must_use]
    pub(crate) fn seeded(policy: RetryPolicy, budget: RetryBudget, seed: u64) -> Self {
        Self {
            policy,
            budget,
            random: AtomicU64::new(seed),
        }
    }

    /// A call begins. Adds to the budget.
    pub(crate) fn begin(&self) {
        self.budget.deposit();
    }

    /// Whether a call is retried, according to policy and budget. A call can have another policy than the client, but
    /// shares its budget.
    #[must_use]
    pub(crate) fn decide(
        &self,
        policy: Option<&RetryPolicy>,
        progress: Progress,
        outcome: Outcome,
    ) -> Decision {
        let policy = policy.unwrap_or(&self.policy);
        let decision = policy.decide(progress, outcome, self.random());
        let free = match outcome {
            // When a token expires, all calls under way are refused at once; each is repeated once, and no error
            // follows. The same goes for the encoding.
            Outcome::TokenRefused | Outcome::EncodingRefused => true,
            // A retry at the time that the server asks for is no load that it did not expect.
            Outcome::RateLimited {
                period,
                retry_after,
            } => retry_after.is_some() || period == RateLimitPeriod::Short,
            _ => false,
        };
        match decision {
            Decision::Retry { .. } if !free && !self.budget.withdraw() => {
                Decision::GiveUp(GiveUp::Budget)
            }
            decision => decision,
        }
    }

    /// SplitMix64: delays need to differ, not to be secret.
    fn random(&self) -> u64 {
        let state = self.random.fetch_add(0x9E37_79B9_7F4A_7C15, Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, time::Duration};

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn an_empty_budget_ends_all_repeats_but_those_of_token_and_encoding() {
        let retries = Retries::new(RetryPolicy::default(), RetryBudget::new(2, 0.0));
        let progress = Progress::new(true, MINUTE);
        let decide = |outcome| retries.decide(None, progress, outcome);
        assert!(matches!(
            decide(Outcome::NotConnected),
            Decision::Retry { .. }
        ));
        assert!(matches!(
            decide(Outcome::Interrupted),
            Decision::Retry { .. }
        ));
        assert_eq!(
            decide(Outcome::NotConnected),
            Decision::GiveUp(GiveUp::Budget)
        );
        assert!(matches!(
            decide(Outcome::TokenRefused),
            Decision::Retry { .. }
        ));
        assert!(matches!(
            decide(Outcome::EncodingRefused),
            Decision::Retry { .. }
        ));
        assert_eq!(decide(Outcome::Final), Decision::GiveUp(GiveUp::Final));
    }

    #[test]
    fn a_rate_limit_that_says_when_to_come_back_takes_nothing_from_the_budget() {
        let retries = Retries::new(RetryPolicy::default(), RetryBudget::new(1, 0.0));
        let decide = |period, retry_after| {
            let outcome = Outcome::RateLimited {
                period,
                retry_after,
            };
            retries.decide(None, Progress::new(false, MINUTE), outcome)
        };
        let second = Some(Duration::from_secs(1));
        for _ in 0..9 {
            for told in [
                decide(RateLimitPeriod::Short, None),
                decide(RateLimitPeriod::Short, second),
                decide(RateLimitPeriod::Unknown, second),
            ] {
                assert!(matches!(told, Decision::Retry { .. }), "{told:?}");
            }
        }
        assert_eq!(retries.budget.available(), 1);
        let untold = [(); 2].map(|()| decide(RateLimitPeriod::Unknown, None));
        assert!(matches!(untold[0], Decision::Retry { .. }));
        assert_eq!(untold[1], Decision::GiveUp(GiveUp::Budget));
    }

    #[test]
    fn every_call_that_begins_fills_the_budget() {
        let retries = Retries::new(RetryPolicy::default(), RetryBudget::new(2, 0.5));
        let decide = || retries.decide(None, Progress::new(true, MINUTE), Outcome::NotConnected);
        for _ in 0..3 {
            for _ in 0..2 {
                assert!(matches!(decide(), Decision::Retry { .. }));
            }
            assert_eq!(decide(), Decision::GiveUp(GiveUp::Budget));
            for _ in 0..4 {
                retries.begin();
            }
        }
    }

    #[test]
    fn what_is_given_up_takes_nothing_from_the_budget() {
        let retries = Retries::new(RetryPolicy::none(), RetryBudget::new(1, 0.0));
        for _ in 0..5 {
            let _ = retries.decide(None, Progress::new(true, MINUTE), Outcome::NotConnected);
        }
        assert_eq!(retries.budget.available(), 1);
    }

    #[test]
    fn waits_differ_and_follow_from_the_seed() {
        let waits = |seed| {
            let retries = Retries::seeded(RetryPolicy::default(), RetryBudget::unlimited(), seed);
            (0..50)
                .map(|_| {
                    match retries.decide(None, Progress::new(true, MINUTE), Outcome::NotConnected) {
                        Decision::Retry { after } => after,
                        Decision::GiveUp(reason) => panic!("{reason}"),
                    }
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
        let distinct: HashSet<_> = waits(7).into_iter().collect();
        assert_eq!(distinct.len(), 50);
        let (low, high) = (Duration::from_millis(50), Duration::from_millis(150));
        assert!(
            distinct.iter().any(|wait| *wait < low) && distinct.iter().any(|wait| *wait > high)
        );
    }
}
