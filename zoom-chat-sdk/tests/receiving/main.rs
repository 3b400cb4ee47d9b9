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

mod corpus;
#[cfg(feature = "axum")]
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
