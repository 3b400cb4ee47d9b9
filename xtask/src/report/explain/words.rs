//! Values and schemas in few words.

use serde_json::Value;

use crate::document::referred;

/// A schema in one or two words.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return name.into_owned();
    }
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    let kind = match (text("type"), text("format"), schema.get("items")) {
        (Some("array"), _, Some(items)) => format!("array of {}", kind(items)),
        (Some(kind), Some(format), _) => format!("{kind} ({format})"),
        (Some(kind), None, _) => kind.to_owned(),
        (None, ..) if schema.get("oneOf").is_some() => "one of several".to_owned(),
        (None, ..) => "any".to_owned(),
    };
    match schema.get("nullable") {
        Some(Value::Bool(true)) => kind + " or null",
        _ => kind,
    }
}

/// Whether a place in a schema, by the way to it, decides what [`kind`] says.
pub(super) fn is_kind(way: &str) -> bool {
    let key = way.split('/').find(|key| *key != "items");
    key.is_none_or(|key| {
        matches!(
            key,
            "type" | "format" | "nullable" | "oneOf" | "allOf" | "$ref"
        )
    })
}

/// A value on one line, cut where it is long.
pub(super) fn brief(value: &Value) -> String {
    const LONGEST: usize = 48;
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) if items.iter().all(Value::is_string) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

/// A key as a JSON pointer writes it.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

pub(super) fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
