//! What leaves for Zoom, byte by byte.

use std::time::{Duration, UNIX_EPOCH};

use zoom_chat_sdk::{
    Color, Encoding, Message, Recipient, Style, UserId, ZoomChat, ZoomChatBuilder, time::TokioClock,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn client(zoom: &Loopback) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
}

fn message() -> Message {
    Message::new("Hi ")
        .mention("jchill@example.com", "Jill")
        .text(", the build is green")
}

#[tokio::test]
async fn a_message_leaves_as_multipart_form_data() {
    let zoom = Loopback::answering([Answer::sent("m1")]).await;
    let to = Recipient::channel("825c8d2b").unwrap();
    let sent = client(&zoom)
        .build()
        .unwrap()
        .send_message(to, message())
        .reply_to("main/1==")
        .await
        .unwrap();
    assert_eq!(
        (
            sent.id.as_str(),
            sent.status,
            sent.attempts,
            sent.tracking_id
        ),
        ("m1", Some(201), 1, None)
    );

    let request = zoom.only_request();
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let parts = [
        ("message", "Hi @Jill, the build is green"),
        ("to_channel", "825c8d2b"),
        ("reply_main_message_id", "main/1=="),
        (
            "at_items",
            r#"[{"start_position":3,"end_position":7,"at_type":1,"at_contact":"jchill@example.com"}]"#,
        ),
    ];
    let mut body = String::new();
    for (name, value) in parts {
        body += &format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    body += &format!("--{boundary}--\r\n");
    assert_eq!(request.text(), body);

    let mut head: Vec<_> = request
        .head
        .trim_end()
        .split("\r\n")
        .map(str::to_ascii_lowercase)
        .collect();
    head[1..].sort();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        head,
        [
            "post /v2/chat/users/me/messages http/1.1".to_owned(),
            "accept: application/json".to_owned(),
            "authorization: bearer t0ken".to_owned(),
            format!("content-length: {}", body.len()),
            format!("content-type: {content_type}").to_ascii_lowercase(),
            format!(
                "host: {}",
                zoom.base_url()
                    .trim_start_matches("http://")
                    .trim_end_matches("/v2")
            ),
            format!("user-agent: zoom-chat-sdk/{version}"),
        ]
    );
}

#[tokio::test]
async fn a_message_leaves_as_json_when_that_is_asked_for() {
    let zoom = Loopback::answering([Answer::sent("m1")]).await;
    let to = Recipient::contact("jchill@example.com").unwrap();
    let send = client(&zoom)
        .build()
        .unwrap()
        .send_message(to, message())
        .encoding(Encoding::Json);
    send.await.unwrap();
    let request = zoom.only_request();
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.text(),
        r#"{"message":"Hi @Jill, the build is green","to_contact":"jchill@example.com","at_items":[{"start_position":3,"end_position":7,"at_type":1,"at_contact":"jchill@example.com"}]}"#
    );
}

