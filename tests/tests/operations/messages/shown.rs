//! A view as JSON, and what the members of Zoom's messages are in it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};
use zoom_chat_sdk::view::{MessageView, PersonView, PlaceView};

pub fn shown(view: &MessageView<'_>) -> Value {
    let reply_to = view
        .reply_to
        .map(|it| json!({ "id": it.id, "sent": it.sent.map(millis) }));
    let place = view.place.map(|place| match place {
        PlaceView::Channel { id, name, .. } => json!({ "channel": { "id": id, "name": name } }),
        PlaceView::Contact(contact) => json!({ "contact": person(contact) }),
        PlaceView::Receiver(receiver) => json!({ "receiver": receiver }),
        other => panic!("{other:?}"),
    });
    let mentions = view.mentions.iter().map(|it| {
        let mut shown = person(it.person);
        shown["is_everyone"] = json!(it.is_everyone.then_some(true));
        shown["start"] = json!(it.start);
        shown["end"] = json!(it.end);
        shown
    });
    let files = view.files.iter().map(
        |it| json!({ "id": it.id, "name": it.name, "size": it.size, "download_url": it.download_url }),
    );
    let reactions = view.reactions.iter().map(|it| {
        json!({
            "emoji": it.emoji, "name": it.name, "count": it.count, "by_me": it.by_me,
            "user_ids": it.user_ids, "member_ids": it.member_ids,
        })
    });
    let bot = view.bot.map(|it| {
        json!({
            "source": it.source, "content": it.content, "is_markdown_support": it.is_markdown,
            "external_sender_email": it.external_sender_email,
        })
    });
    json!({
        "id": view.id, "sender": person(view.sender), "place": place, "sent": view.sent.map(millis),
        "state": view.state.map(|state| format!("{state:?}")),
        "text": view.text, "reply_to": reply_to, "is_reply": view.reply_to.map(|_| true), "mentions": mentions.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(), "reactions": reactions.collect::<Vec<_>>(),
        "rich_text": view.rich_text, "cards": view.cards, "bot": bot, "message_type": view.message_type,
    })
}

fn person(it: PersonView<'_>) -> Value {
    json!({
        "user_id": it.user_id, "member_id": it.member_id, "email": it.email, "name": it.name,
        "is_external": it.is_external, "is_me": it.is_me,
    })
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// Members under the names that they have in the view.
type Renamed = Vec<(String, Value)>;

/// The value of a member as the view shows it.
pub fn member(name: &str, value: &Value) -> Value {
    let each = |rename: &dyn Fn(&str, &Value) -> Renamed| {
        let item = |item: &Value| -> Value {
            let members = item.as_object().unwrap().iter();
            let renamed = members.flat_map(|(name, value)| rename(name, value));
            Value::Object(renamed.collect())
        };
        value
            .as_array()
            .unwrap()
            .iter()
            .map(item)
            .collect::<Value>()
    };
    let one = |name: &str, value: &Value| vec![(name.to_owned(), value.clone())];
    match name {
        "at_items" => each(&|name, value| match name {
            "at_contact" if value.as_str().unwrap().contains('@') => one("email", value),
            "at_contact" => one("user_id", value),
            "at_contact_member_id" => one("member_id", value),
            "at_type" => one("is_everyone", &json!((value == 2).then_some(true))),
            "start_position" => one("start", value),
            "end_position" => one("end", value),
            _ => panic!("a mention has {name}"),
        }),
        "files" => each(&|name, value| one(name.trim_start_matches("file_"), value)),
        "reactions" | "custom_emoji_reactions" => each(&|name, value| match name {
            "emoji" | "emoji_id" | "custom_emoji_file_id" => one("emoji", value),
            "custom_emoji_name" => one("name", value),
            "total_count" | "count" => one("count", value),
            "is_sender" => one("by_me", value),
            "user_ids" | "member_ids" => one(name, value),
            "senders" => {
                let ids = |name: &str| {
                    let senders = value.as_array().unwrap().iter();
                    senders.map(|it| it[name].clone()).collect::<Value>()
                };
                let user_ids = ("user_ids".to_owned(), ids("user_id"));
                vec![user_ids, ("member_ids".to_owned(), ids("member_id"))]
            }
            _ => panic!("a reaction has {name}"),
        }),
        "status" if value == "Normal" => json!("Sent"),
        _ => value.clone(),
    }
}

/// Puts a value at its place; to a list that is there already it adds, an item that is there already it fills.
pub fn put(view: &mut Value, place: &str, value: Value) {
    let mut at = view;
    for name in place.split('/').skip(1) {
        if let Ok(index) = name.parse::<usize>() {
            if at.is_null() {
                *at = json!([{}]);
            }
            at = &mut at[index];
        } else {
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            at = &mut at[name];
        }
    }
    match (at, value) {
        (Value::Array(list), Value::Array(more)) => list.extend(more),
        (at, value) => *at = value,
    }
}

/// Without what says nothing: null, and empty texts, lists and objects.
pub fn pruned(value: Value) -> Value {
    match value {
        Value::String(text) if text.is_empty() => Value::Null,
        Value::Array(list) if list.is_empty() => Value::Null,
        Value::Array(list) => list.into_iter().map(pruned).collect(),
        Value::Object(members) => {
            let members = members
                .into_iter()
                .map(|(name, value)| (name, pruned(value)));
            let members: Map<_, _> = members.filter(|(_, value)| !value.is_null()).collect();
            if members.is_empty() {
                Value::Null
            } else {
                Value::Object(members)
            }
        }
        value => value,
    }
}
