//! What it costs to receive an event: the service, alone and with its worker, against a bare axum handler that computes
//! the same HMAC over the same body and does nothing else.
//!
//! ```text
//! cargo bench -p zoom-chat-benches --bench receive
//! ```
//!
//! The server has the main thread and its CPU time is what counts; the load comes from another thread. All contenders
//! take turns in each round, so that a machine that changes its speed changes it for all. The table has medians.

#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)]

mod contender;
mod load;

use std::time::Duration;

use contender::Contender;
use load::{Load, Requests};

const ROUNDS: usize = 15;
const EVENTS: usize = 8000;
/// For the throughput. The latency is that of a single connection.
const CONNECTIONS: usize = 16;

/// What one run has measured.
struct Run {
    /// Of the server, for one event.
    cpu: Duration,
    events_per_second: f64,
    latencies: Vec<Duration>,
}

fn median(runs: &[[Run; 3]], of: impl Fn(&[Run; 3]) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// In microseconds.
fn percentile(run: &Run, percent: usize) -> f64 {
    let mut latencies = run.latencies.clone();
    latencies.sort();
    latencies[(latencies.len() - 1) * percent / 100].as_secs_f64() * 1e6
}

fn rounds(events: usize, connections: usize) -> Vec<[Run; 3]> {
    let requests = Requests::signed(events);
    let run = |contender| {
        let load = Load::new(&requests, connections);
        contender::run(contender, load)
    };
    let mut rounds = Vec::new();
    for round in 0..=ROUNDS {
        let runs = Contender::ALL.map(run);
        // The first one warms up.
        if round > 0 {
            rounds.push(runs);
        }
    }
    rounds
}

fn main() {
    let (busy, single) = (rounds(EVENTS, CONNECTIONS), rounds(EVENTS / 4, 1));
    println!(
        "{:20} {:>12} {:>8} {:>10} {:>8} {:>8}",
        "", "CPU µs/event", "ratio", "events/s", "p50 µs", "p99 µs"
    );
    for (index, contender) in Contender::ALL.iter().enumerate() {
        println!(
            "{:20} {:>12.1} {:>8.2} {:>10.0} {:>8.0} {:>8.0}",
            contender.name(),
            median(&busy, |runs| runs[index].cpu.as_secs_f64() * 1e6),
            median(&busy, |runs| runs[index].cpu.as_secs_f64()
                / runs[0].cpu.as_secs_f64()),
            median(&busy, |runs| runs[index].events_per_second),
            median(&single, |runs| percentile(&runs[index], 50)),
            median(&single, |runs| percentile(&runs[index], 99)),
        );
    }
}
