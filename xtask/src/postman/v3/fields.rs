//! Lists of keys and values, which are written as lists or as mappings; and authorization.

use serde_json::{Map, Value, json};

/// The entries of a list as v2.1 has it. A mapping is a list of entries without anything but a value; a list of values in
/// it is a key that occurs several times.
pub(super) fn entries(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(entries)) => entries
            .iter()
            .filter(|it| it.is_object())
            .cloned()
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .flat_map(|(key, value)| match value {
                Value::Array(values) => values
                    .iter()
                    .map(|value| json!({ "key": key, "value": value }))
                    .collect(),
                Value::Object(entry) => {
                    let mut entry = entry.clone();
                    entry.insert("key".to_owned(), key.as_str().into());
                    vec![Value::Object(entry)]
                }
                value => vec![json!({ "key": key, "value": value })],
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The `auth` member of v2.1: that of a request is one object, that of a collection a list whose first entry is in force.
pub(super) fn auth(stated: Option<&Value>) -> Option<Value> {
    let auth = match stated? {
        Value::Array(list) => list.first()?,
        auth => auth,
    };
    let kind = auth.get("type")?.as_str()?;
    let mut written = Map::new();
    written.insert("type".to_owned(), kind.into());
    let credentials = entries(auth.get("credentials"));
    if !credentials.is_empty() {
        written.insert(kind.to_owned(), credentials.into());
    }
    Some(Value::Object(written))
}

/// Sets `key` unless there is nothing to set.
pub(super) fn set(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if let Some(value) = value.filter(|value| !is_nothing(value)) {
        object.insert(key.to_owned(), value);
    }
}
