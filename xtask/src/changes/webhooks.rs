//! Webhooks: what the API sends. Who receives one reads it as a caller reads an answer, so it is compared as one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Change, Changes, difference, operation::Operation};
use crate::document::webhooks;

/// How an answer is called that has the status of the one that stands for a webhook.
const ANSWER: &str = "response 200";

/// Webhooks that were added or removed, and what changed in the others.
pub(super) fn compare(old: &Value, new: &Value, changes: &mut Changes) {
    let (before, after) = (answers(old), answers(new));
    for (name, webhook) in &before {
        changes.operation = format!("webhook {name}");
        let Some(other) = after.get(name) else {
            changes.push("", "removed", true);
            continue;
        };
        let mut inner = Changes::default();
        let (before, after) = (answer(old, name, webhook), answer(new, name, other));
        difference::compare(&before, &after, &mut inner);
        let found = inner.found.into_iter().map(|change| Change {
            operation: changes.operation.clone(),
            place: change.place.replacen(ANSWER, "", 1).trim_start().to_owned(),
            ..change
        });
        changes.found.extend(found);
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        changes.operation = format!("webhook {name}");
        changes.push("", "added", false);
    }
    changes.operation.clear();
}

/// What each webhook carries, as an operation that answers with it.
fn answers(document: &Value) -> BTreeMap<&str, Value> {
    let body = |item: &Value| {
        let mut methods = item.as_object()?.values();
        methods
            .find_map(|method| method.pointer("/requestBody/content"))
            .cloned()
    };
    webhooks(document)
        .map(|(name, item)| {
            let answer = json!({ "responses": { "200": { "content": body(item) } } });
            (name.as_str(), answer)
        })
        .collect()
}

fn answer<'v>(document: &'v Value, name: &'v str, value: &'v Value) -> Operation<'v> {
    Operation {
        document,
        path: name,
        item: &Value::Null,
        method: "post",
        value,
    }
}
