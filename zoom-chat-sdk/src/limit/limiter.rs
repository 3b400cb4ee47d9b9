//! The queue for permits.

use std::{sync::Arc, time::Duration};

use http::HeaderMap;
use tokio::time::{Instant, timeout_at};
use zoom_chat_openapi::{Operation, RateLimitLabel};

use super::{
    demand::{Demand, LimitScope},
    error::{LimitError, Limited},
    feedback::Feedback,
    line::{Hold, Line, Step},
    permit::Permit,
    plan::Limits,
    store::{
        Grant, LimitStore, LimitStoreError, MemoryLimitStore, Settlement, Verdict, VerdictFuture,
    },
};
use crate::time::{Clock, FAR, SystemClock, UtcDay};

/// The rate limiter of one account. Clones share its counts.
#[derive(Debug, Clone)]
pub struct Limiter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: Limits,
    store: Arc<dyn LimitStore>,
    clock: Arc<dyn Clock>,
    line: Line,
}

impl Limiter {
    /// A limiter with these limits, shared by its clones in this process.
    ///
    /// ```
    /// use zoom_chat_sdk::limit::{Limiter, Plan};
    ///
    /// let limiter = Limiter::new(Plan::Pro);
    /// # let _ = limiter;
    /// ```
    #[must_use]
    pub fn new(limits: impl Into<Limits>) -> Self {
        Self::with_clock(limits, SystemClock)
    }

    /// The same, with a clock that tells when a day begins.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use zoom_chat_sdk::{limit::{Limiter, Plan}, time::TokioClock};
    ///
    /// // In a test with tokio's paused clock, days end without waiting.
    /// let limiter = Limiter::with_clock(Plan::Pro, TokioClock::starting_at(SystemTime::UNIX_EPOCH));
    /// # drop(limiter);
    /// ```
    #[must_use]
    pub fn with_clock(limits: impl Into<Limits>, clock: impl Clock + 'static) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(clock);
        let store = MemoryLimitStore::new(Arc::clone(&clock));
        Self::with_store_and_clock(limits, store, clock)
    }

    /// A limiter with these limits, shared by all users of the store.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use zoom_chat_sdk::{limit::{Limiter, MemoryLimitStore, Plan}, time::SystemClock};
    ///
    /// // Two queues in one process, so that jobs do not wait behind users, and one count.
    /// let store = Arc::new(MemoryLimitStore::new(SystemClock));
    /// let for_users = Limiter::with_store(Plan::Pro, store.clone());
    /// let for_jobs = Limiter::with_store(Plan::Pro, store);
    /// # drop((for_users, for_jobs));
    /// ```
    #[must_use]
    pub fn with_store(limits: impl Into<Limits>, store: impl LimitStore + 'static) -> Self {
        Self::with_store_and_clock(limits, store, SystemClock)
    }

