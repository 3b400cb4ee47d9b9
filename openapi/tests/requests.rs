//! Requests of the real document: what they check, and what they send.

use futures_util::FutureExt;
use zoom_chat_openapi::Client;
use zoom_chat_openapi::{InvalidRequest, Request, requests};

/// The request as it would be sent. Nothing waits, for nothing is sent.
fn preview<R: Request>(request: &R) -> Result<reqwest::Request, InvalidRequest> {
    let http = reqwest::Client::new();
    Client::preview("https://api.zoom.us/v2", http, request)
        .now_or_never()
        .unwrap()
}

fn body(request: &reqwest::Request) -> serde_json::Value {
    serde_json::from_slice(request.body().unwrap().as_bytes().unwrap()).unwrap()
}

#[test]
fn a_request_is_looked_at_without_being_sent() {
    let request = requests::UpdateMessage::new("a/b==")
        .to_channel("825c")
        .message("edited")
        .no_file_ids();
    let sent = preview(&request).unwrap();
    assert_eq!(sent.method(), "PUT");
    assert_eq!(
        sent.url().as_str(),
        "https://api.zoom.us/v2/chat/users/me/messages/a%2Fb=="
    );
    assert_eq!(
        body(&sent),
        serde_json::json!({ "to_channel": "825c", "message": "edited", "file_ids": [] })
    );
    assert!(!sent.headers().contains_key("authorization"));
    assert!(!sent.headers().contains_key("api-version"));
}
