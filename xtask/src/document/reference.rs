//! References to components.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Where references to components lead.
pub(crate) const PREFIX: &str = "#/components/schemas/";

/// A reference to the component `name`.
#[must_use]
pub(crate) fn reference(name: &str) -> Value {
    Value::Object(Map::from_iter([(
        "$ref".to_owned(),
        Value::String(format!("{PREFIX}{name}")),
    )]))
}

/// The component's name that `schema` refers to, if it is a reference, alone or with notes beside it.
pub(crate) fn referred(schema: &Value) -> Option<Cow<'_, str>> {
    let reference = schema
        .get("$ref")
        .or_else(|| schema.pointer("/allOf/0/$ref"))?;
    Some(component_name(reference.as_str()?.strip_prefix(PREFIX)?))
}

/// The name of a component as a reference writes it: as part of a JSON pointer, percent-encoded.
pub(crate) fn component_name(written: &str) -> Cow<'_, str> {
    let name = decoded(written);
    match name.contains('~') {
        true => name.replace("~1", "/").replace("~0", "~").into(),
        false => name,
    }
}

/// How many references in a row are followed.
const MAX_HOPS: usize = 32;

/// What `value` refers to, if it is a reference that leads anywhere, else itself.
pub(crate) fn resolve<'v>(document: &'v Value, value: &'v Value) -> &'v Value {
    let mut value = value;
    for _ in 0..MAX_HOPS {
        let target = value.get("$ref").and_then(Value::as_str);
        match target.and_then(|target| referent(document, target)) {
            Some(target) => value = target,
            None => break,
        }
    }
    value
}

/// Where a reference leads: to a JSON pointer, percent-encoded as in any URI.
pub(crate) fn referent<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    document.pointer(&decoded(reference.strip_prefix('#')?))
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let hex = behind
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// What is told about an example that [`holds_reference`].
pub(crate) const NO_EXAMPLE: &str =
    "the value holds a `$ref`, which tools would follow even in an example: left out as example";

/// Whether tools would take something in `value` for a reference.
pub(crate) fn holds_reference(value: &Value) -> bool {
    // A list of what is still to see, not recursion: values may be nested as deep as they like.
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if members.get("$ref").is_some_and(Value::is_string) {
                    return true;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}
