//! The decision whether to retry: when, or why not.

use std::time::{Duration, SystemTime};

use super::{Outcome, RateLimitPeriod};

/// How often and how long a call is retried.
///
/// ```
/// use std::time::Duration;
/// use zoom_chat_sdk::{ZoomChat, retry::RetryPolicy};
///
/// # fn main() -> Result<(), zoom_chat_sdk::Error> {
/// let policy = RetryPolicy::default().max_attempts(3).longest_wait(Duration::from_secs(5));
/// let zoom = ZoomChat::builder().access_token("t0ken").retry(policy).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    first_wait: Duration,
    first_rate_limit_wait: Duration,
    longest_wait: Duration,
}

impl Default for RetryPolicy {
    /// 5 attempts; backoff delays of up to 200 ms (1 s after a rate limit), doubled each time, up to 20 s.
    fn default() -> Self {
        Self {
            max_attempts: 5,
            first_wait: Duration::from_millis(200),
            first_rate_limit_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// One attempt. A rejected token is still refreshed once, and a rejected encoding changed once.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat, retry::RetryPolicy};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "Now or never").retry(RetryPolicy::none()).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// The maximum number of requests, at least 1. The extra attempts after a token refresh or an encoding change are
    /// not counted.
    ///
    /// ```
    /// use zoom_chat_sdk::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().max_attempts(5);
    /// # drop(policy);
    /// ```
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Upper bound of the first backoff delay. The delay is drawn at random between zero and the bound, which doubles
    /// with each retry.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().first_wait(Duration::from_millis(200));
    /// # drop(policy);
    /// ```
    #[must_use]
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Upper bound of the first backoff delay after a 429 without `Retry-After`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().first_rate_limit_wait(Duration::from_secs(2));
    /// # drop(policy);
    /// ```
    #[must_use]
    pub fn first_rate_limit_wait(mut self, wait: Duration) -> Self {
        self.first_rate_limit_wait = wait;
        self
    }

    /// Upper bound of a backoff delay. A `Retry-After` may be longer.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().longest_wait(Duration::from_secs(20));
    /// # drop(policy);
    /// ```
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Whether a call is retried after `outcome`. `random` decides where in its range the delay lies.
    pub(crate) fn decide(&self, progress: Progress, outcome: Outcome, random: u64) -> Decision {
        if !progress.repeatable && !outcome.is_certainly_not_sent() {
            let reason = match outcome {
                Outcome::Final => GiveUp::Final,
                _ => GiveUp::MayHaveBeenSent,
            };
            return Decision::GiveUp(reason);
        }
        let (first_wait, asked) = match outcome {
            Outcome::TokenRefused if !progress.changed_token => return progress.at_once(),
            Outcome::EncodingRefused if !progress.changed_encoding => return progress.at_once(),
            Outcome::TokenRefused
            | Outcome::EncodingRefused
            | Outcome::Final
            | Outcome::NoToken {
                transient: false, ..
            } => return Decision::GiveUp(GiveUp::Final),
            Outcome::RateLimited {
                period: RateLimitPeriod::Day { until },
                ..
            } => return Decision::GiveUp(GiveUp::DailyLimit { until }),
            Outcome::RateLimited { retry_after, .. } => (self.first_rate_limit_wait, retry_after),
            Outcome::NoToken { retry_after, .. } | Outcome::Unsettled { retry_after } => {
                (self.first_wait, retry_after)
            }
            Outcome::NotConnected | Outcome::Interrupted => (self.first_wait, None),
        };
        let changes = u32::from(progress.changed_token) + u32::from(progress.changed_encoding);
        let counted = progress.attempts.saturating_sub(changes).max(1);
        if counted >= self.max_attempts {
            return Decision::GiveUp(GiveUp::Attempts);
        }
        let factor = 2_u32.saturating_pow(counted - 1);
        let range = first_wait.saturating_mul(factor).min(self.longest_wait);
        let wait = match asked {
            // Spread out, or all calls would return at the same time.
            Some(asked) => asked.saturating_add(part(range.min(first_wait), random)),
            None => part(range, random),
        };
        progress.after(wait)
    }
}

/// The state of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Whether the operation may be repeated after it may have taken effect.
    pub(crate) repeatable: bool,
    /// The number of attempts, including the one that has just failed.
    pub(crate) attempts: u32,
    /// Whether one of them was the extra one after a token refresh.
    pub(crate) changed_token: bool,
    /// Whether one of them was the extra one after an encoding change.
    pub(crate) changed_encoding: bool,
    /// The time until the deadline of the call.
    pub(crate) time_left: Duration,
}

impl Progress {
    /// The state after the first attempt.
    pub(crate) fn new(repeatable: bool, time_left: Duration) -> Self {
        Self {
            repeatable,
            attempts: 1,
            changed_token: false,
            changed_encoding: false,
            time_left,
        }
    }

