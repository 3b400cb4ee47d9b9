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
    in_time,
    redis_link::{Link, Way},
    redis_server::Server,
    sender::{message, number},
};

/// With a lease that ends only when a test ends it.
async fn inbox(redis: &Server, name: &str) -> RedisInbox {
    let inbox = RedisInbox::connect(&redis.url(), name).await.unwrap();
    inbox.lease(Duration::from_secs(3600))
}

async fn connection(redis: &Server) -> redis::aio::MultiplexedConnection {
    let client = redis::Client::open(redis.url()).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

async fn take(inbox: &RedisInbox) -> (u64, RedisReceipt) {
    let taken = in_time(inbox.take()).await.unwrap();
    let Taken { event, receipt } = taken.unwrap();
    (number(&event), receipt)
}

/// Whether a look at the stream finds nothing for this worker.
async fn has_nothing(inbox: &RedisInbox) -> bool {
    let look = tokio::time::timeout(Duration::from_millis(30), inbox.take());
    look.await.is_err()
}

/// Makes all workers seem gone, as if their leases had run out.
async fn end_leases(redis: &Server) {
    let mut connection = connection(redis).await;
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
    assert!(in_time(here.take()).await.unwrap().is_none());
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
        // What is done twice counts once.
        one.done(&receipt).await.unwrap();
        one.done(&receipt).await.unwrap();
    }
    // The first one is still in work.
    one.put(message("a", 5)).await.unwrap();
    assert!(has_nothing(&two).await);
    let (number, last) = take(&one).await;
    assert_eq!(number, 5);
    for receipt in [&first, &last, &other] {
        one.done(receipt).await.unwrap();
    }
    // Now it is nobody's.
    one.put(message("a", 6)).await.unwrap();
    assert_eq!(take(&two).await.0, 6);
}

#[tokio::test]
async fn what_is_done_leaves_nothing_in_redis() {
    let Some(redis) = Server::start() else {
        return;
    };
    let (gone, here) = (inbox(&redis, "tidy").await, inbox(&redis, "tidy").await);
    for (channel, number) in [("a", 1), ("b", 2), ("a", 3), ("a", 4), ("c", 5)] {
        gone.put(message(channel, number)).await.unwrap();
    }
    take(&gone).await;
    let mut taken = vec![take(&here).await, take(&here).await];
    // 3 and 4 wait for the other one, which ends.
    gone.leave().await.unwrap();
    for _ in 0..3 {
        taken.push(take(&here).await);
    }
    let numbers: Vec<_> = taken.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [2, 5, 1, 3, 4]);
    for (_, receipt) in &taken {
        here.done(receipt).await.unwrap();
    }
    assert!(has_nothing(&here).await);

    let mut connection = connection(&redis).await;
    let stream = "zoom-chat:{tidy}:inbox";
    let mut query = redis::pipe();
    query.cmd("XLEN").arg(stream);
    query.cmd("SCARD").arg(format!("{stream}:workers"));
    query.cmd("HLEN").arg(format!("{stream}:turns"));
    let left: [u64; 3] = query.query_async(&mut connection).await.unwrap();
    assert_eq!(left, [0, 1, 1]);
    let mut query = redis::cmd("XPENDING");
    query.arg(stream).arg("workers").arg("-").arg("+").arg(9);
    let pending: Vec<redis::Value> = query.query_async(&mut connection).await.unwrap();
    assert_eq!(pending, []);
    let mut query = redis::cmd("XINFO");
    query.arg("CONSUMERS").arg(stream).arg("workers");
    let consumers: Vec<redis::Value> = query.query_async(&mut connection).await.unwrap();
    assert_eq!(consumers.len(), 1);
    // Those three, and the lease of the worker that is left.
    let keys: Vec<String> = connection.keys("*").await.unwrap();
    assert_eq!(keys.len(), 4, "{keys:?}");
}

