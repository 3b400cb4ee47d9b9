//! The rate limits of Zoom's plans.

use std::time::Duration;

use zoom_chat_openapi::{Operation, RateLimitLabel};

use super::{demand::Demand, label::PerLabel};

/// The plan of the account, which determines its rate limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Plan {
    /// Free.
    Free,
    /// Pro.
    Pro,
    /// Business, and everything above it: Education, Enterprise, partners.
    Business,
}

/// A maximum number of requests in any period of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The maximum number of requests.
    pub permits: u32,
    /// The length of the period, which may begin at any time.
    pub window: Duration,
}

impl Quota {
    const fn per_second(permits: u32) -> Self {
        Self::in_seconds(permits, 1)
    }

    const fn in_seconds(permits: u32, seconds: u64) -> Self {
        Self {
            permits,
            window: Duration::from_secs(seconds),
        }
    }

    const fn per_day(permits: u32) -> Self {
        Self::in_seconds(permits, 24 * 3600)
    }
}

/// All rate limits of one account.
///
/// ```
/// use std::time::Duration;
/// use zoom_chat_sdk::limit::{Limits, Plan};
///
/// // A third of the account's limits; the rest is for its other apps.
/// let limits = Limits::of(Plan::Pro).share(1, 3);
/// # let _ = limits;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    pub(super) labels: PerLabel<LabelLimits>,
    pub(super) upload: [Quota; 1],
    pub(super) channel: [Quota; 4],
    pub(super) channel_blocks: [Duration; 4],
    pub(super) arrival: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct LabelLimits {
    pub(super) rate: [Quota; 1],
    pub(super) day: Option<DailyBudget>,
}

/// A maximum number of requests from one midnight UTC to the next. Labels that share a budget have the same owner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DailyBudget {
    pub(super) owner: RateLimitLabel,
    pub(super) quota: [Quota; 1],
}

impl Limits {
    /// The limits that Zoom documents for the plan.
    ///
    /// ```
    /// use zoom_chat_sdk::limit::{Limiter, Limits, Plan};
    ///
    /// let limiter = Limiter::new(Limits::of(Plan::Business));
    /// # drop(limiter);
    /// ```
    #[must_use]
    pub fn of(plan: Plan) -> Self {
        use RateLimitLabel::{Heavy, Light, Medium, ResourceIntensive};

        let own = |owner, permits| Some((owner, permits));
        let shared = |permits| Some((Heavy, permits));
        let ten_a_minute = Quota::in_seconds(10, 60);
        let twenty_a_minute = Quota::in_seconds(20, 60);
        let per_second = Quota::per_second;
        let [light, medium, heavy, resource_intensive] = match plan {
            Plan::Free => [
                (per_second(4), own(Light, 6_000)),
                (per_second(2), own(Medium, 2_000)),
                (per_second(1), own(Heavy, 1_000)),
                (ten_a_minute, own(ResourceIntensive, 30_000)),
            ],
            Plan::Pro => [
                (per_second(30), None),
                (per_second(20), None),
                (per_second(10), shared(30_000)),
                (ten_a_minute, shared(30_000)),
            ],
            Plan::Business => [
                (per_second(80), None),
                (per_second(60), None),
                (per_second(40), shared(60_000)),
                (twenty_a_minute, shared(60_000)),
            ],
        };
        let label = |(rate, day): (Quota, Option<(RateLimitLabel, u32)>)| LabelLimits {
            rate: [rate],
            day: day.map(|(owner, permits)| DailyBudget {
                owner,
                quota: [Quota::per_day(permits)],
            }),
        };
        Self {
            labels: PerLabel {
                light: label(light),
                medium: label(medium),
                heavy: label(heavy),
                resource_intensive: label(resource_intensive),
            },
            upload: [Quota::per_second(20)],
            channel: [
                Quota::in_seconds(10, 1),
                Quota::in_seconds(30, 10),
                Quota::in_seconds(60, 100),
                Quota::in_seconds(450, 1000),
            ],
            channel_blocks: [10, 30, 60, 300].map(Duration::from_secs),
            arrival: Duration::from_secs(1),
        }
    }

    /// The longest time from the permit of a request until Zoom counts it. One second if not set.
    ///
    /// Zoom counts requests when they arrive, so delayed requests may arrive together with later ones. A request
    /// without an answer is therefore assumed to arrive at any time from its permit until then. With zero, requests
    /// count when their permit is given.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::limit::{Limiter, Limits, Plan};
    ///
    /// let limiter = Limiter::new(Limits::of(Plan::Pro).arrival(Duration::from_millis(500)));
    /// # drop(limiter);
    /// ```
    #[must_use]
    pub fn arrival(mut self, at_most: Duration) -> Self {
        self.arrival = at_most;
        self
    }

