//! Memory while 10,000 calls wait for their answers, each on a connection of its own.

use allocation_counter::measure;
use tokio::{runtime::Runtime, task::JoinSet};

use crate::{contender, server::Process};

const CALLS: usize = 10_000;

/// The most bytes that were allocated at once, by call. All calls are made on this thread, where allocations are counted.
fn bytes_per_call<Call>(call: impl Fn() -> Call) -> f64
where
    Call: Future<Output = String> + 'static,
{
    let runtime: Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let counted = measure(|| {
        runtime.block_on(tokio::task::LocalSet::new().run_until(async {
            let mut calls = JoinSet::new();
            for _ in 0..CALLS {
                calls.spawn_local(call());
                // Not all at once: a server takes only so many new connections at a time.
                tokio::task::yield_now().await;
            }
            while let Some(sent) = calls.join_next().await {
                sent.expect("a message sent");
            }
        }));
    });
    counted.bytes_max as f64 / CALLS as f64
}

/// Prints the table.
pub(crate) fn report() {
    let server = Process::start(CALLS);
    let base: &'static str = format!("http://{}/v2", server.host).leak();
    let by_hand = {
        let client = reqwest::Client::new();
        bytes_per_call(move || {
            let client = client.clone();
            async move { contender::by_hand(&client, base).await }
        })
    };
    let facade = {
        let zoom = contender::zoom_chat(&server.host);
        bytes_per_call(move || {
            let zoom = zoom.clone();
            async move { contender::facade(&zoom).await }
        })
    };
    println!("{CALLS} calls in flight: bytes allocated by call");
    println!("{:18} {by_hand:>12.0}", "reqwest by hand");
    println!("{:18} {facade:>12.0}", "facade");
    println!("{:18} {:>12.3}", "ratio", facade / by_hand);
    println!();
}
