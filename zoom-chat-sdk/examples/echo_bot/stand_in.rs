//! A stand-in for Zoom on loopback: an API that takes the bot's messages, and a sender of events.

use std::{
    error::Error,
    net::SocketAddr,
    time::{Duration, UNIX_EPOCH},
};

use axum::{Router, http::StatusCode, routing::post};
use hmac_sha256::HMAC;
use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use zoom_chat_sdk::time::{Clock, SystemClock};

/// The secret token that the bot shares with this stand-in.
pub(crate) const SECRET: &str = "stand-in-webhook-secret";

/// The most bytes of a body that the bot takes from this stand-in.
pub(crate) const MOST_BYTES: usize = 4096;

/// Starts the API, for as long as the process lives, and tells where.
pub(crate) async fn start_api() -> std::io::Result<SocketAddr> {
    let take = post(async |body: String| {
        let message: Value = serde_json::from_str(&body).unwrap_or_default();
        let text = message.pointer("/content/body/0/text");
        println!("the bot answers: {}", text.unwrap_or(&Value::Null));
        let answer = json!({ "message_id": "20260530080000000_echo_aw1" });
        (
            StatusCode::CREATED,
            [("content-type", "application/json")],
            answer.to_string(),
        )
    });
    let router = Router::new().route("/v2/im/chat/messages", take);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(address)
}

/// One request to the bot.
struct Delivery {
    what: &'static str,
    body: Vec<u8>,
    /// The body that is signed.
    signed: Vec<u8>,
    secret: &'static str,
    /// How old the request claims to be.
    age: Duration,
    request_id: u32,
    /// The status that is right.
    expected: u16,
}

impl Delivery {
    fn new(what: &'static str, request_id: u32, event: &Value) -> Self {
        let body = event.to_string().into_bytes();
        Self {
            what,
            signed: body.clone(),
            body,
            secret: SECRET,
            age: Duration::ZERO,
            request_id,
            expected: 200,
        }
    }
}

/// Delivers events, good ones and others, and tells how many the bot has refused.
pub(crate) async fn deliver_all(url: &str) -> Result<u32, Box<dyn Error>> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut refused = 0;
    for delivery in deliveries() {
        let (status, answer) = deliver(&client, url, &delivery).await?;
        println!("Zoom delivers {}: {status} {answer}", delivery.what);
        if status != delivery.expected {
            return Err(format!(
                "{} should be answered with {}",
                delivery.what, delivery.expected
            )
            .into());
        }
        refused += u32::from(status >= 400);
    }
    Ok(refused)
}

async fn deliver(
    client: &Client<HttpConnector, Full<Bytes>>,
    url: &str,
    delivery: &Delivery,
) -> Result<(u16, String), Box<dyn Error>> {
    let sent = SystemClock.now() - delivery.age;
    let seconds = sent.duration_since(UNIX_EPOCH)?.as_secs().to_string();
    let signed = [b"v0:", seconds.as_bytes(), b":", &delivery.signed].concat();
    let mac = HMAC::mac(signed, delivery.secret);
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    let request = Request::post(url)
        .header("content-type", "application/json")
        .header("x-zm-request-timestamp", seconds)
        .header("x-zm-signature", format!("v0={hex}"))
        .header("x-zm-request-id", delivery.request_id.to_string())
        .body(Full::from(delivery.body.clone()))?;
    let answer = client.request(request).await?;
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await?.to_bytes();
    Ok((status, String::from_utf8(body.into())?))
}

fn deliveries() -> Vec<Delivery> {
    let challenge = json!({
        "event": "endpoint.url_validation",
        "payload": { "plainToken": "an example of a plain token" },
    });
    let hello = command(1, "Hello, is it me you are looking for?");
    let forged = command(2, "Forged");
    vec![
        Delivery::new("a challenge", 1, &challenge),
        Delivery::new(
            "the news that the bot is installed",
            2,
            &event("bot_installed", 0, json!({})),
        ),
        Delivery::new("a command", 3, &hello),
        Delivery::new("the same command again, as after a lost answer", 3, &hello),
        Delivery::new("a command with an emoji", 4, &command(3, "Prost 🍻")),
        Delivery::new("a pressed button", 5, &button(4)),
        Delivery {
            secret: "another secret",
            expected: 401,
            ..Delivery::new("a forged command", 6, &forged)
        },
        Delivery {
            signed: hello.to_string().into_bytes(),
            expected: 401,
            ..Delivery::new("a command that was changed on the way", 7, &forged)
        },
        Delivery {
            age: Duration::from_secs(3600),
            expected: 503,
            ..Delivery::new("a command of an hour ago", 8, &forged)
        },
        Delivery {
            body: vec![b' '; MOST_BYTES + 1],
            expected: 413,
            ..Delivery::new("a body that is too large", 9, &forged)
        },
        Delivery {
            expected: 400,
            ..Delivery::new("a list instead of an event", 10, &json!([]))
        },
    ]
}

fn event(name: &str, number: u64, members: Value) -> Value {
    let mut payload = json!({
        "accountId": "Hx3kTz9vQ1mRnLb5YcWs0g",
        "robotJid": "v1kq8tz4mxr2wn7cplh5ygd9@xmpp.zoom.us",
        "toJid": "8d1f52c07b3e4a96a0c4e7719f2b6d38@conference.xmpp.zoom.us",
        "userJid": "7y2mgk5xw8vqn1d4ztrhb6ce@xmpp.zoom.us",
    });
    if let (Some(payload), Value::Object(members)) = (payload.as_object_mut(), members) {
        payload.extend(members);
    }
    json!({ "event": name, "event_ts": 1_780_128_000_000_u64 + number, "payload": payload })
}

fn command(number: u64, text: &str) -> Value {
    event(
        "bot_notification",
        number,
        json!({ "name": "echo", "cmd": text }),
    )
}

fn button(number: u64) -> Value {
    let members = json!({ "messageId": "m1", "actionItem": { "text": "Again", "value": "again" } });
    event("interactive_message_actions", number, members)
}
