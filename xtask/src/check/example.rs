//! Examples and defaults that their schemas do not allow.
//!
//! Such a document is valid, but whoever reads it is misled: an overlay may limit a schema whose examples are older. What
//! JSON Schema says of text alone (`pattern`) is not judged, since its regular expressions are those of another language.

use serde_json::{Map, Value};

use crate::{diagnostic::Target, document::resolve, infer};

/// How deep schemas and values are followed.
const MAX_DEPTH: usize = 128;

/// The formats of texts that can be told; others say how to treat a text, or belong to numbers.
const FORMATS: [&str; 7] = ["date", "date-time", "email", "ipv4", "ipv6", "uri", "uuid"];

/// What stands in a place of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Schema,
    /// Schemas by their names.
    Schemas,
    Other,
}

/// The examples and defaults that do not match, each with the reason.
pub(crate) fn mismatched(document: &Value) -> Vec<(Target, String)> {
    let mut found = Vec::new();
    walk(
        document,
        document,
        Place::Other,
        &Target::root(),
        &mut found,
    );
    found
}

/// Recurses as deep as the document does.
fn walk(
    document: &Value,
    value: &Value,
    place: Place,
    at: &Target,
    found: &mut Vec<(Target, String)>,
) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(document, item, place, &at.clone().item(index), found);
            }
        }
        Value::Object(members) => {
            if place != Place::Schemas {
                examples(document, members, place, at, found);
            }
            for (key, member) in members {
                if let Some(inner) = inner(place, key) {
                    walk(document, member, inner, &at.clone().member(key), found);
                }
            }
        }
        _ => {}
    }
}

/// What stands in the member `key`; `None` for data.
fn inner(place: Place, key: &str) -> Option<Place> {
    match (place, key) {
        (Place::Schemas, _) => Some(Place::Schema),
        (Place::Schema, "properties") => Some(Place::Schemas),
        (Place::Schema, "items" | "additionalProperties" | "not" | "allOf" | "oneOf" | "anyOf") => {
            Some(Place::Schema)
        }
        (Place::Schema, _) | (Place::Other, "example" | "examples") => None,
        (Place::Other, "schema") => Some(Place::Schema),
        (Place::Other, "schemas") => Some(Place::Schemas),
        (Place::Other, _) => Some(Place::Other),
    }
}

/// Judges the examples of a schema, or of what has one.
fn examples(
    document: &Value,
    members: &Map<String, Value>,
    place: Place,
    at: &Target,
    found: &mut Vec<(Target, String)>,
) {
    let own = Value::Object(Map::new());
    let schema = match place {
        Place::Schema => None,
        _ => match members.get("schema") {
            Some(schema) => Some(schema),
            None => return,
        },
    };
    let mut judge = |value: &Value, at: Target| {
        let verdict = match schema {
            Some(schema) => matches(document, schema, value, 0),
            None => matches_members(document, members, value, 0),
        };
        if let Err(reason) = verdict {
            found.push((at, reason));
        }
    };
    for key in ["example", "default"] {
        let is_here = place == Place::Schema || key == "example";
        if let Some(value) = members
            .get(key)
            .filter(|_| is_here && members.get("$ref").is_none())
        {
            judge(value, at.clone().member(key));
        }
    }
    let named = members.get("examples").unwrap_or(&own).as_object();
    for (name, example) in named.into_iter().flatten().filter(|_| schema.is_some()) {
        if let Some(value) = resolve(document, example).get("value") {
            let at = at.clone().member("examples").member(name).member("value");
            judge(value, at);
        }
    }
}

fn matches(document: &Value, schema: &Value, value: &Value, depth: usize) -> Result<(), String> {
    match resolve(document, schema) {
        Value::Object(members) if depth < MAX_DEPTH => {
            matches_members(document, members, value, depth + 1)
        }
        Value::Bool(false) => Err("nothing is allowed here".to_owned()),
        _ => Ok(()),
    }
}

