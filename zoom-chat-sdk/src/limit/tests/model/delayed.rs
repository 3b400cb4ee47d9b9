//! A store that takes its time, in polls rather than seconds.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::task::yield_now;

use crate::limit::{
    Demand, Grant, LimitScope, LimitStore, MemoryLimitStore, Settlement, Verdict, VerdictFuture,
};

#[derive(Debug)]
pub(super) struct Delayed {
    pub(super) store: MemoryLimitStore,
    pub(super) polls: usize,
    pub(super) asked: AtomicUsize,
}

/// Every third answer is on its way for longer, so that others overtake it.
const LATE: usize = 8;

impl LimitStore for Delayed {
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a> {
        if self.polls == 0 {
            return self.store.take(demand);
        }
        let demand = *demand;
        VerdictFuture::Later(Box::pin(async move {
            delay(self.polls).await;
            let verdict = self.store.take(&demand).await?;
            let mut unheard = Unheard {
                store: &self.store,
                demand,
                verdict: Some(verdict),
            };
            let is_late = self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(3);
            delay(if is_late { LATE } else { self.polls }).await;
            unheard.verdict = None;
            Ok(verdict)
        }))
    }

    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        self.store.settle(demand, grant, outcome);
    }

    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        self.store.hold(scope, steps);
    }
}

async fn delay(polls: usize) {
    for _ in 0..polls {
        yield_now().await;
    }
}

struct Unheard<'a> {
    store: &'a MemoryLimitStore,
    demand: Demand<'a>,
    verdict: Option<Verdict<'a>>,
}

impl Drop for Unheard<'_> {
    fn drop(&mut self) {
        if let Some(Verdict::Granted(grant)) = self.verdict {
            self.store.settle(&self.demand, grant, Settlement::Unused);
        }
    }
}
