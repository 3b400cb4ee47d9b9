//! The time limits of a call, on a clock that the test moves.
//!
//! The clock is stopped only once the request has arrived: while it stands still, idle time passes at once, and a
//! connection being made counts as idle.

use std::{future::IntoFuture, time::Duration};

use zoom_chat_sdk::{Delivery, Error, Recipient, Sent, ZoomChat, ZoomChatBuilder};
use zoom_chat_tests::loopback::{Answer, Loopback};

const LIMIT: Duration = Duration::from_secs(7);

async fn outcome(builder: ZoomChatBuilder, zoom: &Loopback) -> Result<Sent, Error> {
    let client = builder
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .build()
        .unwrap();
    let send = client.send_message(Recipient::channel("c").unwrap(), "Hello");
    let sending = tokio::spawn(send.into_future());
    zoom.arrival().await;
    tokio::time::pause();
    let stopped = tokio::time::Instant::now();
    let outcome = sending.await.unwrap();
    assert!(
        stopped.elapsed() <= LIMIT + Duration::from_millis(1),
        "{:?}",
        stopped.elapsed()
    );
    outcome
}

#[tokio::test]
async fn an_answer_that_does_not_come() {
    let zoom = Loopback::answering([Answer::BytesThenSilence(Vec::new())]).await;
    let error = outcome(ZoomChat::builder().attempt_timeout(LIMIT), &zoom)
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(
        error.to_string(),
        "no answer from Zoom to sendChatMessage within 7s; it may have taken effect"
    );
}

#[tokio::test]
async fn the_total_bounds_the_attempt() {
    let zoom = Loopback::answering([Answer::BytesThenSilence(Vec::new())]).await;
    let error = outcome(ZoomChat::builder().total_timeout(LIMIT), &zoom)
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert_eq!(
        error.to_string(),
        "sendChatMessage took longer than 7s in all; it may have taken effect"
    );
}

#[tokio::test]
async fn a_success_whose_body_does_not_end() {
    let head = b"HTTP/1.1 201 Created\r\nContent-Length: 90\r\n\r\n{".to_vec();
    let zoom = Loopback::answering([Answer::BytesThenSilence(head)]).await;
    let error = outcome(ZoomChat::builder().attempt_timeout(LIMIT), &zoom)
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(201), Delivery::Accepted)
    );
}

#[tokio::test]
async fn an_error_whose_body_does_not_end() {
    let head = b"HTTP/1.1 404 Not Found\r\nContent-Length: 90\r\n\r\n{\"code\":4130,".to_vec();
    let zoom = Loopback::answering([Answer::BytesThenSilence(head)]).await;
    let error = outcome(ZoomChat::builder().attempt_timeout(LIMIT), &zoom)
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(404), Delivery::NotSent)
    );
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing_behind() {
    let zoom =
        Loopback::answering([Answer::BytesThenSilence(Vec::new()), Answer::sent("m2")]).await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .build()
        .unwrap();
    let send = client.send_message(Recipient::channel("c").unwrap(), "one");
    let sending = tokio::spawn(send.into_future());
    zoom.arrival().await;
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    let sent = client
        .send_message(Recipient::channel("c").unwrap(), "two")
        .await
        .unwrap();
    assert_eq!(sent.id.as_str(), "m2");
}