fn matches_members(
    document: &Value,
    schema: &Map<String, Value>,
    value: &Value,
    depth: usize,
) -> Result<(), String> {
    if schema.contains_key("$ref") {
        return Ok(());
    }
    if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return Ok(());
    }
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    let fits = |part: &Value| matches(document, part, value, depth).is_ok();
    for part in list("allOf").into_iter().flatten() {
        matches(document, part, value, depth)?;
    }
    if list("anyOf").is_some_and(|parts| !parts.iter().any(fits)) {
        return Err("it matches no alternative".to_owned());
    }
    let fitting = list("oneOf").map(|parts| parts.iter().filter(|part| fits(part)).count());
    match fitting {
        Some(0) => return Err("it matches no alternative".to_owned()),
        Some(2..) => return Err("it matches several alternatives".to_owned()),
        _ => {}
    }
    if schema.get("not").is_some_and(fits) {
        return Err("it matches what is excluded".to_owned());
    }
    of_type(schema, value)?;
    if list("enum").is_some_and(|values| !values.contains(value)) {
        return Err("it is not one of the listed values".to_owned());
    }
    bounds(schema, value)?;
    inside(document, schema, value, depth)
}

fn of_type(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    let Some(name) = text("type") else {
        return Ok(());
    };
    let format = text("format").filter(|format| FORMATS.contains(format));
    let fits = match name {
        "string" => infer::Kind::String(format.map(str::to_owned)).admits(value),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    match (fits, format) {
        (true, _) => Ok(()),
        (false, Some(format)) if value.is_string() => {
            Err(format!("it is not of the format {format}"))
        }
        (false, _) => Err(format!("it is not of the type {name}")),
    }
}

fn bounds(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    let count = |number: usize| u32::try_from(number).ok().map(f64::from);
    let (size, low, high) = match value {
        Value::Number(number) => (number.as_f64(), "minimum", "maximum"),
        Value::String(text) => (count(text.chars().count()), "minLength", "maxLength"),
        Value::Array(items) => (count(items.len()), "minItems", "maxItems"),
        Value::Object(members) => (count(members.len()), "minProperties", "maxProperties"),
        _ => return Ok(()),
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let excludes = |key: &str| schema.get(key) == Some(&Value::Bool(true)) && value.is_number();
    let Some(size) = size else {
        return Ok(());
    };
    if let Some(least) = bound(low)
        && (size < least || (excludes("exclusiveMinimum") && size <= least))
    {
        return Err(format!("`{low}` is {least}"));
    }
    if let Some(most) = bound(high)
        && (size > most || (excludes("exclusiveMaximum") && size >= most))
    {
        return Err(format!("`{high}` is {most}"));
    }
    Ok(())
}

/// Items and properties.
fn inside(
    document: &Value,
    schema: &Map<String, Value>,
    value: &Value,
    depth: usize,
) -> Result<(), String> {
    let below = |key: &str, inner: &Value, value: &Value| {
        matches(document, inner, value, depth).map_err(|reason| format!("{key}: {reason}"))
    };
    match value {
        Value::Array(items) => {
            let Some(inner) = schema.get("items") else {
                return Ok(());
            };
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| below(&format!("[{index}]"), inner, item))
        }
        Value::Object(members) => {
            let required = schema.get("required").and_then(Value::as_array);
            let mut required = required.into_iter().flatten().filter_map(Value::as_str);
            if let Some(missing) = required.find(|key| !members.contains_key(*key)) {
                return Err(format!("`{missing}` is missing"));
            }
            let properties = schema.get("properties");
            members.iter().try_for_each(|(key, member)| {
                let property = properties.and_then(|all| all.get(key));
                match property.or_else(|| schema.get("additionalProperties")) {
                    Some(inner) => below(&format!("`{key}`"), inner, member),
                    None => Ok(()),
                }
            })
        }
        _ => Ok(()),
    }
}
