//! Runs the misbehaving Zoom of the tests on its own, for the `soak` example to be tried against:
//!
//! ```text
//! cargo run -p zoom-chat-tests --example faulty_zoom -- [SEED] [FAULTS_PER_THOUSAND]
//! ```
//!
//! Prints its URLs, and at the end of its input (Ctrl-D) what it accepted and how often.

use std::io;

use zoom_chat_tests::faulty_zoom::{Faults, FaultyZoom};

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse().ok());
    let seed = arguments.next().flatten().unwrap_or(1);
    let per_thousand = arguments.next().flatten().unwrap_or(300);
    let zoom = FaultyZoom::start(Faults::every(seed, per_thousand)).await;
    println!(
        "--base-url {} --token-url {}",
        zoom.base_url(),
        zoom.token_url()
    );
    tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await??;
    let ledger = zoom.ledger();
    let twice = ledger.accepted.values().filter(|times| **times > 1).count();
    println!(
        "{} messages accepted, {twice} of them more than once",
        ledger.accepted.len()
    );
    println!(
        "{} tokens given out, {} expired",
        ledger.tokens_issued, ledger.tokens_expired
    );
    Ok(())
}
