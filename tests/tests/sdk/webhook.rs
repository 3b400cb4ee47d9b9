//! What a webhook accepts, and what it refuses.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac_sha256::HMAC;
use proptest::prelude::*;
use zoom_chat_sdk::reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use zoom_chat_sdk::{
    events::Event,
    webhook::{EmptySecret, Received, Refusal, Webhook},
};

const SECRET: &str = "w3bh00k-secret-of-a-test";
const SENT: u64 = 1_780_128_000;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(SENT + 2)
}

fn webhook() -> Webhook {
    Webhook::new(SECRET).unwrap().at(now())
}

fn signature(secret: &str, timestamp: &str, body: &[u8]) -> String {
    let signed = [b"v0:", timestamp.as_bytes(), b":", body].concat();
    let mac = HMAC::mac(signed, secret);
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v0={hex}")
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        })
        .collect()
}

fn signed_at(seconds: u64, secret: &str, body: &[u8]) -> HeaderMap {
    let timestamp = seconds.to_string();
    headers(&[
        ("x-zm-request-timestamp", &timestamp),
        ("x-zm-signature", &signature(secret, &timestamp, body)),
        ("x-zm-request-id", "5d0c2a97"),
    ])
}

fn signed(body: &[u8]) -> HeaderMap {
    signed_at(SENT, SECRET, body)
}

fn event(body: &str) -> Event {
    match webhook().receive(&signed(body.as_bytes()), body.as_bytes()) {
        Ok(Received::Event(event)) => event,
        other => panic!("{body}: {other:?}"),
    }
}

fn refusal(webhook: &Webhook, headers: &HeaderMap, body: &[u8]) -> Refusal {
    webhook.receive(headers, body).unwrap_err()
}

#[test]
fn an_event_is_what_it_says() {
    let body = r#"{"payload":{"account_id":"Hx3k","object":{}},"event":"chat_message.sent","event_ts":1780128000123}"#;
    let event = event(body);
    assert_eq!(event.name(), "chat_message.sent");
    assert_eq!(
        event.time(),
        Some(UNIX_EPOCH + Duration::from_millis(1_780_128_000_123))
    );
    assert_eq!(event.account_id(), Some("Hx3k"));
    assert_eq!(event.request_id(), Some("5d0c2a97"));
    assert_eq!(event.raw(), body);
}