#[tokio::test]
async fn everything_that_can_be_set_leaves() {
    let zoom = Loopback::answering([Answer::sent("m1")]).await;
    let message = Message::new("")
        .mention_everyone()
        .text(" ")
        .styled("red", [Style::Color(Color::rgb(255, 0, 16)), Style::Bold])
        .styled(" link", [Style::Link("https://example.com/".to_owned())]);
    client(&zoom)
        .encoding(Encoding::Json)
        .build()
        .unwrap()
        .send_message(Recipient::channel("c").unwrap(), message)
        .card(r#"{"head":"Deploy"}"#)
        .file("f/1")
        .file("f/2")
        .await
        .unwrap();
    assert_eq!(
        zoom.only_request().text(),
        concat!(
            r#"{"message":"@all red link","to_channel":"c","at_items":[{"start_position":0,"end_position":3,"at_type":2}],"#,
            r#""file_ids":["f/1","f/2"],"rich_text":["#,
            r#"{"start_position":5,"end_position":7,"format_type":"FontColor","format_attr":"FF0010"},"#,
            r#"{"start_position":5,"end_position":7,"format_type":"Bold","format_attr":""},"#,
            r#"{"start_position":8,"end_position":12,"format_type":"AddLink","format_attr":"https://example.com/"}],"#,
            r#""interactive_cards":[{"card_json":"{\"head\":\"Deploy\"}"}]}"#
        )
    );
}

#[tokio::test]
async fn an_id_is_percent_encoded_once() {
    for (id, segment) in [
        ("{27ED2949-0f8b}", "%7B27ED2949-0f8b%7D"),
        ("a/b+c==", "a%2Fb+c=="),
        ("50%25", "50%2525"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("ü", "%C3%BC"),
        ("...", "..."),
    ] {
        let zoom = Loopback::answering([Answer::sent("m1")]).await;
        let to = Recipient::channel("c").unwrap();
        let client = client(&zoom).build().unwrap();
        client
            .send_message(to, "Hello")
            .as_user(UserId::new(id).unwrap())
            .await
            .unwrap();
        assert_eq!(
            zoom.only_request().target(),
            format!("POST /v2/chat/users/{segment}/messages")
        );
    }
}

#[tokio::test]
async fn an_id_that_would_address_something_else_never_leaves() {
    let zoom = Loopback::answering([]).await;
    let client = client(&zoom).build().unwrap();
    for id in ["", ".", "..", "..\\..", "a\r\nb"] {
        assert!(Recipient::channel(id).is_err() && Recipient::contact(id).is_err());
        let to = Recipient::channel("c").unwrap();
        assert!(
            client
                .send_message(to.clone(), "Hello")
                .as_user(id)
                .await
                .unwrap_err()
                .is_invalid()
        );
        assert!(
            client
                .send_message(to.clone(), "Hello")
                .reply_to(id)
                .await
                .unwrap_err()
                .is_invalid()
        );
        assert!(
            client
                .send_message(to.clone(), "Hello")
                .file(id)
                .await
                .unwrap_err()
                .is_invalid()
        );
        assert!(
            client
                .send_message(to, Message::new("").mention(id, "Jill"))
                .await
                .unwrap_err()
                .is_invalid()
        );
    }
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_message_that_zoom_would_refuse_never_leaves() {
    let zoom = Loopback::answering([]).await;
    let clock = TokioClock::starting_at(UNIX_EPOCH + HOUR);
    let client = client(&zoom).clock(clock).build().unwrap();
    let send = |message: &str| client.send_message(Recipient::channel("c").unwrap(), message);
    let told = [
        send("").await.unwrap_err(),
        send(&"x".repeat(1025)).await.unwrap_err(),
        (0..7)
            .fold(send("x"), |send, at| send.file(format!("f{at}")))
            .await
            .unwrap_err(),
        (0..6)
            .fold(send("x"), |send, _| send.card("{}"))
            .await
            .unwrap_err(),
        send("x").card("{").await.unwrap_err(),
        send("x")
            .scheduled_at(UNIX_EPOCH + HOUR + HOUR / 2)
            .await
            .unwrap_err(),
        send("x")
            .scheduled_at(UNIX_EPOCH + HOUR * 24 * 181)
            .await
            .unwrap_err(),
    ];
    let told: Vec<_> = told.iter().map(ToString::to_string).collect();
    let expected = [
        "message is empty, Zoom requires a text",
        "message is 1025 UTF-16 code units long, Zoom's limit for `message` is 1024",
        "7 files, Zoom's limit for `file_ids` is 6",
        "6 interactive cards, Zoom's limit for `interactive_cards` is 5",
        "interactive card 0 is not a JSON object: EOF while parsing an object at line 1 column 1",
    ];
    assert_eq!(
        (told.len(), &told[..5]),
        (7, &expected.map(str::to_owned)[..])
    );
    assert!(
        told[5..]
            .iter()
            .all(|told| told.contains("more than 30 minutes and at most 180 days")),
        "{told:?}"
    );
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_card_that_is_no_object_never_leaves() {
    let zoom = Loopback::answering([]).await;
    let client = client(&zoom).build().unwrap();
    for card in [
        "[]", "\"text\"", "[{}]", "1", "true", "null", "", "{} {}", "{1:2}",
    ] {
        let to = Recipient::channel("c").unwrap();
        let send = client.send_message(to, "x").card("{}").card(card);
        let error = send.await.unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("interactive card 1 is not a JSON object: "),
            "{card}: {told}"
        );
        assert!(error.is_invalid());
    }
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_scheduled_message_gives_a_draft() {
    let zoom = Loopback::answering([Answer::sent("d1")]).await;
    let send = client(&zoom)
        .encoding(Encoding::Json)
        .clock(TokioClock::starting_at(UNIX_EPOCH + HOUR))
        .build()
        .unwrap();
    let scheduled = send
        .send_message(Recipient::channel("c").unwrap(), "x")
        .scheduled_at(UNIX_EPOCH + 2 * HOUR)
        .await
        .unwrap();
    assert_eq!(scheduled.draft_id.as_str(), "d1");
    assert_eq!(
        zoom.only_request().text(),
        r#"{"message":"x","to_channel":"c","scheduled_time":"1970-01-01T02:00:00Z"}"#
    );
}
