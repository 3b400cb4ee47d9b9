//! The worker: order, parallelism, retries, panics, duplicates, shutdown.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::{Instant, sleep};
use zoom_chat_sdk::{
    events::{Event, EventKey},
    receive::{
        Cause, Counts, Duplicates, Inbox, InboxError, MemoryDuplicates, MemoryInbox, Taken, serve,
    },
};

use crate::{
    in_time,
    sender::{message, number},
};

/// What a handler has seen, in order.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(String, u64)>>>);

impl Seen {
    fn add(&self, event: &Event) {
        self.0
            .lock()
            .unwrap()
            .push((event.ordering_key(), number(event)));
    }

    fn numbers(&self) -> Vec<u64> {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(|(_, number)| *number)
            .collect()
    }

    fn by_conversation(&self) -> HashMap<String, Vec<u64>> {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        for (key, number) in &*self.0.lock().unwrap() {
            all.entry(key.clone()).or_default().push(*number);
        }
        all
    }
}

fn counts(
    handled: u64,
    duplicates: u64,
    failures: u64,
    given_up: u64,
    unfinished: u64,
) -> [u64; 5] {
    [handled, duplicates, failures, given_up, unfinished]
}

fn listed(counts: Counts) -> [u64; 5] {
    [
        counts.handled,
        counts.duplicates,
        counts.failures,
        counts.given_up,
        counts.unfinished,
    ]
}

#[tokio::test(start_paused = true)]
async fn a_conversation_is_in_order_and_others_do_not_wait_for_it() {
    let (inbox, seen) = (MemoryInbox::new(1000), Seen::default());
    for number in 0..100 {
        inbox
            .put(message(&format!("c{}", number % 10), number))
            .await
            .unwrap();
    }
    let started = Instant::now();
    let worker = serve(inbox.clone(), {
        let seen = seen.clone();
        move |event| {
            let seen = seen.clone();
            async move {
                // The earlier, the slower: without lanes the order would turn around.
                sleep(Duration::from_secs(200 - number(&event))).await;
                seen.add(&event);
                Ok::<_, io::Error>(())
            }
        }
    })
    .drain(Duration::from_secs(100_000))
    .start();
    assert_eq!(listed(worker.shutdown().await), counts(100, 0, 0, 0, 0));
    assert!(inbox.is_empty());
    for (key, numbers) in seen.by_conversation() {
        assert!(
            numbers.is_sorted() && numbers.len() == 10,
            "{key}: {numbers:?}"
        );
    }
    // Ten conversations at once: as long as one of them takes.
    assert!(started.elapsed() < Duration::from_secs(10 * 200));
}

#[tokio::test(start_paused = true)]
async fn no_more_handlers_run_than_may() {
    let inbox = MemoryInbox::new(1000);
    for number in 0..50 {
        inbox
            .put(message(&format!("c{number}"), number))
            .await
            .unwrap();
    }
    let running = Arc::new(Mutex::new((0, 0)));
    let count = Arc::clone(&running);
    let worker = serve(inbox, move |_| {
        let count = Arc::clone(&count);
        async move {
            {
                let (now, most) = &mut *count.lock().unwrap();
                *now += 1;
                *most = (*most).max(*now);
            }
            sleep(Duration::from_secs(1)).await;
            count.lock().unwrap().0 -= 1;
            Ok::<_, io::Error>(())
        }
    })
    .parallel(7)
    .start();
    assert_eq!(worker.shutdown().await.handled, 50);
    assert_eq!(*running.lock().unwrap(), (0, 7));
}

