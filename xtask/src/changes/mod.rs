//! What changed between two OpenAPI documents, in the terms of the API.
//!
//! Callers are the measure, those of the generated client among them: a change is breaking if a program that was right
//! before can be wrong after, or no longer compile. Both documents are read as they would be called (references
//! followed), so that moving a schema is no change of the operations that use it.

mod operation;
mod schema;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use operation::Operation;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `POST /chat/users/{userId}/messages`; empty for what belongs to no operation.
    pub operation: String,
    /// Where in the operation: `query parameter page_size`, `response 200 field messages[].id`; empty for the whole.
    pub place: String,
    /// What happened there, in plain words.
    pub what: String,
    /// Whether callers can break.
    pub breaking: bool,
}

impl std::fmt::Display for Change {
    /// One line: `breaking: POST /x: body field to: became required`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.breaking {
            f.write_str("breaking: ")?;
        }
        for part in [&self.operation, &self.place] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        f.write_str(&self.what)
    }
}

/// The differences from `old` to `new`: the document's own first, then operations by path and method, then components.
#[must_use]
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    if old == new {
        return Vec::new();
    }
    let servers = (urls(old.get("servers")), urls(new.get("servers")));
    if servers.0 != servers.1 {
        changes.push(
            "",
            &format!(
                "servers changed from {} to {}",
                listed(&servers.0),
                listed(&servers.1)
            ),
            false,
        );
    }
    let (before, after) = (operations(old), operations(new));
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(before), Some(after)) => operation::compare(before, after, &mut changes),
            (Some(before), None) => {
                changes.operation = before.title();
                changes.push("", "operation removed", true);
            }
            (None, Some(after)) => {
                changes.operation = after.title();
                changes.push("", "operation added", false);
            }
            (None, None) => {}
        }
    }
    changes.operation.clear();
    components(old, new, &mut changes);
    changes.found
}

/// The differences found so far, and the operation they belong to.
#[derive(Default)]
struct Changes {
    operation: String,
    found: Vec<Change>,
}

impl Changes {
    fn push(&mut self, place: &str, what: &str, breaking: bool) {
        let change = Change {
            operation: self.operation.clone(),
            place: place.to_owned(),
            what: what.to_owned(),
            breaking,
        };
        self.found.push(change);
    }
}

/// Operations by path without the names of its parameters, and method.
fn operations(document: &Value) -> BTreeMap<(String, &str), Operation<'_>> {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let mut operations = BTreeMap::new();
    for (path, item) in document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        for method in METHODS {
            if let Some(value) = item.get(method).filter(|value| value.is_object()) {
                let operation = Operation {
                    document,
                    path,
                    item,
                    method,
                    value,
                };
                operations.insert((operation.skeleton(), method), operation);
            }
        }
    }
    operations
}

/// Schemas that appeared, vanished or go by another name: the generated types do the same.
fn components(old: &Value, new: &Value, changes: &mut Changes) {
    let (before, after) = (schemas(old), schemas(new));
    let is_new = |name: &String| before.is_none_or(|before| !before.contains_key(name));
    let mut added: Vec<(&String, &Value)> = after
        .into_iter()
        .flatten()
        .filter(|(name, _)| is_new(name))
        .collect();
    for (name, schema) in before.into_iter().flatten() {
        if after.is_some_and(|after| after.contains_key(name)) {
            continue;
        }
        let place = format!("schema {name}");
        match added
            .iter()
            .position(|(_, other)| schema::are_equal((old, schema), (new, other)))
        {
            Some(index) => {
                let (renamed, _) = added.remove(index);
                changes.push(&place, &format!("renamed to {renamed}"), true);
            }
            None => changes.push(&place, "removed", true),
        }
    }
    for (name, _) in added {
        changes.push(&format!("schema {name}"), "added", false);
    }
}

fn schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}

fn urls(servers: Option<&Value>) -> Vec<&str> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .filter_map(|server| server.get("url")?.as_str())
        .collect()
}

fn listed(items: &[&str]) -> String {
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}
