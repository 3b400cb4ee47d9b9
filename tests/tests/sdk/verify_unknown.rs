//! Looking for a message of which nobody knows whether it was sent.

use std::{
    future::IntoFuture,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use zoom_chat_sdk::{Delivery, Error, Recipient, Sent, ZoomChat, time::TokioClock};
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

fn client(zoom: &Loopback) -> ZoomChat {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .clock(Arc::new(TokioClock::starting_at(
            UNIX_EPOCH + Duration::from_millis(NOW as u64),
        )))
        .on_event(skip_all_waits())
        .build()
        .unwrap()
}

fn to_team() -> Recipient {
    Recipient::channel("825c8d2b").unwrap()
}

async fn send(answers: impl IntoIterator<Item = Answer>) -> (Result<Sent, Error>, Loopback) {
    let lost = Answer::BytesThenClose(Vec::new());
    let zoom = Loopback::answering([lost].into_iter().chain(answers)).await;
    let client = client(&zoom);
    let to = Recipient::contact("jill@example.com").unwrap();
    let outcome = client
        .send_message(to, "Hello")
        .reply_to("main")
        .verify_unknown("me@example.com")
        .await
        .map_err(Error::from);
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
    assert!(sent.is_found);
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
    // A day to either side of now, whatever the zone that Zoom takes a day to lie in.
    let window = "from=2025-08-22T12%3A00%3A0";
    assert!(targets[1].contains(window), "{targets:#?}");
    let window = "to=2025-08-24T12%3A00%3A0";
    assert!(targets[1].contains(window), "{targets:#?}");
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

/// The searches come half a second, 2.5 s and 6.5 s after the call began, and clocks may differ by 2 s.
#[test]
fn a_message_is_as_old_as_the_call_at_most() {
    for (search, age, is_found) in [
        (0, 2400, true),
        (1, 4400, true),
        (2, 8400, true),
        (0, 60_000, false),
    ] {
        let ours = message("ours", "Hello", NOW - age, OURS);
        let answers = (0..3).map(|number| list(if number == search { &ours } else { "" }, ""));
        // Each has a clock of its own.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let (outcome, _) = runtime.block_on(send(answers));
        assert_eq!(outcome.is_ok(), is_found, "{search} {age}: {outcome:?}");
    }
}

/// The search looks for two, and after a moment once more: one may be that of a call that ends meanwhile.
#[tokio::test]
async fn of_two_nobody_can_tell_which_is_ours() {
    let two = [
        message("a", "Hello", NOW, OURS),
        message("b", "Hello", NOW, OURS),
    ]
    .join(",");
    let (outcome, _) = send([list(&two, ""), list(&two, ""), list(&two, "")]).await;
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
    assert_eq!(
        send.verify_unknown("me@example.com")
            .await
            .unwrap_err()
            .status(),
        Some(404)
    );
    assert_eq!(zoom.received().len(), 1);
}

#[tokio::test]
async fn in_a_channel_the_sender_tells_whose_it_is() {
    let theirs = r#","sender":"jill@example.com","send_member_id":"jill-member""#;
    let nobodys = r#","sender_display_name":"me@example.com""#;
    let by_mail = r#","sender":"Me@Example.com","send_member_id":"my-member""#;
    for (sender, more, found) in [
        ("me@example.com", theirs, false),
        ("me@example.com", nobodys, false),
        ("me@example.com", by_mail, true),
        ("my-member", by_mail, true),
        ("my", by_mail, false),
    ] {
        let page = || list(&message("m1", "Hello", NOW, more), "");
        let lost = Answer::BytesThenClose(Vec::new());
        let zoom = Loopback::answering([lost, page(), page(), page()]).await;
        let send = client(&zoom).send_message(to_team(), "Hello");
        let outcome = send.verify_unknown(sender).await;
        match outcome {
            Ok(sent) => assert!(found && sent.id.as_str() == "m1", "{sender} {more}"),
            Err(error) => {
                assert!(!found, "{sender} {more}");
                assert_eq!(error.delivery(), Delivery::Unknown);
            }
        }
        // The next client finds a clock that runs.
        tokio::time::resume();
    }
}

#[tokio::test]
async fn an_answer_that_left_it_open_is_not_that_of_the_message() {
    let bad_gateway = Answer::with(502, "x-zm-trackingid: WEB_1\r\n", "");
    let ours = list(
        &message("m1", "Hello", NOW, r#","sender":"me@example.com""#),
        "",
    );
    let zoom = Loopback::answering([bad_gateway, ours]).await;
    let send = client(&zoom).send_message(to_team(), "Hello");
    let sent = send.verify_unknown("me@example.com").await.unwrap();
    assert_eq!((sent.status, sent.is_found, sent.attempts), (None, true, 1));
    assert_eq!(sent.tracking_id.as_deref(), Some("WEB_1"));
}

#[tokio::test]
async fn a_page_without_its_list_finds_nothing() {
    let (outcome, zoom) = send([Answer::json(200, "{}")]).await;
    assert_eq!(outcome.unwrap_err().delivery(), Delivery::Unknown);
    assert_eq!(zoom.received().len(), 2);
}

/// Two messages with the same text go out at once and one arrives: it is that of the call that was told so.
#[tokio::test]
async fn the_message_of_another_call_is_not_ours() {
    let ours = r#","sender":"me@example.com""#;
    let page = || list(&message("b", "Hello", NOW, ours), "");
    let silence = Answer::BytesThenSilence(Vec::new());
    let zoom = Loopback::answering([silence, Answer::sent("b"), page(), page(), page()]).await;
    let client = client(&zoom);
    let send = || {
        client
            .send_message(to_team(), "Hello")
            .verify_unknown("me@example.com")
    };
    let first = tokio::spawn(send().into_future());
    zoom.arrival().await;
    let second = send().await.unwrap();
    assert_eq!((second.id.as_str(), second.is_found), ("b", false));
    let error = first.await.unwrap().unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn while_an_equal_message_is_open_nobody_can_tell_whose_it_is() {
    let ours = r#","sender":"me@example.com""#;
    let page = || list(&message("x", "Hello", NOW, ours), "");
    let silence = Answer::BytesThenSilence(Vec::new());
    let lost = Answer::BytesThenClose(Vec::new());
    let script = [silence, lost].into_iter().chain((0..6).map(|_| page()));
    let zoom = Loopback::answering(script).await;
    let client = client(&zoom);
    let send = || {
        client
            .send_message(to_team(), "Hello")
            .verify_unknown("me@example.com")
    };
    let first = tokio::spawn(send().into_future());
    zoom.arrival().await;
    let second = send().await.unwrap_err();
    let first = first.await.unwrap().unwrap_err();
    for error in [first, second] {
        assert_eq!(error.delivery(), Delivery::Unknown);
        assert_eq!(error.operation().unwrap().id, "sendChatMessage");
    }
    assert_eq!(zoom.received().len(), 8);
}
