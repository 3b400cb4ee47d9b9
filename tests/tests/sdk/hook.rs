//! What is to be done before each request is done when nothing but the request is left to do, and holds it back.

use std::{
    error::Error as _,
    future::pending,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;
use zoom_chat_sdk::{
    Delivery, ErrorKind, FileSource, Recipient, SendMessage, ZoomChat, ZoomChatBuilder,
    limit::{Limiter, Plan},
    operations::SEND_CHAT_MESSAGE,
    retry::GiveUp,
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_retry_waits,
};

fn client(zoom: &Loopback) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
}

fn message(client: &ZoomChat) -> SendMessage {
    client.send_message(Recipient::channel("c").unwrap(), "Hello")
}

fn full_disk() -> Result<(), io::Error> {
    Err(io::Error::other("the disk is full"))
}

#[tokio::test]
async fn it_is_done_before_each_request() {
    let zoom = Arc::new(Loopback::answering([Answer::with(429, "", ""), Answer::sent("m1")]).await);
    let done = Arc::new(AtomicUsize::new(0));
    let (server, count) = (Arc::clone(&zoom), Arc::clone(&done));
    let client = client(&zoom).on_event(skip_retry_waits()).build().unwrap();
    let sent = message(&client)
        .before_each_request(move || {
            let before = count.fetch_add(1, Ordering::SeqCst);
            assert_eq!(server.received().len(), before, "the request has not left");
            async { Ok::<_, io::Error>(()) }
        })
        .await
        .unwrap();
    assert_eq!((sent.attempts, done.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn when_it_fails_nothing_is_sent() {
    let zoom = Loopback::answering([]).await;
    let error = message(&client(&zoom).build().unwrap())
        .before_each_request(|| async { full_disk() })
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Hook, "{error:?}");
    assert_eq!(
        error.to_string(),
        "the before-request hook of sendChatMessage failed; nothing was sent"
    );
    assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(error.gave_up(), Some(GiveUp::Final));
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_file_is_not_sent_either() {
    let zoom = Loopback::answering([Answer::sent("m1")]).await;
    let client = client(&zoom).build().unwrap();
    let file = || {
        client.send_file(
            Recipient::channel("c").unwrap(),
            FileSource::bytes("a", "b"),
        )
    };
    let failing = file().before_each_request(|| async { full_disk() });
    assert_eq!(failing.await.unwrap_err().kind(), ErrorKind::Hook);
    assert!(zoom.received().is_empty());
    let sent = file().before_each_request(|| async { Ok::<_, io::Error>(()) });
    assert_eq!(sent.await.unwrap().id.as_str(), "m1");
}

#[tokio::test]
async fn when_it_fails_between_two_requests_the_first_one_counts() {
    let zoom = Loopback::answering([Answer::with(429, "", "")]).await;
    let done = AtomicUsize::new(0);
    let client = client(&zoom).on_event(skip_retry_waits()).build().unwrap();
    let error = message(&client)
        .before_each_request(move || {
            let before = done.fetch_add(1, Ordering::SeqCst);
            async move { if before == 0 { Ok(()) } else { full_disk() } }
        })
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Hook, "{error:?}");
    assert_eq!((error.attempts(), error.delivery()), (1, Delivery::NotSent));
    assert_eq!(zoom.received().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn its_permit_goes_back_when_it_fails() {
    let zoom = Loopback::answering([]).await;
    // Two messages a second.
    let limiter = Limiter::new(Plan::Free);
    let client = client(&zoom).limiter(limiter.clone()).build().unwrap();
    for _ in 0..9 {
        let failing = message(&client).before_each_request(|| async { full_disk() });
        assert_eq!(failing.await.unwrap_err().kind(), ErrorKind::Hook);
    }
    let permit = limiter.acquire(&SEND_CHAT_MESSAGE, Some("c"), Instant::now());
    assert!(permit.await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn it_is_not_done_without_a_permit_and_ends_with_the_call() {
    let zoom = Loopback::answering([]).await;
    let limiter = Limiter::new(Plan::Free);
    let client = client(&zoom)
        .limiter(limiter.clone())
        .total_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let slow = message(&client).before_each_request(pending::<io::Result<()>>);
    let began = Instant::now();
    let error = slow.await.unwrap_err();
    assert!(began.elapsed() < Duration::from_millis(110));
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    for _ in 0..2 {
        let mut permit = limiter
            .acquire(&SEND_CHAT_MESSAGE, Some("c"), Instant::now())
            .await
            .unwrap();
        permit.sending();
    }
    let done = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&done);
    let error = message(&client)
        .before_each_request(move || {
            count.fetch_add(1, Ordering::SeqCst);
            async { Ok::<_, io::Error>(()) }
        })
        .await
        .unwrap_err();
    assert!(error.is_rate_limited(), "{error:?}");
    assert_eq!(done.load(Ordering::SeqCst), 0);
}
