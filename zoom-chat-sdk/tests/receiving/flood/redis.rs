//! The same with Redis, which goes away, and workers that are cut off in the middle of their work.

use std::{collections::HashMap, time::Duration};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use zoom_chat_sdk::{
    receive::{RedisDuplicates, RedisInbox, Worker, serve},
    webhook::WebhookService,
};

use super::{Bot, TOKEN, Zoom, log::log};
use crate::{
    redis_server::Server,
    sender::{SECRET, webhook},
};

const EVENTS: u64 = 10_000;
const PARALLEL: usize = 8;

/// The way to Redis, which can be cut.
struct Link {
    url: String,
    is_cut: watch::Sender<bool>,
}

impl Link {
    async fn to(redis: &Server) -> Self {
        let url = redis.url();
        let target = url
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("redis://{}/", listener.local_addr().unwrap());
        let (is_cut, cut) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (target, mut cut) = (target.clone(), cut.clone());
                tokio::spawn(async move {
                    if *cut.borrow() {
                        return;
                    }
                    let mut far = TcpStream::connect(&target).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = cut.wait_for(|is_cut| *is_cut) => {}
                    }
                });
            }
        });
        Self { url, is_cut }
    }

    async fn worker(&self, bot: &Bot) -> (RedisInbox, Worker) {
        let inbox = RedisInbox::connect(&self.url, "flood").await.unwrap();
        let duplicates = RedisDuplicates::connect(&self.url, "flood").await.unwrap();
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
        let (inbox, one) = link.worker(&bot).await;
        let (_, two) = link.worker(&bot).await;
        let service = WebhookService::new(webhook(), inbox);
        zoom.deliver(1000, &service, &mut refused).await;
        link.is_cut.send_replace(true);
        let repeated = zoom.repeated;
        zoom.deliver(10, &service, &mut refused).await;
        assert!(zoom.repeated > repeated, "Redis was not away");
        link.is_cut.send_replace(false);
        zoom.deliver(many, &service, &mut refused).await;
        if zoom.left() == 0 {
            while bot.times().len() < usize::try_from(EVENTS).unwrap() {
                tokio::task::yield_now().await;
            }
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
