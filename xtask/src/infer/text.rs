//! Reading texts that were written outside JSON.

use serde_json::{Number, Value};

use super::credential::words;

/// The array or object that a text holds as JSON.
pub(super) fn document(text: &str) -> Option<Value> {
    if !text.starts_with(['[', '{']) || text.starts_with("{{") {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The boolean or number that a text spells, if it is printed as that text again, else the text itself: `007`, `2.10`, `1e3`
/// and digits that no number holds are sent as others when they are taken for numbers.
pub(super) fn scalar(text: &str) -> Value {
    let number = |number: Number| Value::Number(number);
    let integer = || -> Option<Number> {
        let unsigned = text.parse::<u64>().map(Number::from);
        unsigned
            .or_else(|_| text.parse::<i64>().map(Number::from))
            .ok()
    };
    let fraction = || -> Option<Number> {
        let value: f64 = text.parse().ok()?;
        (text.contains('.') && value.to_string() == text).then(|| Number::from_f64(value))?
    };
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match integer().filter(|it| it.to_string() == text) {
            Some(integer) => number(integer),
            None => fraction().map_or_else(|| Value::String(text.to_owned()), number),
        },
    }
}

/// Whether a field's name promises text without a meaning of its own.
pub(super) fn is_opaque(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "token", "cursor", "password", "secret", "phone", "zip", "zipcode", "postcode", "digest",
        "checksum",
    ];
    let last_word = words(name).next().unwrap_or_default();
    WORDS.contains(&last_word.to_ascii_lowercase().as_str())
}
