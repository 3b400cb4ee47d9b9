//! Credentials, which must not reach a document. They are recognised by the names of their values.

mod command;
mod cookie;
mod name;
mod named;
mod secrecy;
mod stand_in;
mod table;
mod text;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Placeholder;

pub(super) use name::words;
pub use name::{is_credential, may_hold_one};
pub(super) use secrecy::Secrecy;
pub use text::{disclosed, is_signed_token, masked_prose, masked_text};

/// What stands in examples in place of a credential.
const MASK: &str = "********";

/// What is said of a value that does not get into a document.
pub const IS_MASKED: &str = "looks like a credential: it is not written";

/// Members that name the value of another one.
const NAMES: [&str; 7] = ["field", "header", "id", "key", "name", "param", "type"];

/// Whether this member holds the value of what another one names.
pub(super) fn is_value(key: &str) -> bool {
    key.eq_ignore_ascii_case("value")
}

/// Whether an object is a named value, `{"name": "password", "value": …}`, and the name is that of a credential.
pub(super) fn names_one(members: &Map<String, Value>) -> bool {
    let is_name = |key: &str| NAMES.iter().any(|name| key.eq_ignore_ascii_case(name));
    let is_one = |(key, member): (&String, &Value)| {
        is_name(key) && member.as_str().is_some_and(is_credential)
    };
    members.keys().any(|key| is_value(key)) && members.iter().any(is_one)
}

/// `value` with each credential in it replaced by an invalid one; its shape and its types stay.
#[must_use]
pub fn masked(value: Value) -> Value {
    masked_as(Secrecy::Open, value)
}

/// `value`, which is a credential itself, replaced by an invalid one.
pub(super) fn masked_alone(value: &Value) -> Value {
    masked_as(Secrecy::Secret, value.clone())
}

fn masked_as(secrecy: Secrecy, mut value: Value) -> Value {
    // A list of what is still to see, not recursion: values may be nested as deep as they like.
    let mut open = vec![(secrecy, &mut value)];
    while let Some((secrecy, value)) = open.pop() {
        match value {
            Value::String(text) if secrecy.hides(text) && Placeholder::in_json(text).is_none() => {
                MASK.clone_into(text);
            }
            Value::String(text) => {
                if let Cow::Owned(masked) = masked_text(text) {
                    *text = masked;
                }
            }
            Value::Number(number) if secrecy.hides(&number.to_string()) => *value = 0.into(),
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (secrecy, item))),
            Value::Object(members) => {
                let holds_one = secrecy == Secrecy::Secret || names_one(members);
                let secrecy = |key: &str| match holds_one && is_value(key) {
                    true => Secrecy::Secret,
                    false => Secrecy::of_member(key),
                };
                let members = members.iter_mut();
                open.extend(members.map(|(key, member)| (secrecy(key), member)));
            }
            _ => {}
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn credentials_are_masked_where_they_stand() {
        let value = json!({"user": "ann", "password": "hunter22", "api_key": ["k1", 7, true, null, "", "<string>"],
            "inner": [{"clientSecret": "s"}], "token": {"kind": "id", "value": "t"}, "headers": [
                {"name": "Authorization", "value": "k"}, {"key": "secret", "value": 1}, {"name": "a", "value": "b"},
                {"Name": "Password", "Value": "h"}, {"id": "api_key", "value": "k"}], "pin": 4711, "pins": [{"pin": 7}]});
        let expected = json!({"user": "ann", "password": MASK, "api_key": [MASK, 0, true, null, "", "<string>"],
            "inner": [{"clientSecret": MASK}], "token": {"kind": "id", "value": MASK}, "headers": [
                {"name": "Authorization", "value": MASK}, {"key": "secret", "value": 0}, {"name": "a", "value": "b"},
                {"Name": "Password", "Value": MASK}, {"id": "api_key", "value": MASK}], "pin": 0, "pins": [{"pin": 7}]});
        assert_eq!(masked(value), expected);
    }
}
