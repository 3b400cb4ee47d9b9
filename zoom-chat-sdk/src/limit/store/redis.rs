//! The store that many processes share.
//!
//! Every decision is one script, which Redis runs atomically and by its own clock, so neither the number of processes
//! nor the differences of their clocks matter. The scripts store the same as
//! [`MemoryLimitStore`](super::MemoryLimitStore): a log of requests for each scope, here a sorted set.
//!
//! Reports that need no answer are sent by a task, which ends with the store.

mod script;
#[cfg(test)]
#[cfg(feature = "__test")]
mod tests;

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio::sync::mpsc;

use super::{Grant, LimitStore, LimitStoreError, Settlement, Verdict, VerdictFuture};
use crate::limit::{
    demand::{Demand, LimitScope, Rule},
    log::micros,
};
use script::{Invocation, Scripts};

/// The maximum number of queued reports. More are dropped: permits that are not returned are then lost for a window,
/// which is safe.
const MANY_ERRANDS: usize = 4096;

const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);

/// A grant consists of the id of the request and, in the upper bits, the day.
const ID_BITS: u32 = 48;
const ID_MASK: u64 = (1 << ID_BITS) - 1;

/// Counts the requests of all processes that name the same account in the same Redis (version 5 or later).
///
/// If Redis is not available, requests fail with [`LimitError`](crate::limit::LimitError) and are not sent.
///
/// ```no_run
/// use zoom_chat_sdk::limit::{Limiter, Plan, RedisLimitStore};
///
/// # async fn example() -> Result<(), zoom_chat_sdk::limit::LimitStoreError> {
/// let store = RedisLimitStore::connect("redis://127.0.0.1/", "our-account").await?;
/// let limiter = Limiter::with_store(Plan::Pro, store);
/// # let _ = limiter;
/// # Ok(())
/// # }
/// ```
pub struct RedisLimitStore {
    connection: ConnectionManager,
    scripts: &'static Scripts,
    prefix: String,
    next_id: AtomicU64,
    errands: mpsc::Sender<Errand>,
    /// Replaces the server's time.
    #[cfg(test)]
    time: Option<std::sync::Arc<AtomicU64>>,
}

/// A report that needs no answer.
enum Errand {
    Tell(Invocation),
    #[cfg(test)]
    Report(tokio::sync::oneshot::Sender<()>),
}

impl RedisLimitStore {
    /// Connects to the server, as in `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A broken
    /// connection is reestablished. Call this inside a Tokio runtime.
    ///
    /// `account` is any name that all processes use for the account.
    ///
    /// # Errors
    ///
    /// If the URL is invalid, or no connection can be established.
    pub async fn connect(url: &str, account: &str) -> Result<Self, LimitStoreError> {
        let client = redis::Client::open(url).map_err(LimitStoreError::new)?;
        let config = ConnectionManagerConfig::new().set_response_timeout(Some(RESPONSE_TIMEOUT));
        let connection = client
            .get_connection_manager_with_config(config)
            .await
            .map_err(LimitStoreError::new)?;
        let scripts = Scripts::get();
        let (errands, receiver) = mpsc::channel(MANY_ERRANDS);
        tokio::spawn(run_errands(receiver, connection.clone(), scripts));
        Ok(Self {
            connection,
            scripts,
            prefix: format!("zoom-chat:{{{account}}}"),
            next_id: AtomicU64::new(getrandom::u64().map_err(LimitStoreError::new)?),
            errands,
            #[cfg(test)]
            time: None,
        })
    }

