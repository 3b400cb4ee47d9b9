//! Names that are empty, equal, or of any script.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::made::{collection, document, operation};

fn item(name: &str, path: &str) -> Value {
    json!({ "name": name, "request": { "method": "POST", "url": format!("https://x.io/{path}") }, "response": [{ "code": 200, "body": "{\"a\": 1}" }] })
}

#[test]
fn operations_have_ids_that_differ_in_more_than_case() {
    let names = [
        "List things",
        "list things",
        "List-Things!",
        "List things",
        "",
        "😀",
        "列出消息",
        "The",
        "1st thing",
        "new",
        "Ünïcode näme",
    ];
    let items: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(index, name)| item(name, &format!("p{index}")))
        .collect();
    let document = document(&collection(&json!(items)));
    let mut ids = BTreeSet::new();
    for methods in document["paths"].as_object().unwrap().values() {
        let id = methods["post"]["operationId"]
            .as_str()
            .unwrap()
            .to_lowercase();
        assert!(id.chars().next().unwrap().is_alphabetic(), "{id}");
        assert!(id.chars().all(char::is_alphanumeric), "{id}");
        assert!(ids.insert(id.clone()), "{id} twice");
    }
    assert_eq!(ids.len(), names.len());
}

#[test]
fn articles_say_nothing_and_a_nameless_request_is_called_by_its_path() {
    for (name, path, id) in [
        ("Send a chat message", "m", "sendChatMessage"),
        ("Get the user's file", "m", "getUsersFile"),
        ("", "users/:userId/files", "postUsersByUserIdFiles"),
        ("😀", "m", "postM"),
    ] {
        assert_eq!(
            operation(&document(&item(name, path)))["operationId"],
            id,
            "{name}"
        );
    }
}

#[test]
fn components_are_named_after_the_operation_and_the_key() {
    let body = json!({ "mode": "raw", "raw": "{\"at_items\": [{\"kind\": 1}], \"style\": {\"bold\": true}}" });
    let item = json!({ "name": "Send a message", "request": { "method": "POST", "url": "https://x.io/m", "body": body } });
    let document = document(&item);
    let names: Vec<&String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(
        names,
        [
            "SendMessageAtItem",
            "SendMessageRequest",
            "SendMessageStyle"
        ]
    );
}

#[test]
fn folders_are_tags_and_folders_of_one_name_are_told_apart() {
    let folder = |name: &str, items: Value| json!({ "name": name, "item": items });
    let document = document(&collection(&json!([
        folder("Users", json!([folder("Files", json!([item("A", "a")]))])),
        folder(
            "Rooms",
            json!([folder("Files", json!([item("B", "b")])), item("C", "c")])
        ),
        folder("", json!([item("D", "d")])),
    ])));
    let tags = |path: &str| document["paths"][path]["post"]["tags"].clone();
    assert_eq!(tags("/a"), json!(["Users / Files"]));
    assert_eq!(tags("/b"), json!(["Rooms / Files"]));
    assert_eq!(tags("/c"), json!(["Rooms"]));
    assert_eq!(tags("/d"), json!(null));
    let declared: Vec<&Value> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| &tag["name"])
        .collect();
    assert_eq!(declared, ["Rooms", "Rooms / Files", "Users / Files"]);
}

#[test]
fn names_are_of_ascii_letters_and_a_nameless_request_has_a_summary() {
    let body = json!({ "mode": "raw", "raw": "{\"größe\": {\"a\": 1}, \"名前\": {\"b\": 2}}" });
    let item = json!({ "name": "", "request": { "method": "POST", "url": "https://x.io/é", "body": body } });
    let document = document(&item);
    assert_eq!(operation(&document)["summary"], "POST /é");
    let names: Vec<&String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(names, ["PostEGrosse", "PostEMingQian", "PostERequest"]);
    let properties = &document["components"]["schemas"]["PostERequest"]["properties"];
    assert!(properties["größe"].is_object(), "{properties}");
}
