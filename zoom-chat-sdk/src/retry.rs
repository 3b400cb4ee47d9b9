//! Whether a failed attempt is repeated, and when.
//!
//! [`RetryPolicy::decide`] is a pure function of what is known about the call; [`Retries`] adds what all clones of a
//! client share: randomness and the [`RetryBudget`]. Nothing in here sleeps or sends.

mod retry_after;

pub use retry_after::{RetryAfter, server_date};
