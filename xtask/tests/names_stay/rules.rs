//! Names follow from rules that anybody can check in the document alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, test_runner::Config};
use serde_json::{Value, json};

use crate::{
    api::{Item, document, items},
    view::{references, schemas, seen},
};

/// The components of an operation's body and answers, by what they should be called.
fn wholes(operation: &Value) -> Vec<(String, String)> {
    let id = operation["operationId"].as_str().unwrap();
    let (first, rest) = id.split_at(1);
    let pascal = format!("{}{rest}", first.to_uppercase());
    let mut wholes = Vec::new();
    let mut add = |expected: String, content: &Value| {
        let schema = &content["content"]["application/json"]["schema"];
        let (schema, suffix) = match schema.get("items") {
            Some(items) => (items, "Item"),
            None => (schema, ""),
        };
        let alternatives = schema["oneOf"].as_array().is_some();
        if let (Some(target), false) = (schema["$ref"].as_str(), alternatives) {
            let name = target.rsplit('/').next().unwrap();
            wholes.push((format!("{expected}{suffix}"), name.to_owned()));
        }
    };
    add(format!("{pascal}Request"), &operation["requestBody"]);
    let answers = operation["responses"].as_object().unwrap();
    let has_body = |status: &&String| answers[*status].get("content").is_some();
    let usual = answers
        .keys()
        .filter(has_body)
        .find(|status| status.starts_with('2'));
    for (status, answer) in answers {
        let status = if Some(status) == usual {
            ""
        } else {
            status.as_str()
        };
        add(format!("{pascal}Response{status}"), answer);
    }
    wholes
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(64) })]

    #[test]
    fn bodies_and_answers_are_named_after_their_operation_and_never_shared(items in items()) {
        let document = document(&items, None);
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for operation in seen(&document).into_values() {
            for (expected, name) in wholes(&operation.operation) {
                let id = operation.id().to_owned();
                // Two answers of one operation that are the same may share.
                let is_alike = name.starts_with(expected.trim_end_matches("Item").trim_end_matches(char::is_numeric));
                prop_assert!(name == expected || is_alike, "{} instead of {}", name, expected);
                let other = owners.insert(name, id.clone());
                prop_assert!(other.is_none_or(|other| other == id));
            }
        }
    }

    #[test]
    fn what_is_shared_is_called_what_it_is_and_what_is_not_is_called_after_its_operation(items in items()) {
        let document = document(&items, None);
        let shared: BTreeSet<String> = schemas(&document)
            .into_iter()
            .filter(|(_, schema)| schema.get("x-shape").is_some())
            .map(|(name, _)| name)
            .collect();
        let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for operation in seen(&document).into_values() {
            for (name, component) in &operation.components {
                users.entry(name.clone()).or_default().insert(operation.id().to_lowercase());
                let mut inside = Vec::new();
                references(component, "", &mut inside);
                for (_, inner) in inside {
                    prop_assert!(!shared.contains(name) || shared.contains(&inner), "{} in {}", inner, name);
                }
            }
        }
        for (name, users) in users {
            if shared.contains(&name) {
                prop_assert!(users.len() > 1, "{} is of {:?} alone", name, users);
            } else {
                prop_assert_eq!(users.len(), 1, "{} is of {:?}", name, users);
                // The key may say one of what the operation says many.
                prop_assert!(users.iter().all(|user| name.to_lowercase().starts_with(user.trim_end_matches('s'))), "{} of {:?}", name, users);
            }
        }
    }

    #[test]
    fn an_operation_alone_has_the_names_that_it_has_beside_others(items in items()) {
        let all = seen(&document(&items, None));
        let ids: Vec<String> = all.values().map(|seen| seen.id().to_lowercase()).collect();
        // Where one id begins with another, what belongs to one could be called like what belongs to the other.
        let begins = |id: &String| ids.iter().any(|other| other != id && id.starts_with(other));
        prop_assume!(!ids.iter().any(begins));
        for (operation, beside) in all {
            let own: Vec<Item> = items.iter().filter(|item| item.operation() == operation).cloned().collect();
            let alone = seen(&document(&own, None)).remove(&operation).unwrap();
            // What others share with it or are called like it needs other names; its own do not.
            if alone.id() == beside.id() {
                let own = |names: Vec<(String, String)>| -> Vec<(String, String)> {
                    names.into_iter().filter(|(_, name)| name.to_lowercase().starts_with(&beside.id().to_lowercase())).collect()
                };
                let alone: BTreeSet<_> = own(alone.names().1).into_iter().map(|(_, name)| name).collect();
                for (at, name) in own(beside.names().1) {
                    prop_assert!(alone.contains(&name), "{} at {}: {:?}", name, at, alone);
                }
            }
        }
    }
}

