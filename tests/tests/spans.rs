//! What a call shows of itself for traces, and that it is no secret.
//!
//! One test alone: whether a span is wanted at all is decided once per process, by whichever thread makes one first.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::format::FmtSpan;
use zoom_chat_sdk::ZoomChat;
use zoom_chat_tests::{
    canary::{answers, send_twice},
    loopback::Loopback,
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn every_request_is_a_span_without_secrets() {
    let log = Log::default();
    let sink = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || sink.clone())
        .finish();
    let tracing = tracing::subscriber::set_default(subscriber);
    let zoom = Loopback::answering(answers()).await;
    let client = ZoomChat::builder()
        .access_token("t0ken-canary")
        .base_url(zoom.base_url())
        .build()
        .unwrap();
    send_twice(&client).await;
    drop(tracing);

    let log = log.text();
    assert!(!log.contains("canary"), "{log}");
    for expected in [
        r#"http.request.method="POST""#,
        r#"url.template="/chat/users/{userId}/messages""#,
        r#"zoom.operation="sendChatMessage""#,
        "zoom.rate_limit_label=MEDIUM",
        "http.request.resend_count=1",
        "http.response.status_code=415",
        "http.response.status_code=201",
        r#"error.type="api_error""#,
        r#"zoom.tracking_id="WEB_2""#,
    ] {
        assert!(log.contains(expected), "no {expected} in {log}");
    }
}