#[tokio::test(start_paused = true)]
async fn failures_and_panics_are_retried_and_told_and_hold_back_only_their_conversation() {
    let (inbox, seen) = (MemoryInbox::new(1000), Seen::default());
    // Fails twice, panics once, succeeds; the next of its conversation waits. Never succeeds: given up.
    for (channel, number) in [
        ("flaky", 1),
        ("flaky", 2),
        ("lost", 3),
        ("lost", 4),
        ("good", 5),
    ] {
        inbox.put(message(channel, number)).await.unwrap();
    }
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let attempts = Arc::new(Mutex::new(HashMap::new()));
    let handled = seen.clone();
    let worker = serve(inbox.clone(), move |event: Event| {
        let attempt = *attempts
            .lock()
            .unwrap()
            .entry(number(&event))
            .and_modify(|it| *it += 1)
            .or_insert(1);
        // A panic before the future exists is a panic of the handler as well.
        assert!(number(&event) != 3 || attempt != 1, "at once");
        let seen = handled.clone();
        async move {
            match (number(&event), attempt) {
                (1, 1 | 2) | (3, _) => return Err(io::Error::other("not now")),
                (1, 3) => panic!("a bug in attempt {attempt}"),
                _ => {}
            }
            seen.add(&event);
            Ok(())
        }
    })
    .attempts(4)
    .backoff(Duration::from_secs(1), Duration::from_secs(3))
    .on_failure(move |failure| {
        let cause = match failure.cause() {
            Cause::Panic(message) => message.clone(),
            Cause::Error(error) => error.to_string(),
            other => panic!("{other}"),
        };
        tell.lock().unwrap().push((
            number(failure.event()),
            failure.attempt(),
            failure.retry_in(),
            cause,
        ));
    })
    .start();
    sleep(Duration::from_millis(10)).await;
    assert_eq!(seen.numbers(), [5]);
    assert_eq!(listed(worker.shutdown().await), counts(4, 0, 7, 1, 0));
    assert_eq!(seen.by_conversation()["channel:flaky"], [1, 2]);
    assert_eq!(seen.by_conversation()["channel:lost"], [4]);
    assert!(inbox.is_empty());
    let mut told = told.lock().unwrap().clone();
    told.sort_by_key(|(number, attempt, ..)| (*number, *attempt));
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let expected = [
        (1, 1, seconds(1), "not now"),
        (1, 2, seconds(2), "not now"),
        (1, 3, seconds(3), "a bug in attempt 3"),
        (3, 1, seconds(1), "at once"),
        (3, 2, seconds(2), "not now"),
        (3, 3, seconds(3), "not now"),
        (3, 4, None, "not now"),
    ];
    assert_eq!(
        told,
        expected.map(|(number, attempt, wait, cause)| (number, attempt, wait, cause.to_owned()))
    );
}

#[tokio::test(start_paused = true)]
async fn an_event_is_marked_only_after_success() {
    let (inbox, duplicates) = (MemoryInbox::new(1000), MemoryDuplicates::default());
    let is_working = Arc::new(Mutex::new(false));
    let works = Arc::clone(&is_working);
    let worker = serve(inbox.clone(), move |_| {
        let works = *works.lock().unwrap();
        async move { if works { Ok(()) } else { Err("no") } }
    })
    .attempts(1)
    .duplicates(duplicates.clone())
    .start();
    inbox.put(message("c", 1)).await.unwrap();
    inbox.put(message("c", 1)).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(listed(worker.counts()), counts(0, 0, 2, 2, 0));
    *is_working.lock().unwrap() = true;
    for _ in 0..3 {
        inbox.put(message("c", 1)).await.unwrap();
    }
    assert_eq!(listed(worker.shutdown().await), counts(1, 2, 2, 2, 0));

    // Another worker with the same filter knows it, one with a filter that holds less does not.
    for (duplicates, expected) in [
        (duplicates, counts(0, 1, 0, 0, 0)),
        (MemoryDuplicates::new(0), counts(1, 0, 0, 0, 0)),
    ] {
        let inbox = MemoryInbox::new(10);
        inbox.put(message("c", 1)).await.unwrap();
        let worker = serve(inbox, |_| async { Ok::<_, io::Error>(()) })
            .duplicates(duplicates)
            .start();
        assert_eq!(listed(worker.shutdown().await), expected);
    }
}

