//! What the tests of the limiter have in common.

mod deadlines;
mod fast_path;
mod model;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;
use zoom_chat_openapi::{Operation, RateLimitLabel, operations};

use super::{Limiter, Limits};
use crate::clock::TokioClock;

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

/// A limiter that believes it to be so long before midnight UTC.
fn limiter_before_midnight(limits: impl Into<Limits>, left: Duration) -> Limiter {
    const DAY: Duration = Duration::from_secs(24 * 3600);

    let start = SystemTime::UNIX_EPOCH + 20_000 * DAY - left;
    Limiter::with_clock(limits, Arc::new(TokioClock::starting_at(start)))
}

fn limiter(limits: impl Into<Limits>) -> Limiter {
    limiter_before_midnight(limits, Duration::from_secs(12 * 3600))
}

fn within(duration: Duration) -> Instant {
    Instant::now() + duration
}
