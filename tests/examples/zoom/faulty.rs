//! The Zoom that misbehaves.
//!
//! Prints its URLs, and at the end of its input what it accepted and how often.

use std::io;

use zoom_chat_tests::faulty_zoom::{Faults, FaultyZoom};

pub(crate) async fn run(arguments: impl Iterator<Item = String>) -> io::Result<()> {
    let mut arguments = arguments.map(|argument| argument.parse().ok());
    let seed = arguments.next().flatten().unwrap_or(1);
    let per_thousand = arguments.next().flatten().unwrap_or(300);
    let zoom = FaultyZoom::start(Faults::every(seed, per_thousand)).await;
    println!(
        "--base-url {} --token-url {}",
        zoom.base_url(),
        zoom.token_url()
    );
    super::end_of_input().await?;
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
