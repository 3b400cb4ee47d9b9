//! Looking for a message of which nobody knows whether it was sent.

use zoom_chat_sdk::{Delivery, Error, Recipient, Sent, ZoomChat};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_all_waits,
};

/// What Zoom's clock shows in every answer: 2025-08-23T12:00:00Z.
const NOW: i64 = 1_755_950_400_000;

fn list(messages: &str, page_token: &str) -> Answer {
    Answer::with(
        200,
        "Content-Type: application/json\r\nDate: Sat, 23 Aug 2025 12:00:00 GMT\r\n",
        &format!(r#"{{"messages":[{messages}],"next_page_token":"{page_token}"}}"#),
    )
}

fn message(id: &str, text: &str, timestamp: i64, more: &str) -> String {
    format!(r#"{{"id":"{id}","message":"{text}","timestamp":{timestamp}{more}}}"#)
}

async fn send(answers: impl IntoIterator<Item = Answer>) -> (Result<Sent, Error>, Loopback) {
    let lost = Answer::BytesThenClose(Vec::new());
    let zoom = Loopback::answering([lost].into_iter().chain(answers)).await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .on_event(skip_all_waits())
        .build()
        .unwrap();
    let to = Recipient::contact("jill@example.com").unwrap();
    let outcome = client
        .send_message(to, "Hello")
        .reply_to("main")
        .verify_unknown()
        .await;
    (outcome, zoom)
}

const OURS: &str = r#","reply_main_message_id":"main","sender":"me@example.com""#;

#[tokio::test]
async fn a_message_that_is_found_was_sent() {
    let others = [
        message("other-text", "Hello!", NOW, OURS),
        message("before-the-call", "Hello", NOW - 60_000, OURS),
        message("no-reply", "Hello", NOW, r#","sender":"me@example.com""#),
        message(
            "theirs",
            "Hello",
            NOW,
            r#","reply_main_message_id":"main","sender":"jill@example.com""#,
        ),
    ];
    let (outcome, zoom) = send([
        list("", ""),
        list(&others.join(","), "next"),
        list(&message("ours", "Hello", NOW - 100, OURS), ""),
    ])
    .await;
    let sent = outcome.unwrap();
    assert_eq!((sent.id.as_str(), sent.status), ("ours", None));
    let targets: Vec<_> = zoom
        .received()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert!(
        targets[1].starts_with("GET /v2/chat/users/me/messages?"),
        "{targets:#?}"
    );
    assert!(
        targets[1].contains("to_contact=jill%40example.com"),
        "{targets:#?}"
    );
    assert!(targets[3].contains("next_page_token=next"), "{targets:#?}");
}

#[tokio::test]
async fn one_that_is_not_found_may_still_come() {
    let (outcome, zoom) = send([list("", ""), list("", ""), list("", "")]).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(error.operation().unwrap().id, "sendChatMessage");
    assert_eq!(zoom.received().len(), 4);
}

#[tokio::test]
async fn of_two_nobody_can_tell_which_is_ours() {
    let two = [
        message("a", "Hello", NOW, OURS),
        message("b", "Hello", NOW, OURS),
    ]
    .join(",");
    let (outcome, _) = send([list(&two, "")]).await;
    assert_eq!(outcome.unwrap_err().delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn a_search_that_fails_leaves_the_error_as_it_was() {
    let (outcome, _) = send([Answer::with(403, "", "")]).await;
    let error = outcome.unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (None, Delivery::Unknown)
    );
}

#[tokio::test]
async fn what_was_certainly_not_sent_is_not_looked_for() {
    let zoom = Loopback::answering([Answer::json(404, r#"{"code":4130}"#)]).await;
    let builder = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url());
    let send = builder
        .build()
        .unwrap()
        .send_message(Recipient::channel("c").unwrap(), "Hello");
    assert_eq!(send.verify_unknown().await.unwrap_err().status(), Some(404));
    assert_eq!(zoom.received().len(), 1);
}
