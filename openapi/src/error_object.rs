//! Recognises Zoom's error objects, whatever the status of the answer.
//!
//! Zoom's errors are JSON objects in a few dialects: `code` and `message` from the API,
//! `reason` and `error` from OAuth, `errors` for single fields. The reader is lenient,
//! because an error that is not recognised in a success passes for an empty answer:
//! numbers may be texts or floats, members may be null, absent or repeated.

use std::fmt;

use memchr::memmem;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// The members of an error object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorObject {
    /// Zoom's error code: the first that is not zero, if several are given.
    pub code: Option<i64>,
    /// The first text among `message`, `reason`, `error_description` and `error`.
    pub message: Option<String>,
    /// OAuth's machine-readable `error`, for example `invalid_grant`.
    pub error: Option<String>,
    /// The fields that Zoom rejects, each with the reason. The name is empty if the reason is
    /// not about a particular field.
    pub fields: Vec<(String, String)>,
    is_error: bool,
    is_whole: bool,
}

impl ErrorObject {
    /// Reads the members of the object that `text` begins with. It never fails: text that is
    /// not an object gives no members, and an incomplete object those that are complete.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut members = Members::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        let is_whole = members.deserialize(&mut reader).is_ok() && reader.end().is_ok();
        members.refusal(is_whole)
    }

    /// Whether this is an error at all: it has a code other than zero, an `error`, a
    /// `reason` or `errors`. A `message` alone proves nothing, as chat messages have one.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.is_error
    }

    /// Whether the object was complete, with nothing behind it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether the body of a success is an error, or cannot be shown to be none.
    pub(crate) fn hides_in(body: &[u8]) -> bool {
        let body = body.trim_ascii_start();
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        // Nearly never there, and quickly looked for. A name can be spelt with escapes, too.
        let names: [&[u8]; 4] = [b"code\"", b"error", b"reason\"", b"\\u00"];
        if !names.iter().any(|name| memmem::find(body, name).is_some()) {
            return false;
        }
        let text = String::from_utf8_lossy(body);
        if !text.trim_start().starts_with('{') {
            return false;
        }
        let refusal = Self::read(&text);
        refusal.is_error || !refusal.is_whole
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

    fn refusal(self, is_whole: bool) -> ErrorObject {
        let nested = |name| self.error.as_ref().and_then(|error| error.get(name));
        let code = self.code.as_ref().or_else(|| nested("code"));
        let texts = [
            self.message.as_ref(),
            self.reason.as_ref(),
            self.error_description.as_ref(),
            self.error.as_ref(),
            nested("message"),
        ];
        ErrorObject {
            code: code.and_then(integer),
            message: texts.into_iter().flatten().find_map(phrase),
            error: self.error.as_ref().and_then(phrase),
            is_error: [
                code,
                self.reason.as_ref(),
                self.error.as_ref(),
                self.errors.as_ref(),
            ]
            .into_iter()
            .flatten()
            .any(says_something),
            is_whole,
            fields: self.errors.as_ref().map(fields).unwrap_or_default(),
        }
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
            // Of a member that is repeated, the first that says something counts.
            if !slot.as_ref().is_some_and(says_something) {
                *slot = Some(value);
            }
        }
        Ok(())
    }
}

/// Whether a member tells of an error: not null, zero, false or empty.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(_) => integer(value) != Some(0),
        Value::String(text) => !text.trim().is_empty() && integer(value) != Some(0),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// Codes come as integers, and now and then as floats or texts.
fn integer(value: &Value) -> Option<i64> {
    let of_float = |float: f64| {
        // Beyond 2^53 a float no longer says which integer was meant.
        (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
    };
    match value {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().and_then(of_float)),
        Value::String(text) => {
            let text = text.trim();
            text.parse()
                .ok()
                .or_else(|| text.parse().ok().and_then(of_float))
        }
        _ => None,
    }
}