    fn at_once(self) -> Decision {
        self.after(Duration::ZERO)
    }

    fn after(self, wait: Duration) -> Decision {
        if wait < self.time_left {
            Decision::Retry { after: wait }
        } else {
            Decision::GiveUp(GiveUp::Time)
        }
    }
}

/// Whether to retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Retry.
    Retry {
        /// The delay before the retry.
        after: Duration,
    },
    /// Do not retry.
    GiveUp(GiveUp),
}

/// Why a call was not retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GiveUp {
    /// The retry limit ([`RetryPolicy::max_attempts`]) was reached.
    #[error("the retry limit was reached")]
    Attempts,
    /// The [`RetryBudget`](super::RetryBudget) of the client is exhausted.
    #[error("the retry budget is exhausted")]
    Budget,
    /// The daily limit of the account was reached.
    #[error("the daily limit was reached")]
    DailyLimit {
        /// When the next day begins.
        until: SystemTime,
    },
    /// A retry would fail in the same way.
    #[error("a retry would fail in the same way")]
    Final,
    /// The call may have taken effect, so that a retry could have the effect twice.
    #[error("a retry could have the effect twice")]
    MayHaveBeenSent,
    /// The delay before the retry would exceed the deadline of the call.
    #[error("a retry would exceed the deadline")]
    Time,
}

