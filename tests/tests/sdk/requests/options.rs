//! The options of one call hold for every kind of call.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;
use zoom_chat_sdk::{
    Call, Delivery, Error, ErrorKind, FileSource, Recipient, ZoomChat,
    limit::{Limiter, Plan},
    requests,
    retry::RetryPolicy,
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_all_waits,
};

use super::no_content;

fn channel() -> Recipient {
    Recipient::channel("825c").unwrap()
}

/// What can be called, each with the same options.
macro_rules! every_kind_of_call {
    ($client:expr, |$call:ident| $with_options:expr) => {{
        let client = &$client;
        let mut outcomes: Vec<Result<(), Error>> = Vec::new();
        let $call = client.call(requests::ListBookmarks::new());
        outcomes.push($with_options.await.map(drop).map_err(Error::from));
        let $call = client.send_message(channel(), "Hi");
        outcomes.push($with_options.await.map(drop).map_err(Error::from));
        let $call = client.send_file(channel(), FileSource::bytes("a.txt", "A"));
        outcomes.push($with_options.await.map(drop).map_err(Error::from));
        let $call = client.upload_file(FileSource::bytes("a.txt", "A"));
        outcomes.push($with_options.await.map(drop).map_err(Error::from));
        let $call = client.message(channel(), "m1").delete();
        outcomes.push($with_options.await.map(drop).map_err(Error::from));
        let $call = client.pages(requests::ListBookmarks::new());
        let page = $with_options.next().await.unwrap();
        outcomes.push(page.map(drop).map_err(Error::from));
        let $call = client.list_messages(channel());
        outcomes.push(match $with_options.items() {
            Ok(mut items) => {
                let item = items.next().await.transpose();
                item.map(drop).map_err(Error::from)
            }
            Err(error) => Err(error),
        });
        outcomes
    }};
}

const KINDS: usize = 7;

#[tokio::test]
async fn a_header_is_in_every_request() {
    let listing = || Answer::json(200, r#"{"bookmarks":[],"messages":[]}"#);
    let answers = [
        listing(),
        Answer::sent("m1"),
        Answer::sent("m1"),
        Answer::sent("f1"),
        no_content(),
        listing(),
        listing(),
    ];
    let zoom = Loopback::answering(answers).await;
    let outcomes = every_kind_of_call!(zoom.client(), |call| call
        .header("x-request-id", "42")
        .header("x-tag", "a")
        .header("x-tag", "b"));
    for outcome in outcomes {
        outcome.unwrap();
    }
    let received = zoom.received();
    assert_eq!(received.len(), KINDS);
    for request in received {
        assert_eq!(request.header("x-request-id"), Some("42"));
        let tags = request.head.lines().filter(|it| it.starts_with("x-tag: "));
        assert_eq!(tags.count(), 2, "{}", request.head);
        assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    }
}

#[tokio::test]
async fn the_retry_policy_is_that_of_the_call() {
    let zoom = Loopback::answering((0..2 * KINDS).map(|_| Answer::with(429, "", ""))).await;
    let client = zoom.client_without_waits();
    for error in every_kind_of_call!(client, |call| call
        .retry(RetryPolicy::default().max_attempts(2)))
    {
        assert_eq!(error.unwrap_err().attempts(), 2);
    }
    assert_eq!(zoom.received().len(), 2 * KINDS);
}

#[tokio::test]
async fn the_hook_is_run_before_every_request() {
    let zoom = Loopback::answering([]).await;
    let run = Arc::new(AtomicUsize::new(0));
    let outcomes = every_kind_of_call!(zoom.client(), |call| {
        let run = Arc::clone(&run);
        call.before_each_request(move || {
            run.fetch_add(1, Ordering::SeqCst);
            async { Err(io::Error::other("the disk is full")) }
        })
    });
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Hook, "{error:?}");
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
    assert_eq!(run.load(Ordering::SeqCst), KINDS);
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn no_time_at_all_is_refused() {
    let zoom = Loopback::answering([]).await;
    for outcome in every_kind_of_call!(zoom.client(), |call| call.attempt_timeout(Duration::ZERO)) {
        let error = outcome.unwrap_err();
        assert_eq!(error.to_string(), "attempt_timeout: must not be zero");
    }
    for outcome in every_kind_of_call!(zoom.client(), |call| call.total_timeout(Duration::ZERO)) {
        let error = outcome.unwrap_err();
        assert_eq!(error.to_string(), "total_timeout: must not be zero");
    }
    for outcome in every_kind_of_call!(zoom.client(), |call| call.in_channel("..")) {
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Id);
    }
    assert!(zoom.received().is_empty());
}

/// The clock is stopped only once the request has arrived, as in the tests of the client's own limits.
async fn stopped<R>(call: Call<R>, zoom: &Loopback) -> Error
where
    R: zoom_chat_sdk::Request,
{
    let sending = tokio::spawn(call.send());
    zoom.arrival().await;
    tokio::time::pause();
    let outcome = sending.await.unwrap();
    tokio::time::resume();
    outcome.map(drop).unwrap_err().into()
}

#[tokio::test]
async fn the_time_limits_are_those_of_the_call() {
    let silence = || Answer::BytesThenSilence(Vec::new());
    let zoom = Loopback::answering([silence(), silence()]).await;
    let client = zoom.client();
    let call = || {
        client
            .call(requests::DeleteChatFile::new("f1"))
            .retry(RetryPolicy::none())
    };
    let error = stopped(call().attempt_timeout(Duration::from_secs(7)), &zoom).await;
    assert!(
        error.is_timeout() && error.to_string().contains("7s"),
        "{error}"
    );
    let error = stopped(call().total_timeout(Duration::from_secs(8)), &zoom).await;
    assert!(
        error.is_timeout() && error.to_string().contains("8s"),
        "{error}"
    );
}

#[tokio::test]
async fn a_call_in_a_channel_waits_for_its_turn() {
    let zoom = Loopback::answering((0..11).map(|_| no_content())).await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .limiter(Limiter::new(Plan::Business))
        .on_event(skip_all_waits())
        .build()
        .unwrap();
    let started = Instant::now();
    // Ten a second, of the sixty that the label allows.
    for _ in 0..11 {
        let request = requests::UpdateMessage::new("m1")
            .to_channel("c")
            .message("x");
        client.call(request).in_channel("c").await.unwrap();
    }
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_call_is_a_future_and_can_be_made_again() {
    let zoom = Loopback::answering((0..3).map(|_| no_content())).await;
    let client = zoom.client();
    let call = client.call(requests::DeleteChatFile::new("f/1"));
    assert_eq!(
        format!("{:?}", call.request()),
        format!("{:?}", requests::DeleteChatFile::new("f/1"))
    );
    tokio::spawn(call.clone().send()).await.unwrap().unwrap();
    let (first, second) = tokio::join!(call.clone(), call);
    first.unwrap();
    second.unwrap();
    assert_eq!(zoom.received().len(), 3);
}
