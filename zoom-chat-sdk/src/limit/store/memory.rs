//! The store of one process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{Grant, LimitStore, Settlement, Verdict, VerdictFuture};
use crate::{
    limit::{
        demand::{Demand, LimitScope, Rule},
        label::PerLabel,
        log::{Log, Micros, micros},
        plan::Quota,
    },
    time::{Clock, UtcDay},
};

/// The number of logs of channels from which on idle ones are removed.
const MANY: usize = 64;

/// Counts the requests of this process only, in memory. The used part of a daily budget is forgotten when the process
/// ends; a 429 of Zoom then tells that it is used up.
///
/// ```
/// use zoom_chat_sdk::{limit::{Limiter, MemoryLimitStore, Plan}, time::SystemClock};
///
/// let limiter = Limiter::with_store(Plan::Business, MemoryLimitStore::new(SystemClock));
/// # drop(limiter);
/// ```
#[derive(Debug)]
pub struct MemoryLimitStore {
    clock: Arc<dyn Clock>,
    epoch: Instant,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    labels: PerLabel<Log>,
    days: PerLabel<Day>,
    uploads: HashMap<Box<str>, Log>,
    channels: HashMap<Box<str>, Log>,
    crowded: usize,
}

/// The used part of a daily budget.
#[derive(Debug, Default)]
struct Day {
    number: u64,
    began: Micros,
    used: u32,
    held: Log,
}

/// A point in time, on both clocks.
#[derive(Clone, Copy)]
struct Now {
    micros: Micros,
    day: u64,
    midnight: Micros,
}

impl MemoryLimitStore {
    /// An empty store. The clock tells when a day begins.
    #[must_use]
    pub fn new(clock: impl Clock + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            epoch: Instant::now(),
            counts: Mutex::default(),
        }
    }

    fn now(&self) -> Now {
        let day = UtcDay::of(self.clock.now());
        let micros_now = micros(self.epoch.elapsed());
        Now {
            micros: micros_now,
            day: day.number,
            midnight: micros_now.saturating_add(micros(day.left).max(1)),
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        // Nothing in here panics half-way through a change.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LimitStore for MemoryLimitStore {
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a> {
        let now = self.now();
        let mut counts = self.counts();
        let longest = demand
            .rules()
            .map(|rule| (counts.free_at(rule, now), rule.scope))
            .reduce(|longest, other| if other.0 > longest.0 { other } else { longest });
        if let Some((free_at, scope)) = longest
            && free_at > now.micros
        {
            let wait = Duration::from_micros(free_at - now.micros);
            return VerdictFuture::Now(Verdict::Denied { scope, wait });
        }
        let stamp = now.micros.saturating_add(micros(demand.arrival()));
        for rule in demand.rules() {
            counts.add(rule, stamp, now);
        }
        VerdictFuture::Now(Verdict::Granted(Grant(stamp)))
    }

    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        let now = self.now();
        let mut counts = self.counts();
        for rule in demand.rules() {
            counts.settle(rule, grant.0, demand.arrival(), outcome, now);
        }
    }

    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        let now = self.now();
        if let Some(log) = self.counts().log(scope) {
            log.hold(steps, now.micros);
        }
    }
}

impl Counts {
    fn free_at(&mut self, rule: Rule<'_>, now: Now) -> Micros {
        if let LimitScope::Day(owner) = rule.scope
            && let Some(day) = self.days.get_mut(owner)
        {
            day.turn(now);
            let permits = rule.quotas.first().map_or(u32::MAX, |quota| quota.permits);
            let spent = if day.used < permits { 0 } else { now.midnight };
            return day.held.free_at(&[]).max(spent);
        }
        self.existing_log(rule.scope).map_or(0, |log| {
            log.forget(rule.quotas, now.micros);
            log.free_at(rule.quotas)
        })
    }

    fn add(&mut self, rule: Rule<'_>, stamp: Micros, now: Now) {
        if let LimitScope::Day(owner) = rule.scope {
            if let Some(day) = self.days.get_mut(owner) {
                day.used = day.used.saturating_add(1);
            }
            return;
        }
        if matches!(rule.scope, LimitScope::Channel(_)) {
            self.drop_idle_channels(rule.quotas, now);
        }
        if let Some(log) = self.log(rule.scope) {
            log.add(stamp);
        }
    }

    fn settle(
        &mut self,
        rule: Rule<'_>,
        stamp: Micros,
        arrival: Duration,
        outcome: Settlement,
        now: Now,
    ) {
        if let LimitScope::Day(owner) = rule.scope {
            let granted = stamp.saturating_sub(micros(arrival));
            if let Some(day) = self.days.get_mut(owner)
                && outcome == Settlement::Unused
                && granted >= day.began
            {
                day.used = day.used.saturating_sub(1);
            }
            return;
        }
        if let Some(log) = self.existing_log(rule.scope)
            && log.remove(stamp)
            && outcome == Settlement::Answered
        {
            log.add(stamp.min(now.micros));
        }
    }

    /// The log of the scope, if anything was counted there. Nothing is allocated.
    fn existing_log(&mut self, scope: LimitScope<'_>) -> Option<&mut Log> {
        match scope {
            LimitScope::Label(label) => self.labels.get_mut(label),
            LimitScope::Day(owner) => self.days.get_mut(owner).map(|day| &mut day.held),
            LimitScope::Upload(operation) => self.uploads.get_mut(operation),
            LimitScope::Channel(channel) => self.channels.get_mut(channel),
        }
    }

    fn log(&mut self, scope: LimitScope<'_>) -> Option<&mut Log> {
        match scope {
            LimitScope::Upload(name) if !self.uploads.contains_key(name) => {
                self.uploads.insert(name.into(), Log::default());
            }
            LimitScope::Channel(name) if !self.channels.contains_key(name) => {
                self.channels.insert(name.into(), Log::default());
            }
            _ => {}
        }
        self.existing_log(scope)
    }

    /// Checks all logs only after their number has doubled since the last check, so that the cost of a request does not
    /// grow with it.
    fn drop_idle_channels(&mut self, quotas: &[Quota], now: Now) {
        if self.channels.len() < self.crowded.max(MANY) {
            return;
        }
        self.channels
            .retain(|_, log| !log.is_idle(quotas, now.micros));
        self.crowded = 2 * self.channels.len();
    }
}

impl Day {
    fn turn(&mut self, now: Now) {
        if self.number != now.day {
            self.number = now.day;
            self.began = now.micros;
            self.used = 0;
        }
    }
}
