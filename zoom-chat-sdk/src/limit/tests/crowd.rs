//! Thousands of messages at once against a Zoom that counts, blocks, and is slow by turns.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{HeaderMap, StatusCode};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use zoom_chat_openapi::RateLimitLabel;

use super::{limiter, operation, within};
use crate::limit::{Limiter, Plan};

const MESSAGES: u64 = 5_000;
const CHANNELS: u64 = 12;

/// Accepts what the documented limits of a Pro account allow.
#[derive(Default)]
struct Zoom {
    medium: VecDeque<Instant>,
    channels: HashMap<u64, VecDeque<Instant>>,
    refused: usize,
}

impl Zoom {
    fn arrive(&mut self, channel: Option<u64>) -> StatusCode {
        const CHANNEL: [(usize, u64); 4] = [(10, 1), (30, 10), (60, 100), (450, 1000)];

        let now = Instant::now();
        let mut fits = fits(&self.medium, &[(20, 1)], now);
        if let Some(channel) = channel {
            let sent = self.channels.entry(channel).or_default();
            fits &= self::fits(sent, &CHANNEL, now);
            sent.push_back(now);
        }
        self.medium.push_back(now);
        if fits {
            StatusCode::CREATED
        } else {
            self.refused += 1;
            StatusCode::TOO_MANY_REQUESTS
        }
    }
}

fn fits(sent: &VecDeque<Instant>, quotas: &[(usize, u64)], now: Instant) -> bool {
    quotas.iter().all(|(permits, seconds)| {
        let start = now.checked_sub(Duration::from_secs(*seconds));
        let inside = sent
            .iter()
            .rev()
            .take_while(|sent| start.is_none_or(|start| **sent > start));
        inside.count() < *permits
    })
}

async fn send(limiter: Limiter, zoom: Arc<Mutex<Zoom>>, number: u64) {
    let medium = operation(RateLimitLabel::Medium);
    let channel = number.is_multiple_of(5).then_some(number / 5 % CHANNELS);
    let name = channel.map(|channel| channel.to_string());
    let deadline = within(Duration::from_secs(24 * 3600));
    let permit = limiter.acquire(&medium, name.as_deref(), deadline).await;
    let mut permit = permit.unwrap();
    permit.sending();
    // Anything between 10 and 409 ms, and not in order.
    let there = 5 + number * 7919 % 200;
    let back = 5 + number * 104_729 % 200;
    sleep(Duration::from_millis(there)).await;
    let status = zoom.lock().unwrap().arrive(channel);
    sleep(Duration::from_millis(back)).await;
    permit.answered(status, &HeaderMap::new(), "", None);
}

#[tokio::test(start_paused = true)]
async fn five_thousand_messages_get_through_without_a_single_429() {
    let limiter = limiter(Plan::Pro);
    let zoom = Arc::default();
    let start = Instant::now();
    let mut messages = JoinSet::new();
    for number in 0..MESSAGES {
        messages.spawn(send(limiter.clone(), Arc::clone(&zoom), number));
    }
    messages.join_all().await;
    let zoom = zoom.lock().unwrap();
    assert_eq!(zoom.refused, 0);
    assert_eq!(zoom.medium.len(), 5_000);
    assert!(limiter.has_nobody_waiting());
    // 20 at a time, of which the last takes 1 s and at most 0.41 s more until its permit is free.
    let most = Duration::from_secs(MESSAGES / 20) * 141 / 100;
    assert!(start.elapsed() <= most, "{:?}", start.elapsed());
}
