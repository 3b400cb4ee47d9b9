//! Several processes, one account.

use std::{
    env,
    process::{Child, Command},
    sync::Arc,
    time::Duration,
};

use http::{HeaderMap, StatusCode};
use tokio::{task::JoinSet, time::Instant};

use super::{Kind, RedisLimitStore, Server, Subject};
use crate::limit::{Limiter, Limits, Plan};

const PROCESSES: usize = 4;
const URL: &str = "ZOOM_CHAT_SDK_TEST_REDIS";
const ACCOUNT: &str = "shared";
const LEDGER: &str = "ledger";

/// What each of them sends, in this order.
const SENT: [(Kind, usize); 3] = [
    (Kind::ToChannel("general"), 14),
    (Kind::Medium, 6),
    (Kind::Light, 30),
];

const TIMES: u32 = 50;

/// Zoom's limits with a fiftieth of the time, so that nobody has to wait for long; but the machine may be busy, and a
/// request late.
fn limits() -> Limits {
    Limits::of(Plan::Free)
        .compressed(TIMES)
        .arrival(Duration::from_secs(10))
}

/// Stands in for Zoom: writes down when, by one clock, each request arrived.
const ARRIVE: &str = "
    local time = redis.call('TIME')
    redis.call('RPUSH', KEYS[1], ARGV[1] .. ' ' .. string.format('%.0f', time[1] * 1000000 + time[2]))
";

#[tokio::test]
async fn four_processes_keep_the_limits_of_one_account() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut processes: Vec<Child> = (0..PROCESSES)
        .map(|_| {
            Command::new(env::current_exe().unwrap())
                .args(["--exact", "--ignored", "--quiet"])
                .arg("limit::store::redis::tests::processes::one_of_the_processes")
                .env(URL, server.url())
                .spawn()
                .unwrap()
        })
        .collect();
    for process in &mut processes {
        assert!(process.wait().unwrap().success());
    }
    let store = RedisLimitStore::connect(&server.url(), ACCOUNT)
        .await
        .unwrap();
    let mut connection = store.connection.clone();
    let mut ledger = redis::cmd("LRANGE");
    let ledger = ledger.arg(LEDGER).arg(0).arg(-1);
    let ledger: Vec<String> = ledger.query_async(&mut connection).await.unwrap();
    let arrived: Vec<(&str, u64)> = ledger
        .iter()
        .map(|entry| entry.split_once(' ').unwrap())
        .map(|(kind, time)| (kind, time.parse().unwrap()))
        .collect();
    let sent: usize = SENT.iter().map(|(_, count)| count).sum();
    assert_eq!(arrived.len(), PROCESSES * sent);

    let second = 1_000_000 / u64::from(TIMES);
    let channel = "ToChannel(\"general\")";
    assert_kept(&arrived, |kind| kind == "Light", 4, second);
    assert_kept(&arrived, |kind| kind != "Light", 2, second);
    for (permits, seconds) in [(10, 1), (30, 10), (60, 100), (450, 1000)] {
        assert_kept(&arrived, |kind| kind == channel, permits, seconds * second);
    }
}

fn assert_kept(
    arrived: &[(&str, u64)],
    counts: impl Fn(&str) -> bool,
    permits: usize,
    window: u64,
) {
    let mut times: Vec<u64> = arrived
        .iter()
        .filter(|(kind, _)| counts(kind))
        .map(|(_, time)| *time)
        .collect();
    times.sort_unstable();
    for (index, last) in times.iter().enumerate().skip(permits) {
        let stretch = last - times[index - permits];
        assert!(
            stretch >= window,
            "{} requests in {stretch} of {window} microseconds",
            permits + 1
        );
    }
}

#[tokio::test]
#[ignore = "is run, four times over, by four_processes_keep_the_limits_of_one_account"]
async fn one_of_the_processes() {
    let Ok(url) = env::var(URL) else { return };
    let store = RedisLimitStore::connect(&url, ACCOUNT).await.unwrap();
    let connection = store.connection.clone();
    let store = Arc::new(store);
    let limiter = Limiter::with_store(limits(), Arc::clone(&store));
    let mut requests = JoinSet::new();
    for (kind, count) in SENT {
        for _ in 0..count {
            requests.spawn(request(kind, limiter.clone(), connection.clone()));
        }
    }
    requests.join_all().await;
    store.arrived().await;
}

async fn request(kind: Kind, limiter: Limiter, mut connection: redis::aio::ConnectionManager) {
    let deadline = Instant::now() + Duration::from_secs(120);
    let operation = kind.operation();
    let permit = limiter.acquire(&operation, kind.channel(), deadline).await;
    let mut permit = permit.unwrap();
    permit.sending();
    let arrival = redis::Script::new(ARRIVE);
    let mut arrival = arrival.prepare_invoke();
    arrival.key(LEDGER).arg(format!("{kind:?}"));
    let () = arrival.invoke_async(&mut connection).await.unwrap();
    permit.answered(StatusCode::CREATED, &HeaderMap::new(), "", None);
}
