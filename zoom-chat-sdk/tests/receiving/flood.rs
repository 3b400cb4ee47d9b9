//! Thousands of deliveries, good and bad, through the service to failing and slow handlers.
//!
//! Zoom's side repeats what was answered with 5xx, as Zoom does, and knows which status is right for each delivery.

mod bad;
mod log;
#[cfg(feature = "redis")]
mod redis;
mod zoom;

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use zoom_chat_sdk::{
    events::Event,
    receive::{Inbox, MemoryDuplicates, MemoryInbox, serve},
    webhook::WebhookService,
};

use crate::sender::{SECRET, number, webhook};
use bad::Bad;
use zoom::Zoom;

/// What only events contain, and no log may.
const TOKEN: &str = "canary-callback-token";

/// The handler, and what it has done.
#[derive(Clone, Default)]
struct Bot(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    attempts: HashMap<u64, u32>,
    /// By conversation, in order.
    handled: HashMap<String, Vec<u64>>,
    /// Handlers that run.
    running: i64,
}

impl Bot {
    /// Some events fail at first, some make the handler panic, some take long.
    async fn handle(self, event: Event, slow: Duration) -> Result<(), io::Error> {
        let number = number(&event);
        let attempt = {
            let mut book = self.0.lock().unwrap();
            book.running += 1;
            let attempts = book.attempts.entry(number).or_default();
            *attempts += 1;
            *attempts
        };
        let running = Running(&self);
        if number.is_multiple_of(13) {
            tokio::time::sleep(slow).await;
        }
        if number.is_multiple_of(31) && attempt <= 2 {
            return Err(io::Error::other(format!("{TOKEN} failed")));
        }
        assert!(
            !number.is_multiple_of(97) || attempt > 1,
            "{TOKEN} in a panic"
        );
        drop(running);
        let mut book = self.0.lock().unwrap();
        book.handled
            .entry(event.ordering_key())
            .or_default()
            .push(number);
        Ok(())
    }

    /// Each event that was handled, and how many times.
    fn times(&self) -> HashMap<u64, u32> {
        let mut times = HashMap::new();
        for number in self.0.lock().unwrap().handled.values().flatten() {
            *times.entry(*number).or_default() += 1;
        }
        times
    }
}

struct Running<'b>(&'b Bot);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().running -= 1;
    }
}

const EVENTS: u64 = 10_000;

#[tokio::test(start_paused = true)]
async fn each_genuine_event_is_handled_once_and_no_other() {
    let log = log::log();
    let (bot, duplicates) = (Bot::default(), MemoryDuplicates::default());
    let mut zoom = Zoom::new(EVENTS, Duration::from_secs(1));
    let mut refused = HashMap::<Bad, u64>::new();
    // The worker is restarted three times; what is confirmed by then is handled before it ends.
    for many in [4000, 4000, 4000, u64::MAX] {
        let inbox = MemoryInbox::new(300);
        let service = WebhookService::new(webhook(), inbox.clone());
        let handler = bot.clone();
        let worker = serve(inbox.clone(), move |event| {
            handler.clone().handle(event, Duration::from_secs(10))
        })
        .parallel(16)
        .backlog(100)
        .duplicates(duplicates.clone())
        .drain(Duration::from_secs(3600))
        .start();
        zoom.deliver(many, &service, &mut refused).await;
        inbox.close();
        // Refused with 503, and delivered to the next.
        zoom.deliver(20, &service, &mut refused).await;
        let counts = worker.shutdown().await;
        assert_eq!((counts.given_up, counts.unfinished), (0, 0));
        assert!(inbox.is_empty());
    }
    assert_eq!(zoom.left(), 0);
    let times = bot.times();
    for number in 1..=EVENTS {
        assert_eq!(times.get(&number), Some(&1), "event {number}");
    }
    assert_eq!(times.len() as u64, EVENTS);
    let book = bot.0.lock().unwrap();
    assert_eq!(book.running, 0);
    assert_eq!(book.handled, zoom.confirmed);
    drop(book);
    for bad in Bad::ALL {
        assert!(
            refused.get(&bad).is_some_and(|count| *count > 50),
            "{bad:?}: {refused:?}"
        );
    }
    assert!(zoom.repeated > 100, "the inbox was never full");

    let log = log.text();
    assert!(log.contains("the handler of an event failed") && log.contains("was refused"));
    for secret in [SECRET, TOKEN] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
