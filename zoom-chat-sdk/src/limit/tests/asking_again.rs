//! A store that other processes use as well: they return permits without notifying this one, so it is asked again.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use zoom_chat_openapi::RateLimitLabel;

use super::{before_midnight, operation, within};
use crate::{
    limit::{
        Demand, Grant, LimitScope, LimitStore, Limiter, Limits, MemoryLimitStore, Plan, Settlement,
        Verdict, VerdictFuture,
    },
    time::TokioClock,
};

const HOUR: Duration = Duration::from_secs(3600);

#[derive(Debug)]
struct Shared {
    store: MemoryLimitStore,
    again: Option<Duration>,
}

impl LimitStore for Shared {
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a> {
        self.store.take(demand)
    }

    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        self.store.settle(demand, grant, outcome);
    }

    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        self.store.hold(scope, steps);
    }

    fn ask_again(&self, _wait: Duration) -> Option<Duration> {
        self.again
    }
}

/// Another process takes all permits of a second, and returns one after half of it.
async fn time_to_permit(again: Option<u64>) -> Duration {
    let clock = TokioClock::starting_at(before_midnight(12 * HOUR));
    let store = Arc::new(Shared {
        store: MemoryLimitStore::new(clock),
        again: again.map(Duration::from_millis),
    });
    let limits = Limits::of(Plan::Free).arrival(Duration::ZERO);
    let limiter = Limiter::with_store_and_clock(limits.clone(), Arc::clone(&store), clock);
    let medium = operation(RateLimitLabel::Medium);
    let demand = limits.demand(&medium, None);
    let mut grants = Vec::new();
    while let Verdict::Granted(grant) = store.take(&demand).await.unwrap() {
        grants.push(grant);
    }
    let asked = Instant::now();
    let others = async {
        sleep(Duration::from_millis(500)).await;
        store.settle(&demand, grants.pop().unwrap(), Settlement::Unused);
    };
    let (permit, ()) = tokio::join!(limiter.acquire(&medium, None, within(HOUR)), others);
    permit.unwrap().sending();
    asked.elapsed()
}

#[tokio::test(start_paused = true)]
async fn it_is_asked_again_when_it_says_and_at_the_end_of_the_wait_at_the_latest() {
    for (again, expected) in [
        (None, 1000),
        (Some(300), 600),
        (Some(400), 800),
        (Some(999), 999),
        (Some(3_600_000), 1000),
    ] {
        let expected = Duration::from_millis(expected);
        assert_eq!(time_to_permit(again).await, expected, "{again:?}");
    }
}
