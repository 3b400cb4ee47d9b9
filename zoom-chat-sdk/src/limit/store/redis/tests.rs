//! The store against a real `redis-server`, started here on loopback. Where there is none, the tests say so.

mod processes;
mod server;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use proptest::prelude::*;

use super::*;
use crate::{
    limit::{
        Limits, MemoryLimitStore,
        tests::{
            before_midnight,
            conformance::{Seen, Session, Subject, check},
            model::{BEFORE_MIDNIGHT, KINDS, Kind, limits},
        },
    },
    time::TokioClock,
};
use server::Server;

fn start() -> std::time::SystemTime {
    before_midnight(Duration::from_millis(BEFORE_MIDNIGHT))
}

/// A store for an account of its own, with a time of its own.
async fn store(server: &Server) -> RedisLimitStore {
    static ACCOUNTS: AtomicU64 = AtomicU64::new(0);

    let account = ACCOUNTS.fetch_add(1, Ordering::Relaxed).to_string();
    let mut store = RedisLimitStore::connect(&server.url(), &account)
        .await
        .unwrap();
    let time = start()
        .duration_since(std::time::SystemTime::UNIX_EPOCH)
        .unwrap();
    store.time = Some(Arc::new(AtomicU64::new(micros(time))));
    store
}

impl Subject for RedisLimitStore {
    fn store(&self) -> &dyn LimitStore {
        self
    }

    async fn advance(&self, milliseconds: u64) {
        let time = self.time.as_ref().unwrap();
        time.fetch_add(milliseconds * 1000, Ordering::Relaxed);
    }

    async fn arrived(&self) {
        let (done, arrived) = tokio::sync::oneshot::channel();
        assert!(self.errands.try_send(Errand::Report(done)).is_ok());
        arrived.await.unwrap();
    }
}

#[tokio::test]
async fn conforms() {
    let Some(server) = Server::start() else {
        return;
    };
    check(|| store(&server)).await;
}

/// Long waits are asked about ten times, short ones not more often than a server should be.
#[tokio::test]
async fn it_is_asked_again_while_a_request_waits() {
    let Some(server) = Server::start() else {
        return;
    };
    let store = store(&server).await;
    for (wait, again) in [(10_000, 1_000), (250, 25), (249, 25), (1, 25)] {
        let [wait, again] = [wait, again].map(Duration::from_millis);
        assert_eq!(store.ask_again(wait), Some(again), "{wait:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error_and_not_a_leave_to_send() {
    let Some(server) = Server::start() else {
        return;
    };
    let store = store(&server).await;
    drop(server);
    let limits = limits(0);
    let demand = limits.demand(&Kind::Light.operation(), None);
    assert!(store.take(&demand).await.is_err());
}

#[tokio::test]
async fn nothing_is_kept_for_ever() {
    let Some(server) = Server::start() else {
        return;
    };
    let store = store(&server).await;
    let limits = limits(0);
    let session = Session::new(&store, &limits);
    for kind in KINDS {
        session.take(kind).await;
        session.advance(1000).await;
    }
    let channel = LimitScope::Channel("general");
    session.hold(channel, &[Duration::from_secs(300)]).await;
    let mut connection = store.connection.clone();
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("*")
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(keys.len(), 4 + 2 + 1 + 3 + 1, "{keys:?}");
    for key in keys {
        let mut ttl = redis::cmd("TTL");
        let ttl: i64 = ttl.arg(&key).query_async(&mut connection).await.unwrap();
        let longest = if key.contains(":day:") {
            24 * 3600
        } else {
            600
        };
        assert!((1..=longest + 60).contains(&ttl), "{key}: {ttl} s");
    }
}

#[derive(Debug, Clone, Copy)]
enum Operation {
    Take(Kind),
    Advance(u64),
    Settle(prop::sample::Index, bool),
    Hold(Kind, usize),
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    let kind = || prop::sample::select(&KINDS[..]);
    let outcome = (any::<prop::sample::Index>(), any::<bool>());
    let operation = prop_oneof![
        6 => kind().prop_map(Operation::Take),
        3 => (1..400_u64).prop_map(Operation::Advance),
        3 => outcome.prop_map(|(grant, used)| Operation::Settle(grant, used)),
        1 => (kind(), 0..4_usize).prop_map(|(kind, scope)| Operation::Hold(kind, scope)),
    ];
    prop::collection::vec(operation, 1..120)
}

/// What is the same to both stores is the same to the model of the limiter, too, which the one in the process meets.
#[test]
fn does_what_the_store_in_the_process_does() {
    let Some(server) = Server::start() else {
        return;
    };
    let real = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let paused = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(operations in operations(), arrival in 0..200_u64)| {
        let limits = limits(arrival);
        let in_redis = real.block_on(async {
            run(&store(&server).await, &limits, &operations).await
        });
        let in_memory = paused.block_on(async {
            let store = MemoryLimitStore::new(TokioClock::starting_at(start()));
            run(&store, &limits, &operations).await
        });
        prop_assert_eq!(in_redis, in_memory);
    });
}

/// Everything that the store said.
async fn run<S: Subject>(subject: &S, limits: &Limits, operations: &[Operation]) -> Vec<Seen> {
    let session = Session::new(subject, limits);
    let (mut grants, mut said) = (Vec::new(), Vec::new());
    for operation in operations {
        match *operation {
            Operation::Take(kind) => {
                let (seen, grant) = session.take(kind).await;
                said.push(seen);
                grants.extend(grant.map(|grant| (kind, grant)));
            }
            Operation::Advance(milliseconds) => session.advance(milliseconds).await,
            Operation::Settle(index, used) if !grants.is_empty() => {
                let (kind, grant) = grants.swap_remove(index.index(grants.len()));
                let outcome = if used {
                    Settlement::Answered
                } else {
                    Settlement::Unused
                };
                session.settle(kind, grant, outcome).await;
            }
            Operation::Settle(..) => {}
            Operation::Hold(kind, scope) => {
                let steps = [100, 300, 700].map(Duration::from_millis);
                let scope = session.demand(kind).rules().nth(scope);
                if let Some(rule) = scope {
                    session.hold(rule.scope, &steps).await;
                }
            }
        }
    }
    said
}
