//! An inbox and a filter of duplicates in a real Redis, started here on loopback. Where there is none, the tests say so.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use redis::AsyncCommands;
use zoom_chat_sdk::receive::{
    Duplicates, Inbox, InboxError, RedisDuplicates, RedisInbox, RedisReceipt, Taken, serve,
};

use crate::{
    redis_link::{Link, Way},
    redis_server::Server,
    sender::{message, number},
};

async fn inbox(redis: &Server, name: &str) -> RedisInbox {
    RedisInbox::connect(&redis.url(), name).await.unwrap()
}

async fn take(inbox: &RedisInbox) -> (u64, RedisReceipt) {
    let Taken { event, receipt } = inbox.take().await.unwrap().unwrap();
    (number(&event), receipt)
}

/// Whether a look at the stream finds nothing for this worker.
async fn has_nothing(inbox: &RedisInbox) -> bool {
    let look = tokio::time::timeout(Duration::from_millis(30), inbox.take());
    look.await.is_err()
}

/// Makes all workers seem gone, as if their leases had run out.
async fn end_leases(redis: &Server) {
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let alive: Vec<String> = connection.keys("*:alive:*").await.unwrap();
    assert!(!alive.is_empty());
    let _: () = connection.del(alive).await.unwrap();
}

#[tokio::test]
async fn what_is_put_is_taken_once_by_one_of_all() {
    let Some(redis) = Server::start() else {
        return;
    };
    let here = inbox(&redis, "once").await.most_events(3);
    let there = inbox(&redis, "once").await;
    let elsewhere = inbox(&redis, "another name").await;
    for number in 1..=3 {
        here.put(message(&format!("c{number}"), number))
            .await
            .unwrap();
    }
    assert!(matches!(
        here.put(message("c", 4)).await,
        Err(InboxError::Full)
    ));
    let (first, first_receipt) = take(&here).await;
    let (second, _) = take(&there).await;
    let (third, _) = take(&here).await;
    assert_eq!([first, second, third], [1, 2, 3]);
    assert!(has_nothing(&here).await && has_nothing(&there).await && has_nothing(&elsewhere).await);
    // It holds what is not done.
    assert!(matches!(
        here.put(message("c", 4)).await,
        Err(InboxError::Full)
    ));
    here.done(&first_receipt).await.unwrap();
    here.put(message("c", 4)).await.unwrap();
    here.close();
    assert!(here.take().await.unwrap().is_none());
    assert_eq!(take(&there).await.0, 4);
    assert!(!format!("{here:?}").contains("redis://"));
}

#[tokio::test]
async fn a_conversation_belongs_to_one_worker_until_it_is_done() {
    let Some(redis) = Server::start() else {
        return;
    };
    let (one, two) = (inbox(&redis, "owners").await, inbox(&redis, "owners").await);
    one.put(message("a", 1)).await.unwrap();
    let (_, first) = take(&one).await;
    for (channel, number) in [("a", 2), ("a", 3), ("b", 4)] {
        one.put(message(channel, number)).await.unwrap();
    }
    // 2 and 3 are of a conversation of the other worker.
    let (number, other) = take(&two).await;
    assert_eq!(number, 4);
    assert!(has_nothing(&two).await);
    for expected in [2, 3] {
        let (number, receipt) = take(&one).await;
        assert_eq!(number, expected);
        one.done(&receipt).await.unwrap();
    }
    one.done(&first).await.unwrap();
    two.done(&other).await.unwrap();
    // Now it is nobody's.
    one.put(message("a", 5)).await.unwrap();
    assert_eq!(take(&two).await.0, 5);
}

#[tokio::test]
async fn what_a_worker_left_behind_comes_before_what_is_new() {
    let Some(redis) = Server::start() else {
        return;
    };
    for is_told in [true, false] {
        let name = format!("left {is_told}");
        let (one, two, three) = (
            inbox(&redis, &name).await,
            inbox(&redis, &name).await,
            inbox(&redis, &name).await,
        );
        for number in 1..=4 {
            one.put(message("a", number)).await.unwrap();
        }
        let (_, late) = take(&one).await;
        take(&one).await;
        // Reads 3 and 4 on behalf of the first.
        assert!(has_nothing(&two).await);
        if is_told {
            one.leave().await.unwrap();
        } else {
            end_leases(&redis).await;
        }
        one.put(message("a", 5)).await.unwrap();
        for expected in 1..=5 {
            let (number, receipt) = take(&two).await;
            assert_eq!(number, expected);
            assert!(has_nothing(&three).await, "{number} is in work");
            two.done(&receipt).await.unwrap();
            if expected == 1 {
                // The first comes back, and is done with what another has done.
                one.done(&late).await.unwrap();
            }
        }
        assert!(has_nothing(&two).await && has_nothing(&three).await);
    }
}

