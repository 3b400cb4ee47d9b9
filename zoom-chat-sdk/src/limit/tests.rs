//! What the tests of the limiter have in common.

mod asking_again;
pub(in crate::limit) mod conformance;
mod crowd;
mod deadlines;
mod fast_path;
pub(in crate::limit) mod model;
mod overtaking;
mod threads;

use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use zoom_chat_openapi::{Operation, RateLimitLabel, operations};

use super::{Limiter, Limits};
use crate::time::TokioClock;

/// An operation with this label, made from a real one.
fn operation(label: RateLimitLabel) -> Operation {
    let mut operation = operations::SEND_CHAT_MESSAGE.clone();
    operation.rate_limit_label = Some(label);
    operation
}

fn upload(label: RateLimitLabel) -> Operation {
    let mut operation = operation(label);
    operation.request_media_types = &["multipart/form-data"];
    operation
}

/// A time that is so long before midnight UTC.
pub(super) fn before_midnight(left: Duration) -> SystemTime {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    SystemTime::UNIX_EPOCH + 20_000 * DAY - left
}

fn limiter_before_midnight(limits: impl Into<Limits>, left: Duration) -> Limiter {
    let clock = TokioClock::starting_at(before_midnight(left));
    Limiter::with_clock(limits, clock)
}

fn limiter(limits: impl Into<Limits>) -> Limiter {
    limiter_before_midnight(limits, Duration::from_secs(12 * 3600))
}

fn within(duration: Duration) -> Instant {
    Instant::now() + duration
}
