//! Refusals, and what is left behind by those who go.

use std::time::Duration;

use futures_util::FutureExt;
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName},
};
use tokio::time::{Instant, advance};
use zoom_chat_openapi::RateLimitLabel;

use super::{limiter, limiter_before_midnight, operation, upload, within};
use crate::limit::{LimitError, Limited, Limiter, Limits, Plan};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

/// Limits where requests count when their permit is given.
fn prompt(plan: Plan) -> Limits {
    Limits::of(plan).arrival(Duration::ZERO)
}

async fn use_up(limiter: &Limiter, label: RateLimitLabel, channel: Option<&str>, permits: usize) {
    let operation = operation(label);
    for _ in 0..permits {
        let permit = limiter.acquire(&operation, channel, within(HOUR));
        permit.await.unwrap().sending();
    }
}

async fn refusal(
    limiter: &Limiter,
    label: RateLimitLabel,
    channel: Option<&str>,
    deadline: Duration,
) -> LimitError {
    let operation = operation(label);
    match limiter.acquire(&operation, channel, within(deadline)).await {
        Err(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_refused_at_once() {
    let limiter = limiter(prompt(Plan::Free));
    use_up(&limiter, RateLimitLabel::Medium, None, 2).await;
    let asked = Instant::now();
    let refused = refusal(&limiter, RateLimitLabel::Medium, None, SECOND / 2).await;
    assert_eq!(asked.elapsed(), Duration::ZERO);
    assert_eq!(
        refused.limit(),
        Some(&Limited::Rate(RateLimitLabel::Medium))
    );
    assert_eq!(refused.wait(), Some(SECOND));
    assert!(limiter.has_nobody_waiting());
    // One that ends with the deadline is not.
    let medium = operation(RateLimitLabel::Medium);
    let permit = limiter.acquire(&medium, None, within(SECOND)).await;
    permit.unwrap().sending();
    assert_eq!(asked.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_spent_day_is_refused_until_midnight_and_then_begins_anew() {
    let limiter = limiter_before_midnight(prompt(Plan::Free), 2 * HOUR);
    use_up(&limiter, RateLimitLabel::Heavy, None, 1000).await;
    let spent = Duration::from_secs(999);
    let refused = refusal(&limiter, RateLimitLabel::Heavy, None, SECOND).await;
    assert_eq!(refused.limit(), Some(&Limited::Day(RateLimitLabel::Heavy)));
    assert_eq!(refused.wait(), Some(2 * HOUR - spent));
    advance(2 * HOUR - spent).await;
    use_up(&limiter, RateLimitLabel::Heavy, None, 1).await;
}

#[tokio::test(start_paused = true)]
async fn heavy_requests_use_up_the_day_of_resource_intensive_ones() {
    let limiter = limiter(prompt(Plan::Pro));
    use_up(&limiter, RateLimitLabel::Heavy, None, 30_000).await;
    let refused = refusal(&limiter, RateLimitLabel::ResourceIntensive, None, SECOND).await;
    assert_eq!(refused.limit(), Some(&Limited::Day(RateLimitLabel::Heavy)));
    use_up(&limiter, RateLimitLabel::Medium, None, 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_full_channel_names_itself() {
    let limiter = limiter(prompt(Plan::Business));
    use_up(&limiter, RateLimitLabel::Medium, Some("general"), 10).await;
    let refused = refusal(
        &limiter,
        RateLimitLabel::Medium,
        Some("general"),
        SECOND / 2,
    )
    .await;
    assert_eq!(refused.limit(), Some(&Limited::Channel("general".into())));
    use_up(&limiter, RateLimitLabel::Medium, Some("random"), 1).await;
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_served_in_time_behind_the_others_is_not_let_in_line() {
    let limiter = limiter(prompt(Plan::Free));
    use_up(&limiter, RateLimitLabel::Heavy, None, 1).await;
    let heavy = operation(RateLimitLabel::Heavy);
    let mut waiting: Vec<_> = (0..5)
        .map(|_| Box::pin(limiter.acquire(&heavy, None, within(HOUR))))
        .collect();
    for permit in &mut waiting {
        assert!(permit.now_or_never().is_none());
    }
    let asked = Instant::now();
    let refused = refusal(&limiter, RateLimitLabel::Heavy, None, 4 * SECOND).await;
    assert_eq!(asked.elapsed(), Duration::ZERO);
    assert_eq!(refused.limit(), Some(&Limited::Queue));
    assert_eq!(refused.wait(), Some(5 * SECOND));
    // One second more is enough.
    let in_time = limiter.acquire(&heavy, None, within(5 * SECOND));
    assert!(in_time.now_or_never().is_none());
    drop(waiting);
    assert!(limiter.has_nobody_waiting());
}

#[tokio::test(start_paused = true)]
async fn who_waits_behind_others_is_refused_at_the_deadline() {
    let limiter = limiter(Limits::of(Plan::Free));
    use_up(&limiter, RateLimitLabel::Medium, None, 2).await;
    let medium = operation(RateLimitLabel::Medium);
    let mut first = Box::pin(limiter.acquire(&medium, None, within(HOUR)));
    assert!((&mut first).now_or_never().is_none());
    let asked = Instant::now();
    let refused = refusal(&limiter, RateLimitLabel::Medium, None, SECOND).await;
    assert_eq!(asked.elapsed(), SECOND);
    assert_eq!(
        refused.limit(),
        Some(&Limited::Rate(RateLimitLabel::Medium))
    );
    assert_eq!(
        refused.wait(),
        Some(SECOND),
        "one for the way to Zoom, one for the window"
    );
    assert!(first.await.is_ok());
    assert!(limiter.has_nobody_waiting());
}

#[tokio::test(start_paused = true)]
async fn a_daily_429_holds_until_the_instant_that_it_names() {
    let limiter = limiter(Plan::Free);
    let light = operation(RateLimitLabel::Light);
    let mut permit = limiter.acquire(&light, None, within(SECOND)).await.unwrap();
    permit.sending();
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-type", "Daily-limit".parse().unwrap());
    permit.answered(StatusCode::TOO_MANY_REQUESTS, &headers, "", Some(3 * HOUR));
    let refused = refusal(&limiter, RateLimitLabel::Light, None, 2 * HOUR).await;
    assert_eq!(refused.limit(), Some(&Limited::Day(RateLimitLabel::Light)));
    assert_eq!(refused.wait(), Some(3 * HOUR));
    advance(3 * HOUR).await;
    use_up(&limiter, RateLimitLabel::Light, None, 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_daily_429_told_only_by_its_text_holds_until_midnight() {
    let limiter = limiter(Plan::Free);
    let light = operation(RateLimitLabel::Light);
    let mut permit = limiter.acquire(&light, None, within(SECOND)).await.unwrap();
    permit.sending();
    let text = "You have reached the maximum daily rate limit for this API.";
    permit.answered(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new(), text, None);
    let refused = refusal(&limiter, RateLimitLabel::Light, None, HOUR).await;
    assert_eq!(refused.limit(), Some(&Limited::Day(RateLimitLabel::Light)));
    assert_eq!(refused.wait(), Some(12 * HOUR));
}

#[tokio::test(start_paused = true)]
async fn a_429_of_an_upload_holds_uploads_by_its_operation() {
    let qps = [("x-ratelimit-type", "QPS")];
    for (headers, channel) in [(&qps[..], None), (&[], None), (&[], Some("general"))] {
        for (told, held) in [(None, SECOND), (Some(7 * SECOND), 7 * SECOND)] {
            let limiter = limiter(Plan::Pro);
            // Without a label nothing but uploads can be held back.
            let mut upload = upload(RateLimitLabel::Medium);
            upload.rate_limit_label = None;
            let permit = limiter.acquire(&upload, channel, within(SECOND));
            let mut permit = permit.await.unwrap();
            permit.sending();
            let headers = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
            permit.answered(StatusCode::TOO_MANY_REQUESTS, &headers.collect(), "", told);
            let refused = limiter.acquire(&upload, None, within(SECOND / 2)).await;
            let refused = refused.unwrap_err();
            assert_eq!(
                (refused.limit(), refused.wait()),
                (Some(&Limited::Upload), Some(held))
            );
            // Another operation is another limit, and what carries no file has none.
            upload.id = "another";
            assert!(limiter.acquire(&upload, None, within(SECOND)).await.is_ok());
            use_up(&limiter, RateLimitLabel::Medium, None, 1).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_that_says_nothing_holds_the_channel_longer_each_time() {
    let limiter = limiter(Plan::Pro);
    let medium = operation(RateLimitLabel::Medium);
    for block in [10, 30, 60, 300, 300] {
        let permit = limiter.acquire(&medium, Some("general"), within(SECOND));
        let mut permit = permit.await.unwrap();
        permit.sending();
        permit.answered(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new(), "", None);
        let refused = refusal(&limiter, RateLimitLabel::Medium, Some("general"), SECOND).await;
        assert_eq!(refused.wait(), Some(block * SECOND));
        use_up(&limiter, RateLimitLabel::Medium, Some("random"), 1).await;
        advance(block * SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_plan_too_large_is_corrected_by_the_answer() {
    let limiter = limiter(Plan::Business);
    let medium = operation(RateLimitLabel::Medium);
    let permit = limiter
        .acquire(&medium, None, within(SECOND))
        .await
        .unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-type", "Daily-limit".parse().unwrap());
    permit.answered(StatusCode::TOO_MANY_REQUESTS, &headers, "", None);
    let refused = refusal(&limiter, RateLimitLabel::Medium, None, HOUR).await;
    assert_eq!(refused.wait(), Some(12 * HOUR), "until midnight");
}

#[tokio::test(start_paused = true)]
async fn a_429_that_names_another_label_holds_both() {
    let limiter = limiter(Plan::Pro);
    let medium = operation(RateLimitLabel::Medium);
    let permit = limiter
        .acquire(&medium, None, within(SECOND))
        .await
        .unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-category", "Heavy".parse().unwrap());
    headers.insert("x-ratelimit-type", "QPS".parse().unwrap());
    permit.answered(StatusCode::TOO_MANY_REQUESTS, &headers, "", None);
    for label in [RateLimitLabel::Medium, RateLimitLabel::Heavy] {
        let refused = refusal(&limiter, label, None, SECOND / 2).await;
        assert_eq!(
            (refused.limit(), refused.wait()),
            (Some(&Limited::Rate(label)), Some(SECOND))
        );
    }
    use_up(&limiter, RateLimitLabel::Light, None, 1).await;
}

#[test]
fn the_wait_in_line_is_that_of_the_rate_however_long_the_line() {
    let limits = Limits::of(Plan::Free);
    let light = operation(RateLimitLabel::Light);
    let demand = limits.demand(&light, None);
    assert_eq!(demand.wait_behind(3), Duration::ZERO);
    assert_eq!(demand.wait_behind(4), SECOND);
    assert_eq!(demand.wait_behind(6_000), 1_500 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_429_without_a_wait_holds_the_label_for_its_window() {
    for told in [None, Some(Duration::ZERO)] {
        let limiter = limiter(prompt(Plan::Free));
        let medium = operation(RateLimitLabel::Medium);
        let permit = limiter.acquire(&medium, None, within(SECOND)).await;
        let status = StatusCode::TOO_MANY_REQUESTS;
        permit
            .unwrap()
            .answered(status, &HeaderMap::new(), "", told);
        let refused = refusal(&limiter, RateLimitLabel::Medium, None, SECOND / 2).await;
        assert_eq!(refused.wait(), Some(SECOND), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_full_channel_stays_full_while_many_others_come_and_go() {
    let limiter = limiter(prompt(Plan::Business));
    // All that 10 s allow, in 2 s.
    use_up(&limiter, RateLimitLabel::Medium, Some("general"), 30).await;
    for number in 0..200 {
        let channel = number.to_string();
        use_up(&limiter, RateLimitLabel::Medium, Some(&channel), 1).await;
    }
    let refused = refusal(&limiter, RateLimitLabel::Medium, Some("general"), SECOND).await;
    assert_eq!(refused.limit(), Some(&Limited::Channel("general".into())));
}
