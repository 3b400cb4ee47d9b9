//! Adding, moving or reordering an item changes only its own part of the document.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;

use proptest::{prelude::*, sample::SizeRange};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use xtask::{
    codegen::{Input, generate},
    stored::Stored,
};

/// A document made of one collection with these items; `stored` is the one that it replaces.
fn document(items: &[Value], stored: Option<&Value>) -> Value {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("all.json");
    let collection = json!({ "info": { "name": "Things" }, "item": items });
    fs::write(&path, collection.to_string()).unwrap();
    let input = Input {
        postman: vec![path],
        stored: stored.map(|document| Stored::read(&document.to_string())),
        ..Input::default()
    };
    generate(&input).unwrap().document.tree().into_owned()
}

fn item(name: &str, path: &str, answer: &Value) -> Value {
    json!({
        "name": name,
        "request": {
            "method": "POST",
            "auth": { "type": "noauth" },
            "url": format!("https://api.example.com/{path}"),
            "body": { "mode": "raw", "raw": answer.to_string(), "options": { "raw": { "language": "json" } } },
        },
        "response": [{ "name": "Done.", "code": 200, "body": answer.to_string() }],
    })
}

fn items() -> Vec<Value> {
    let file = json!({ "file_id": "a", "file_size": 3 });
    vec![
        item(
            "Make a thing",
            "things",
            &json!({ "id": 1, "files": [file] }),
        ),
        item(
            "Make a part",
            "parts",
            &json!({ "id": 1, "files": [{ "file_id": "b" }], "thing": { "id": 1 } }),
        ),
        item(
            "Find a thing",
            "find/things",
            &json!({ "found": [{ "id": 1, "files": [file] }] }),
        ),
        item("Change a thing", "things/:id", &json!({ "id": 1 })),
        item("Change a thing", "things/:id/change", &json!({ "id": "x" })),
    ]
}

/// The parts of `document` for the paths of `old`, with all the components that they lead to.
fn parts_of(old: &Value, document: &Value) -> (Map<String, Value>, Map<String, Value>) {
    let of = |pointer: &str| {
        let kept = old.pointer(pointer).and_then(Value::as_object).unwrap();
        let now = document
            .pointer(pointer)
            .and_then(Value::as_object)
            .unwrap();
        kept.keys()
            .map(|key| (key.clone(), now.get(key).cloned().unwrap_or_default()))
            .collect()
    };
    (of("/paths"), of("/components/schemas"))
}

#[test]
fn an_item_that_is_added_renames_nothing() {
    let old = document(&items(), None);
    // Before the others in the order of paths, and with shapes and names that collide with theirs.
    let shared = json!({ "id": 1, "files": [{ "file_id": "a", "file_size": 3 }] });
    for added in [
        item("Add a thing", "a", &shared),
        item("Make a thing", "a/things", &shared),
        item(
            "Make a thing",
            "zz/things",
            &json!({ "id": "text", "files": [{ "other": true }] }),
        ),
    ] {
        for at in [0, 3, 5] {
            let mut more = items();
            more.insert(at, added.clone());
            let new = document(&more, Some(&old));
            assert_eq!(
                parts_of(&old, &new),
                parts_of(&old, &old),
                "{} at {at}",
                added["request"]["url"]
            );
        }
    }
}

#[test]
fn an_item_that_moves_to_another_file_changes_only_where_it_comes_from() {
    let all = items();
    let folder = TempDir::new().unwrap();
    let collection =
        |items: &[Value]| json!({ "info": { "name": "Things" }, "item": items }).to_string();
    fs::write(folder.path().join("a.json"), collection(&all)).unwrap();
    let input = || Input {
        postman: vec![folder.path().to_owned()],
        ..Input::default()
    };
    let old = generate(&input()).unwrap().document.tree().into_owned();
    fs::write(folder.path().join("a.json"), collection(&all[1..])).unwrap();
    fs::write(folder.path().join("b.json"), all[0].to_string()).unwrap();
    let mut new = generate(&Input {
        stored: Some(Stored::read(&old.to_string())),
        ..input()
    })
    .unwrap()
    .document
    .tree()
    .into_owned();
    let moved = &mut new["paths"]["/things"]["post"]["x-postman-source"][0]["file"];
    assert_eq!(*moved, "b.json");
    *moved = "a.json".into();
    assert_eq!(new, old);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_items_changes_nothing(shuffled in Just(items()).prop_shuffle()) {
        prop_assert_eq!(document(&shuffled, None), document(&items(), None));
    }

    #[test]
    fn what_is_taken_away_and_comes_back_has_its_name(kept in prop::sample::subsequence(items(), SizeRange::from(1..=5))) {
        let all = document(&items(), None);
        let fewer = document(&kept, Some(&all));
        prop_assert_eq!(parts_of(&fewer, &all).0, parts_of(&fewer, &fewer).0);
    }
}

#[test]
fn alternatives_and_two_forms_of_one_body_keep_their_names() {
    let item = |path: &str, body: Value| {
        let url = format!("https://x.io/{path}");
        json!({ "name": "Make", "request": { "method": "POST", "url": url, "body": body } })
    };
    let raw = |text: &str| json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": "json" } } });
    let form = json!({ "mode": "urlencoded", "urlencoded": [{ "key": "k", "value": "v" }] });
    let items = [
        item("b", raw("0")),
        item("b", raw("{\"a\": 1}")),
        item("b", form),
    ];
    let first = document(&items, None);
    let names = |document: &Value| {
        let content = &document["paths"]["/b"]["post"]["requestBody"]["content"];
        let json = &content["application/json"]["schema"]["oneOf"][1]["$ref"];
        let form = &content["application/x-www-form-urlencoded"]["schema"]["$ref"];
        assert!(json.is_string() && form.is_string(), "{content:#}");
        (json.clone(), form.clone())
    };
    assert_eq!(document(&items, Some(&first)), first);
    // Another operation would take the names if they were free.
    let mut more = items.to_vec();
    more.push(item("a", raw("{\"other\": true}")));
    assert_eq!(names(&document(&more, Some(&first))), names(&first));
}
