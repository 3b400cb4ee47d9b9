//! Each shape of a chat message gives the same view, and no member of any shape is forgotten.
//!
//! The view of each saved message is compared with what a table says of its members: where in the view each stands, or
//! that it is special to its shape.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use zoom_chat_sdk::{types, view::AsMessage};

use crate::{document, item};

mod shown;

use shown::{pruned, shown};

/// One shape of a message.
struct Shape {
    /// Its type, which is its schema as well.
    name: &'static str,
    /// Method and path of the operation that answers with it.
    operation: &'static str,
    /// The list that it stands in; the answer itself if there is none.
    list: &'static str,
    view: fn(&Value) -> Value,
    /// The state of all its messages, where the list is one of edited or deleted messages.
    state: Option<&'static str>,
    /// Its members beyond those of all: each with its place in the view, or none if it is special to the shape.
    members: &'static [(&'static str, Option<&'static str>)],
}

/// What a member is called in most shapes, and where it stands in the view.
const USUAL: [(&str, Option<&str>); 30] = [
    ("id", Some("/id")),
    ("message_id", Some("/id")),
    ("message", Some("/text")),
    ("message_type", Some("/message_type")),
    ("sender", Some("/sender/email")),
    ("send_member_id", Some("/sender/member_id")),
    ("sender_member_id", Some("/sender/member_id")),
    ("sender_user_id", Some("/sender/user_id")),
    ("sender_email", Some("/sender/email")),
    ("sender_display_name", Some("/sender/name")),
    ("is_sender_external", Some("/sender/is_external")),
    ("timestamp", Some("/sent")),
    ("message_timestamp", Some("/sent")),
    // The same to the second.
    ("date_time", None),
    ("reply_main_message_id", Some("/reply_to/id")),
    ("reply_main_message_timestamp", Some("/reply_to/sent")),
    ("main_message_id", Some("/reply_to/id")),
    ("main_message_timestamp", Some("/reply_to/sent")),
    ("at_items", Some("/mentions")),
    ("files", Some("/files")),
    ("file_id", Some("/files/0/id")),
    ("file_name", Some("/files/0/name")),
    ("file_size", Some("/files/0/size")),
    ("download_url", Some("/files/0/download_url")),
    ("reactions", Some("/reactions")),
    ("custom_emoji_reactions", Some("/reactions")),
    ("rich_text", Some("/rich_text")),
    ("interactive_cards", Some("/cards")),
    ("bot_message", Some("/bot")),
    ("receiver", Some("/place/receiver")),
];

