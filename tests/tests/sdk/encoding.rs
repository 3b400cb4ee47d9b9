//! The encoding of a message: what the Postman item says, until Zoom says that it wants JSON.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use zoom_chat_sdk::{CallEvent, Delivery, Encoding, Error, Recipient, Sent, ZoomChat};
use zoom_chat_tests::loopback::{Answer, Loopback};

const NOT_JSON: &str = r#"{"code":300,"message":"Request Body should be a valid JSON object."}"#;

async fn send(client: &ZoomChat, text: &str) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel("825c8d2b")?, text)
        .await
        .map_err(Error::from)
}

fn encodings(zoom: &Loopback) -> Vec<String> {
    let content_type = |request: &zoom_chat_tests::loopback::Received| {
        request
            .header("content-type")
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    };
    zoom.received().iter().map(content_type).collect()
}

#[tokio::test]
async fn a_refusal_as_not_json_is_answered_with_json_and_remembered_by_all_clones() {
    for refusal in [
        Answer::with(415, "", ""),
        Answer::json(400, NOT_JSON),
        Answer::with(415, "", "<html>"),
    ] {
        let zoom = Loopback::answering([
            refusal,
            Answer::sent("m1"),
            Answer::sent("m2"),
            Answer::sent("m3"),
        ])
        .await;
        let first = zoom.client();
        let clone = first.clone();
        let sent = send(&first, "one").await.unwrap();
        assert_eq!((sent.id.as_str(), sent.attempts), ("m1", 2));
        assert_eq!(send(&clone, "two").await.unwrap().attempts, 1);
        assert_eq!(send(&first, "three").await.unwrap().attempts, 1);
        let json = "application/json";
        assert_eq!(encodings(&zoom), ["multipart/form-data", json, json, json]);
        assert!(zoom.received()[1].text().contains(r#""message":"one""#));
    }
}

#[tokio::test]
async fn it_is_repeated_once_only() {
    let zoom =
        Loopback::answering([Answer::json(400, NOT_JSON), Answer::json(400, NOT_JSON)]).await;
    let error = send(&zoom.client(), "one").await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(400), 2));
    assert_eq!(
        encodings(&zoom),
        ["multipart/form-data", "application/json"]
    );
}

#[tokio::test]
async fn other_refusals_are_not_answered_with_json() {
    let validation = r#"{"code":300,"message":"Validation Failed."}"#;
    for (status, body) in [
        (400, validation),
        (400, r#"{"code":5301,"message":"JSON"}"#),
        (500, NOT_JSON),
        (404, NOT_JSON),
    ] {
        let zoom = Loopback::answering([Answer::json(status, body)]).await;
        assert_eq!(
            send(&zoom.client(), "one").await.unwrap_err().status(),
            Some(status)
        );
        assert_eq!(encodings(&zoom).len(), 1);
    }
}

#[tokio::test]
async fn a_pinned_encoding_stays() {
    for (encoding, media_type) in [
        (Encoding::Multipart, "multipart/form-data"),
        (Encoding::Json, "application/json"),
    ] {
        let zoom =
            Loopback::answering([Answer::with(415, "", ""), Answer::with(415, "", "")]).await;
        let base = ZoomChat::builder()
            .access_token("t0ken")
            .base_url(zoom.base_url());
        let pinned = base.encoding(encoding).build().unwrap();
        assert_eq!(send(&pinned, "one").await.unwrap_err().status(), Some(415));
        let to = Recipient::channel("c").unwrap();
        let by_call = zoom
            .client()
            .send_message(to, "two")
            .encoding(encoding)
            .await;
        assert_eq!(by_call.unwrap_err().status(), Some(415));
        assert_eq!(encodings(&zoom), [media_type, media_type]);
    }
}

#[tokio::test]
async fn the_change_is_an_event_and_a_request_of_the_call() {
    let zoom = Loopback::answering([Answer::with(415, "", ""), Answer::sent("m1")]).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .on_event(move |event| {
            if let CallEvent::Retry {
                attempt,
                after,
                error,
                ..
            } = event
            {
                sink.lock()
                    .unwrap()
                    .push((*attempt, *after, error.status()));
            }
        })
        .build()
        .unwrap();
    assert_eq!(send(&client, "one").await.unwrap().attempts, 2);
    assert_eq!(*told.lock().unwrap(), [(1, Duration::ZERO, Some(415))]);
}

/// The rest of it may say that nobody knows what became of the message.
#[tokio::test]
async fn a_refusal_that_breaks_off_is_not_answered_with_json() {
    let cut = r#"{"code":300,"message":"Request Body should be a valid JSON object.","#;
    let head = format!("HTTP/1.1 400 No\r\nContent-Length: 900\r\n\r\n{cut}");
    let zoom = Loopback::answering([Answer::BytesThenClose(head.into()), Answer::sent("m2")]).await;
    let error = send(&zoom.client(), "one").await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(encodings(&zoom).len(), 1);
}
