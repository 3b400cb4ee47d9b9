//! Runs a Zoom of the tests on its own, for examples to be tried against: the misbehaving one for `soak`, and the one that
//! enforces Zoom's limits for `broadcast`.
//!
//! ```text
//! cargo run -p zoom-chat-tests --example zoom -- faulty [SEED] [FAULTS_PER_THOUSAND]
//! cargo run -p zoom-chat-tests --example zoom -- limited [free|pro|business] [COMPRESSED]
//! ```
//!
//! It ends with its input (Ctrl-D).

mod faulty;
mod limited;

use std::io;

/// Waits until the input ends, while the server runs.
async fn end_of_input() -> io::Result<()> {
    tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await??;
    Ok(())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("faulty") => faulty::run(arguments).await,
        Some("limited") => limited::run(arguments).await,
        _ => Err(io::Error::other("say which one: faulty or limited")),
    }
}