const SHAPES: [Shape; 11] = [
    Shape {
        name: "ListUsersChatMessagesItem",
        operation: "GET /chat/users/{userId}/messages",
        list: "messages",
        view: view::<types::ListUsersChatMessagesItem>,
        state: None,
        members: &[("status", Some("/state"))],
    },
    Shape {
        name: "GetMessageResponse",
        operation: "GET /chat/users/{userId}/messages/{messageId}",
        list: "",
        view: view::<types::GetMessageResponse>,
        state: None,
        members: &[("message_url", None)],
    },
    Shape {
        name: "GetForwardedMessageResponse",
        operation: "GET /chat/forwarded_message/{forwardId}",
        list: "",
        view: view::<types::GetForwardedMessageResponse>,
        state: None,
        members: &[],
    },
    Shape {
        name: "RetrieveThreadMessage",
        operation: "GET /chat/users/{userId}/messages/{messageId}/thread",
        list: "messages",
        view: view::<types::RetrieveThreadMessage>,
        state: None,
        members: &[
            ("msg_id", Some("/id")),
            ("is_reply", Some("/is_reply")),
            ("is_followed", None),
            ("last_reply_time", None),
        ],
    },
    Shape {
        name: "ListBookmarksItem",
        operation: "GET /chat/messages/bookmarks",
        list: "bookmarks",
        view: view::<types::ListBookmarksItem>,
        state: None,
        members: &[
            ("channel_id", Some("/place/channel/id")),
            ("channel_name", Some("/place/channel/name")),
            ("peer_contact_user_id", Some("/place/contact/user_id")),
            ("peer_contact_member_id", Some("/place/contact/member_id")),
            ("peer_contact_name", Some("/place/contact/name")),
            ("is_sent_by_user", Some("/sender/is_me")),
        ],
    },
    Shape {
        name: "ListPinnedHistoryMessagesOfChannelMessage",
        operation: "GET /chat/channels/{channelId}/pinned",
        list: "messages",
        view: view::<types::ListPinnedHistoryMessagesOfChannelMessage>,
        state: None,
        members: &[
            ("pinner_user_id", None),
            ("pinner_member_id", None),
            ("pinned_time", None),
            ("pinned_by_external_user", None),
            ("currently_pinned", None),
        ],
    },
    Shape {
        name: "GetChatMessageReportsMessage",
        operation: "GET /report/chat/sessions/{sessionId}",
        list: "messages",
        view: view::<types::GetChatMessageReportsMessage>,
        state: None,
        members: REPORTED,
    },
    Shape {
        name: "GetChatMessageReportsEditedMessage",
        operation: "GET /report/chat/sessions/{sessionId}",
        list: "edited_messages",
        view: view::<types::GetChatMessageReportsEditedMessage>,
        state: Some("Edited"),
        members: REPORTED,
    },
    Shape {
        name: "GetChatMessageReportsDeletedMessage",
        operation: "GET /report/chat/sessions/{sessionId}",
        list: "deleted_messages",
        view: view::<types::GetChatMessageReportsDeletedMessage>,
        state: Some("Deleted"),
        members: REPORTED,
    },
    Shape {
        name: "ListScheduledMessagesItem",
        operation: "GET /chat/messages/schedule",
        list: "messages",
        view: view::<types::ListScheduledMessagesItem>,
        state: None,
        members: &[
            ("draft_id", None),
            ("create_date", None),
            ("scheduled_time", None),
        ],
    },
    Shape {
        name: "ListRemindersItem",
        operation: "GET /chat/reminder",
        list: "reminders",
        view: view::<types::ListRemindersItem>,
        state: None,
        members: &[
            ("content", Some("/text")),
            ("reminder_note", None),
            ("create_time", None),
            ("remind_time", None),
        ],
    },
];

const REPORTED: &[(&str, Option<&str>)] = &[
    ("giphy_information", None),
    ("action_timestamp", None),
    ("forward_id", None),
];

fn view<M: DeserializeOwned + AsMessage>(message: &Value) -> Value {
    let message: M = serde_json::from_value(message.clone()).unwrap();
    shown(&message.as_message())
}

impl Shape {
    fn members(&self) -> BTreeMap<&'static str, Option<&'static str>> {
        USUAL
            .into_iter()
            .chain(self.members.iter().copied())
            .collect()
    }

    /// Every saved message of the shape.
    fn saved(&self, items: &BTreeMap<String, item::Item>) -> Vec<Value> {
        let item = items
            .get(self.operation)
            .unwrap_or_else(|| panic!("no {}", self.operation));
        let mut saved = Vec::new();
        for answer in item.answers().iter().filter(|it| it.status == 200) {
            let body: Value = serde_json::from_str(&answer.body).unwrap();
            match self.list {
                "" => saved.push(body),
                list => saved.extend(body[list].as_array().into_iter().flatten().cloned()),
            }
        }
        assert!(!saved.is_empty(), "{}: no message is saved", self.name);
        saved
    }

    /// The view that the table demands.
    fn expected(&self, message: &Value) -> Value {
        let members = self.members();
        let mut view = json!({ "state": self.state });
        // Lists come before what adds to them.
        let mut told: Vec<_> = message.as_object().unwrap().iter().collect();
        told.sort_by_key(|(name, _)| USUAL.iter().position(|(usual, _)| usual == name));
        for (name, value) in told {
            match members.get(&**name) {
                Some(Some(place)) => shown::put(&mut view, place, shown::member(name, value)),
                Some(None) => {}
                None => panic!("{}: the table does not know {name}", self.name),
            }
        }
        let mut view = pruned(view);
        let is_reply = message["is_reply"] == true || view.get("reply_to").is_some();
        view["is_reply"] = json!(is_reply.then_some(true));
        pruned(view)
    }
}

