//! Receiving: inboxes, the filter of duplicates, the worker, and the service in front of them.
//!
//! Nothing in here sleeps for real: where time passes, it is tokio's, and paused.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

#[cfg(feature = "__test")]
mod corpus;
#[cfg(all(feature = "axum", feature = "__test"))]
mod flood;
mod keys;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
mod redis_link;
// The limiter has the same need.
#[cfg(feature = "redis")]
#[path = "../../src/limit/store/redis/tests/server.rs"]
mod redis_server;
mod sender;
#[cfg(feature = "axum")]
mod service;
mod worker;

/// What `future` gives. A test that waits for what never comes fails, and does not hold up the program for ever.
async fn in_time<T>(future: impl Future<Output = T>) -> T {
    let bound = std::time::Duration::from_secs(300);
    let outcome = tokio::time::timeout(bound, future).await;
    outcome.expect("it comes within minutes")
}