#[test]
fn every_form_of_a_signed_object_is_an_event() {
    for (body, name, account) in [
        ("{}", "", None),
        (
            " {\"event\" : \"x\" , \"n\" : 1.0, \"e\" : 1E2 }\n",
            "x",
            None,
        ),
        (r#"{"event":"a","event":"b"}"#, "b", None),
        (r#"{"event":7,"payload":[]}"#, "", None),
        (
            r#"{"event":"x","payload":{"accountId":"A"}}"#,
            "x",
            Some("A"),
        ),
        (
            r#"{"event":"x","payload":{"account_id":"A","account_id":"B"}}"#,
            "x",
            Some("B"),
        ),
        (
            r#"{"event":"\u0078","m":"\ud83c\udf7b a\/b \u00e9"}"#,
            "x",
            None,
        ),
        (r#"{"\ud83c":1,"event":"x","half":"\ud83c"}"#, "x", None),
        (r#"{"event":"x","event_ts":"soon"}"#, "x", None),
        (r#"{"event":"x","event_ts":-1}"#, "x", None),
        (r#"{"event":"x","event_ts":1e999}"#, "x", None),
        (
            r#"{"event":"x","event_ts":99999999999999999999}"#,
            "x",
            None,
        ),
    ] {
        let event = event(body);
        assert_eq!(event.raw(), body);
        assert_eq!(
            (event.name(), event.account_id()),
            (name, account),
            "{body}"
        );
        assert_eq!(event.time(), None, "{body}");
    }
    let deep = format!(
        "{{\"event\":\"deep\",\"m\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(event(&deep).name(), "deep");
    let text = event(r#"{"event_ts":"1780128000123"}"#);
    assert!(text.time().is_some());
}

#[test]
fn a_payload_is_read_into_a_type_of_the_caller() {
    #[derive(serde::Deserialize)]
    struct Command {
        cmd: String,
    }
    let event = event(r#"{"event":"bot_notification","payload":{"cmd":"status"}}"#);
    assert_eq!(event.payload::<Command>().unwrap().cmd, "status");
    assert!(event.payload::<Vec<u8>>().is_err());
}

#[test]
fn what_is_signed_but_is_no_object_is_unreadable() {
    for body in [
        &b""[..],
        b"[]",
        b"1",
        b"null",
        b"\"x\"",
        b"{",
        b"{}{}",
        b"{\"a\":}",
        b"\xff\xfe\xfb",
        b"{\"a\":\"\xff\"}",
    ] {
        let refusal = refusal(&webhook(), &signed(body), body);
        assert_eq!(refusal, Refusal::Unreadable, "{body:?}");
        assert_eq!(refusal.status(), 400);
    }
}

/// Computed by another implementation of HMAC.
#[test]
fn signatures_of_others_are_accepted() {
    for (body, signature) in [
        // Plain.
        (
            r#"{"event":"chat_message.sent","event_ts":1780128000123}"#,
            "v0=fe08c8b801dbd482f86ba056c658c9aa7c64086ae9d41e7cfb0dbd2b79e7b020",
        ),
        // UTF-8.
        (
            r#"{"m":"Prost 🍻 – naïve"}"#,
            "v0=60954b9b9bdc073ebab92a4f51bcb27ce6fbd1ac74005b681c1d8a94c0e38ee2",
        ),
        // Escapes.
        (
            r#"{"m":"\ud83c\udf7b a\/b \u00e9"}"#,
            "v0=9e51b4fde80a0cbb159752a409fdb866d377221bb8fd810089bbeaed48543a95",
        ),
        // Numbers and blanks.
        (
            "{ \"n\" : 1.0, \"e\" : 1E2 }\n",
            "v0=eaa22cc6551710ef09305575fa56877b7e8d474360bd9921db4d0bcc160d43c1",
        ),
        // A key that stands there twice.
        (
            r#"{"event":"a","event":"b"}"#,
            "v0=05ca93c39148d12c6f49cec0a273314c32858353b940b408f5a5859c2448e871",
        ),
    ] {
        let headers = headers(&[
            ("x-zm-request-timestamp", "1780128000"),
            ("x-zm-signature", signature),
        ]);
        let received = webhook().receive(&headers, body.as_bytes());
        assert!(
            matches!(received, Ok(Received::Event(_))),
            "{body}: {received:?}"
        );
    }
}

#[test]
fn a_signature_that_is_not_exactly_right_is_refused() {
    let body = br#"{"event":"x"}"#;
    let right = signature(SECRET, &SENT.to_string(), body);
    let time = SENT.to_string();
    let longer = format!("{right}0");
    let spaced = format!(" {right}");
    for (wrong, expected) in [
        (right.to_uppercase(), false),
        (right.to_uppercase().replace("V0=", "v0="), false),
        (right.replace("v0=", "V0="), false),
        (right.replace("v0=", "v1="), false),
        (right.replace("v0=", ""), false),
        (longer, false),
        (spaced, true), // the header's value is trimmed before it is seen
        (String::new(), false),
        ("v0=".to_owned(), false),
        (signature(SECRET, &(SENT - 1).to_string(), body), false),
        (signature("another", &time, body), false),
        (signature(SECRET, &time, br#"{"event":"x"} "#), false),
    ] {
        let headers = headers(&[
            ("x-zm-request-timestamp", &time),
            ("x-zm-signature", wrong.trim()),
        ]);
        let received = webhook().receive(&headers, body);
        assert_eq!(received.is_ok(), expected, "{wrong}");
        if let Err(refusal) = received {
            assert_eq!(refusal.status(), 401, "{wrong}");
        }
    }
}

#[test]
fn headers_that_are_missing_or_doubled_are_named() {
    let body = b"{}";
    for name in ["x-zm-signature", "x-zm-request-timestamp"] {
        let mut missing = signed(body);
        missing.remove(name);
        assert_eq!(
            refusal(&webhook(), &missing, body),
            Refusal::MissingHeader { name }
        );
        let mut doubled = signed(body);
        let value = doubled.get(name).unwrap().clone();
        doubled.append(name, value);
        assert_eq!(
            refusal(&webhook(), &doubled, body),
            Refusal::WrongHeader { name }
        );
        let mut binary = signed(body);
        binary.insert(name, HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(
            refusal(&webhook(), &binary, body),
            Refusal::WrongHeader { name }
        );
    }
    for timestamp in [
        "",
        "+1780128000",
        "-1",
        "1.5",
        "soon",
        "0x10",
        "99999999999999999999999",
    ] {
        let headers = headers(&[
            ("x-zm-request-timestamp", timestamp),
            ("x-zm-signature", &signature(SECRET, timestamp, body)),
        ]);
        let refusal = refusal(&webhook(), &headers, body);
        assert_eq!(
            refusal,
            Refusal::WrongHeader {
                name: "x-zm-request-timestamp"
            },
            "{timestamp}"
        );
    }
    let unsigned = headers(&[
        ("x-zm-request-timestamp", ""),
        ("x-zm-signature", &signature("another", "", body)),
    ]);
    let name = "x-zm-request-timestamp";
    assert_eq!(
        refusal(&webhook(), &unsigned, body),
        Refusal::WrongHeader { name }
    );
}

#[test]
fn a_request_id_that_says_nothing_is_none() {
    let body = br#"{"event":"x"}"#;
    for (ids, expected) in [
        (&[][..], None),
        (&[""], None),
        (&["a"], Some("a")),
        (&["a", "b"], None),
    ] {
        let mut headers = signed(body);
        headers.remove("x-zm-request-id");
        for id in ids {
            headers.append("x-zm-request-id", HeaderValue::from_static(id));
        }
        let Ok(Received::Event(event)) = webhook().receive(&headers, body) else {
            panic!("{ids:?}");
        };
        assert_eq!(event.request_id(), expected, "{ids:?}");
    }
}

#[test]
fn old_and_future_requests_are_outside_the_window() {
    let body = b"{}";
    let at = |seconds| webhook().receive(&signed_at(seconds, SECRET, body), body);
    assert!(at(SENT + 2 - 300).is_ok());
    assert!(at(SENT + 2 + 300).is_ok());
    for seconds in [SENT + 2 - 301, SENT + 2 + 301, 0] {
        let refusal = at(seconds).unwrap_err();
        assert!(
            matches!(refusal, Refusal::OutsideWindow { .. }),
            "{refusal:?}"
        );
        // The clock of this machine may be wrong: Zoom is to try again.
        assert_eq!(refusal.status(), 503);
    }
    let narrow = webhook().window(Duration::from_secs(1));
    assert!(narrow.receive(&signed(body), body).is_err());
    // What is not signed is not told more.
    let forged = signed_at(0, "another", body);
    assert_eq!(refusal(&webhook(), &forged, body), Refusal::WrongSignature);
}

#[test]
fn a_body_beyond_the_limit_is_not_even_hashed() {
    let body = format!("{{\"m\":\"{}\"}}", "x".repeat(Webhook::MOST_BYTES));
    let refusal = refusal(&webhook(), &HeaderMap::new(), body.as_bytes());
    assert_eq!(
        refusal,
        Refusal::TooLarge {
            most_bytes: Webhook::MOST_BYTES
        }
    );
    assert_eq!(refusal.status(), 413);
    let roomy = webhook().most_bytes(body.len());
    assert!(
        roomy
            .receive(&signed(body.as_bytes()), body.as_bytes())
            .is_ok()
    );
}

#[test]
fn a_challenge_is_answered_with_the_token_it_is_signed_with() {
    let body = br#"{"event":"endpoint.url_validation","event_ts":1780128000123,"payload":{"plainToken":"a plain token"}}"#;
    let rotating = Webhook::new("the next token")
        .unwrap()
        .also(SECRET)
        .unwrap()
        .at(now());
    for webhook in [webhook(), rotating] {
        let Ok(Received::Challenge(answer)) = webhook.receive(&signed(body), body) else {
            panic!("no challenge");
        };
        let answer: serde_json::Value = serde_json::from_str(&answer.json()).unwrap();
        let mac = HMAC::mac("a plain token", SECRET);
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            answer,
            serde_json::json!({ "plainToken": "a plain token", "encryptedToken": hex })
        );
    }
    assert!(matches!(
        webhook().receive(&signed_at(SENT, "another", body), body),
        Err(Refusal::WrongSignature)
    ));
    // Only the event makes it one, not what it holds.
    assert_eq!(
        event(r#"{"event":"x","payload":{"plainToken":"a plain token"}}"#).name(),
        "x"
    );
    // One without its token is an event like any other.
    assert_eq!(
        event(r#"{"event":"endpoint.url_validation"}"#).name(),
        "endpoint.url_validation"
    );
}

#[test]
fn secrets_are_not_empty_and_not_printed() {
    assert_eq!(Webhook::new("").unwrap_err(), EmptySecret);
    assert_eq!(webhook().also("").unwrap_err(), EmptySecret);
    assert!(!format!("{:?}", webhook()).contains(SECRET));
    let event = event(
        r#"{"event":"interactive_message_actions","payload":{"callback_token":"canary","cmd":"canary"}}"#,
    );
    assert!(!format!("{event:?}").contains("canary"));
    let body = br#"{"event":"x"}"#;
    for headers in [signed_at(SENT, "another", body), HeaderMap::new()] {
        let refusal = refusal(&webhook(), &headers, body);
        assert!(!format!("{refusal:?} {refusal}").contains(SECRET));
    }
}

proptest! {
    #[test]
    fn any_signed_object_is_an_event_that_gives_it_back(
        members in proptest::collection::vec(("[a-z_\"\\\\/\u{1f37b}]{0,8}", "[^\u{0}]{0,12}", any::<i64>()), 0..6),
    ) {
        let members: Vec<_> = members
            .iter()
            .map(|(key, text, number)| {
                let key = serde_json::to_string(key).unwrap();
                format!("{key}: [{}, {number}, {{\"event\": null}}]", serde_json::to_string(text).unwrap())
            })
            .collect();
        let body = format!("{{ {} }}", members.join(" ,"));
        let event = event(&body);
        prop_assert_eq!(event.raw(), body.as_str());
    }

    #[test]
    fn nothing_unsigned_is_let_in(
        body in proptest::collection::vec(any::<u8>(), 0..40),
        signature in "(v0=)?[0-9a-f]{0,70}",
        timestamp in "[0-9]{0,12}",
    ) {
        let headers = headers(&[("x-zm-request-timestamp", &timestamp), ("x-zm-signature", &signature)]);
        prop_assert!(webhook().receive(&headers, &body).is_err());
    }
}
