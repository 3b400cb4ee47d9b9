//! What a permit costs when one is free.

use futures_util::FutureExt;
use http::{HeaderMap, StatusCode};
use zoom_chat_openapi::RateLimitLabel;

use super::{limiter, operation, within};
use crate::limit::Plan;

#[tokio::test(start_paused = true)]
async fn a_free_permit_is_had_at_once_and_allocates_nothing() {
    let limiter = limiter(Plan::Business);
    let medium = operation(RateLimitLabel::Medium);
    let deadline = within(std::time::Duration::from_secs(1));
    let headers = HeaderMap::new();
    let call = || {
        let permit = limiter.acquire(&medium, Some("general"), deadline);
        let mut permit = permit.now_or_never().expect("free").unwrap();
        permit.sending();
        permit.answered(StatusCode::CREATED, &headers, "", None);
    };
    // The logs grow to their size once.
    (0..5).for_each(|_| call());
    let measured = allocation_counter::measure(|| (0..3).for_each(|_| call()));
    assert_eq!(measured.count_total, 0, "{measured:?}");
}