#[tokio::test]
async fn an_entry_that_was_removed_by_hand_holds_nobody_up() {
    let Some(redis) = Server::start() else {
        return;
    };
    let (gone, here) = (inbox(&redis, "hand").await, inbox(&redis, "hand").await);
    gone.put(message("a", 1)).await.unwrap();
    let (_, receipt) = take(&gone).await;
    let mut connection = connection(&redis).await;
    let stream = "zoom-chat:{hand}:inbox";
    let mut trim = redis::cmd("XTRIM");
    trim.arg(stream).arg("MAXLEN").arg(0);
    trim.exec_async(&mut connection).await.unwrap();
    gone.leave().await.unwrap();
    here.put(message("b", 2)).await.unwrap();
    assert_eq!(take(&here).await.0, 2);
    gone.done(&receipt).await.unwrap();
}

#[tokio::test]
async fn a_worker_is_heard_of_until_it_leaves() {
    let Some(redis) = Server::start() else {
        return;
    };
    let mut connection = connection(&redis).await;
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    let fewer_than = async |many| {
        in_time(async {
            while tasks() >= many {
                tokio::task::yield_now().await;
            }
        })
        .await;
    };
    let without = tasks();
    let inbox = RedisInbox::connect(&redis.url(), "heard").await.unwrap();
    let inbox = inbox.lease(Duration::from_secs(3));
    let silent = tasks();
    inbox.put(message("a", 1)).await.unwrap();
    take(&inbox).await;
    assert_eq!(tasks(), silent + 1);
    let leases: Vec<String> = connection.keys("*:alive:*").await.unwrap();
    assert_eq!(leases.len(), 1);
    let mut has_waited = false;
    in_time(async {
        loop {
            let left: i64 = connection.pttl(&leases[0]).await.unwrap();
            assert!((1..=3000).contains(&left), "{left}");
            has_waited |= left < 2500;
            if has_waited && left > 2600 {
                break;
            }
        }
    })
    .await;
    inbox.leave().await.unwrap();
    fewer_than(silent + 1).await;
    assert!(!connection.exists::<_, bool>(&leases[0]).await.unwrap());
    drop(inbox);

    // One that is dropped is not heard of either. A lease is at least a second long.
    let inbox = RedisInbox::connect(&redis.url(), "heard").await.unwrap();
    let inbox = inbox.lease(Duration::ZERO);
    inbox.put(message("b", 2)).await.unwrap();
    take(&inbox).await;
    drop(inbox);
    fewer_than(without + 1).await;
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
    let mut connection = connection(&redis).await;
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
    let brief = filter().await.keep(Duration::from_secs(60));
    brief.mark_done(&message("b", 1).keys()).await.unwrap();
    let mut connection = connection(&redis).await;
    let mut kept = Vec::new();
    for name in connection
        .keys::<_, Vec<String>>("*:handled:*")
        .await
        .unwrap()
    {
        kept.push(connection.pttl::<_, i64>(name).await.unwrap());
    }
    let day = i64::try_from(RedisDuplicates::KEEP.as_millis()).unwrap();
    assert_eq!(
        kept.iter()
            .filter(|left| (1..=60_000).contains(*left))
            .count(),
        keys.len()
    );
    assert_eq!(
        kept.iter()
            .filter(|left| (60_001..=day).contains(*left))
            .count(),
        keys.len()
    );

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
    in_time(async {
        while workers.iter().map(finished).sum::<u64>() < 40 {
            tokio::task::yield_now().await;
        }
    })
    .await;
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
    let (number, receipt) = take_when_connected(&here).await;
    assert_eq!(number, 4);
    in_time(async { while here.done(&receipt).await.is_err() {} }).await;
    link.release().await;
    assert_eq!(take(&here).await.0, 5);
    assert!(has_nothing(&here).await && has_nothing(&there).await);
}

async fn take_when_connected(inbox: &RedisInbox) -> (u64, RedisReceipt) {
    in_time(async {
        loop {
            if let Ok(Some(Taken { event, receipt })) = inbox.take().await {
                return (number(&event), receipt);
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}
