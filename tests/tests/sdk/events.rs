//! Events as structs: none fails, however it differs from its documentation.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use hmac_sha256::HMAC;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zoom_chat_sdk::events::{Change, Conversation, Event, Kind, MessageEvent};
use zoom_chat_sdk::reqwest::header::{HeaderMap, HeaderValue};
use zoom_chat_sdk::view::{AsMessage as _, MessageState, PlaceView};
use zoom_chat_sdk::webhook::{Received, Webhook};

const SECRET: &str = "s3cret-of-a-test-of-events";

pub(crate) fn event(body: &Value) -> Event {
    read(&body.to_string())
}

fn read(body: &str) -> Event {
    let timestamp = "1767225600";
    let mac = HMAC::mac(format!("v0:{timestamp}:{body}"), SECRET);
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-zm-request-timestamp",
        HeaderValue::from_static(timestamp),
    );
    let signature = HeaderValue::from_str(&format!("v0={hex}")).unwrap();
    headers.insert("x-zm-signature", signature);
    let now = UNIX_EPOCH + Duration::from_secs(1_767_225_601);
    let webhook = Webhook::new(SECRET).unwrap().at(now);
    match webhook.receive(&headers, body.as_bytes()) {
        Ok(Received::Event(event)) => event,
        other => panic!("{body}: {other:?}"),
    }
}

fn message(body: &Value) -> MessageEvent {
    event(body).message().unwrap()
}

/// The events of the Postman items, each with its name.
fn examples() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/postman/events");
    let mut examples = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        collect(&serde_json::from_str(&text).unwrap(), &mut examples);
    }
    examples
}

/// The examples of an item, or of all items in a folder or a collection.
fn collect(item: &Value, examples: &mut Vec<(String, Value)>) {
    let list = |list: &'_ Value| list.as_array().cloned().unwrap_or_default();
    for inner in list(&item["item"]) {
        collect(&inner, examples);
    }
    let saved = list(&item["response"]);
    let saved = saved.iter().map(|saved| &saved["originalRequest"]);
    for request in saved.chain([&item["request"]]) {
        if let Some(body) = request["body"]["raw"].as_str() {
            let name = item["name"].as_str().unwrap();
            examples.push((name.to_owned(), serde_json::from_str(body).unwrap()));
        }
    }
}

/// Those of [`examples`] that arrive as events: all but the challenge.
pub(crate) fn arriving() -> impl Iterator<Item = (String, Value, Event)> {
    let examples = examples().into_iter();
    examples
        .filter(|(name, _)| name != "endpoint.url_validation")
        .map(|(name, body)| {
            let event = event(&body);
            (name, body, event)
        })
}

#[test]
fn every_event_of_the_items_is_its_own_kind() {
    let examples = examples();
    for (name, body) in &examples {
        assert_eq!(body["event"], json!(name));
        assert_eq!(Kind::read(name, body.clone()).name(), Some(name.as_str()));
        if name != "endpoint.url_validation" {
            assert_eq!(event(body).kind(), Kind::read(name, body.clone()));
        }
    }
    let shown: BTreeSet<&str> = examples.iter().map(|(name, _)| name.as_str()).collect();
    let known: BTreeSet<&str> = Kind::NAMES.iter().copied().collect();
    assert_eq!(shown, known);
    assert!(known.len() >= 65, "{}", known.len());
}

#[test]
fn each_member_of_the_items_is_read() {
    for (name, body) in examples() {
        let read = format!("{:?}", Kind::read(&name, body.clone()));
        let secrets = ["callback_url", "callback_token"];
        let mut open: Vec<&Value> = body
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| !secrets.contains(&key.as_str()))
            .map(|(_, value)| value)
            .collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Object(members) => open.extend(members.values()),
                Value::Array(items) => open.extend(items),
                Value::String(text) => {
                    assert!(read.contains(&format!("{text:?}")), "{name}: {text}");
                }
                leaf => assert!(read.contains(&leaf.to_string()), "{name}: {leaf}"),
            }
        }
    }
}

#[test]
fn an_unknown_event_is_unknown() {
    assert_eq!(
        event(&json!({ "event": "team_chat.tomorrow" })).kind(),
        Kind::Unknown
    );
    assert_eq!(event(&json!({})).kind(), Kind::Unknown);
    assert_eq!(event(&json!({ "event": 7 })).message(), None);
}

