//! What the call path does with a limiter: calls wait for their turn, are refused when it comes too late, and only what
//! was sent counts.

use std::time::Duration;

use zoom_chat_sdk::{
    Delivery, Error, Recipient, Sent, ZoomChat, ZoomChatBuilder,
    limit::{Limited, Limiter, Plan},
    retry::{GiveUp, RetryPolicy},
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_all_waits,
};

/// Two messages a second.
fn client(base_url: String) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(base_url)
        .limiter(Limiter::new(Plan::Free))
        .retry(RetryPolicy::none())
}

async fn send(client: &ZoomChat, channel: &str) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel(channel)?, "Hello")
        .await
}

fn limited_by(error: &Error) -> Limited {
    match error {
        Error::Limit(error) => error.refusal().unwrap().limit().clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_waits_for_its_turn() {
    let zoom = Loopback::answering((0..6).map(|_| Answer::sent("m1"))).await;
    let client = client(zoom.base_url())
        .on_event(skip_all_waits())
        .build()
        .unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..6 {
        send(&client, "c").await.unwrap();
    }
    assert!(
        started.elapsed() >= Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_turn_that_comes_too_late_is_refused_at_once() {
    let zoom = Loopback::answering((0..2).map(|_| Answer::sent("m1"))).await;
    let client = client(zoom.base_url())
        .total_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    send(&client, "c").await.unwrap();
    send(&client.clone(), "c").await.unwrap();
    let error = send(&client, "c").await.unwrap_err();
    assert!(error.is_rate_limited());
    assert!(matches!(limited_by(&error), Limited::Rate(_)));
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(error.gave_up(), Some(GiveUp::Final));
    assert_eq!(
        error.to_string(),
        "no permit for sendChatMessage; nothing was sent"
    );
    assert_eq!(zoom.received().len(), 2);
}

#[tokio::test]
async fn what_was_never_sent_does_not_count() {
    let zoom = Loopback::answering([]).await;
    let client = client(zoom.base_url())
        .total_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    drop(zoom);
    // The task that holds the listener ends at its next turn.
    tokio::task::yield_now().await;
    for _ in 0..5 {
        assert!(send(&client, "c").await.unwrap_err().is_connect());
    }
}

#[tokio::test]
async fn a_429_holds_the_channel_back_but_no_other() {
    let zoom = Loopback::answering([Answer::with(429, "", ""), Answer::sent("m1")]).await;
    let client = client(zoom.base_url())
        .total_timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    assert_eq!(send(&client, "busy").await.unwrap_err().status(), Some(429));
    let error = send(&client, "busy").await.unwrap_err();
    assert_eq!(limited_by(&error), Limited::Channel("busy".to_owned()));
    send(&client, "quiet").await.unwrap();
}
