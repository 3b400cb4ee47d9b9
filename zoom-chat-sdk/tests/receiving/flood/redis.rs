//! The same with Redis, which goes away, and workers that are cut off in the middle of their work.

use std::{collections::HashMap, time::Duration};

use zoom_chat_sdk::{
    receive::{RedisDuplicates, RedisInbox, Worker, serve},
    webhook::WebhookService,
};

use super::{Bot, TOKEN, Zoom, log::log};
use crate::{
    in_time,
    redis_link::{Link, Way},
    redis_server::Server,
    sender::{SECRET, webhook},
};

const EVENTS: u64 = 10_000;
const PARALLEL: usize = 8;

async fn worker(link: &Link, bot: &Bot) -> (RedisInbox, Worker) {
    let inbox = RedisInbox::connect(&link.url, "flood").await.unwrap();
    let duplicates = RedisDuplicates::connect(&link.url, "flood").await.unwrap();
    let bot = bot.clone();
    let worker = serve(inbox.clone(), move |event| {
        bot.clone().handle(event, Duration::ZERO)
    })
    .parallel(PARALLEL)
    .backoff(Duration::from_millis(1), Duration::from_millis(1))
    .duplicates(duplicates)
    .drain(Duration::ZERO)
    .start();
    (inbox, worker)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_event_is_lost_when_redis_goes_away_and_workers_are_cut_off() {
    let Some(redis) = Server::start() else {
        return;
    };
    let log = log();
    let (link, bot) = (Link::to(&redis).await, Bot::default());
    let mut zoom = Zoom::new(EVENTS, Duration::ZERO);
    let mut refused = HashMap::new();
    let mut cut_off = 0;
    for many in [4000, 4000, u64::MAX] {
        // Two processes, each with a service and a worker.
        let (inbox, one) = worker(&link, &bot).await;
        let (_, two) = worker(&link, &bot).await;
        let service = WebhookService::new(webhook(), inbox);
        in_time(zoom.deliver(1000, &service, &mut refused)).await;
        link.set(Way::Cut);
        let repeated = zoom.repeated;
        in_time(zoom.deliver(10, &service, &mut refused)).await;
        assert!(zoom.repeated > repeated, "Redis was not away");
        link.set(Way::Open);
        in_time(zoom.deliver(many, &service, &mut refused)).await;
        if zoom.left() == 0 {
            in_time(async {
                while bot.times().len() < usize::try_from(EVENTS).unwrap() {
                    tokio::task::yield_now().await;
                }
            })
            .await;
        }
        for worker in [one, two] {
            worker.shutdown().await;
            cut_off += PARALLEL;
        }
    }
    assert_eq!(zoom.left(), 0);
    let times = bot.times();
    let events = u64::try_from(times.len()).unwrap();
    assert!(times.keys().all(|number| (1..=EVENTS).contains(number)));
    assert_eq!(events, EVENTS);
    // Handled again is only what was cut off between handling and marking.
    let again: u32 = times.values().map(|times| times - 1).sum();
    assert!(
        usize::try_from(again).unwrap() <= cut_off,
        "{again} were handled again"
    );
    for secret in [SECRET, TOKEN] {
        assert!(!log.text().contains(secret), "{secret} is in the log");
    }
}
