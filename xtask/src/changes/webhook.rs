//! Differences between the webhooks of two documents.
//!
//! The generated client has a struct for each, whose members are all optional and read leniently. So a change is
//! breaking if a struct or a member vanishes, or a member has another type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Changes, access,
    difference::{compare_contents, compare_facts},
    operation::Operation,
    schema::Direction,
};
use crate::document::WEBHOOKS;

pub(super) fn compare(old: &Value, new: &Value, changes: &mut Changes) {
    let (before, after) = (webhooks(old), webhooks(new));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        changes.operation = format!("webhook {name}");
        match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) => between(before, after, changes),
            (Some(_), None) => changes.push("", "webhook removed", true),
            (None, Some(_)) => changes.push("", "webhook added", false),
            (None, None) => {}
        }
    }
}

fn between(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    compare_facts(before, after, changes);
    match (before.body(), after.body()) {
        (Some(from), Some(to)) => {
            let both = (from, to);
            compare_contents(before, after, "body", both, Direction::Announced, changes);
        }
        (Some(_), None) => changes.push("body", "removed", true),
        (None, Some(_)) => changes.push("body", "added", false),
        (None, None) => {}
    }
    access::compare(before, after, changes);
}

/// The webhooks by name, as OpenAPI 3.1 or 3.0 has them. Each has one operation.
fn webhooks(document: &Value) -> BTreeMap<&str, Operation<'_>> {
    let webhooks = ["webhooks", WEBHOOKS].map(|key| document.get(key).and_then(Value::as_object));
    let items = webhooks.into_iter().flatten().flatten();
    items
        .filter_map(|(name, item)| {
            let (method, value) = item.as_object()?.iter().find(|(_, it)| it.is_object())?;
            let operation = Operation {
                document,
                path: name,
                item,
                method,
                value,
            };
            Some((name.as_str(), operation))
        })
        .collect()
}