    /// The same, with a clock that gives the time of day in errors.
    ///
    /// ```
    /// use zoom_chat_sdk::{limit::{Limiter, MemoryLimitStore, Plan}, time::SystemClock};
    ///
    /// let store = MemoryLimitStore::new(SystemClock);
    /// let limiter = Limiter::with_store_and_clock(Plan::Pro, store, SystemClock);
    /// # let _ = limiter;
    /// ```
    #[must_use]
    pub fn with_store_and_clock(
        limits: impl Into<Limits>,
        store: impl LimitStore + 'static,
        clock: impl Clock + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            limits: limits.into(),
            store: Arc::new(store),
            clock: Arc::new(clock),
            line: Line::default(),
        }))
    }

    /// Waits until the operation may be called. `channel` is the channel that a message is sent to.
    ///
    /// Permits are given in the order of the requests, except that no request waits because of another label or
    /// channel. Dropping the future leaves the queue. If a permit is free and the queue is empty, the future is ready
    /// at once.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tokio::time::Instant;
    /// use zoom_chat_sdk::{api::operations::LIST_BOOKMARKS, limit::{LimitError, Limiter}};
    ///
    /// /// Whether a call would have to wait now. The permit is given back when it is dropped.
    /// async fn is_busy(limiter: &Limiter) -> Result<bool, LimitError> {
    ///     match limiter.acquire(&LIST_BOOKMARKS, None, Instant::now()).await {
    ///         Ok(_permit) => Ok(false),
    ///         Err(error) if error.limit().is_some() => Ok(true),
    ///         Err(error) => Err(error),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`LimitError`] as soon as it is known that no permit will be free before the deadline, at the deadline, and if a
    /// store outside of this process fails.
    pub async fn acquire<'a>(
        &'a self,
        operation: &Operation,
        channel: Option<&'a str>,
        deadline: Instant,
    ) -> Result<Permit<'a>, LimitError> {
        let demand = self.0.limits.demand(operation, channel);
        let line = &self.0.line;
        if line.is_free(&demand, Instant::now())
            && let Verdict::Granted(grant) = self.ask(&demand, deadline).await?
        {
            return Ok(Permit::new(self, demand, grant));
        }
        let grant = self.wait(&demand, deadline).await?;
        Ok(Permit::new(self, demand, grant))
    }

    async fn wait(&self, demand: &Demand<'_>, deadline: Instant) -> Result<Grant, LimitError> {
        let now = Instant::now();
        let place = self.0.line.join(demand, now);
        let earliest = later(now, demand.wait_behind(place.ahead()));
        if earliest > deadline {
            return Err(self.refusal(Limited::Queue, earliest));
        }
        loop {
            match place.step(Instant::now()) {
                Step::Ask(asked) => {
                    let (scope, wait) = match self.ask(demand, deadline).await? {
                        Verdict::Granted(grant) => return Ok(grant),
                        Verdict::Denied { scope, wait } => (scope, wait),
                    };
                    let again = self.0.store.ask_again(wait).unwrap_or(wait);
                    let now = Instant::now();
                    let hold = Hold {
                        limited: scope.into(),
                        free_at: later(now, wait),
                        ask_at: later(now, again.min(wait)),
                    };
                    place.denied(asked, scope, hold, now);
                }
                Step::Sleep(hold) if hold.free_at > deadline => {
                    return Err(self.refusal(hold.limited, hold.free_at));
                }
                Step::Sleep(hold) => {
                    let _ = timeout_at(hold.ask_at, place.notified()).await;
                }
                Step::Wait => {
                    if timeout_at(deadline, place.notified()).await.is_err() {
                        let (limited, free_at) =
                            place.kept_by().map_or((Limited::Queue, deadline), |hold| {
                                (hold.limited, hold.free_at)
                            });
                        return Err(self.refusal(limited, free_at));
                    }
                }
            }
        }
    }

    async fn ask<'a>(
        &'a self,
        demand: &Demand<'a>,
        deadline: Instant,
    ) -> Result<Verdict<'a>, LimitStoreError> {
        match self.0.store.take(demand) {
            VerdictFuture::Now(verdict) => Ok(verdict),
            answer @ VerdictFuture::Later(_) => {
                let unheard = Unheard {
                    limiter: self,
                    demand: *demand,
                };
                let answer = timeout_at(deadline, answer).await;
                let answer = answer.unwrap_or_else(|_| {
                    Err(LimitStoreError::new(
                        "it did not answer before the deadline",
                    ))
                })?;
                std::mem::forget(unheard);
                Ok(answer)
            }
        }
    }

    #[cfg(test)]
    #[cfg(feature = "__test")]
    pub(super) fn has_nobody_waiting(&self) -> bool {
        self.0.line.is_empty()
    }

    fn refusal(&self, limit: Limited, free_at: Instant) -> LimitError {
        let wait = free_at.saturating_duration_since(Instant::now());
        LimitError::limited(limit, self.0.clock.now(), wait)
    }

    /// Reports the outcome to the store, and to waiting requests that may be permitted now.
    pub(super) fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        self.0.store.settle(demand, grant, outcome);
        self.changed(demand);
    }

    fn changed(&self, demand: &Demand<'_>) {
        let scopes = demand.rules().map(|rule| rule.scope);
        self.0.line.changed(scopes, Instant::now());
    }

    /// Zoom answered 429.
    pub(super) fn refused(
        &self,
        demand: &Demand<'_>,
        headers: &HeaderMap,
        text: &str,
        retry_after: Option<Duration>,
    ) {
        let told = retry_after.filter(|wait| !wait.is_zero());
        let feedback = Feedback::of(headers, text);
        // Whatever rate it is about, it may be that of uploads, which no header names.
        if let (Some(operation), Feedback::Rate(_) | Feedback::Untold) = (demand.upload, feedback) {
            let [upload] = self.0.limits.upload;
            let wait = told.unwrap_or(upload.window);
            self.0.store.hold(LimitScope::Upload(operation), &[wait]);
        }
        match feedback {
            Feedback::Day(label) => {
                let wait = told.unwrap_or_else(|| UtcDay::of(self.0.clock.now()).left);
                self.hold_day(label.or(demand.label), wait);
            }
            Feedback::Rate(label) => {
                self.hold_label(demand.label, told);
                if label != demand.label {
                    self.hold_label(label, told);
                }
            }
            Feedback::Untold => match (demand.channel, told) {
                (Some(channel), Some(wait)) => {
                    self.0.store.hold(LimitScope::Channel(channel), &[wait]);
                }
                (Some(channel), None) => {
                    let steps = &self.0.limits.channel_blocks;
                    self.0.store.hold(LimitScope::Channel(channel), steps);
                }
                (None, _) => self.hold_label(demand.label, told),
            },
        }
    }

    fn hold_day(&self, label: Option<RateLimitLabel>, wait: Duration) {
        let limits = label.and_then(|label| Some((label, self.0.limits.labels.get(label)?)));
        if let Some((label, limits)) = limits {
            // Without a budget in the plan, Zoom knows a lesser plan than was named.
            let scope = match &limits.day {
                Some(day) => LimitScope::Day(day.owner),
                None => LimitScope::Label(label),
            };
            self.0.store.hold(scope, &[wait]);
        }
    }

    /// Blocks the scope for a whole window, unless the answer says otherwise, since others may use all of it until
    /// then.
    fn hold_label(&self, label: Option<RateLimitLabel>, told: Option<Duration>) {
        let limits = label.and_then(|label| Some((label, self.0.limits.labels.get(label)?)));
        if let Some((label, limits)) = limits {
            let [rate] = limits.rate;
            self.0
                .store
                .hold(LimitScope::Label(label), &[told.unwrap_or(rate.window)]);
        }
    }
}

fn later(now: Instant, wait: Duration) -> Instant {
    now + wait.min(FAR)
}

/// A demand whose future was dropped, unless this guard is forgotten: a permit that the store granted is passed on.
struct Unheard<'a> {
    limiter: &'a Limiter,
    demand: Demand<'a>,
}

impl Drop for Unheard<'_> {
    fn drop(&mut self) {
        self.limiter.changed(&self.demand);
    }
}
