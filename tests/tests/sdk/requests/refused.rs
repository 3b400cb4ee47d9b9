//! What cannot be sent is an error that names it, before anything leaves.

use zoom_chat_sdk::{
    Delivery, Error, ErrorKind, Recipient, Request, ZoomChat,
    auth::{AccessToken, BoxFuture, TokenError, TokenSource},
    requests,
};
use zoom_chat_tests::loopback::Loopback;

#[track_caller]
fn not_sent(error: &Error, operation: &str, names: &str) {
    assert_eq!(error.kind(), ErrorKind::Request, "{error:?}");
    assert!(error.is_invalid());
    assert_eq!(
        (error.attempts(), error.delivery()),
        (0, Delivery::NotSent),
        "{error:?}"
    );
    assert_eq!(error.operation().map(|it| it.id), Some(operation));
    let text = error.to_string();
    assert!(text.contains(operation) && text.contains(names), "{text}");
}

/// What a call came to whose request cannot be sent. There is no server, nor a token, and the hook is not run.
async fn refused<R: Request>(request: R) -> Error {
    let zoom = ZoomChat::builder()
        .token_source(NoTokens)
        .base_url("http://127.0.0.1:9/v2")
        .build()
        .unwrap();
    let outcome = zoom
        .call(request)
        .before_each_request(|| async {
            panic!("no request is about to leave") as Result<(), Error>
        })
        .await;
    outcome.map(drop).unwrap_err().into()
}

#[derive(Debug)]
struct NoTokens;

impl TokenSource for NoTokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        panic!("what is not sent needs no token")
    }

    fn invalidate(&self, _: &AccessToken) {}
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_leaves() {
    not_sent(
        &refused(requests::SendChatMessage::new().to_channel("825c")).await,
        "sendChatMessage",
        "message",
    );
    not_sent(
        &refused(requests::AddOrRemoveBookmark::new().message_id("m")).await,
        "addOrRemoveBookmark",
        "action",
    );
    not_sent(
        &refused(requests::RetrieveThread::new("m").to_channel("825c")).await,
        "retrieveThread",
        "from",
    );
    not_sent(
        &refused(requests::SendChatFile::new().to_channel("825c")).await,
        "sendChatFile",
        "files",
    );
}

#[tokio::test]
async fn a_segment_that_addresses_something_else_is_named_and_nothing_leaves() {
    for segment in ["", ".", "..", r"a\..\b", r"\", "a\nb", "a\u{7f}", "\u{85}"] {
        not_sent(
            &refused(requests::DeleteMessage::new(segment).to_channel("825c")).await,
            "deleteMessage",
            "messageId",
        );
        not_sent(
            &refused(requests::DeleteMessage::new("m").user_id(segment)).await,
            "deleteMessage",
            "userId",
        );
        not_sent(
            &refused(requests::Raw::get(format!("/chat/{segment}/x"))).await,
            "raw",
            "path",
        );
    }
    for path in [
        "chat/users",
        "//example.com/x",
        "https://example.com/x",
        "/a?b",
        "/a#b",
        "/%2e%2e/x",
    ] {
        not_sent(&refused(requests::Raw::delete(path)).await, "raw", "path");
    }
}

#[tokio::test]
async fn a_bad_header_is_named_and_nothing_leaves() {
    let zoom = Loopback::answering([]).await;
    let client = zoom.client();
    for (name, value, names) in [
        ("x request", "1", "x request"),
        ("x-request-id", "1\n2", "x-request-id"),
        ("Authorization", "Bearer s3cret", "authorization"),
        ("content-length", "0", "content-length"),
    ] {
        let list = || requests::ListBookmarks::new();
        let call = client.call(list()).header(name, value);
        not_sent(&call.await.unwrap_err(), "listBookmarks", names);
        let mut pages = client.pages(list()).header(name, value);
        not_sent(
            &pages.next().await.unwrap().unwrap_err(),
            "listBookmarks",
            names,
        );
        let message = client.send_message(Recipient::channel("c").unwrap(), "Hi");
        let error = message.header(name, value).await.unwrap_err();
        not_sent(&error, "sendChatMessage", names);
        assert!(!format!("{error:?}").contains("s3cret"));
    }
    assert!(zoom.received().is_empty());
}
