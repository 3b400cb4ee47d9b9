//! What a call shows of itself for metrics.

use std::sync::{Arc, Mutex};

use zoom_chat_sdk::{CallEvent, Recipient, ZoomChat};
use zoom_chat_tests::loopback::{Answer, Loopback};

fn answers() -> [Answer; 3] {
    [
        Answer::with(415, "x-zm-trackingid: WEB_1\r\n", "t0ken-canary"),
        Answer::with(201, "x-zm-trackingid: WEB_2\r\n", r#"{"id":"m1"}"#),
        Answer::json(
            404,
            r#"{"code":1001,"message":"User does not exist: text-canary."}"#,
        ),
    ]
}

async fn send_twice(client: &ZoomChat) {
    let to = || Recipient::contact("contact-canary@example.com").unwrap();
    client.send_message(to(), "text-canary").await.unwrap();
    client.send_message(to(), "text-canary").await.unwrap_err();
}

#[tokio::test]
async fn every_request_is_an_event() {
    let zoom = Loopback::answering(answers()).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let client = ZoomChat::builder()
        .access_token("t0ken-canary")
        .base_url(zoom.base_url())
        .on_event(move |event| {
            if let CallEvent::AttemptEnded {
                operation,
                attempt,
                outcome,
                tracking_id,
                ..
            } = event
            {
                let status = outcome.map_err(zoom_chat_sdk::Error::status);
                sink.lock().unwrap().push((
                    operation.id,
                    *attempt,
                    status,
                    tracking_id.map(str::to_owned),
                ));
            }
        })
        .build()
        .unwrap();
    send_twice(&client).await;
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (
                "sendChatMessage",
                1,
                Err(Some(415)),
                Some("WEB_1".to_owned())
            ),
            ("sendChatMessage", 2, Ok(201), Some("WEB_2".to_owned())),
            ("sendChatMessage", 1, Err(Some(404)), None),
        ]
    );
}
