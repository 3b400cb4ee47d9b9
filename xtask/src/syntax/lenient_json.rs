//! Reads JSON with comments, trailing commas and bare `{{variables}}`, as people write it in Postman.
//!
//! A bare variable reads as a text that begins with [`BARE`]: in quotes it would be a text whatever its value, bare it may
//! be anything.

use std::borrow::Cow;

use serde_json::Value;

/// What a text begins with that stands for a variable without quotes: a character that no document holds.
pub const BARE: &str = "\u{fdd0}";

/// How many digits may stand before a variable.
const MAX_DIGITS: usize = 32;

/// Reads `text` as JSON: strictly if it is valid JSON, otherwise leniently.
#[must_use]
pub fn parse(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim();
    serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(&tidy(text)?).ok())
}

/// `text` without comments and trailing commas, its bare variables quoted; `None` where nothing of that is in it.
fn tidy(text: &str) -> Option<Cow<'_, str>> {
    let mut tidy = String::with_capacity(text.len() + 16);
    let mut changed = false;
    let mut rest = text;
    while let Some(at) =
        rest.find(|c: char| matches!(c, '"' | '/' | ',' | '{' | '-') || c.is_ascii_digit())
    {
        let (before, from) = rest.split_at_checked(at)?;
        tidy.push_str(before);
        rest = if from.starts_with('"') {
            let (string, behind) = from.split_at_checked(string_end(from))?;
            tidy.push_str(string);
            behind
        } else if let Some(comment) = from.strip_prefix("//") {
            changed = true;
            comment.get(comment.find('\n').unwrap_or(comment.len())..)?
        } else if let Some(comment) = from.strip_prefix("/*") {
            changed = true;
            comment.split_once("*/").map_or("", |(_, behind)| behind)
        } else if let Some((name, behind)) = variable(from)
            && behind.trim_start().starts_with(':')
        {
            changed = true;
            tidy.push_str(&Value::String(format!("{{{{{name}}}}}")).to_string());
            behind
        } else if let Some((written, behind)) = bare(from) {
            changed = true;
            tidy.push_str(&Value::String(format!("{BARE}{written}")).to_string());
            behind
        } else if from.starts_with(is_of_number) {
            let end = from.find(|c| !is_of_number(c));
            let (number, behind) = from.split_at_checked(end.unwrap_or(from.len()))?;
            let nearest = in_range(number);
            changed |= nearest != number;
            tidy.push_str(nearest);
            behind
        } else if from.starts_with(',') && closes(from.get(1..)?) {
            changed = true;
            from.get(1..)?
        } else {
            let (one, behind) = from.split_at_checked(1)?;
            tidy.push_str(one);
            behind
        };
    }
    tidy.push_str(rest);
    changed.then_some(Cow::Owned(tidy))
}

/// Where the string ends that `text` begins with.
fn string_end(text: &str) -> usize {
    let mut is_escaped = true; // the opening quote
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The number itself, or the largest one that a double can hold.
fn in_range(number: &str) -> &str {
    match number.parse::<f64>() {
        Ok(f64::INFINITY) => "1.7976931348623157e308",
        Ok(f64::NEG_INFINITY) => "-1.7976931348623157e308",
        _ => number,
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')
}

/// Variables at the start, which digits may stand around: `-{{n}}.5`. And what follows.
fn bare(text: &str) -> Option<(&str, &str)> {
    let mut rest = text.trim_start_matches(is_of_number);
    let digits = text.len() - rest.len();
    variable(rest)?;
    while let Some((_, behind)) = variable(rest) {
        rest = behind.trim_start_matches(is_of_number);
    }
    let written = text.split_at_checked(text.len() - rest.len())?;
    // No longer than a number is: there may be many digits.
    (digits <= MAX_DIGITS).then_some(written)
}

/// A `{{variable}}` at the start, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix("{{")?;
    // No further than a name can go: there may be many openings, and the end of none.
    let end = text.find(['{', '"', '\n', ':', ',']);
    let end = text.get(..end.unwrap_or(text.len()))?.find("}}")?;
    let (name, behind) = text.split_at_checked(end)?;
    (!name.is_empty()).then_some((name, behind.strip_prefix("}}")?))
}

/// Whether the next thing, after blanks and comments, closes an array or object.
fn closes(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        if let Some(comment) = text.strip_prefix("//") {
            text = comment.split_once('\n').map_or("", |(_, behind)| behind);
        } else if let Some(comment) = text.strip_prefix("/*") {
            text = comment.split_once("*/").map_or("", |(_, behind)| behind);
        } else {
            return text.starts_with(['}', ']']);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{BARE, parse};

    #[test]
    fn the_usual_liberties_are_taken() {
        let text = r#"{ // why
            "a": {{count}}, /* , */ "b": "// no, {{ no", "c": [1, 2, /* end */ ],
            "d": {{ $guid }}, "e": -1e400, "h": -{{n}}.5, "i": [1{{n}}{{m}}], "f": "{{x}}", {{g}}: 1}"#;
        let bare = |name: &str| format!("{BARE}{{{{{name}}}}}");
        let expected = json!({
            "a": bare("count"), "b": "// no, {{ no", "c": [1, 2], "d": bare(" $guid "), "e": f64::MIN, "f": "{{x}}",
            "h": format!("{BARE}-{{{{n}}}}.5"), "i": [format!("{BARE}1{{{{n}}}}{{{{m}}}}")], "{{g}}": 1,
        });
        assert_eq!(parse(text), Some(expected));
        assert_eq!(
            parse("\u{feff}{\"a\":{\"b\":{}}}"),
            Some(json!({"a": {"b": {}}}))
        );
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in ["", "{", "{\"a\":", "\"\\", "{{a", "/*", "//", "a,b"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
