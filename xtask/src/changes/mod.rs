//! The differences between two OpenAPI documents, in terms of the API.
//!
//! Callers are the measure, those of the generated client among them: a change is breaking if a program that was right
//! before can be wrong after, or no longer compile: a type that goes by another name breaks as much as one that is gone.
//! Both documents are read as they would be called (references
//! followed), so that moving a schema is no change of the operations that use it.

mod access;
mod difference;
mod likeness;
mod operation;
mod schema;
#[cfg(test)]
mod tests;
mod texts;
mod types;
mod view;
mod webhook;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use operation::Operation;
pub use texts::texts;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// `POST /chat/users/{userId}/messages`, or `webhook chat_message.sent`; empty for what belongs to neither.
    pub operation: String,
    /// Where in the operation: `query parameter page_size`, `response 200 field messages[].id`; empty for the whole.
    pub place: String,
    /// The change, in words.
    pub what: String,
    /// Whether it can break callers.
    pub breaking: bool,
}

impl Change {
    /// The change in JSON reports.
    pub fn json(&self) -> Value {
        json!({
            "operation": self.operation,
            "place": self.place,
            "what": self.what,
            "breaking": self.breaking,
        })
    }

    /// What is to be read first: what breaks, and what more depends on.
    fn rank(&self) -> (bool, u8) {
        let rank = match (self.operation.is_empty(), self.place.is_empty()) {
            (false, true) => 0,
            (true, _) => 1,
            (false, false) => 2,
        };
        (!self.breaking, rank)
    }
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

/// The differences from `old` to `new`, breaking ones first. Each half begins with the operations as a whole, goes on with
/// the document's own and its components, and ends with what is inside operations, by path and method.
#[must_use]
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    if old == new {
        return Vec::new();
    }
    let (from, to) = (urls(old.get("servers")), urls(new.get("servers")));
    if from != to {
        let what = format!(
            "servers changed from {} to {}",
            from.join(", "),
            to.join(", ")
        );
        // The generated client calls the first one.
        changes.push("", &what, from.first() != to.first());
    }
    let (before, after) = (operations(old), operations(new));
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(before), Some(after)) => difference::compare(before, after, &mut changes),
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
    webhook::compare(old, new, &mut changes);
    changes.operation.clear();
    access::compare_schemes(old, new, &mut changes);
    types::compare(old, new, &mut changes);
    changes.found.sort_by_key(Change::rank);
    changes.found
}

/// The differences found so far, and the operation they belong to.
#[derive(Default)]
struct Changes {
    operation: String,
    found: Vec<Change>,
    /// The names of components that stand in the same place, before and after, and the first of those places.
    components: BTreeMap<(String, String), String>,
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

    /// Takes down that `after` stands where `before` stood.
    fn see(&mut self, before: &str, after: &str, place: &str) {
        self.components
            .entry((before.to_owned(), after.to_owned()))
            .or_insert_with(|| format!("{}: {place}", self.operation));
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

/// Where requests go, with the values that variables have unless callers choose others; `none` if nothing is said.
fn urls(servers: Option<&Value>) -> Vec<String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    let url = |server: &Value| {
        let url = server.get("url")?.as_str()?;
        let variables = server.get("variables").and_then(Value::as_object);
        let variables = variables.into_iter().flatten();
        let values: Vec<String> = variables
            .filter_map(|(name, it)| Some(format!("{name}: {}", it.get("default")?.as_str()?)))
            .collect();
        Some(match values.is_empty() {
            true => url.to_owned(),
            false => format!("{url} ({})", values.join(", ")),
        })
    };
    let urls: Vec<String> = servers.filter_map(url).collect();
    match urls.is_empty() {
        true => vec!["none".to_owned()],
        false => urls,
    }
}

fn listed(items: &[&str]) -> String {
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}