fn item(title: &str, path: &str, body: &Value, answers: &[(u16, Value)]) -> Item {
    Item {
        file: "a.json",
        folder: "",
        title: Box::leak(title.to_owned().into_boxed_str()),
        method: "POST",
        host: "https://api.example.com",
        path: path.split('/').map(str::to_owned).collect(),
        query: Vec::new(),
        key: "X-Key",
        body: Some(body.clone()),
        answers: answers.to_vec(),
    }
}

fn names(document: &Value) -> Vec<String> {
    schemas(document).keys().cloned().collect()
}

#[test]
fn properties_called_request_and_response_take_no_names_of_bodies() {
    let body = json!({ "request": { "a": 1 }, "response": { "b": 1 } });
    let sent = document(&[item("Send", "a", &body, &[(200, body.clone())])], None);
    assert_eq!(
        names(&sent),
        [
            "SendRequest",
            "SendRequestObject",
            "SendResponse",
            "SendResponseObject"
        ]
    );
}

#[test]
fn a_second_status_renames_no_answer() {
    let body = json!({ "a": 1 });
    let first = item("Send", "a", &body, &[(201, json!({ "b": 1 }))]);
    let before = document(std::slice::from_ref(&first), None);
    assert_eq!(names(&before), ["SendRequest", "SendResponse"]);
    let both = Item {
        answers: vec![
            (200, json!({ "c": 1 })),
            (201, json!({ "b": 1 })),
            (404, json!({ "d": 1 })),
        ],
        ..first
    };
    let property = |document: &Value, name: &str| {
        let properties = document["components"]["schemas"][name]["properties"]
            .as_object()
            .unwrap()
            .clone();
        properties.keys().next().unwrap().clone()
    };
    let after = document(std::slice::from_ref(&both), Some(&before));
    assert_eq!(
        names(&after),
        [
            "SendRequest",
            "SendResponse",
            "SendResponse200",
            "SendResponse404"
        ]
    );
    assert_eq!(property(&after, "SendResponse"), "b");
    let anew = document(&[both], None);
    assert_eq!(
        names(&anew),
        [
            "SendRequest",
            "SendResponse",
            "SendResponse201",
            "SendResponse404"
        ]
    );
    assert_eq!(property(&anew, "SendResponse"), "c");
}

#[test]
fn operations_of_one_title_are_told_apart_by_their_paths_and_not_by_their_order() {
    let ids = |paths: &[&str]| -> Vec<String> {
        let items: Vec<Item> = paths
            .iter()
            .map(|path| item("Get a channel", path, &json!({}), &[]))
            .collect();
        let document = document(&items, None);
        seen(&document)
            .into_values()
            .map(|seen| seen.id().to_owned())
            .collect()
    };
    for (paths, expected) in [
        (&["channels/:id"][..], &["getChannel"][..]),
        (
            &["users/:userId/channels/:id", "channels/:id"],
            &["getChannel", "getChannelForUser"],
        ),
        (
            &["channels/:id", "zoo/channels/:id"],
            &["getChannel", "getChannelForZoo"],
        ),
        (
            &["rooms/:roomId/channels", "users/:userId/channels"],
            &["getChannelForRoom", "getChannelForUser"],
        ),
    ] {
        assert_eq!(ids(paths), expected, "{paths:?}");
    }
}
