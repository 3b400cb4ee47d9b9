//! The body of a message, in the encodings that are accepted.

use serde_json::{Map, Value};

use super::Answers;

/// The message, unless the encoding is refused.
pub(super) fn read(answers: &Answers, content_type: &str, body: &[u8]) -> Option<Value> {
    if content_type.starts_with("application/json") {
        let message: Value = serde_json::from_slice(body).ok()?;
        return (answers.takes_json && message.is_object()).then_some(message);
    }
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    if !answers.takes_form_data {
        return None;
    }
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let mut fields = Map::new();
    // What stands before the first delimiter and behind the last one has no headers.
    for part in str::from_utf8(body).ok()?.split(&delimiter) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else {
            continue;
        };
        let name = head.split_once("name=\"")?.1.split_once('"')?.0;
        let value = value.strip_suffix("\r\n")?;
        match name {
            "at_items" if answers.form_data_carries_mentions => {
                fields.insert(name.to_owned(), serde_json::from_str(value).ok()?);
            }
            "at_items" => {}
            _ => {
                fields.insert(name.to_owned(), Value::from(value));
            }
        }
    }
    Some(fields.into())
}
