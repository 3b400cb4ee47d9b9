//! Clocks, and the forms in which servers write the time.
//!
//! Two kinds of time are needed. Durations (time-outs, back-off, sleeping) are measured with [`tokio::time`], which
//! tests can pause. The time of day (expiry of tokens, `Retry-After`, daily limits) comes from a [`Clock`]. Nothing
//! else in this crate asks the system for the time.

mod clock;
mod retry_after;
pub(crate) mod timestamp;
mod utc_day;

pub use clock::{Clock, SystemClock, TokioClock};
pub(crate) use clock::{FAR, later, until};
pub use retry_after::{RetryAfter, server_date};
pub(crate) use utc_day::UtcDay;
