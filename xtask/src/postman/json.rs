//! Looking into JSON that may be of any shape.

use std::borrow::Cow;

use serde_json::Value;

/// A description: text, `{"content": …}`, or nothing.
pub(super) fn description(value: &Value) -> String {
    match value.get("description") {
        Some(Value::String(text)) => text.clone(),
        Some(object) => text(object, "content").unwrap_or_default().into_owned(),
        None => String::new(),
    }
}

/// The member `key` as text, where it is text, a number or a boolean.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<Cow<'a, str>> {
    value.get(key).and_then(scalar)
}

/// A scalar as text.
pub(super) fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The member `key` as a list; anything else is an empty one.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether `disabled` is set.
pub(super) fn is_disabled(value: &Value) -> bool {
    value.get("disabled").and_then(Value::as_bool) == Some(true)
}
