//! What a call shows of itself for metrics.

use std::sync::{Arc, Mutex};

use zoom_chat_sdk::{CallEvent, ZoomChat};
use zoom_chat_tests::{
    canary::{answers, send_twice},
    loopback::Loopback,
};

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
