//! What identifies an event, and which events keep their order.

use serde_json::json;
use zoom_chat_sdk::events::{Event, UnreadableEvent};

use crate::sender::{NOW, SECRET, message, received};

fn share_a_key(one: &Event, other: &Event) -> bool {
    one.keys().iter().any(|key| other.keys().contains(key))
}

#[test]
fn deliveries_of_one_event_share_a_key() {
    let timed = r#"{"event":"x","event_ts":1780128000123}"#;
    let later = r#"{"event":"x","event_ts":1780128000124}"#;
    let reordered = r#"{"event_ts":1780128000123,"event":"x"}"#;
    let untimed = r#"{"event":"bot_installed"}"#;
    type Request<'r> = (u64, Option<&'r str>, &'r str);
    let cases: [(Request<'_>, Request<'_>, bool); 10] = [
        // The same request, once more.
        ((NOW, Some("a"), timed), (NOW, Some("a"), timed), true),
        ((NOW, None, untimed), (NOW, None, untimed), true),
        // A retry: with the same id, another one, or none; signed anew.
        ((NOW, Some("a"), timed), (NOW + 299, Some("a"), timed), true),
        ((NOW, Some("a"), timed), (NOW + 299, Some("b"), timed), true),
        ((NOW, None, timed), (NOW + 299, None, timed), true),
        ((NOW, Some("a"), timed), (NOW, Some("a"), reordered), true),
        // A replay under another id, which is not signed.
        ((NOW, Some("a"), untimed), (NOW, Some("b"), untimed), true),
        // Other events.
        ((NOW, Some("a"), timed), (NOW, Some("b"), later), false),
        ((NOW, None, timed), (NOW, None, later), false),
        (
            (NOW, Some("a"), untimed),
            (NOW + 1, Some("b"), untimed),
            false,
        ),
    ];
    for (one, other, expected) in cases {
        let [first, second] = [one, other].map(|(seconds, id, body)| received(seconds, id, body));
        assert_eq!(share_a_key(&first, &second), expected, "{one:?} {other:?}");
    }
}

#[test]
fn a_conversation_has_one_ordering_key_in_all_events() {
    let event = |name: &str, payload: serde_json::Value| {
        let body = json!({ "event": name, "payload": payload }).to_string();
        received(NOW, None, &body).ordering_key()
    };
    let channel = [
        event(
            "team_chat.channel_message_posted",
            json!({"object": {"channel_id": "8f2C"}}),
        ),
        event(
            "team_chat.channel_join_approved",
            json!({"object": {"channel": {"channel_id": "8f2c"}}}),
        ),
        event("chat_channel.updated", json!({"object": {"id": "8f2c"}})),
        event(
            "team_chat.channel_archived",
            json!({"object": {"id": "8f2c"}}),
        ),
        event(
            "chat_message.sent",
            json!({"object": {"id": "m1", "channel_id": "8f2c", "contact_id": ""}}),
        ),
        event(
            "bot_notification",
            json!({"toJid": "8f2c@conference.xmpp.zoom.us", "accountId": "A"}),
        ),
    ];
    assert!(
        channel.iter().all(|key| key == "channel:8f2c"),
        "{channel:?}"
    );

    let direct = [
        event(
            "team_chat.dm_message_posted",
            json!({"operator": "a@x", "operator_id": "1", "object": {"contact_email": "b@x", "contact_id": "2"}}),
        ),
        event(
            "chat_message.sent",
            json!({"operator": "B@x", "object": {"contact_email": "a@x"}}),
        ),
    ];
    assert!(
        direct.iter().all(|key| key == "direct:a@x b@x"),
        "{direct:?}"
    );

    let bot = "bob@xmpp.zoom.us/robot_v1abc@xmpp.zoom.us";
    assert_eq!(
        event("bot_notification", json!({"toJid": bot})),
        format!("jid:{bot}")
    );
    for payload in [
        json!({"account_id": "A"}),
        json!({"account_id": "A", "object": {"id": "z"}}),
        json!({"account_id": "A", "object": []}),
    ] {
        assert_eq!(event("team_chat.emoji_added", payload), "account:A");
    }
    assert_eq!(event("x", json!([])), "account:");
    assert_eq!(received(NOW, None, "{}").ordering_key(), "account:");
}

#[test]
fn a_stored_event_is_the_same_event() {
    let odd =
        " {\"event\" : \"x\", \"n\":1.0, \"event\":\"\\ud83c\\udf7b\", \"half\":\"\\ud83c\"}\n";
    for event in [message("c", 7), received(NOW, None, odd)] {
        let restored = Event::from_stored(&event.to_stored()).unwrap();
        assert_eq!(restored.raw(), event.raw());
        assert_eq!(restored.keys(), event.keys());
        assert_eq!(
            (
                restored.request_id(),
                restored.sent(),
                restored.name(),
                restored.time()
            ),
            (event.request_id(), event.sent(), event.name(), event.time()),
        );
    }
    for text in ["", "{}", "null", r#"{"raw":"[]"}"#, r#"{"raw":7}"#] {
        assert_eq!(
            Event::from_stored(text).unwrap_err(),
            UnreadableEvent,
            "{text}"
        );
    }
    assert!(!message("c", 7).to_stored().contains(SECRET));
}
