//! Whether a failed attempt is retried, and when.
//!
//! A [`RetryPolicy`] bounds the retries of one call, a [`RetryBudget`] those of all calls of a client. Which failures are
//! retried at all is not configurable: Zoom has no idempotency keys, so an operation that is not repeatable is retried
//! only after a failure that certainly had no effect: no token, no connection, a 429, a rejected token, a rejected
//! encoding.
//!
#![doc = include_str!("../docs/faults.md")]

mod budget;
mod outcome;
mod policy;
mod retries;

pub use crate::time::{RetryAfter, server_date};
pub use budget::RetryBudget;
pub(crate) use outcome::{Outcome, RateLimitPeriod};
pub(crate) use policy::{Decision, Progress};
pub use policy::{GiveUp, RetryPolicy};
pub(crate) use retries::Retries;