#[tokio::test]
async fn a_filter_forgets_the_oldest_keys_first() {
    let duplicates = MemoryDuplicates::new(4);
    let keys: Vec<_> = (0..3).map(|number| message("c", number).keys()).collect();
    for keys in &keys {
        duplicates.mark_done(keys).await.unwrap();
        duplicates.mark_done(keys).await.unwrap();
    }
    for (keys, expected) in keys.iter().zip([false, true, true]) {
        assert_eq!(duplicates.is_done(keys).await.unwrap(), expected);
    }
    // One known key is enough.
    assert_eq!(keys[2].len(), 2);
    for known in &keys[2] {
        let duplicates = MemoryDuplicates::new(4);
        duplicates.mark_done(&[*known]).await.unwrap();
        assert!(duplicates.is_done(&keys[2]).await.unwrap());
    }
}

#[tokio::test]
async fn a_memory_inbox_is_bounded_in_events_and_bytes_until_they_are_done() {
    let bytes = message("c", 1).raw().len();
    for inbox in [
        MemoryInbox::new(2),
        MemoryInbox::new(1000).most_bytes(2 * bytes),
    ] {
        inbox.put(message("c", 1)).await.unwrap();
        inbox.put(message("c", 2)).await.unwrap();
        assert!(matches!(
            inbox.put(message("c", 3)).await,
            Err(InboxError::Full)
        ));
        let taken = in_time(inbox.take()).await.unwrap().unwrap();
        assert!(matches!(
            inbox.put(message("c", 3)).await,
            Err(InboxError::Full)
        ));
        inbox.done(&taken.receipt).await.unwrap();
        inbox.put(message("c", 3)).await.unwrap();
        inbox.close();
        assert!(matches!(
            inbox.put(message("c", 4)).await,
            Err(InboxError::Closed)
        ));
        for expected in [2, 3] {
            let taken = in_time(inbox.take()).await.unwrap();
            assert_eq!(number(&taken.unwrap().event), expected);
        }
        assert!(in_time(inbox.take()).await.unwrap().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_drains_and_cuts_off_what_takes_too_long() {
    for (drain, expected) in [(5, counts(4, 0, 0, 0, 1)), (5000, counts(5, 0, 0, 0, 0))] {
        let inbox = MemoryInbox::new(1000);
        let worker = serve(inbox.clone(), |event| async move {
            let slow = number(&event) == 0;
            sleep(Duration::from_secs(if slow { 1000 } else { 1 })).await;
            Ok::<_, io::Error>(())
        })
        .drain(Duration::from_secs(drain))
        .start();
        let readiness = worker.readiness();
        assert!(readiness.is_ready());
        for number in 0..5 {
            inbox
                .put(message(&format!("c{number}"), number))
                .await
                .unwrap();
        }
        let counts = worker.shutdown().await;
        assert_eq!(listed(counts), expected);
        assert!(!readiness.is_ready());
        assert!(matches!(
            inbox.put(message("c", 9)).await,
            Err(InboxError::Closed)
        ));
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_worker_shuts_down() {
    let inbox = MemoryInbox::new(10);
    let worker = serve(inbox.clone(), |_| async { Ok::<_, io::Error>(()) }).start();
    let readiness = worker.readiness();
    drop(worker);
    sleep(Duration::from_secs(1)).await;
    assert!(!readiness.is_ready());
    assert!(matches!(
        inbox.put(message("c", 1)).await,
        Err(InboxError::Closed)
    ));
}

/// Fails the first so many calls of each kind, and then works like the memory ones.
struct Failing {
    inbox: MemoryInbox,
    duplicates: MemoryDuplicates,
    left: Mutex<HashMap<&'static str, u32>>,
}

impl Failing {
    fn fail(&self, call: &'static str) -> Result<(), InboxError> {
        let mut left = self.left.lock().unwrap();
        let left = left.entry(call).or_insert(3);
        if *left == 0 {
            return Ok(());
        }
        *left -= 1;
        Err(InboxError::store("it is away"))
    }
}

impl Inbox for Failing {
    type Receipt = <MemoryInbox as Inbox>::Receipt;

    async fn put(&self, event: Event) -> Result<(), InboxError> {
        self.inbox.put(event).await
    }

    async fn take(&self) -> Result<Option<Taken<Self::Receipt>>, InboxError> {
        self.fail("take")?;
        self.inbox.take().await
    }

    async fn done(&self, receipt: &Self::Receipt) -> Result<(), InboxError> {
        self.fail("done")?;
        self.inbox.done(receipt).await
    }

    fn close(&self) {
        self.inbox.close();
    }
}

impl Duplicates for Failing {
    async fn is_done(&self, keys: &[EventKey]) -> Result<bool, InboxError> {
        self.fail("is_done")?;
        self.duplicates.is_done(keys).await
    }

    async fn mark_done(&self, keys: &[EventKey]) -> Result<(), InboxError> {
        self.fail("mark_done")?;
        self.duplicates.mark_done(keys).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_goes_away_costs_time_and_no_event() {
    let store = Arc::new(Failing {
        inbox: MemoryInbox::new(10),
        duplicates: MemoryDuplicates::default(),
        left: Mutex::default(),
    });
    let seen = Seen::default();
    let handled = seen.clone();
    let worker = serve(Arc::clone(&store), move |event| {
        handled.add(&event);
        async { Ok::<_, io::Error>(()) }
    })
    .duplicates(Arc::clone(&store))
    .start();
    let readiness = worker.readiness();
    sleep(Duration::from_millis(1)).await;
    assert!(!readiness.is_ready(), "taking fails");
    for number in [1, 1, 2] {
        store.put(message("c", number)).await.unwrap();
    }
    sleep(Duration::from_secs(60)).await;
    assert!(readiness.is_ready());
    assert_eq!(listed(worker.shutdown().await), counts(2, 1, 0, 0, 0));
    assert_eq!(seen.numbers(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn settings_that_would_stop_a_worker_count_as_one() {
    let inbox = MemoryInbox::new(10);
    for number in 0..3 {
        inbox.put(message("c", number)).await.unwrap();
    }
    let worker = serve(inbox, |event| async move {
        match number(&event) {
            1 => Err("no"),
            _ => Ok(()),
        }
    })
    .parallel(0)
    .backlog(0)
    .attempts(0)
    .start();
    assert_eq!(listed(worker.shutdown().await), counts(2, 0, 1, 1, 0));
}

/// Fails whenever it is asked for an event, until it is closed, and knows when that was. Leaving it takes for ever.
#[derive(Default)]
struct Away {
    asked: Mutex<Vec<Instant>>,
    is_closed: Mutex<bool>,
    left: Mutex<u32>,
}

impl Inbox for Away {
    type Receipt = ();

    async fn put(&self, _: Event) -> Result<(), InboxError> {
        Ok(())
    }

    async fn take(&self) -> Result<Option<Taken<()>>, InboxError> {
        self.asked.lock().unwrap().push(Instant::now());
        match *self.is_closed.lock().unwrap() {
            true => Ok(None),
            false => Err(InboxError::store("it is away")),
        }
    }

    async fn done(&self, (): &()) -> Result<(), InboxError> {
        Ok(())
    }

    fn close(&self) {
        *self.is_closed.lock().unwrap() = true;
    }

    async fn leave(&self) -> Result<(), InboxError> {
        *self.left.lock().unwrap() += 1;
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_away_is_asked_less_and_less_often() {
    let inbox = Arc::new(Away::default());
    let worker = serve(Arc::clone(&inbox), |_| async { Ok::<_, io::Error>(()) }).start();
    sleep(Duration::from_secs(30)).await;
    let asked = inbox.asked.lock().unwrap().clone();
    let waits = asked.windows(2).map(|pair| (pair[1] - pair[0]).as_millis());
    assert_eq!(
        waits.collect::<Vec<_>>(),
        [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000]
    );
    assert!(!worker.readiness().is_ready());
    worker.shutdown().await;
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_ends_leaves_its_inbox_and_does_not_wait_for_it() {
    let inbox = Arc::new(Away::default());
    let worker = serve(Arc::clone(&inbox), |_| async { Ok::<_, io::Error>(()) }).start();
    let readiness = worker.readiness();
    // Not by a shutdown of the worker.
    inbox.close();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(*inbox.left.lock().unwrap(), 1);
    assert!(!readiness.is_ready());
    let began = Instant::now();
    worker.shutdown().await;
    assert!(began.elapsed() <= Duration::from_secs(2));
}
