//! Converts a document of OpenAPI 3.0 to 3.1.

use serde_json::{Map, Value, json};

use super::{
    WEBHOOKS,
    schemas::{Place, visit},
};

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// 3.0.3, which most generators of clients read.
    #[default]
    V3_0,
    /// 3.1.0, whose schemas are JSON Schema (2020-12).
    V3_1,
}

/// The member with the webhooks in OpenAPI 3.1.
pub(crate) const WEBHOOKS_3_1: &str = "webhooks";

impl Version {
    /// The version that a document states; `None` for any other.
    #[must_use]
    pub fn of(document: &Value) -> Option<Self> {
        let stated = document.get("openapi")?.as_str()?;
        let is = |minor: &str| {
            stated
                .strip_prefix(minor)
                .is_some_and(|patch| !patch.is_empty())
        };
        match stated {
            _ if is("3.0.") => Some(Self::V3_0),
            _ if is("3.1.") => Some(Self::V3_1),
            _ => None,
        }
    }
}

/// Converts a document of 3.0 to an equivalent one of 3.1. A document of 3.1 stays unchanged.
///
/// `nullable` becomes a list of types, a limit that excludes becomes a number, an example in a schema a list of them, text
/// that is a file or Base64 has its media type and encoding, a reference needs no `allOf` around it to have a description
/// beside it, and webhooks get the place that 3.0 does not have.
///
/// ```
/// use serde_json::json;
/// use xtask::document::to_3_1;
///
/// let mut document = json!({
///     "openapi": "3.0.3",
///     "components": { "schemas": { "Name": { "type": "string", "nullable": true, "example": "Ada" } } },
/// });
/// to_3_1(&mut document);
/// assert_eq!(document["openapi"], "3.1.0");
/// assert_eq!(
///     document["components"]["schemas"]["Name"],
///     json!({ "type": ["string", "null"], "examples": ["Ada"] })
/// );
/// ```
pub fn to_3_1(document: &mut Value) {
    if Version::of(document) != Some(Version::V3_0) {
        return;
    }
    visit(document, &mut |schema, place| self::schema(schema, place));
    if let Some(members) = document.as_object_mut() {
        members.insert("openapi".to_owned(), "3.1.0".into());
        // In the place where it stood.
        if let Some(at) = members.keys().position(|key| key == WEBHOOKS)
            && let Some(webhooks) = members.shift_remove(WEBHOOKS)
        {
            members.shift_insert(at, WEBHOOKS_3_1.to_owned(), webhooks);
        }
    }
}

/// Turns one schema, whose inner ones are turned already.
fn schema(schema: &mut Map<String, Value>, place: Place) {
    if schema.contains_key("$ref") {
        // In 3.0 nothing that stands beside it holds; in 3.1 all of it would.
        let is_kept = |key: &str| ["$ref", "description"].contains(&key) || key.starts_with("x-");
        schema.retain(|key, _| is_kept(key));
        return;
    }
    null(schema);
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => match schema.shift_remove(limit) {
                Some(number) => drop(schema.insert(exclusive.to_owned(), number)),
                None => drop(schema.shift_remove(exclusive)),
            },
            Some(Value::Bool(false)) => drop(schema.shift_remove(exclusive)),
            _ => {}
        }
    }
    if let Some(example) = schema.get("example").cloned() {
        replace(schema, "example", "examples", json!([example]));
    }
    match (schema.get("format").and_then(Value::as_str), place) {
        // The content of a body is what its media type says it is.
        (Some("binary"), Place::Content) => {
            schema.shift_remove("format");
            if schema.get("type") == Some(&"string".into()) {
                schema.shift_remove("type");
            }
        }
        (Some("binary"), Place::Inner) => {
            replace(
                schema,
                "format",
                "contentMediaType",
                "application/octet-stream".into(),
            );
        }
        (Some("byte"), _) => replace(schema, "format", "contentEncoding", "base64".into()),
        _ => {}
    }
    lower_reference(schema);
}

/// `nullable` as one of several types, or as an alternative where there is no type to stand beside.
fn null(schema: &mut Map<String, Value>) {
    if schema.shift_remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(kind @ Value::String(_)) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
        return;
    }
    let nothing = json!({ "type": "null" });
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(alternatives)) = schema.get_mut(key) {
            alternatives.push(nothing);
            return;
        }
    }
    if let Some(all) = schema.shift_remove("allOf") {
        let inner = match all {
            Value::Array(mut parts) if parts.len() == 1 => parts.pop().unwrap_or_default(),
            all => json!({ "allOf": all }),
        };
        schema.insert("anyOf".to_owned(), json!([inner, nothing]));
    }
}

/// A reference alone in an `allOf` needs none: in 3.1 it may have others beside it.
fn lower_reference(schema: &mut Map<String, Value>) {
    let Some(Value::Array(parts)) = schema.get("allOf") else {
        return;
    };
    if let [Value::Object(part)] = parts.as_slice()
        && part.len() == 1
        && let Some(reference) = part.get("$ref").cloned()
    {
        replace(schema, "allOf", "$ref", reference);
    }
}

/// Puts a member in the place of another.
fn replace(schema: &mut Map<String, Value>, old: &str, new: &str, value: Value) {
    let at = schema.keys().position(|key| key == old);
    schema.shift_remove(old);
    schema.shift_remove(new);
    let at = at.unwrap_or(schema.len()).min(schema.len());
    schema.shift_insert(at, new.to_owned(), value);
}