fn phrase(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn fields(errors: &Value) -> Vec<(String, String)> {
    let entries = match errors {
        Value::Array(entries) => entries.as_slice(),
        other => std::slice::from_ref(other),
    };
    let entry = |value: &Value| match value {
        Value::Object(entry) => {
            let text = |key| match entry.get(key) {
                Some(Value::String(text)) => text.clone(),
                _ => String::new(),
            };
            Some((text("field"), text("message")))
        }
        Value::String(message) => Some((String::new(), message.clone())),
        _ => None,
    };
    entries.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_error_hides_in_a_success() {
        let bodies: [&[u8]; 22] = [
            br#"{"code":300,"message":"No."}"#,
            br#"{"code":"300","message":"No."}"#,
            br#"{"code":" 300 "}"#,
            br#"{"code":300.0,"message":null}"#,
            br#"{"code":"300.0"}"#,
            br#"{"code":-1}"#,
            br#"{"code":18446744073709551615}"#,
            br#"{"code":"InvalidToken"}"#,
            br#"{"\u0063ode":300}"#,
            b"\xef\xbb\xbf {\"code\":300}",
            b" \n{\"code\" :300}",
            br#"{"code":0,"code":300}"#,
            br#"{"code":null,"code":300,"code":0}"#,
            br#"{"code":300,"message":"a","message":"b"}"#,
            b"{\"code\":300,\"message\":\"\xff\"}",
            br#"{"message":"\ud800","code":300}"#,
            br#"{"error":"invalid_request"}"#,
            br#"{"error":{"code":401,"message":"No."}}"#,
            br#"{"error":true}"#,
            br#"{"reason":"Invalid token."}"#,
            br#"{"errors":[{"field":"to_contact"}]}"#,
            br#"{"messages":[],"code":300}"#,
        ];
        for body in bodies {
            assert!(
                ErrorObject::hides_in(body),
                "{}",
                String::from_utf8_lossy(body)
            );
        }
    }

    #[test]
    fn a_success_hides_no_error() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            r#"["code"]"#,
            r#"{"code":0,"message":"ok"}"#,
            r#"{"code":"0"}"#,
            r#"{"code":0.0,"error":null,"errors":[],"reason":""}"#,
            r#"{"error":false}"#,
            r#"{"message":"the code\" reason\" error"}"#,
            r#"{"messages":[{"code":300,"reason":"nested","error":"nested"}]}"#,
            r#"{"errors":{},"id":"\u003c"}"#,
        ] {
            assert!(!ErrorObject::hides_in(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn a_code_is_an_integer_however_it_is_spelt() {
        for (body, code) in [
            (r#"{"code":-7}"#, Some(-7)),
            (r#"{"code":"5301"}"#, Some(5301)),
            (r#"{"code":"5301.0"}"#, Some(5301)),
            (r#"{"code":5301.0}"#, Some(5301)),
            (r#"{"code":5301.5}"#, None),
            (r#"{"code":1e300}"#, None),
            (r#"{"code":true}"#, None),
            (r#"{"error":{"code":401}}"#, Some(401)),
        ] {
            assert_eq!(ErrorObject::read(body).code, code, "{body}");
        }
    }

    #[test]
    fn the_text_is_the_first_member_that_has_one() {
        let all = r#"{"error":"e","error_description":"d","reason":"r","message":"m"}"#;
        for (body, message) in [
            (all, "m"),
            (
                r#"{"error":"e","error_description":"d","message":" "}"#,
                "d",
            ),
            (r#"{"error":"e","reason":"r","error_description":"d"}"#, "r"),
            (r#"{"error":"e","message":null}"#, "e"),
            (r#"{"error":{"message":"nested"}}"#, "nested"),
        ] {
            assert_eq!(
                ErrorObject::read(body).message.as_deref(),
                Some(message),
                "{body}"
            );
        }
        assert_eq!(
            ErrorObject::read(r#"{"message":"","reason":7}"#).message,
            None
        );
    }

    #[test]
    fn what_is_whole_is_told_from_what_is_cut() {
        let whole = r#"{"code":5301,"message":"Message sending failed.","errors":[]}"#;
        assert!(ErrorObject::read(whole).is_whole());
        assert!(!ErrorObject::read(&format!("{whole}x")).is_whole());
        for cut in 0..whole.len() {
            let refusal = ErrorObject::read(whole.get(..cut).unwrap());
            assert!(!refusal.is_whole(), "{cut}");
            let read = cut >= r#"{"code":5301,"message""#.len();
            assert_eq!(refusal.code, read.then_some(5301), "{cut}");
        }
    }
}