    async fn ask<'a>(&self, demand: Demand<'a>) -> Result<Verdict<'a>, LimitStoreError> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed) & ID_MASK;
        let mut unheard = Unheard {
            store: self,
            demand: Some((demand, id)),
        };
        let invocation = self.take_of(&demand, id);
        let mut connection = self.connection.clone();
        let (rule, number): (usize, u64) = self.scripts.run(&invocation, &mut connection).await?;
        unheard.demand = None;
        let Some(rule) = rule.checked_sub(1) else {
            return Ok(Verdict::Granted(Grant((number << ID_BITS) | id)));
        };
        let scope = demand.rules().nth(rule).map(|rule| rule.scope);
        let scope =
            scope.ok_or_else(|| LimitStoreError::new("it denied by a rule that was not asked"))?;
        let wait = Duration::from_micros(number.max(1));
        Ok(Verdict::Denied { scope, wait })
    }

    fn take_of(&self, demand: &Demand<'_>, id: u64) -> Invocation {
        let mut take = Invocation::take(self.time());
        take.argument(micros(demand.arrival()));
        take.argument(id);
        for rule in demand.rules() {
            take.key(self.counts(rule.scope));
            take.key(self.hold_of(rule.scope));
            take.argument(kind(rule));
            take.argument(rule.quotas.len());
            for quota in rule.quotas {
                take.argument(quota.permits);
                take.argument(micros(quota.window));
            }
        }
        take
    }

    fn settle_of(&self, demand: &Demand<'_>, id: u64, outcome: &str, day: u64) -> Invocation {
        let mut settle = Invocation::settle(self.time());
        settle.argument(id);
        settle.argument(outcome);
        settle.argument(day);
        for rule in demand.rules() {
            settle.key(self.counts(rule.scope));
            settle.argument(kind(rule));
        }
        settle
    }

    fn counts(&self, scope: LimitScope<'_>) -> String {
        let prefix = &self.prefix;
        match scope {
            LimitScope::Label(label) => format!("{prefix}:label:{label}"),
            LimitScope::Day(owner) => format!("{prefix}:day:{owner}"),
            LimitScope::Upload(operation) => format!("{prefix}:upload:{operation}"),
            LimitScope::Channel(channel) => format!("{prefix}:channel:{channel}"),
        }
    }

    fn hold_of(&self, scope: LimitScope<'_>) -> String {
        format!("{}:hold", self.counts(scope))
    }

    fn tell(&self, invocation: Invocation) {
        // Full or closed: see `MANY_ERRANDS`.
        let _ = self.errands.try_send(Errand::Tell(invocation));
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests have a time of their own")]
    fn time(&self) -> Option<u64> {
        None
    }

    #[cfg(test)]
    fn time(&self) -> Option<u64> {
        let time = self.time.as_ref();
        time.map(|time| time.load(Ordering::Relaxed))
    }
}

fn kind(rule: Rule<'_>) -> &'static str {
    match rule.scope {
        LimitScope::Day(_) => "day",
        _ => "window",
    }
}

impl LimitStore for RedisLimitStore {
    fn take<'a>(&'a self, demand: &Demand<'a>) -> VerdictFuture<'a> {
        VerdictFuture::Later(Box::pin(self.ask(*demand)))
    }

    fn settle(&self, demand: &Demand<'_>, grant: Grant, outcome: Settlement) {
        let (day, id) = (grant.0 >> ID_BITS, grant.0 & ID_MASK);
        let outcome = match outcome {
            Settlement::Answered => "answered",
            Settlement::Unused => "unused",
        };
        self.tell(self.settle_of(demand, id, outcome, day));
    }

    fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        let mut hold = Invocation::hold(self.time());
        hold.key(self.hold_of(scope));
        for step in steps {
            hold.argument(micros(*step));
        }
        self.tell(hold);
    }

    /// Other processes return permits without notifying this one.
    fn ask_again(&self, wait: Duration) -> Option<Duration> {
        const OFTEN: Duration = Duration::from_millis(25);
        Some((wait / 10).max(OFTEN))
    }
}

/// Reports, when dropped, that the future of a demand was dropped before it completed.
struct Unheard<'a> {
    store: &'a RedisLimitStore,
    demand: Option<(Demand<'a>, u64)>,
}

impl Drop for Unheard<'_> {
    fn drop(&mut self) {
        if let Some((demand, id)) = self.demand.take() {
            let settle = self.store.settle_of(&demand, id, "unheard", 0);
            self.store.tell(settle);
        }
    }
}

async fn run_errands(
    mut errands: mpsc::Receiver<Errand>,
    mut connection: ConnectionManager,
    scripts: &'static Scripts,
) {
    while let Some(errand) = errands.recv().await {
        match errand {
            Errand::Tell(invocation) => {
                // Nobody is there to hear of a failure, and what it leaves is on the safe side: a permit that stays
                // taken for its window.
                let _: Result<(), LimitStoreError> =
                    scripts.run(&invocation, &mut connection).await;
            }
            #[cfg(test)]
            Errand::Report(done) => drop(done.send(())),
        }
    }
}

impl fmt::Debug for RedisLimitStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection knows the password.
        f.debug_struct("RedisLimitStore")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
