//! Reads whatever stands in the body of an error answer.
//!
//! Total: every body gives *something*, whatever its Content-Type claims. Zoom's own errors are JSON objects in a few
//! dialects (API, chatbot, OAuth); gateways in between answer HTML, plain text or nothing; any of them may be cut
//! short. A cut object keeps the members that were complete.

use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// How much of a body without structure goes into a message.
const EXCERPT: usize = 200;

/// A field that Zoom complains about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldError {
    /// The field, as Zoom names it.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<i64>,
    pub(crate) message: Option<String>,
    pub(crate) fields: Vec<FieldError>,
    /// OAuth's machine-readable `error`, for example `invalid_grant`.
    pub(crate) oauth: Option<String>,
}

impl ErrorBody {
    /// `secret` is blotted out wherever the body echoes it.
    pub(crate) fn decode(body: &[u8], secret: Option<&str>) -> Self {
        let text = String::from_utf8_lossy(body);
        let text = text.trim_start_matches('\u{feff}').trim();
        let text = match secret {
            Some(secret) if !secret.is_empty() && text.contains(secret) => {
                Cow::Owned(text.replace(secret, "[redacted]"))
            }
            _ => Cow::Borrowed(text),
        };
        let mut members = Members::default();
        if text.starts_with('{') {
            // A cut object is an error to the parser, but what it read before that stands.
            let _ = members.read(&text);
        }
        let mut decoded = Self {
            code: members.code.as_ref().and_then(integer),
            fields: members.errors.map(fields).unwrap_or_default(),
            oauth: members.error.as_ref().and_then(phrase),
            message: None,
        };
        decoded.message = [
            &members.message,
            &members.reason,
            &members.error_description,
            &members.error,
        ]
        .into_iter()
        .find_map(|member| member.as_ref().and_then(phrase))
        .or_else(|| excerpt(&text));
        decoded
    }

    /// Whether this is an error of Zoom's at all, whatever the status said.
    pub(crate) fn is_error(&self) -> bool {
        self.code.is_some_and(|code| code != 0)
    }
}

/// The members of an error object that mean something.
#[derive(Default)]
struct Members {
    code: Option<Value>,
    message: Option<Value>,
    reason: Option<Value>,
    error: Option<Value>,
    error_description: Option<Value>,
    errors: Option<Value>,
}

impl Members {
    fn read(&mut self, text: &str) -> serde_json::Result<()> {
        self.deserialize(&mut serde_json::Deserializer::from_str(text))
    }

    fn slot(&mut self, key: &str) -> Option<&mut Option<Value>> {
        Some(match key {
            "code" => &mut self.code,
            "message" => &mut self.message,
            "reason" => &mut self.reason,
            "error" => &mut self.error,
            "error_description" => &mut self.error_description,
            "errors" => &mut self.errors,
            _ => return None,
        })
    }
}

impl<'de> DeserializeSeed<'de> for &mut Members {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Members {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut key = map.next_key::<String>()?;
        while let Some(name) = key {
            let Some(slot) = self.slot(&name) else {
                map.next_value::<IgnoredAny>()?;
                key = map.next_key()?;
                continue;
            };
            let value = map.next_value()?;
            // Only what follows a value proves that it is whole: `"code":53` may be the start of 5301.
            key = map.next_key()?;
            slot.get_or_insert(value);
        }
        Ok(())
    }
}

/// Codes come as numbers, and now and then as text.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn phrase(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn fields(errors: Value) -> Vec<FieldError> {
    let entries = match errors {
        Value::Array(entries) => entries,
        other => vec![other],
    };
    let entry = |value: Value| match value {
        Value::Object(mut entry) => {
            let mut take = |key| match entry.remove(key) {
                Some(Value::String(text)) => text,
                _ => String::new(),
            };
            Some(FieldError {
                field: take("field"),
                message: take("message"),
            })
        }
        Value::String(message) => Some(FieldError {
            field: String::new(),
            message,
        }),
        _ => None,
    };
    entries.into_iter().filter_map(entry).collect()
}

