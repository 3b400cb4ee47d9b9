//! Tokens: their sources against an authorization server on loopback, and the cache against a model.
//!
//! Nothing in here sleeps for real: time is tokio's, and paused.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod cache_model;
mod calls;
mod code_and_device;
#[cfg(feature = "redis")]
mod redis;
mod renewal;
mod secrecy;
mod server;
mod sharing;
