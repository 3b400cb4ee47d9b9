//! Collections that somebody changed here and there.

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};

/// A change, and where.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    at: Index,
    kind: usize,
    to: Value,
}

pub(crate) fn changes() -> impl Strategy<Value = Vec<Change>> {
    let to = prop::sample::select(vec![
        json!("GET"),
        json!("PATCH"),
        json!("POST"),
        json!("<integer>"),
        json!("7"),
        json!("{{nothing}}"),
        json!(""),
        json!(null),
        json!(true),
        json!(204),
        json!(500),
        json!("text/plain"),
        json!("application/xml"),
        json!("application/x-www-form-urlencoded"),
        json!("https://other.example/a/:b?c=d"),
    ]);
    let change =
        (any::<Index>(), 0_usize..5, to).prop_map(|(at, kind, to)| Change { at, kind, to });
    vec(change, 1..6)
}

/// Members whose values decide what the rest means.
const DECISIVE: [&str; 9] = [
    "method", "value", "code", "disabled", "type", "raw", "status", "auth", "language",
];

impl Change {
    pub(crate) fn apply(&self, collection: &mut Value) {
        let mut places = Vec::new();
        collect(collection, "", &mut places);
        let place = self.at.get(&places).clone();
        let Some(value) = collection.pointer_mut(&place) else {
            return;
        };
        match (value, self.kind) {
            (Value::Array(items), 0) if !items.is_empty() => {
                let first = items[0].clone();
                items.push(first);
            }
            (Value::Array(items), 1) => items.reverse(),
            (Value::Array(items), 2) => items.truncate(1),
            (Value::Object(members), 0 | 1) if members.contains_key("key") => {
                members.insert("disabled".to_owned(), true.into());
            }
            (Value::Object(members), _) => {
                let decisive = DECISIVE.iter().filter(|key| members.contains_key(**key));
                let decisive: Vec<&&str> = decisive.collect();
                if let Some(key) = decisive.get(self.kind % decisive.len().max(1)) {
                    members.insert((***key).to_owned(), self.to.clone());
                }
            }
            _ => {}
        }
    }
}

/// The JSON pointers of all objects and lists.
fn collect(value: &Value, pointer: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            places.push(pointer.to_owned());
            for (key, member) in members {
                collect(
                    member,
                    &format!("{pointer}/{}", key.replace('/', "~1")),
                    places,
                );
            }
        }
        Value::Array(items) => {
            places.push(pointer.to_owned());
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), places);
            }
        }
        _ => {}
    }
}