/// A fraction of `whole`: zero for 0, nearly all for the largest `random`.
fn part(whole: Duration, random: u64) -> Duration {
    let whole = whole.as_nanos().min(u128::from(u64::MAX));
    let nanoseconds = (whole * u128::from(random)) >> 64;
    // Not larger than u64::MAX, as the factor that was shifted out is less than one.
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn send() -> Progress {
        Progress::new(false, MINUTE)
    }

    fn list() -> Progress {
        Progress::new(true, MINUTE)
    }

    fn rate_limited(retry_after: Option<Duration>) -> Outcome {
        Outcome::RateLimited {
            period: RateLimitPeriod::Short,
            retry_after,
        }
    }

    fn decide(progress: Progress, outcome: Outcome) -> Decision {
        RetryPolicy::default().decide(progress, outcome, u64::MAX)
    }

    #[test]
    fn a_send_is_repeated_only_when_it_certainly_was_not_accepted() {
        let unsettled = Outcome::Unsettled { retry_after: None };
        for outcome in [Outcome::Interrupted, unsettled] {
            assert_eq!(
                decide(send(), outcome),
                Decision::GiveUp(GiveUp::MayHaveBeenSent)
            );
            assert!(matches!(decide(list(), outcome), Decision::Retry { .. }));
        }
        let no_token = Outcome::NoToken {
            transient: true,
            retry_after: None,
        };
        for outcome in [
            Outcome::NotConnected,
            rate_limited(None),
            Outcome::TokenRefused,
            Outcome::EncodingRefused,
            no_token,
        ] {
            assert!(
                matches!(decide(send(), outcome), Decision::Retry { .. }),
                "{outcome:?}"
            );
        }
        assert_eq!(
            decide(send(), Outcome::Final),
            Decision::GiveUp(GiveUp::Final)
        );
    }

    #[test]
    fn token_and_encoding_are_changed_once_each_and_do_not_count() {
        let at_once = Decision::Retry {
            after: Duration::ZERO,
        };
        let none = RetryPolicy::none();
        let mut progress = send();
        assert_eq!(none.decide(progress, Outcome::TokenRefused, 0), at_once);
        progress.changed_token = true;
        progress.attempts = 2;
        assert_eq!(
            none.decide(progress, Outcome::TokenRefused, 0),
            Decision::GiveUp(GiveUp::Final)
        );
        assert_eq!(none.decide(progress, Outcome::EncodingRefused, 0), at_once);
        assert_eq!(
            none.decide(progress, Outcome::NotConnected, 0),
            Decision::GiveUp(GiveUp::Attempts)
        );
        let twice = none.max_attempts(2);
        assert_eq!(twice.decide(progress, Outcome::NotConnected, 0), at_once);
    }

    #[test]
    fn a_wait_that_is_asked_for_is_spread_over_the_first_range_alone() {
        let asked = Duration::from_secs(10);
        let first = Duration::from_secs(1);
        for attempts in 1..5 {
            let progress = Progress { attempts, ..send() };
            let Decision::Retry { after } = decide(progress, rate_limited(Some(asked))) else {
                panic!("{attempts}");
            };
            assert!(after > asked && after <= asked + first, "{after:?}");
        }
    }

    #[test]
    fn a_daily_limit_fails_at_once_with_the_instant() {
        let until = SystemTime::UNIX_EPOCH + MINUTE;
        let outcome = Outcome::RateLimited {
            period: RateLimitPeriod::Day { until },
            retry_after: Some(Duration::from_secs(1)),
        };
        for progress in [send(), list()] {
            assert_eq!(
                decide(progress, outcome),
                Decision::GiveUp(GiveUp::DailyLimit { until })
            );
        }
    }

    #[test]
    fn the_settings_bound_the_waits() {
        let longest = |policy: RetryPolicy, outcome| match policy.decide(send(), outcome, u64::MAX)
        {
            Decision::Retry { after } => after.as_millis(),
            Decision::GiveUp(reason) => panic!("{reason}"),
        };
        let (failed, refused) = (Outcome::NotConnected, rate_limited(None));
        let policy = RetryPolicy::default();
        assert_eq!(
            [longest(policy, failed), longest(policy, refused)],
            [199, 999]
        );
        let policy = policy.first_wait(Duration::from_millis(50));
        assert_eq!(
            [longest(policy, failed), longest(policy, refused)],
            [49, 999]
        );
        let policy = policy.first_rate_limit_wait(Duration::from_millis(70));
        assert_eq!(
            [longest(policy, failed), longest(policy, refused)],
            [49, 69]
        );
        let policy = policy.longest_wait(Duration::from_millis(20));
        assert_eq!(
            [longest(policy, failed), longest(policy, refused)],
            [19, 19]
        );
        // Every setting leaves the others as they were.
        let attempts = |attempts| Progress { attempts, ..send() };
        let policy = RetryPolicy::default()
            .max_attempts(7)
            .first_wait(Duration::ZERO);
        let policy = policy
            .first_rate_limit_wait(Duration::ZERO)
            .longest_wait(MINUTE);
        assert!(matches!(
            policy.decide(attempts(6), failed, 0),
            Decision::Retry { .. }
        ));
        let given_up = Decision::GiveUp(GiveUp::Attempts);
        assert_eq!(policy.decide(attempts(7), failed, 0), given_up);
        assert_eq!(RetryPolicy::none().max_attempts(0), RetryPolicy::none());
    }

    #[test]
    fn a_wait_that_takes_all_the_time_left_is_not_begun() {
        let second = Duration::from_secs(1);
        let left = |time_left| Progress {
            time_left,
            ..send()
        };
        let decide =
            |progress| RetryPolicy::default().decide(progress, rate_limited(Some(second)), 0);
        assert_eq!(decide(left(second)), Decision::GiveUp(GiveUp::Time));
        let longer = second + Duration::from_nanos(1);
        assert_eq!(decide(left(longer)), Decision::Retry { after: second });
    }

    #[test]
    fn what_the_server_asks_for_is_kept() {
        let ten = Duration::from_secs(10);
        let Decision::Retry { after } =
            RetryPolicy::default().decide(send(), rate_limited(Some(ten)), 0)
        else {
            panic!()
        };
        assert_eq!(after, ten);
        assert_eq!(
            decide(send(), rate_limited(Some(MINUTE))),
            Decision::GiveUp(GiveUp::Time)
        );
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let policy = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .longest_wait(Duration::from_secs(3));
        let longest = |attempts| {
            let progress = Progress { attempts, ..send() };
            match policy.decide(progress, Outcome::NotConnected, u64::MAX) {
                Decision::Retry { after } => after.as_millis(),
                Decision::GiveUp(reason) => panic!("{reason}"),
            }
        };
        let waits = [1, 2, 3, 4, 5, 6, u32::MAX - 1].map(longest);
        assert_eq!(waits, [199, 399, 799, 1599, 2999, 2999, 2999]);
    }

    #[cfg(feature = "__test")]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        fn outcomes() -> impl Strategy<Value = Outcome> {
            let wait = || proptest::option::of(any::<Duration>());
            let until = (0..u64::from(u32::MAX))
                .prop_map(|s| SystemTime::UNIX_EPOCH + Duration::from_secs(s));
            let period = prop_oneof![
                Just(RateLimitPeriod::Short),
                Just(RateLimitPeriod::Unknown),
                until.prop_map(|until| RateLimitPeriod::Day { until }),
            ];
            prop_oneof![
                (any::<bool>(), wait()).prop_map(|(transient, retry_after)| Outcome::NoToken {
                    transient,
                    retry_after
                }),
                Just(Outcome::NotConnected),
                Just(Outcome::Interrupted),
                wait().prop_map(|retry_after| Outcome::Unsettled { retry_after }),
                (period, wait()).prop_map(|(period, retry_after)| Outcome::RateLimited {
                    period,
                    retry_after
                }),
                Just(Outcome::TokenRefused),
                Just(Outcome::EncodingRefused),
                Just(Outcome::Final),
            ]
        }

        proptest! {
            /// Runs whole calls: whatever happens, they end, within attempts and time, and no send is made twice.
            #[test]
            fn every_call_ends_within_its_bounds(
                repeatable: bool,
                max_attempts in 1..8_u32,
                total in 0..100_000_u64,
                happens in proptest::collection::vec((outcomes(), any::<u64>()), 0..40),
            ) {
                let policy = RetryPolicy::default().max_attempts(max_attempts);
                let mut progress = Progress::new(repeatable, Duration::from_millis(total));
                for (outcome, random) in happens {
                    let after = match policy.decide(progress, outcome, random) {
                        Decision::GiveUp(reason) => {
                            if outcome == Outcome::Interrupted && !repeatable {
                                prop_assert_eq!(reason, GiveUp::MayHaveBeenSent);
                            }
                            break;
                        }
                        Decision::Retry { after } => after,
                    };
                    prop_assert!(repeatable || outcome.is_certainly_not_sent());
                    prop_assert!(after < progress.time_left);
                    progress.time_left -= after;
                    progress.attempts += 1;
                    progress.changed_token |= outcome == Outcome::TokenRefused;
                    progress.changed_encoding |= outcome == Outcome::EncodingRefused;
                    prop_assert!(progress.attempts <= max_attempts + 2);
                }
            }

            #[test]
            fn a_part_is_never_more_than_the_whole(whole: Duration, random: u64) {
                prop_assert!(part(whole, random) <= whole);
                prop_assert_eq!(part(whole, 0), Duration::ZERO);
            }
        }
    }
}
