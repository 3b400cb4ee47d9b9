//! Many threads at once, with people who give up at any moment.
//!
//! Permits are given back unused, and the windows are so long that nothing else ever frees them: a single wake-up that
//! is lost, or a permit, leaves everybody waiting.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt;
use tokio::{
    task::{JoinSet, yield_now},
    time::timeout,
};
use zoom_chat_openapi::RateLimitLabel;

use super::{limiter, model, operation, within};
use crate::limit::{Limiter, Limits, Quota};

const PERMITS: u32 = 3;
const CHANNEL_PERMITS: u32 = 2;
const WINDOW: Duration = Duration::from_secs(3600);

fn limits() -> Limits {
    let quota = |permits| Quota {
        permits,
        window: WINDOW,
    };
    let mut limits = model::limits(0);
    limits.labels.medium.rate = [quota(PERMITS)];
    limits.channel = [quota(CHANNEL_PERMITS); 4];
    limits
}

async fn come_and_go(limiter: Limiter, held: Arc<AtomicU32>, task: usize) {
    let medium = operation(RateLimitLabel::Medium);
    let channel = ["general", "random"].get(task % 3).copied();
    for round in 0..200 {
        let mut acquire = Box::pin(limiter.acquire(&medium, channel, within(1000 * WINDOW)));
        let mut patience = (task * 7 + round) % 6;
        let permit = loop {
            match (&mut acquire).now_or_never() {
                Some(permit) => break Some(permit),
                None if patience == 0 => break None,
                None => patience -= 1,
            }
            yield_now().await;
        };
        // Some wait, however long; the others go.
        let permit = match permit {
            Some(permit) => permit.unwrap(),
            None if round % 3 == 0 => acquire.await.unwrap(),
            None => continue,
        };
        assert!(held.fetch_add(1, Ordering::SeqCst) < PERMITS);
        yield_now().await;
        held.fetch_sub(1, Ordering::SeqCst);
        drop(permit);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_among_threads() {
    let limiter = limiter(limits());
    let held = Arc::default();
    let mut tasks = JoinSet::new();
    for task in 0..48 {
        tasks.spawn(come_and_go(limiter.clone(), Arc::clone(&held), task));
    }
    let all = timeout(Duration::from_secs(300), tasks.join_all()).await;
    assert!(all.is_ok(), "somebody waits for ever");
    assert!(limiter.has_nobody_waiting());
}
