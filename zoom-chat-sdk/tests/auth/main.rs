//! Tokens: their sources against an authorization server on loopback, and the cache against a model.
//!
//! Nothing in here sleeps for real: time is tokio's, and paused.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod answers;
#[cfg(feature = "__test")]
mod cache_model;
mod calls;
mod closing;
mod code_and_device;
mod kinds;
#[cfg(feature = "redis")]
mod redis;
mod refusals;
mod renewal;
mod revoking;
mod secrecy;
mod server;
mod sharing;
mod storing;
mod user;
