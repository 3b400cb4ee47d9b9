//! Calls per second with a runtime of 1 to 4 threads, against hand-written reqwest.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use cpu_time::ProcessTime;
use tokio::{runtime::Runtime, task::JoinSet, time::Instant};
use zoom_chat_sdk::ZoomChat;

use crate::{contender, server::Process};

const CALLS: u32 = 10_000;
const AT_ONCE: usize = 64;
const ROUNDS: usize = 5;

#[derive(Clone)]
enum Client {
    ByHand(reqwest::Client, Arc<str>),
    Facade(ZoomChat),
}

impl Client {
    async fn call(&self) {
        match self {
            Self::ByHand(client, base) => drop(contender::by_hand(client, base).await),
            Self::Facade(zoom) => drop(contender::facade(zoom).await),
        }
    }
}

struct Run {
    calls_per_second: f64,
    /// Of one call, in seconds, over all threads of this process.
    cpu_time: f64,
}

fn run(runtime: &Runtime, client: &Client) -> Run {
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    let left = Arc::new(AtomicU32::new(CALLS));
    runtime.block_on(async {
        let mut workers = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (client, left) = (client.clone(), Arc::clone(&left));
            workers.spawn(async move {
                while left
                    .fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1))
                    .is_ok()
                {
                    client.call().await;
                }
            });
        }
        while workers.join_next().await.is_some() {}
    });
    let calls = f64::from(CALLS);
    Run {
        calls_per_second: calls / started.elapsed().as_secs_f64(),
        cpu_time: cpu.elapsed().as_secs_f64() / calls,
    }
}

fn median(rounds: &[(Run, Run)], of: impl Fn(&(Run, Run)) -> f64) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints the table.
pub(crate) fn report() {
    let server = Process::start(1);
    println!(
        "{:18} {:>12} {:>12} {:>22} {:>22}",
        "", "by hand /s", "facade /s", "ratio of throughput", "ratio of CPU time"
    );
    for threads in 1..=4 {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build()
            .expect("a runtime");
        let base = format!("http://{}/v2", server.host);
        let by_hand = Client::ByHand(reqwest::Client::new(), base.into());
        let facade = Client::Facade(contender::zoom_chat(&server.host));
        let mut rounds = Vec::new();
        for round in 0..=ROUNDS {
            let both = (run(&runtime, &by_hand), run(&runtime, &facade));
            // The first one opens the connections.
            if round > 0 {
                rounds.push(both);
            }
        }
        println!(
            "{threads:>2} threads {:>21.0} {:>12.0} {:>22.3} {:>22.3}",
            median(&rounds, |(hand, _)| hand.calls_per_second),
            median(&rounds, |(_, facade)| facade.calls_per_second),
            median(&rounds, |(hand, facade)| facade.calls_per_second
                / hand.calls_per_second),
            median(&rounds, |(hand, facade)| facade.cpu_time / hand.cpu_time),
        );
    }
    println!();
}
