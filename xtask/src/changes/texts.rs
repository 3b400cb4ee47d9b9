//! Differences that only readers notice: titles, descriptions and tags. Examples are whatever was saved last, and say nothing.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Change, operations};

/// The members that hold texts for readers.
const TEXTS: [&str; 3] = ["title", "summary", "description"];

/// The differences in texts from `old` to `new`, one for each operation, webhook or component, in their order. None of them
/// breaks callers.
#[must_use]
pub fn texts<'v>(old: &'v Value, new: &'v Value) -> Vec<Change> {
    let mut found = Vec::new();
    let mut tell = |operation: String, place: &str, what: String| {
        found.push(Change {
            operation,
            place: place.to_owned(),
            what,
            breaking: false,
        });
    };
    for key in ["title", "version", "description"] {
        let text = |document: &'v Value| document.get("info")?.get(key)?.as_str();
        let [from, to] = [old, new].map(|document| text(document).unwrap_or_default());
        match key {
            _ if from == to => {}
            "description" => tell(String::new(), "info", "description changed".to_owned()),
            _ => tell(
                String::new(),
                "info",
                format!("{key} changed from {from} to {to}"),
            ),
        }
    }
    let (before, after) = (operations(old), operations(new));
    for (key, after) in &after {
        let Some(before) = before.get(key) else {
            continue;
        };
        let [from, to] = [before, after].map(|it| tags(it.value));
        if from != to {
            let what = format!("tags changed from {from} to {to}");
            tell(after.title(), "", what);
        }
        if let Some(what) = counted(before.value, after.value) {
            tell(after.title(), "", what);
        }
    }
    for (section, name) in [("x-webhooks", "webhook"), ("webhooks", "webhook")] {
        for (key, what) in each(old.get(section), new.get(section)) {
            tell(format!("{name} {key}"), "", what);
        }
    }
    for (key, what) in each(
        old.pointer("/components/schemas"),
        new.pointer("/components/schemas"),
    ) {
        tell(String::new(), &format!("schema {key}"), what);
    }
    found
}

fn tags(operation: &Value) -> String {
    let tags = operation.get("tags").and_then(Value::as_array);
    let tags: Vec<&str> = tags
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    super::listed(&tags)
}

/// What changes in the texts of each entry that both have.
fn each(old: Option<&Value>, new: Option<&Value>) -> Vec<(String, String)> {
    let entries = new.and_then(Value::as_object).into_iter().flatten();
    let told = |(key, after): (&String, &Value)| {
        let before = old?.get(key)?;
        Some((key.clone(), counted(before, after)?))
    };
    entries.filter_map(told).collect()
}

fn counted(old: &Value, new: &Value) -> Option<String> {
    match differing(old, new) {
        0 => None,
        1 => Some("1 text changed".to_owned()),
        texts => Some(format!("{texts} texts changed")),
    }
}

/// How many texts differ. What only one of the two has is told as a change of the API, but for texts.
fn differing(old: &Value, new: &Value) -> usize {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => differing_members(old, new),
        (Value::Array(old), Value::Array(new)) => {
            let entries = new.iter().filter(|after| after.is_object());
            let pairs = entries.filter_map(|after| {
                let before = old.iter().find(|before| is_same(before, after))?;
                Some(differing(before, after))
            });
            pairs.sum()
        }
        _ => 0,
    }
}

fn differing_members(old: &Map<String, Value>, new: &Map<String, Value>) -> usize {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let keys = keys.into_iter().filter(|key| !key.starts_with("x-"));
    let in_member = |key: &String| {
        let (before, after) = (old.get(key), new.get(key));
        let are_texts = [before, after].into_iter().flatten().all(Value::is_string);
        match (before, after) {
            _ if are_texts && TEXTS.contains(&key.as_str()) => usize::from(before != after),
            (Some(before), Some(after)) if !is_example(key, before) => differing(before, after),
            _ => 0,
        }
    };
    keys.map(in_member).sum()
}

/// Whether a member holds examples, and not a field that is called so.
fn is_example(key: &str, value: &Value) -> bool {
    let of_schema = ["type", "$ref", "allOf", "oneOf", "anyOf"];
    let is_field = of_schema.iter().any(|word| value.get(word).is_some());
    ["example", "examples"].contains(&key) && !is_field
}

/// Whether two entries of a list are one: parameters go by name and place, everything else by what it is.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.get("name"), other.get("name")) {
        (Some(name), Some(other_name)) => name == other_name && one.get("in") == other.get("in"),
        _ => one == other,
    }
}
