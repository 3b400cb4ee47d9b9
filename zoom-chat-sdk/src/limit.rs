//! Client-side rate limits, so that Zoom does not have to reject requests: by label and plan, per day, per channel, for uploads.
//!
//! Zoom counts the requests of an account, whichever app makes them, and blocks a channel that gets too many messages.
//! A [`Limiter`] gives each request a permit: no period that Zoom counts has more requests than allowed, wherever it
//! begins, and no request waits while a permit is free. Both hold for Zoom's count as well as the client's, because a
//! request in flight counts as late as it can arrive ([`Limits::arrival`]).
//!
//! A [`LimitStore`] holds the counts: [`MemoryLimitStore`] for the clones of one limiter, or, with the feature `redis`,
//! `RedisLimitStore` for many processes. The queue is in the limiter, without a background task.

mod demand;
mod error;
mod feedback;
mod label;
mod limiter;
mod line;
mod log;
mod permit;
mod plan;
mod store;
#[cfg(test)]
#[cfg(feature = "__test")]
mod tests;

pub use demand::{Demand, LimitScope, Rule};
pub use error::{LimitError, Limited};
pub(crate) use feedback::tells_of_a_day;
pub use limiter::Limiter;
pub use permit::Permit;
pub(crate) use plan::carries_file;
pub use plan::{Limits, Plan, Quota};
#[cfg(feature = "redis")]
pub use store::RedisLimitStore;
pub use store::{
    Grant, LimitStore, LimitStoreError, MemoryLimitStore, Settlement, Verdict, VerdictFuture,
};
