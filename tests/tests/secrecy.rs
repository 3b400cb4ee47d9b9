//! The token is sent to Zoom and goes nowhere else.

use std::error::Error as _;

use zoom_chat_sdk::{Encoding, Error, Message, Recipient, ZoomChat};
use zoom_chat_tests::loopback::{Answer, Loopback};

const CANARY: &str = "eyJ-canary-2f1c9b";

fn client(base_url: String) -> ZoomChat {
    ZoomChat::builder()
        .access_token(CANARY)
        .base_url(base_url)
        .build()
        .unwrap()
}

#[track_caller]
fn clean(text: &str) {
    assert!(!text.contains("canary"), "the token shows in: {text}");
}

fn check(error: &Error) {
    clean(&format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        clean(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

#[tokio::test]
async fn no_debug_or_display_shows_it() {
    let zoom = Loopback::answering([Answer::sent("m1"), Answer::sent("m2")]).await;
    let builder = ZoomChat::builder()
        .access_token(CANARY)
        .base_url(zoom.base_url());
    clean(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    clean(&format!("{client:?} {client:#?}"));
    let send = client.send_message(Recipient::channel("c").unwrap(), Message::new("Hello"));
    clean(&format!("{send:?}"));
    clean(&format!(
        "{:?}",
        send.clone().scheduled_at(std::time::UNIX_EPOCH)
    ));
    clean(&format!("{:?}", send.await.unwrap()));
    clean(&format!("{:?}", client.api().await.unwrap()));
    let answer = client
        .call(
            &zoom_chat_sdk::operations::SEND_CHAT_MESSAGE,
            |api| async move {
                clean(&format!("{api:?}"));
                let body = zoom_chat_sdk::types::SendChatMessageRequest::builder().message("x");
                api.send_chat_message()
                    .user_id("me")
                    .body(body)
                    .send()
                    .await
            },
        )
        .await
        .unwrap();
    clean(&format!("{answer:?}"));
}

#[tokio::test]
async fn no_error_shows_it_even_when_the_server_echoes_it() {
    let echo = format!(
        r#"{{"code":124,"message":"Invalid access token: {CANARY}.","errors":[{{"field":"{CANARY}"}}]}}"#
    );
    let echoing_head = format!("Content-Type: text/plain\r\nx-echo: Bearer {CANARY}\r\n");
    let answers = [
        Answer::json(401, &echo),
        Answer::with(500, &echoing_head, &format!("you sent {CANARY}")),
        Answer::json(201, &format!(r#"{{"id":{{"token":"{CANARY}"}}}}"#)),
        Answer::json(201, &format!(r#"{{"token":"{CANARY}"}}"#)),
        Answer::json(200, &echo),
        Answer::BytesThenClose(Vec::new()),
        Answer::BytesThenClose(format!("{CANARY}: nonsense\r\n\r\n").into()),
    ];
    let zoom = Loopback::answering(answers.clone()).await;
    let client = client(zoom.base_url());
    for _ in answers {
        check(
            &client
                .send_message(Recipient::channel("c").unwrap(), "Hello")
                .await
                .unwrap_err(),
        );
    }
}

#[test]
fn no_setting_shows_it() {
    let bad = format!("{CANARY}\u{0}");
    check(&ZoomChat::builder().access_token(bad).build().unwrap_err());
    let url = format!("https://user:{CANARY}@api.zoom.us/v2");
    check(
        &ZoomChat::builder()
            .access_token("t")
            .base_url(url)
            .build()
            .unwrap_err(),
    );
    let proxy =
        zoom_chat_sdk::reqwest::Proxy::all(format!("http://user:{CANARY}@127.0.0.1:1")).unwrap();
    let builder = ZoomChat::builder().access_token("t").proxy(proxy);
    clean(&format!("{builder:?}"));
    clean(&format!("{:?}", builder.build().unwrap()));
}

#[tokio::test]
async fn a_redirect_takes_it_nowhere() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Loopback::answering([]).await;
        let location = format!(
            "Location: {}/chat/users/me/messages\r\n",
            elsewhere.base_url()
        );
        let zoom = Loopback::answering([Answer::with(status, &location, "")]).await;
        let client = client(zoom.base_url());
        let send = client.send_message(Recipient::channel("c").unwrap(), "Hello");
        let error = send.encoding(Encoding::Multipart).await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!(zoom.received().len(), 1);
        assert!(
            elsewhere.received().is_empty(),
            "{:#?}",
            elsewhere.received()
        );
    }
}
