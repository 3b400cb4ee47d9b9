//! What the call path does with a limiter: calls wait for their turn, are refused when it comes too late, and only what
//! was sent counts.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::Instant;
use zoom_chat_sdk::{
    CallEvent, Delivery, Error, Recipient, Sent, ZoomChat, ZoomChatBuilder,
    limit::{LimitError, Limited, Limiter, Plan},
    operations::SEND_CHAT_MESSAGE,
    retry::{GiveUp, RetryPolicy},
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_all_waits,
};

/// Two messages a second.
fn limiter() -> Limiter {
    Limiter::new(Plan::Free)
}

fn client(base_url: String, limiter: &Limiter) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(base_url)
        .limiter(limiter.clone())
        .retry(RetryPolicy::none())
}

async fn send(client: &ZoomChat, channel: &str) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel(channel)?, "Hello")
        .await
        .map_err(Error::from)
}

fn limited_by(error: &Error) -> Limited {
    let limit = error.limit_error().and_then(LimitError::limit);
    limit.unwrap_or_else(|| panic!("{error:?}")).clone()
}

#[tokio::test]
async fn a_call_waits_for_its_turn() {
    let zoom = Loopback::answering((0..6).map(|_| Answer::sent("m1"))).await;
    let client = client(zoom.base_url(), &limiter())
        .on_event(skip_all_waits())
        .build()
        .unwrap();
    let started = Instant::now();
    for _ in 0..6 {
        send(&client, "c").await.unwrap();
    }
    assert!(started.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn the_wait_for_a_turn_is_an_event() {
    let sent = (0..3).map(|_| Answer::sent("m1"));
    let zoom = Loopback::answering(sent.chain([Answer::with(429, "", "")])).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (sink, skip) = (Arc::clone(&seen), skip_all_waits());
    let client = client(zoom.base_url(), &limiter())
        .on_event(move |event| {
            skip(event);
            if let CallEvent::PermitAwaited {
                duration, outcome, ..
            } = event
            {
                sink.lock().unwrap().push((*duration, outcome.is_ok()));
            }
        })
        .total_timeout(Duration::from_secs(9))
        .build()
        .unwrap();
    for _ in 0..3 {
        send(&client, "c").await.unwrap();
    }
    // Zoom holds the channel back now, for longer than the call may take.
    for _ in 0..2 {
        assert!(send(&client, "c").await.unwrap_err().is_rate_limited());
    }
    let seen = seen.lock().unwrap();
    let waited = |index: usize| seen[index].0;
    assert!(
        waited(0) + waited(1) < Duration::from_millis(500),
        "{seen:?}"
    );
    assert!(waited(2) >= Duration::from_millis(500), "{seen:?}");
    assert_eq!(
        seen.iter().map(|(_, ok)| *ok).collect::<Vec<_>>(),
        [true, true, true, true, false]
    );
}

#[tokio::test]
async fn a_turn_that_comes_too_late_is_refused_at_once() {
    let zoom = Loopback::answering((0..2).map(|_| Answer::sent("m1"))).await;
    let limiter = limiter();
    let patient = client(zoom.base_url(), &limiter).build().unwrap();
    send(&patient, "c").await.unwrap();
    send(&patient.clone(), "c").await.unwrap();
    // A permit of its own, from the same limiter; the other two last for at least a second.
    let hurried = client(zoom.base_url(), &limiter).total_timeout(Duration::from_nanos(1));
    let error = send(&hurried.build().unwrap(), "c").await.unwrap_err();
    assert!(error.is_rate_limited());
    assert!(matches!(
        limited_by(&error),
        Limited::Rate(_) | Limited::Queue
    ));
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(error.gave_up(), Some(GiveUp::Final));
    let told = error.to_string();
    assert!(
        told.starts_with("the rate limiter rejected sendChatMessage: the "),
        "{told}"
    );
    assert!(told.ends_with("deadline; nothing was sent"), "{told}");
    assert_eq!(zoom.received().len(), 2);
}

#[tokio::test]
async fn what_was_never_sent_does_not_count() {
    let zoom = Loopback::answering([]).await;
    let limiter = limiter();
    let client = client(zoom.base_url(), &limiter).build().unwrap();
    drop(zoom);
    // The task that holds the listener ends at its next turn.
    tokio::task::yield_now().await;
    for _ in 0..2 {
        assert!(send(&client, "c").await.unwrap_err().is_connect());
    }
    let permit = limiter.acquire(&SEND_CHAT_MESSAGE, Some("c"), Instant::now());
    assert!(permit.await.is_ok(), "both permits were given back");
}

#[tokio::test]
async fn a_429_holds_the_channel_back_but_no_other() {
    let zoom = Loopback::answering([Answer::with(429, "", ""), Answer::sent("m1")]).await;
    let client = client(zoom.base_url(), &limiter())
        .total_timeout(Duration::from_secs(9))
        .build()
        .unwrap();
    assert_eq!(send(&client, "busy").await.unwrap_err().status(), Some(429));
    let error = send(&client, "busy").await.unwrap_err();
    assert_eq!(limited_by(&error), Limited::Channel("busy".to_owned()));
    send(&client, "quiet").await.unwrap();
}

/// What may have arrived counts against Zoom's limit, whatever the client knows of it.
#[tokio::test]
async fn what_may_have_been_sent_counts() {
    let lost = || Answer::BytesThenClose(Vec::new());
    let zoom = Loopback::answering([lost(), lost()]).await;
    let limiter = limiter();
    let client = client(zoom.base_url(), &limiter).build().unwrap();
    for _ in 0..2 {
        let error = send(&client, "c").await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
    let permit = limiter.acquire(&SEND_CHAT_MESSAGE, Some("c"), Instant::now());
    assert!(permit.await.is_err(), "no permit came back");
}
