//! How HTTP/2 ends a request, and what that says of its outcome.

use std::{
    error::Error as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use zoom_chat_sdk::{
    Delivery, Error, ErrorKind, Recipient, Sent, ZoomChat, ZoomChatBuilder, reqwest::ClientBuilder,
    retry::GiveUp,
};
use zoom_chat_tests::{
    frames::{Frames, Reply},
    virtual_time::skip_retry_waits,
};

const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;
const TOKEN: &str = "eyJ-canary-2f1c9b";

fn builder(zoom: &Frames) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token(TOKEN)
        .base_url(zoom.base_url())
        .http_client(ClientBuilder::http2_prior_knowledge)
        .on_event(skip_retry_waits())
}

async fn send(client: &ZoomChat) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel("c")?, "Hello")
        .await
        .map_err(Error::from)
}

fn created() -> Reply {
    Reply::Created(r#"{"id":"m1"}"#.to_owned())
}

fn go_away(includes_this: bool, code: u32) -> Reply {
    Reply::GoAway {
        includes_this,
        code,
        debug: String::new(),
    }
}

#[tokio::test]
async fn a_stream_that_was_not_looked_at_is_made_again_by_the_call() {
    for refusal in [Reply::Reset(REFUSED_STREAM), go_away(false, NO_ERROR)] {
        let zoom = Frames::answering([refusal.clone(), refusal.clone(), created()]).await;
        let client = builder(&zoom).build().unwrap();
        let hooks = Arc::new(AtomicUsize::new(0));
        let ran = Arc::clone(&hooks);
        let sent = client
            .send_message(Recipient::channel("c").unwrap(), "Hello")
            .before_each_request(move || {
                ran.fetch_add(1, Ordering::SeqCst);
                async { Ok::<_, Error>(()) }
            })
            .await
            .unwrap();
        assert_eq!((sent.id.as_str(), sent.attempts), ("m1", 3), "{refusal:?}");
        assert_eq!((zoom.requests(), hooks.load(Ordering::SeqCst)), (3, 3));
    }
}

#[tokio::test]
async fn a_server_that_refuses_every_stream_got_nothing() {
    let zoom = Frames::answering((0..9).map(|_| Reply::Reset(REFUSED_STREAM))).await;
    let error = send(&builder(&zoom).build().unwrap()).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Transport && !error.is_connect());
    assert_eq!(
        (error.attempts(), error.delivery(), error.gave_up()),
        (5, Delivery::NotSent, Some(GiveUp::Attempts))
    );
    assert_eq!(zoom.requests(), 5);
    assert!(
        error.to_string().starts_with(
            "sendChatMessage got no answer, because the server closed the stream before it read the request; nothing was sent"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn every_other_end_leaves_it_open() {
    for end in [
        Reply::Reset(NO_ERROR),
        Reply::Reset(INTERNAL_ERROR),
        Reply::Reset(CANCEL),
        Reply::Reset(ENHANCE_YOUR_CALM),
        go_away(true, NO_ERROR),
        go_away(true, INTERNAL_ERROR),
        go_away(false, ENHANCE_YOUR_CALM),
    ] {
        let zoom = Frames::answering([end.clone(), created()]).await;
        let error = send(&builder(&zoom).build().unwrap()).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{end:?} {error:?}");
        assert_eq!((error.attempts(), zoom.requests()), (1, 1), "{end:?}");
    }
}

#[tokio::test]
async fn a_server_cannot_write_the_token_into_an_error() {
    let end = Reply::GoAway {
        includes_this: false,
        code: ENHANCE_YOUR_CALM,
        debug: format!("\u{1b}[2J{TOKEN}"),
    };
    let zoom = Frames::answering([end]).await;
    let error = send(&builder(&zoom).build().unwrap()).await.unwrap_err();
    let mut told = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        told.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    assert!(told.contains("redacted"), "{told}");
    assert!(
        !told.contains("canary") && !told.contains('\u{1b}'),
        "{told}"
    );
}

/// A request that waits for a stream has not left, so its time limit leaves nothing open.
#[tokio::test]
async fn a_time_limit_that_ends_before_there_is_a_stream() {
    let zoom = Frames::with_streams([created(), created()], 0).await;
    let client = builder(&zoom)
        .attempt_timeout(Duration::from_secs(7))
        .on_event(|_| {})
        .build()
        .unwrap();
    // The first request is under way before the server says that there are no streams.
    send(&client).await.unwrap();
    tokio::time::pause();
    let error = send(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        (error.attempts(), error.delivery(), error.gave_up()),
        (5, Delivery::NotSent, Some(GiveUp::Attempts))
    );
    assert_eq!(zoom.requests(), 1);
}
