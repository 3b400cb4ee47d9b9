//! What the document says of an operation.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::Value;
use zoom_chat_sdk::Operation;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../openapi/zoom-chat.json");
    serde_json::from_str(text).unwrap()
});

/// The operation in the document.
pub fn of(operation: &Operation) -> &'static Value {
    let item = DOCUMENT["paths"].get(operation.path).unwrap();
    &item[operation.method.as_str().to_lowercase()]
}

/// The bodies of successes that the document shows; null for one without a body.
pub fn answers(operation: &Operation) -> Vec<(u16, Value)> {
    let mut answers = Vec::new();
    for (status, answer) in members(&of(operation)["responses"]) {
        let Some(status) = status.parse().ok().filter(|it| (200..300).contains(it)) else {
            continue;
        };
        let content = &answer["content"]["application/json"];
        let one = content.get("example").cloned();
        let several = members(&content["examples"]).map(|(_, it)| it["value"].clone());
        let before = answers.len();
        answers.extend(one.into_iter().chain(several).map(|it| (status, it)));
        if answers.len() == before {
            answers.push((status, Value::Null));
        }
    }
    // A body says more than none.
    answers.sort_by_key(|(_, answer)| answer.is_null());
    answers
}

/// The names of what must be sent: parameters outside of the path, and members of the body.
pub fn required(operation: &Operation) -> Vec<String> {
    let operation = of(operation);
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let mut names: Vec<_> = parameters
        .filter(|it| it["required"] == true && it["in"] != "path")
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    let content = members(&operation["requestBody"]["content"]).next();
    if let Some((_, content)) = content {
        let schema = resolved(&content["schema"]);
        let required = schema["required"].as_array().into_iter().flatten();
        names.extend(required.map(|name| name.as_str().unwrap().to_owned()));
    }
    names.sort();
    names.dedup();
    names
}

/// Whether a parameter or a member of the body has the name.
pub fn takes(operation: &Operation, name: &str) -> bool {
    let operation = of(operation);
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    let mut contents = members(&operation["requestBody"]["content"]);
    parameters.any(|it| it["name"] == name)
        || contents.any(|(_, content)| {
            resolved(&content["schema"])["properties"]
                .get(name)
                .is_some()
        })
}

/// The name of what a page lists: what the document says, or the only list of objects.
pub fn listed(operation: &Operation) -> String {
    let responses = &of(operation)["responses"];
    let (_, success) = members(responses)
        .find(|(status, _)| status.starts_with('2'))
        .unwrap();
    let schema = resolved(&success["content"]["application/json"]["schema"]);
    if let Some(name) = schema["x-zoom-page"]["items"].as_str() {
        return name.to_owned();
    }
    let lists: Vec<_> = members(&schema["properties"])
        .filter(|(_, property)| property["type"] == "array")
        .filter(|(_, property)| resolved(&property["items"])["type"] == "object")
        .map(|(name, _)| name.clone())
        .collect();
    assert_eq!(lists.len(), 1, "{}: {lists:?}", operation.id);
    lists[0].clone()
}

/// The names of the members of a component.
pub fn properties(schema: &str) -> Vec<String> {
    let schema = &DOCUMENT["components"]["schemas"][schema];
    members(&schema["properties"])
        .map(|(name, _)| name.clone())
        .collect()
}

/// The components that the answers of operations are made of.
pub fn answered() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, item) in members(&DOCUMENT["paths"]) {
        for (_, operation) in members(item) {
            collect(&operation["responses"], &mut found);
        }
    }
    found
}

fn collect(value: &'static Value, found: &mut BTreeSet<String>) {
    if let Some(schema) = value["$ref"].as_str() {
        let name = schema.rsplit('/').next().unwrap();
        if found.insert(name.to_owned()) {
            collect(resolved(value), found);
        }
    }
    let items = value.as_array().into_iter().flatten();
    for inner in items.chain(members(value).map(|(_, inner)| inner)) {
        collect(inner, found);
    }
}

/// Whether two values say the same: 48 and 48.0 are one number.
pub fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        _ => one == other,
    }
}

/// What a schema refers to.
pub fn resolved(mut schema: &'static Value) -> &'static Value {
    while let Some(reference) = schema["$ref"].as_str() {
        schema = DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap();
    }
    schema
}

/// The members of an object; none of anything else.
pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
