//! Requests of the real document: what they check, and what they send.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use futures_util::FutureExt;
use reqwest::header::{HeaderMap, HeaderValue};
use zoom_chat_openapi::request::Problem;
use zoom_chat_openapi::{Attempt, Client};
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

#[test]
fn a_raw_request_keeps_below_the_base_url() {
    let raw = requests::Raw::post("/chat/a b/%2F")
        .query("type", "group chat&x=1")
        .json(&["825c"]);
    let sent = preview(&raw).unwrap();
    assert_eq!(
        sent.url().as_str(),
        "https://api.zoom.us/v2/chat/a%20b/%2F?type=group+chat%26x%3D1"
    );
    assert_eq!(body(&sent), serde_json::json!(["825c"]));
    assert!(!raw.operation().repeatable && requests::Raw::put("/x").operation().repeatable);
    for (path, problem) in [
        ("chat", Problem::Path),
        ("https://example.com/chat", Problem::Path),
        ("/chat?x=1", Problem::Path),
        ("/chat#x", Problem::Path),
        ("//example.com", Problem::EmptySegment),
        ("/chat/", Problem::EmptySegment),
        ("/chat/../users", Problem::DotSegment),
        ("/chat/%2e%2E", Problem::DotSegment),
        ("/chat/a\\b", Problem::SegmentCharacter),
    ] {
        let error = preview(&requests::Raw::get(path)).unwrap_err();
        assert_eq!(error.problem(), &problem, "{path}");
        assert_eq!((error.operation(), error.name()), ("raw", "path"));
    }
}

#[test]
fn the_headers_of_a_call_do_not_replace_its_token() {
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", HeaderValue::from_static("42"));
    headers.insert("authorization", HeaderValue::from_static("Bearer other"));
    let attempt = Attempt::preview().with_headers(Arc::new(headers));
    let http = reqwest::Client::new();
    let client = Client::new_with_client("http://localhost", http, attempt.clone());
    let request = requests::GetMessage::new("1");
    let _ = request.send(&client).now_or_never();
    let sent = attempt.previewed().unwrap();
    assert_eq!(sent.headers()["x-request-id"], "42");
    assert!(!sent.headers().contains_key("authorization"));
}
