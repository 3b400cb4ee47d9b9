//! Values that stand for credentials.

use super::name::is_credential;

/// Whether a value stands for one: `<token>`, `{{token}}`, `YOUR_API_KEY`, `****`, `String!`.
pub(super) fn is_stand_in(value: &str) -> bool {
    const WORDS: [&str; 12] = [
        "string",
        "id",
        "int",
        "integer",
        "number",
        "boolean",
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
    ];
    let value = value.trim();
    let first = value.chars().next();
    let is_one_sign = first.is_some_and(|first| value.chars().all(|c| c == first));
    let word = value.trim_end_matches('!').to_ascii_lowercase();
    value.starts_with(['<', '{', '[', '$', '(', '*', '%', '=', ':'])
        || value.contains("{{")
        || first.is_none_or(|_| is_one_sign)
        || word.starts_with("your")
        || WORDS.contains(&word.as_str())
        || is_credential(value)
}
