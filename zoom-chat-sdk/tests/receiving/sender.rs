//! The sender of events: it signs them as Zoom does.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac_sha256::HMAC;
use serde_json::{Value, json};
use zoom_chat_sdk::{
    events::Event,
    reqwest::header::{HeaderMap, HeaderValue},
    webhook::{Received, Webhook},
};

pub(crate) const SECRET: &str = "canary-secret-of-the-webhook";

/// What the clock of [`webhook`] shows, in seconds since 1970.
pub(crate) const NOW: u64 = 1_780_128_000;

pub(crate) fn webhook() -> Webhook {
    Webhook::new(SECRET).unwrap().at(now())
}

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

/// The headers of a request with this body.
pub(crate) fn signed(
    secret: &str,
    seconds: u64,
    request_id: Option<&str>,
    body: &[u8],
) -> HeaderMap {
    let mut mac = HMAC::new(secret);
    mac.update(format!("v0:{seconds}:"));
    mac.update(body);
    let hex: String = mac
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let pairs = [
        ("x-zm-request-timestamp", Some(seconds.to_string())),
        ("x-zm-signature", Some(format!("v0={hex}"))),
        ("x-zm-request-id", request_id.map(str::to_owned)),
    ];
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        if let Some(value) = value {
            headers.insert(name, HeaderValue::from_str(&value).unwrap());
        }
    }
    headers
}

/// An event as it comes out of the webhook.
pub(crate) fn received(seconds: u64, request_id: Option<&str>, body: &str) -> Event {
    let headers = signed(SECRET, seconds, request_id, body.as_bytes());
    match webhook().receive(&headers, body.as_bytes()) {
        Ok(Received::Event(event)) => event,
        other => panic!("{body}: {other:?}"),
    }
}

/// The body of an event that a message was posted in a channel.
pub(crate) fn posted(channel: &str, number: u64) -> Value {
    json!({
        "event": "team_chat.channel_message_posted",
        "event_ts": NOW * 1000 + number,
        "payload": {
            "account_id": "Hx3kQ",
            "operator": "kim@example.com",
            "object": { "message_id": format!("m{number}"), "channel_id": channel, "message": "hello" },
        },
    })
}

/// [`posted`], received.
pub(crate) fn message(channel: &str, number: u64) -> Event {
    let id = format!("{channel}-{number}");
    received(NOW, Some(&id), &posted(channel, number).to_string())
}

/// The number of a [`message`].
pub(crate) fn number(event: &Event) -> u64 {
    let message = event.message().unwrap().message_id.unwrap();
    message.trim_start_matches('m').parse().unwrap()
}
