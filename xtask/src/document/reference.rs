//! References to components.

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
pub(crate) fn referred(schema: &Value) -> Option<&str> {
    let reference = schema
        .get("$ref")
        .or_else(|| schema.pointer("/allOf/0/$ref"))?;
    reference.as_str()?.strip_prefix(PREFIX)
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
