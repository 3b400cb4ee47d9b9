//! What holds for every request to a webhook.

use std::time::{Duration, UNIX_EPOCH};

use hmac_sha256::HMAC;
use serde_json::value::RawValue;
use zoom_chat_sdk::{
    events::Event,
    reqwest::header::{HeaderMap, HeaderName, HeaderValue},
    webhook::{Received, Refusal, Webhook},
};

const SECRET: &str = "secret-of-the-property";
const NOW: u64 = 1_780_128_000;
const NAMES: [&str; 3] = [
    "x-zm-request-timestamp",
    "x-zm-signature",
    "x-zm-request-id",
];

/// `input` is the headers as one line, separated by tabs, and then the body.
pub(crate) fn holds(input: &[u8]) {
    let webhook = Webhook::new(SECRET)
        .expect("a secret")
        .at(UNIX_EPOCH + Duration::from_secs(NOW))
        .most_bytes(1 << 16);
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let line = parts.next().unwrap_or_default();
    let body = parts.next().unwrap_or_default();
    let values: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();

    let received = webhook.receive(&headers(&values), body);
    let [timestamp, signature, ..] = values.as_slice() else {
        assert!(received.is_err(), "there is no signature");
        return signed(&webhook, body);
    };
    let expected = sign(timestamp, body);
    if *signature != expected.as_bytes() {
        assert!(received.is_err(), "the signature should be {expected}");
    }
    signed(&webhook, body);
}

/// The same body, rightly signed.
fn signed(webhook: &Webhook, body: &[u8]) {
    let timestamp = NOW.to_string();
    let signature = sign(timestamp.as_bytes(), body);
    let headers = headers(&[timestamp.as_bytes(), signature.as_bytes(), b"id"]);
    match webhook.receive(&headers, body) {
        Ok(Received::Event(event)) => {
            assert!(is_object(body), "it is not an object");
            check(&event, body);
        }
        Ok(Received::Challenge(challenge)) => {
            assert!(is_object(body), "it is not an object");
            let answer = challenge.json();
            assert!(serde_json::from_str::<&RawValue>(&answer).is_ok() && !answer.contains(SECRET));
        }
        Err(Refusal::TooLarge { most_bytes }) => assert!(body.len() > most_bytes),
        Err(Refusal::Unreadable) => assert!(!is_object(body), "an object is unreadable"),
        Err(other) => panic!("{other}"),
    }
}

fn check(event: &Event, body: &[u8]) {
    assert_eq!(event.raw().as_bytes(), body);
    assert_eq!(event.request_id(), Some("id"));
    let _ = (
        event.kind(),
        event.message(),
        event.time(),
        event.ordering_key(),
    );
    let _ = (
        event.callback_url(),
        event.callback_token(),
        event.account_id(),
    );
    let stored = event.to_stored();
    let restored = Event::from_stored(&stored).expect("a stored event");
    assert_eq!(restored.raw(), event.raw());
    assert_eq!(restored.keys(), event.keys());
}

fn is_object(body: &[u8]) -> bool {
    let value = serde_json::from_slice::<&RawValue>(body);
    value.is_ok_and(|value| value.get().starts_with('{'))
}

fn headers(values: &[&[u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in NAMES.into_iter().zip(values) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    headers
}

fn sign(timestamp: &[u8], body: &[u8]) -> String {
    let mac = HMAC::mac([b"v0:", timestamp, b":", body].concat(), SECRET);
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v0={hex}")
}
