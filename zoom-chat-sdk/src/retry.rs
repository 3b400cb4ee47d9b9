//! Whether a failed attempt is repeated, and when.
//!
//! [`Outcome`] is what became of an attempt, [`RetryPolicy::decide`] a pure function from it and the [`Progress`] of
//! the call to a [`Decision`]. [`Retries`] adds what all clones of a client share: randomness and the [`RetryBudget`].
//! Nothing in here sleeps or sends.
//!
//! Zoom knows no idempotency key. So an operation that is not repeatable is repeated only after an outcome that leaves
//! no doubt that nothing was done: no token, no connection, 429, a refused token, a refused encoding.
//!
#![doc = include_str!("../docs/faults.md")]

mod budget;
mod outcome;
mod policy;
mod retries;

pub use crate::time::{RetryAfter, server_date};
pub use budget::RetryBudget;
pub use outcome::{Outcome, RateLimitPeriod};
pub use policy::{Decision, GiveUp, Progress, RetryPolicy};
pub use retries::Retries;
