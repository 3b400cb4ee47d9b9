//! The time limits of a call, on a clock that the test moves.
//!
//! The clock is stopped only once the request has arrived: while it stands still, idle time passes at once, and a
//! connection being made counts as idle.

use std::{future::IntoFuture, time::Duration};

use tokio::net::TcpListener;
use zoom_chat_sdk::{
    Delivery, Error, Recipient, Sent, ZoomChat, ZoomChatBuilder, requests,
    retry::{GiveUp, RetryPolicy},
};
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
    let outcome = sending.await.unwrap().map_err(Error::from);
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
        "sendChatMessage got no answer from Zoom within 7s; it may have taken effect; check in Zoom before repeating it"
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
        "sendChatMessage took longer than 7s in total; it may have taken effect; check in Zoom before repeating it"
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

/// A server takes connections and says nothing, not even how TLS begins.
#[tokio::test(start_paused = true)]
async fn a_limit_that_ends_while_connecting_leaves_nothing_open() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = silent.local_addr().unwrap();
    let connections = tokio::spawn(async move {
        let mut connections = Vec::new();
        loop {
            connections.push(silent.accept().await.unwrap());
        }
    });
    let error = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(format!("https://{address}/v2"))
        .attempt_timeout(LIMIT)
        .build()
        .unwrap()
        .send_message(Recipient::channel("c").unwrap(), "Hello")
        .await
        .unwrap_err();
    connections.abort();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(
        (error.attempts(), error.gave_up()),
        (5, Some(GiveUp::Attempts))
    );
    assert_eq!(
        error.to_string(),
        "sendChatMessage got no answer from Zoom within 7s; nothing was sent; given up after 5 requests: the retry \
         limit was reached; retry later"
    );
}

/// Reading waits for nothing but the answer, so whatever ended it, the request had left.
#[tokio::test]
async fn a_request_without_a_body_leaves_as_well() {
    let zoom = Loopback::answering([Answer::BytesThenSilence(Vec::new())]).await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .attempt_timeout(LIMIT)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let asking = tokio::spawn(async move {
        client
            .pages(requests::ListBookmarks::new())
            .items()
            .next()
            .await
            .unwrap()
    });
    zoom.arrival().await;
    tokio::time::pause();
    let error = asking.await.unwrap().unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.delivery(), Delivery::Unknown);
}

/// A time limit of the HTTP client's own is one, too.
#[tokio::test]
async fn a_limit_that_the_caller_gave_to_the_http_client() {
    let zoom = Loopback::answering([Answer::BytesThenSilence(Vec::new())]).await;
    let builder = ZoomChat::builder().http_client(|client| client.read_timeout(LIMIT));
    let error = outcome(builder, &zoom).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.delivery(), Delivery::Unknown);
}

/// The same while connecting.
#[tokio::test(start_paused = true)]
async fn a_limit_of_the_http_client_that_ends_while_connecting() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let error = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(format!("https://{}/v2", silent.local_addr().unwrap()))
        .http_client(|client| client.timeout(LIMIT))
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
        .send_message(Recipient::channel("c").unwrap(), "Hello")
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
}
