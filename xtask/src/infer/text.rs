//! Reading texts that were written outside JSON.

use serde_json::Value;

/// The array or object that a text holds as JSON.
pub(super) fn document(text: &str) -> Option<Value> {
    if !text.starts_with(['[', '{']) || text.starts_with("{{") {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The boolean or number that a text spells in the one way JSON would, else the text itself: `007`, `+1` and `1e3`
/// are more likely codes than numbers.
pub(super) fn scalar(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')) =>
        {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        }
        _ => Value::String(text.to_owned()),
    }
}