    /// The share `of` parts out of `out_of` of every quota, at least one permit of each. For accounts whose budget is
    /// shared with other apps. A share above one counts as one.
    ///
    /// ```
    /// use zoom_chat_sdk::limit::{Limiter, Limits, Plan};
    ///
    /// // Another program of the account uses as much.
    /// let limiter = Limiter::new(Limits::of(Plan::Pro).share(1, 2));
    /// # drop(limiter);
    /// ```
    #[must_use]
    pub fn share(self, of: u32, out_of: u32) -> Self {
        let share = |permits: u32| {
            let parts = u64::from(permits) * u64::from(of.min(out_of));
            u32::try_from(parts / u64::from(out_of.max(1)))
                .unwrap_or(permits)
                .max(1)
        };
        self.map_quotas(|quota| Quota {
            permits: share(quota.permits),
            ..quota
        })
    }

    /// Makes every window and block `times` shorter, except the days: a rehearsal against a stand-in for Zoom that does the
    /// same takes a fraction of the time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tokio::time::Instant;
    /// use zoom_chat_sdk::{limit::{Limiter, Limits, Plan}, operations::SEND_CHAT_MESSAGE};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), zoom_chat_sdk::limit::LimitError> {
    /// // A free account may send 2 messages in each second, here in each 10 ms.
    /// let limiter = Limiter::new(Limits::of(Plan::Free).compressed(100));
    /// let (started, deadline) = (Instant::now(), Instant::now() + Duration::from_secs(1));
    /// for _ in 0..4 {
    ///     limiter.acquire(&SEND_CHAT_MESSAGE, None, deadline).await?.sending();
    /// }
    /// assert!(started.elapsed() < Duration::from_millis(100));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn compressed(self, times: u32) -> Self {
        let times = times.max(1);
        let arrival = self.arrival / times;
        let channel_blocks = self.channel_blocks.map(|block| block / times);
        let limits = self.map_quotas(|quota| Quota {
            window: quota.window / times,
            ..quota
        });
        Self {
            channel_blocks,
            arrival,
            ..limits
        }
    }

    fn map_quotas(self, map: impl Fn(Quota) -> Quota) -> Self {
        let labels = self.labels.map(|label| LabelLimits {
            rate: label.rate.map(&map),
            day: label.day.map(|day| DailyBudget {
                quota: day.quota.map(&map),
                ..day
            }),
        });
        Self {
            labels,
            upload: self.upload.map(&map),
            channel: self.channel.map(&map),
            ..self
        }
    }

    /// The rules that a request counts against. `channel` is the channel of a message.
    pub(super) fn demand<'a>(
        &'a self,
        operation: &Operation,
        channel: Option<&'a str>,
    ) -> Demand<'a> {
        Demand {
            limits: self,
            label: operation.rate_limit_label,
            upload: carries_file(operation).then_some(operation.id),
            channel,
        }
    }
}

/// Whether an operation carries a file: only such operations take nothing but a multipart form.
pub(crate) fn carries_file(operation: &Operation) -> bool {
    operation.request_media_types == ["multipart/form-data"]
}

impl From<Plan> for Limits {
    fn from(plan: Plan) -> Self {
        Self::of(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_and_resource_intensive_share_a_daily_budget_on_paid_plans() {
        for (plan, permits) in [(Plan::Pro, 30_000), (Plan::Business, 60_000)] {
            let labels = Limits::of(plan).labels;
            assert_eq!(labels.heavy.day, labels.resource_intensive.day, "{plan:?}");
            assert_eq!(labels.heavy.day.unwrap().quota[0].permits, permits);
            assert_eq!((labels.light.day, labels.medium.day), (None, None));
        }
        let labels = Limits::of(Plan::Free).labels;
        assert_ne!(labels.heavy.day, labels.resource_intensive.day);
    }

    #[test]
    fn a_share_leaves_at_least_one_permit() {
        let limits = Limits::of(Plan::Free).share(1, 3);
        assert_eq!(limits.labels.heavy.rate, [Quota::per_second(1)]);
        assert_eq!(limits.labels.light.rate, [Quota::per_second(1)]);
        assert_eq!(limits.channel[3], Quota::in_seconds(150, 1000));
        assert_eq!(Limits::of(Plan::Pro).share(5, 2), Limits::of(Plan::Pro));
        assert_eq!(Limits::of(Plan::Pro).share(0, 0).upload[0].permits, 1);
    }

    #[test]
    fn compression_leaves_the_numbers() {
        let limits = Limits::of(Plan::Pro).compressed(100);
        assert_eq!(limits.labels.light.rate[0].permits, 30);
        assert_eq!(
            limits.labels.light.rate[0].window,
            Duration::from_millis(10)
        );
        assert_eq!(limits.channel_blocks[3], Duration::from_secs(3));
        assert_eq!(limits.arrival, Limits::of(Plan::Pro).arrival / 100);
        assert!(!limits.arrival.is_zero());
        assert_eq!(Limits::of(Plan::Pro).compressed(0), Limits::of(Plan::Pro));
    }
}
