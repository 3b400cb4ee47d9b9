//! What "Send a chat message" costs: the facade against the reqwest code that a careful person writes by hand,
//! against the generated client, and against bare hyper with a ready body.
//!
//! ```text
//! cargo bench -p zoom-chat-benches --bench send_message
//! ```
//!
//! Three reports: throughput over 1 to 4 threads, memory with 10,000 calls in flight, and the cost of one call.

#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)]

mod contender;
mod cost;
mod in_flight;
mod server;
mod throughput;

fn main() {
    if server::is_wanted() {
        return server::run();
    }
    throughput::report();
    in_flight::report();
    // Last, since it keeps the process on one core.
    cost::report();
}