/// The start of a body without structure: of HTML, its title.
fn excerpt(text: &str) -> Option<String> {
    let told = if text.starts_with('<') {
        title(text)?
    } else {
        text
    };
    let mut excerpt = String::new();
    for word in told
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        if let Some((cut, _)) = excerpt.char_indices().nth(EXCERPT) {
            excerpt.truncate(cut);
            excerpt.push('…');
            break;
        }
    }
    (!excerpt.is_empty()).then_some(excerpt)
}

fn title(html: &str) -> Option<&str> {
    ["title", "h1"].into_iter().find_map(|tag| {
        // ASCII lower-casing keeps every byte where it was.
        let lower = html.to_ascii_lowercase();
        let open = lower.find(&format!("<{tag}"))?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</")?;
        html.get(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(body: &str) -> (Option<i64>, Option<String>) {
        let decoded = ErrorBody::decode(body.as_bytes(), None);
        (decoded.code, decoded.message)
    }

    fn told(code: impl Into<Option<i64>>, message: &str) -> (Option<i64>, Option<String>) {
        (code.into(), Some(message.to_owned()))
    }

    #[test]
    fn every_dialect_of_zooms_errors() {
        assert_eq!(
            decode(r#"{"code":5301,"message":"Message sending failed."}"#),
            told(5301, "Message sending failed.")
        );
        assert_eq!(decode(r#" {"message":"m","code":"300"}"#), told(300, "m"));
        assert_eq!(
            decode(r#"{"code":7010,"message":"m","result":false}"#),
            told(7010, "m")
        );
        assert_eq!(
            decode(r#"{"reason":"Invalid request","error":"invalid_grant"}"#),
            told(None, "Invalid request")
        );
        assert_eq!(
            decode(r#"{"error":"invalid_client"}"#),
            told(None, "invalid_client")
        );
        let body = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"to_contact","message":"Invalid field."},7,"x"]}"#;
        let decoded = ErrorBody::decode(body.as_bytes(), None);
        assert_eq!(decoded.fields.len(), 2);
        assert_eq!(decoded.fields[0].field, "to_contact");
        assert!(decoded.is_error());
    }

    #[test]
    fn a_body_without_structure_gives_its_start() {
        assert_eq!(decode(""), (None, None));
        assert_eq!(decode(" \r\n"), (None, None));
        assert_eq!(
            decode("upstream\n  timed out"),
            told(None, "upstream timed out")
        );
        let html = "<!doctype html><HTML><Title>502 Bad\nGateway</title><body>ß</body>";
        assert_eq!(decode(html), told(None, "502 Bad Gateway"));
        assert_eq!(decode("<html><p>nothing"), (None, None));
        assert_eq!(decode("[1, 2]"), told(None, "[1, 2]"));
        assert_eq!(decode("null"), told(None, "null"));
        let long = decode(&"ö".repeat(500)).1.unwrap();
        assert!(long.ends_with("ö…") && long.chars().count() == 201);
        assert_eq!(
            ErrorBody::decode(b"\xff\xfe{", None).message.unwrap(),
            "\u{fffd}\u{fffd}{"
        );
    }

    #[test]
    fn a_cut_object_keeps_what_was_whole() {
        let whole = r#"{"code":5301,"message":"Message sending failed.","errors":[]}"#;
        for cut in 0..whole.len() {
            let (code, message) = decode(whole.get(..cut).unwrap());
            assert_eq!(
                code,
                (cut > 13)
                    .then_some(5301)
                    .filter(|_| cut > r#"{"code":5301,"message""#.len() - 1),
                "{cut}"
            );
            assert!(message != told(None, "Message").1);
        }
    }

    #[test]
    fn an_echoed_secret_is_blotted_out() {
        let decoded = ErrorBody::decode(
            br#"{"code":124,"message":"Invalid token: hunter2"}"#,
            Some("hunter2"),
        );
        assert_eq!(decoded.message.unwrap(), "Invalid token: [redacted]");
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        let deep = format!("{{\"code\":1,\"errors\":{}", "[".repeat(100_000));
        assert_eq!(decode(&deep).0, Some(1));
    }
}
