//! CPU time and allocations of one call, on one thread and one core.
//!
//! The server answers from a thread of its own and what is measured is the CPU time of the client's thread alone. Both
//! share one core: on two, what it costs to wake the other one is measured as well, and that depends on chance. The
//! table gives, for each contender, the allocations of one call and its CPU time as a ratio to hand-written reqwest:
//! medians over rounds in which all take turns, so that a machine that changes its speed changes it for all.

use std::{hint::black_box, time::Duration};

use allocation_counter::measure;
use bytes::Bytes;
use cpu_time::ThreadTime;
use criterion::{
    BenchmarkGroup, Criterion,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, runtime::Runtime};
use zoom_chat_sdk::{ZoomChat, api::Client};

use crate::{contender, server};

/// Calls between two looks at the clock: its resolution must not matter.
const BATCH: u32 = 200;
const ROUNDS: usize = 31;

/// The contenders, each with a connection of its own.
struct Contenders {
    runtime: Runtime,
    base: String,
    host: String,
    http: reqwest::Client,
    client: Client,
    zoom: ZoomChat,
    sender: SendRequest<Full<Bytes>>,
    body: Bytes,
}

const NAMES: [&str; 4] = [
    "bare hyper",
    "reqwest by hand",
    "generated client",
    "facade",
];
const BY_HAND: usize = 1;

impl Contenders {
    fn new() -> Self {
        let host = server::start().to_string();
        let base = format!("http://{host}/v2");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let sender = runtime.block_on(async {
            let stream = TcpStream::connect(&host).await.expect("a connection");
            let (sender, connection) = http1::handshake(TokioIo::new(stream))
                .await
                .expect("a connection");
            tokio::spawn(connection);
            sender
        });
        Self {
            client: contender::client(&base),
            runtime,
            http: reqwest::Client::new(),
            zoom: contender::zoom_chat(&host),
            sender,
            body: contender::ready_body(),
            base,
            host,
        }
    }

    fn call(&mut self, contender: usize, times: u32) {
        self.runtime.block_on(async {
            for _ in 0..times {
                match contender {
                    0 => drop(black_box(
                        contender::bare_hyper(&mut self.sender, &self.host, &self.body).await,
                    )),
                    1 => drop(black_box(contender::by_hand(&self.http, &self.base).await)),
                    2 => drop(black_box(contender::generated(&self.client).await)),
                    _ => drop(black_box(contender::facade(&self.zoom).await)),
                }
            }
        });
    }
}

fn table(contenders: &mut Contenders) {
    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (contender, times) in rounds.iter_mut().enumerate() {
            let start = ThreadTime::now();
            contenders.call(contender, BATCH);
            times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(BATCH));
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!(
        "{:18} {:>12} {:>22} {:>12}",
        "", "CPU µs/call", "ratio to reqwest", "allocations"
    );
    for (contender, name) in NAMES.iter().enumerate() {
        let ratios = rounds[contender]
            .iter()
            .zip(&rounds[BY_HAND])
            .map(|(mine, theirs)| mine / theirs);
        let ratio = median(ratios.collect());
        let counted = measure(|| contenders.call(contender, BATCH));
        println!(
            "{name:18} {:>12.1} {ratio:>22.3} {:>12.1}",
            median(rounds[contender].clone()),
            counted.count_total as f64 / f64::from(BATCH),
        );
    }
    println!();
}

/// The CPU time of the calling thread.
struct ThreadCpu;

impl Measurement for ThreadCpu {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// Prints the table, then has Criterion measure the same.
pub(crate) fn report() {
    if let Some(core) = core_affinity::get_core_ids().and_then(|cores| cores.first().copied()) {
        core_affinity::set_for_current(core);
    }
    let mut contenders = Contenders::new();
    for contender in 0..NAMES.len() {
        contenders.call(contender, BATCH);
    }
    table(&mut contenders);

    let mut criterion = Criterion::default()
        .with_measurement(ThreadCpu)
        .configure_from_args();
    let mut group: BenchmarkGroup<'_, ThreadCpu> = criterion.benchmark_group("send_message");
    for (contender, name) in NAMES.iter().enumerate() {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| contenders.call(contender, 1));
        });
    }
    group.finish();
    criterion.final_summary();
}
