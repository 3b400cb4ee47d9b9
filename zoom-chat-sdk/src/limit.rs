//! Client-side rate limits, so that Zoom does not have to reject requests: by label and plan, per day, per channel, for uploads.
//!
//! Zoom counts the requests of an account, whoever makes them, and blocks a channel that gets too many messages. A
//! [`Limiter`] gives each request its permit in time: in no window of any length that Zoom counts are there more than
//! allowed, wherever it begins, and yet no request waits while a permit is free. Both hold for Zoom's count, not only for
//! ours, because a request that is under way counts as late as it can arrive ([`Limits::arrival`]).
//!
//! [`LimitStore`] has the counts: [`MemoryLimitStore`] for the clones of one limiter, or, with the feature `redis`,
//! `RedisLimitStore` for many processes. Only the limiter knows the queue, and there is no background
//! task: the waiting requests serve themselves.

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