/// The messages of answers give the same view: `tests/operations/messages.rs`.
#[test]
fn a_message_of_an_event_gives_the_view_of_all_messages() {
    let mut seen = 0;
    for (name, _, event) in arriving() {
        let Some(message) = event.message() else {
            continue;
        };
        let view = message.as_message();
        assert_eq!(view.id, message.message_id.as_deref(), "{name}");
        assert_eq!(view.text, message.text.as_deref(), "{name}");
        assert_eq!(
            view.reply_to.and_then(|it| it.id),
            message.reply_to.as_deref(),
            "{name}"
        );
        assert_eq!(view.sender.user_id, message.sender.id.as_deref(), "{name}");
        assert_eq!(
            view.sender.member_id,
            message.sender.member_id.as_deref(),
            "{name}"
        );
        assert_eq!(view.sender.email, message.sender.email.as_deref(), "{name}");
        assert_eq!(
            view.sender.is_external,
            Some(message.by_external_user),
            "{name}"
        );
        match (&message.conversation, view.place) {
            (
                Some(Conversation::Channel { id, name, .. }),
                Some(PlaceView::Channel {
                    id: seen,
                    name: seen_name,
                    ..
                }),
            ) => {
                assert_eq!((id.as_deref(), name.as_deref()), (seen, seen_name));
            }
            (Some(Conversation::Contact(contact)), Some(PlaceView::Contact(seen))) => {
                assert_eq!(
                    (contact.id.as_deref(), contact.email.as_deref()),
                    (seen.user_id, seen.email)
                );
            }
            other => panic!("{name}: {other:?}"),
        }
        let state = match message.change {
            Change::Posted => MessageState::Sent,
            Change::Updated => MessageState::Edited,
            Change::Deleted => MessageState::Deleted,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(view.state, Some(state), "{name}");
        assert_eq!(view.sent, message.sent, "{name}");
        assert_eq!(
            view.sent.is_some(),
            message.change == Change::Posted,
            "{name}"
        );
        assert_eq!(view.rich_text, message.rich_text, "{name}");
        let mentions = message.mentions.iter().zip(&view.mentions);
        assert!(mentions.clone().all(|(it, seen)| {
            (it.start, it.end, it.is_everyone, it.person.email.as_deref())
                == (seen.start, seen.end, seen.is_everyone, seen.person.email)
        }));
        assert_eq!(mentions.count(), message.mentions.len());
        let files = message.files.iter().zip(&view.files);
        assert!(files.clone().all(|(it, seen)| {
            (it.id.as_deref(), it.name.as_deref(), it.size) == (seen.id, seen.name, seen.size)
        }));
        assert_eq!(files.count(), message.files.len());
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} events are about messages");
}

#[test]
fn both_families_tell_the_same_of_one_message() {
    let old = message(&json!({
        "event": "chat_message.replied",
        "payload": {
            "operator": "dev@example.com", "operator_id": "kT9x",
            "object": {
                "id": "8f3c", "type": "to_channel", "message": "green", "parent_msg_id": "1c6e", "timestamp": 1_000,
                "channel_id": "2b7c", "channel_name": "Builds",
            },
        },
    }));
    let new = message(&json!({
        "event": "team_chat.channel_message_posted",
        "payload": {
            "operator": "dev@example.com", "operator_id": "kT9x", "by_external_user": false,
            "object": {
                "message_id": "8f3c", "message": "green", "reply_main_message_id": "1c6e", "timestamp": "1000",
                "channel_id": "2b7c", "channel_name": "Builds",
            },
        },
    }));
    assert_eq!(old, new);
    assert_eq!(new.change, Change::Posted);
    assert_eq!(new.message_id.as_deref(), Some("8f3c"));
    assert_eq!(new.reply_to.as_deref(), Some("1c6e"));
    assert_eq!(new.sent, Some(UNIX_EPOCH + Duration::from_secs(1)));
    assert_eq!(new.sender.email.as_deref(), Some("dev@example.com"));
    assert!(matches!(
        new.conversation,
        Some(Conversation::Channel { .. })
    ));
}

#[test]
fn mentions_files_and_users_of_other_accounts_are_told() {
    let message = message(&json!({
        "event": "team_chat.dm_message_updated",
        "payload": {
            "account_id": "", "operator": "", "operator_id": "", "operator_member_id": "m8Zt",
            "by_external_user": true,
            "object": {
                "message_id": "8f3c", "contact_email": "ops@example.com", "contact_id": "p4Hs",
                "timestamp": 1_780_128_000_123_i64,
                "rich_text": [{ "format_type": "Bold", "start_position": 0, "end_position": 4 }, "bold"],
                "files": [{ "file_id": "fL3v", "file_name": "plan.pdf", "file_size": "20480" }],
                "at_items": [
                    { "at_type": 1, "at_contact": "ops@example.com", "start_position": 0, "end_position": 4 },
                    { "at_type": "2" },
                ],
            },
        },
    }));
    assert_eq!(message.change, Change::Updated);
    assert!(message.by_external_user);
    assert_eq!(message.sender.id, None);
    assert_eq!(message.sender.member_id.as_deref(), Some("m8Zt"));
    assert_eq!(message.text, None);
    assert_eq!(message.files[0].size, Some(20_480));
    assert_eq!(message.sent, None);
    assert_eq!(message.rich_text.len(), 1);
    assert_eq!(message.rich_text[0].end_position, Some(4));
    assert_eq!(message.mentions[0].end, Some(4));
    assert!(!message.mentions[0].is_everyone && message.mentions[1].is_everyone);
    match message.conversation {
        Some(Conversation::Contact(contact)) => assert_eq!(contact.id.as_deref(), Some("p4Hs")),
        other => panic!("{other:?}"),
    }
}

/// The ways in which Zoom's own examples differ from the schema beside them.
mod contradictions {
    use super::*;

    #[test]
    fn a_required_member_is_missing() {
        let Kind::ChatChannelCreated(created) = event(&json!({
            "event": "chat_channel.created",
            "payload": { "account_id": "Qz7R", "object": { "name": "Builds", "type": 3 } },
        }))
        .kind() else {
            panic!("another kind");
        };
        let object = created.payload.unwrap().object.unwrap();
        assert_eq!((object.id, object.type_), (None, Some(3)));
        for name in ["sent", "replied", "updated", "deleted"] {
            let message = message(&json!({
                "event": format!("chat_message.{name}"),
                "payload": { "object": { "id": "8f3c", "contact_email": "ops@example.com" } },
            }));
            let Some(Conversation::Contact(contact)) = message.conversation else {
                panic!("{name}");
            };
            assert_eq!(
                (contact.id, contact.email.as_deref()),
                (None, Some("ops@example.com"))
            );
        }
        for name in [
            "channel_app_added",
            "channel_app_removed",
            "channel_join_requested",
        ] {
            let name = format!("team_chat.{name}");
            let kind = event(&json!({ "event": name, "payload": { "object": {} } })).kind();
            assert_eq!(kind.name(), Some(name.as_str()));
        }
    }

    #[test]
    fn a_name_has_a_trailing_blank() {
        for name in ["posted", "updated", "deleted"] {
            let kind = event(&json!({
                "event": format!("team_chat.dm_message_{name}"),
                "payload": { "object": { "contact_account_id ": "Qz7R" } },
            }))
            .kind();
            let account = match kind {
                Kind::TeamChatDmMessagePosted(it) => {
                    it.payload.unwrap().object.unwrap().contact_account_id
                }
                Kind::TeamChatDmMessageUpdated(it) => {
                    it.payload.unwrap().object.unwrap().contact_account_id
                }
                Kind::TeamChatDmMessageDeleted(it) => {
                    it.payload.unwrap().object.unwrap().contact_account_id
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(account.as_deref(), Some("Qz7R"));
        }
    }

    #[test]
    fn there_are_members_that_are_not_documented() {
        for name in ["approved", "created", "declined", "rejected"] {
            let name = format!("team_chat.channel_invitation_{name}");
            let body = json!({
                "event": name,
                "payload": { "object": {
                    "invitee": { "invitee_member_id": "w6Nv", "planet": "Earth" },
                    "inviters": [{ "user_id": "kT9x" }, { "user_id": "p4Hs" }],
                    "organization": { "is_trust": true },
                } },
            });
            assert_eq!(event(&body).kind().name(), Some(name.as_str()));
            assert!(event(&body).raw().contains("Earth"));
        }
    }

    #[test]
    fn a_member_has_another_type() {
        // A number where a text is documented.
        for (name, expected) in [("added", "1767225600123"), ("removed", "1767225600123")] {
            let kind = event(&json!({
                "event": format!("team_chat.dm_reaction_{name}"),
                "payload": { "object": { "emoji_time": 1_767_225_600_123_u64 } },
            }))
            .kind();
            let time = match kind {
                Kind::TeamChatDmReactionAdded(it) => it.payload.unwrap().object.unwrap().emoji_time,
                Kind::TeamChatDmReactionRemoved(it) => {
                    it.payload.unwrap().object.unwrap().emoji_time
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(time.as_deref(), Some(expected));
        }
        // A text where a number is documented, and a number where a text is.
        for (name, time) in [
            ("chat_channel.member_removed", json!(1_767_225_600_123_u64)),
            ("app.authorization_request_created", json!("1767225600123")),
        ] {
            let removed = event(&json!({ "event": name, "event_ts": time }));
            assert_eq!(removed.kind().name(), Some(name));
            assert!(format!("{:?}", removed.kind()).contains("1767225600123"));
            assert!(removed.time().is_some());
        }
        // A time in words where a number is documented.
        let Kind::AppDeauthorized(gone) = event(&json!({
            "event": "app_deauthorized",
            "payload": { "event_ts": "2026-01-01 00:00:00", "client_id": "cL8s" },
        }))
        .kind() else {
            panic!("another kind");
        };
        let payload = gone.payload.unwrap();
        assert_eq!(
            (payload.event_ts, payload.client_id.as_deref()),
            (None, Some("cL8s"))
        );
        // A truth value and a text, in one place.
        for editable in [json!(true), json!("true")] {
            let kind = event(&json!({
                "event": "interactive_message_fields_editable",
                "payload": { "original": { "body": [{ "items": [{ "editable": editable }] }] } },
            }))
            .kind();
            assert!(
                format!("{kind:?}").contains("editable: Some(true)"),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_value_is_not_among_the_documented_ones() {
        let Kind::TeamChatChannelJoinApprovalRequested(asked) = event(&json!({
            "event": "team_chat.channel_join_approval_requested",
            "payload": { "object": { "type": "to_somebody_else" } },
        }))
        .kind() else {
            panic!("another kind");
        };
        let object = asked.payload.unwrap().object.unwrap();
        assert_eq!(object.type_.as_deref(), Some("to_somebody_else"));
    }
}

#[test]
fn the_secrets_of_an_event_are_not_shown() {
    let names = [
        "interactive_message_actions",
        "interactive_message_editable",
        "interactive_message_fields_editable",
    ];
    for name in names {
        let event = event(&json!({
            "event": name,
            "callback_url": "https://api.zoom.us/v2/im/chat/callback/canary",
            "callback_token": "canary.canary.canary",
        }));
        let told = format!(
            "{event:?} {:?} {:?} {:?}",
            event.kind(),
            event.callback_url().unwrap(),
            event.callback_token().unwrap()
        );
        assert!(!told.contains("canary"), "{told}");
    }
}

/// JSON that serde_json's values cannot hold.
#[test]
fn odd_json_keeps_its_kind() {
    for members in [
        r#""payload":"\ud83d""#,
        &format!(r#""payload":{}{}"#, "[".repeat(200), "]".repeat(200)),
    ] {
        let event = read(&format!(r#"{{"event":"chat_message.sent",{members}}}"#));
        assert_eq!(event.kind().name(), Some("chat_message.sent"));
        assert!(event.message().is_some());
    }
}

/// Any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((".{0,8}", inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// `value` with some of what is in it left out or replaced: `choices` says what.
fn changed(value: &Value, choices: &mut impl Iterator<Item = (u8, Value)>) -> Option<Value> {
    match choices.next() {
        Some((0, _)) => return None,
        Some((1, other)) => return Some(other),
        _ => {}
    }
    Some(match value {
        Value::Object(members) => {
            let members = members.iter();
            let kept =
                members.filter_map(|(key, value)| Some((key.clone(), changed(value, choices)?)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().filter_map(|it| changed(it, choices)).collect(),
        other => other.clone(),
    })
}

proptest! {
    #[test]
    fn any_subset_with_any_types_is_of_the_same_kind(
        index in any::<prop::sample::Index>(),
        choices in prop::collection::vec((0_u8..12, any_json()), 40),
    ) {
        let examples = examples();
        let (name, body) = index.get(&examples);
        prop_assume!(name != "endpoint.url_validation");
        let mut choices = choices.into_iter();
        let members = body.as_object().unwrap().iter();
        let mut other: Map<String, Value> = members
            .filter_map(|(key, value)| Some((key.clone(), changed(value, &mut choices)?)))
            .collect();
        other.insert("event".to_owned(), json!(name));
        let event = event(&Value::Object(other));
        prop_assert_eq!(event.kind().name(), Some(name.as_str()));
        let is_of_message = name.starts_with("chat_message.")
            || name.starts_with("team_chat.") && name.contains("_message_");
        prop_assert_eq!(event.message().is_some(), is_of_message);
    }
}