#[tokio::test]
async fn an_entry_that_is_no_event_does_not_block_the_stream() {
    let Some(redis) = Server::start() else {
        return;
    };
    let inbox = inbox(&redis, "odd").await;
    inbox.put(message("a", 1)).await.unwrap();
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let stream = "zoom-chat:{odd}:inbox";
    let mut add = redis::cmd("XADD");
    add.arg(stream)
        .arg("*")
        .arg(&["conversation", "a", "event", "odd"]);
    add.exec_async(&mut connection).await.unwrap();
    inbox.put(message("a", 2)).await.unwrap();
    assert_eq!(take(&inbox).await.0, 1);
    assert_eq!(take(&inbox).await.0, 2);
    let mut length = redis::cmd("XLEN");
    let left: u64 = length
        .arg(stream)
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(left, 2);
    // Redis has lost everything, the group as well.
    let _: () = redis::cmd("FLUSHALL")
        .exec_async(&mut connection)
        .await
        .unwrap();
    assert!(has_nothing(&inbox).await);
    inbox.put(message("a", 3)).await.unwrap();
    assert_eq!(take(&inbox).await.0, 3);
}

#[tokio::test]
async fn workers_share_the_filter_of_duplicates() {
    let Some(redis) = Server::start() else {
        return;
    };
    let filter = async || {
        RedisDuplicates::connect(&redis.url(), "filter")
            .await
            .unwrap()
    };
    let (one, two) = (filter().await, filter().await);
    let keys = message("a", 1).keys();
    assert!(!two.is_done(&keys).await.unwrap());
    one.mark_done(&keys).await.unwrap();
    for key in &keys {
        assert!(two.is_done(&[*key]).await.unwrap());
    }
    assert!(!two.is_done(&message("a", 2).keys()).await.unwrap());

    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut workers = Vec::new();
    for filter in [one, two] {
        let seen = Arc::clone(&seen);
        let inbox = inbox(&redis, "filtered").await;
        for number in 1..=20 {
            inbox.put(message("a", number)).await.unwrap();
        }
        let worker = serve(inbox.clone(), move |event| {
            seen.lock().unwrap().push(number(&event));
            async { Ok::<_, io::Error>(()) }
        });
        workers.push((inbox, worker.duplicates(filter).start()));
    }
    let finished = |(_, worker): &(RedisInbox, zoom_chat_sdk::receive::Worker)| {
        let counts = worker.counts();
        counts.handled + counts.duplicates
    };
    while workers.iter().map(finished).sum::<u64>() < 40 {
        tokio::task::yield_now().await;
    }
    for (_, worker) in workers {
        worker.shutdown().await;
    }
    assert_eq!(*seen.lock().unwrap(), (2..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_event_whose_answer_was_lost_is_given_again() {
    let Some(redis) = Server::start() else {
        return;
    };
    let mut link = Link::to(&redis).await;
    let (here, there) = (
        RedisInbox::connect(&link.url, "lost").await.unwrap(),
        inbox(&redis, "lost").await,
    );
    // Redis knows the scripts from here on.
    assert!(has_nothing(&here).await);
    for number in 1..=5 {
        there.put(message("a", number)).await.unwrap();
    }
    for expected in 1..=3 {
        link.set(Way::NoAnswer);
        assert!(here.take().await.is_err());
        link.set(Way::Open);
        assert_eq!(take_when_connected(&here).await.0, expected);
    }
    // A take that nobody waits for any more once it is sent.
    tokio::select! {
        biased;
        _ = here.take() => panic!("Redis has answered at once"),
        () = std::future::ready(()) => {}
    }
    // A take that arrives after the one that replaced it.
    link.set(Way::Late);
    assert!(here.take().await.is_err());
    link.set(Way::Open);
    assert_eq!(take_when_connected(&here).await.0, 4);
    link.release().await;
    assert_eq!(take(&here).await.0, 5);
    assert!(has_nothing(&here).await && has_nothing(&there).await);
}

async fn take_when_connected(inbox: &RedisInbox) -> (u64, RedisReceipt) {
    loop {
        if let Ok(Some(Taken { event, receipt })) = inbox.take().await {
            return (number(&event), receipt);
        }
        tokio::task::yield_now().await;
    }
}
