//! What becomes free unseen, in a store that others use as well, is not for those who come late.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt;
use zoom_chat_openapi::RateLimitLabel;

use super::{operation, within};
use crate::{
    limit::{LimitStore, Limiter, Limits, MemoryLimitStore, Plan, Settlement, Verdict},
    time::SystemClock,
};

/// Uses up the permits behind the limiter's back, lets one wait for them, gives one back, and comes once more.
async fn comes_late(channel: Option<&str>, permits: usize, late: Option<&str>) {
    let limits = Limits::of(Plan::Pro);
    let store = Arc::new(MemoryLimitStore::new(SystemClock));
    let limiter = Limiter::with_store(limits.clone(), Arc::clone(&store));
    let medium = operation(RateLimitLabel::Medium);
    let demand = limits.demand(&medium, channel);
    let mut grant = None;
    for _ in 0..permits {
        match store.take(&demand).await.unwrap() {
            Verdict::Granted(granted) => grant = Some(granted),
            denied @ Verdict::Denied { .. } => panic!("{denied:?}"),
        }
    }

    let deadline = within(Duration::from_secs(60));
    let mut first = Box::pin(limiter.acquire(&medium, channel, deadline));
    assert!((&mut first).now_or_never().is_none());
    store.settle(&demand, grant.unwrap(), Settlement::Unused);
    let mut late = Box::pin(limiter.acquire(&medium, late, deadline));
    assert!((&mut late).now_or_never().is_none());
    let _permit = first.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_the_label_are_not_overtaken() {
    comes_late(None, 20, Some("general")).await;
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_the_channel_are_not_overtaken() {
    comes_late(Some("general"), 10, Some("general")).await;
}
