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

/// Whether a field's name promises text without a meaning of its own.
pub(super) fn is_opaque(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "token", "cursor", "password", "secret", "phone", "zip", "zipcode", "postcode", "digest",
        "checksum",
    ];
    let start = name
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_ascii_lowercase())
        .map_or(0, |(at, c)| {
            if c.is_ascii_uppercase() {
                at
            } else {
                at + c.len_utf8()
            }
        });
    let last_word = name.get(start..).unwrap_or_default().to_ascii_lowercase();
    WORDS.contains(&last_word.as_str())
}