#[test]
fn each_saved_message_gives_the_view_that_its_members_say() {
    let items = item::all();
    for shape in SHAPES {
        for message in shape.saved(&items) {
            let seen = pruned((shape.view)(&message));
            assert_eq!(seen, shape.expected(&message), "{}: {message}", shape.name);
        }
    }
}

#[test]
fn each_member_of_each_shape_is_shown_by_a_saved_message() {
    let items = item::all();
    for shape in SHAPES {
        let documented: BTreeSet<_> = document::properties(shape.name).into_iter().collect();
        let saved = shape.saved(&items);
        let of_saved = saved
            .iter()
            .flat_map(|it| it.as_object().unwrap().keys().cloned());
        assert_eq!(
            of_saved.collect::<BTreeSet<_>>(),
            documented,
            "{}",
            shape.name
        );
    }
}

/// What answers tell of chat messages by its look: a text with an id or a time.
#[test]
fn each_shape_of_a_message_is_in_the_table() {
    let known: BTreeSet<_> = SHAPES.iter().map(|shape| shape.name.to_owned()).collect();
    let mut found = BTreeSet::new();
    for schema in document::answered() {
        let members = document::properties(&schema);
        let has = |names: &[&str]| members.iter().any(|it| names.contains(&&**it));
        let ids = [
            "id",
            "msg_id",
            "message_id",
            "message_timestamp",
            "draft_id",
        ];
        if has(&["message", "content"]) && has(&ids) {
            found.insert(schema);
        }
    }
    assert_eq!(found, known);
}

#[test]
fn an_empty_message_says_nothing() {
    for shape in SHAPES {
        assert_eq!(
            pruned((shape.view)(&json!({}))),
            pruned(json!({ "state": shape.state })),
            "{}",
            shape.name
        );
    }
}

#[test]
fn a_bookmark_of_a_conversation_is_of_the_contact_or_of_the_user() {
    let contact = json!({ "user_id": "u1", "name": "Ops Account" });
    for (is_me, sender) in [
        (json!(true), json!({ "is_me": true })),
        (
            json!(false),
            json!({ "user_id": "u1", "name": "Ops Account", "is_me": false }),
        ),
        (Value::Null, Value::Null),
    ] {
        let bookmark = json!({
            "peer_contact_user_id": "u1", "peer_contact_name": "Ops Account", "is_sent_by_user": is_me,
        });
        let seen = pruned(view::<types::ListBookmarksItem>(&bookmark));
        let expected = pruned(json!({ "sender": sender, "place": { "contact": contact } }));
        assert_eq!(seen, expected, "{bookmark}");
    }
}

#[test]
fn odd_members_change_nothing_else() {
    let view = |message: Value| pruned(view::<types::GetMessageResponse>(&message));
    let file = json!({ "id": "f1", "name": "a.txt" });
    for (message, expected) in [
        // The file beside the list is none of the list, or the list has no ids.
        (
            json!({ "file_id": "f1", "file_name": "a.txt", "files": [{ "file_id": "f2" }] }),
            json!({ "files": [file, { "id": "f2" }] }),
        ),
        (
            json!({ "file_name": "a.txt", "files": [{ "file_name": "a.txt" }, { "file_name": "b.txt" }] }),
            json!({ "files": [{ "name": "a.txt" }, { "name": "b.txt" }] }),
        ),
        (
            json!({ "file_id": "f1", "file_name": "a.txt" }),
            json!({ "files": [file] }),
        ),
        (json!({ "timestamp": -1 }), Value::Null),
        (
            json!({ "timestamp": i64::MAX, "reply_main_message_id": "" }),
            json!({ "sent": i64::MAX }),
        ),
        (
            json!({ "at_items": [{ "at_type": 2 }, { "at_contact": "kim@example.com", "at_type": 1 }] }),
            json!({ "mentions": [{ "is_everyone": true }, { "email": "kim@example.com" }] }),
        ),
        (
            json!({ "bot_message": "a text" , "message": "" }),
            Value::Null,
        ),
        (
            json!({ "bot_message": { "source": "Build bot", "content": { "head": 1 } } }),
            json!({ "bot": { "source": "Build bot", "content": { "head": 1 } } }),
        ),
    ] {
        assert_eq!(view(message.clone()), expected, "{message}");
    }
}
