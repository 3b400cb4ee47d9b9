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

/// A member's name or an item's index.
#[derive(Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Index(usize),
}

/// The examples and defaults that do not match, each with the reason.
pub(crate) fn mismatched(document: &Value) -> Vec<(Target, String)> {
    let mut walk = Walk {
        document,
        at: Vec::new(),
        found: Vec::new(),
    };
    walk.visit(document, Place::Other);
    walk.found
}

struct Walk<'v> {
    document: &'v Value,
    /// The way from the root.
    at: Vec<Step<'v>>,
    found: Vec<(Target, String)>,
}

impl<'v> Walk<'v> {
    /// Recurses as deep as the document does.
    fn visit(&mut self, value: &'v Value, place: Place) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.at.push(Step::Index(index));
                    self.visit(item, place);
                    self.at.pop();
                }
            }
            Value::Object(members) => {
                match (place, members.get("schema")) {
                    (Place::Schema, _) => self.judge_schema(members),
                    (Place::Other, Some(schema)) => self.judge_holder(members, schema),
                    _ => {}
                }
                for (key, member) in members {
                    if let Some(inner) = inner(place, key) {
                        self.at.push(Step::Name(key));
                        self.visit(member, inner);
                        self.at.pop();
                    }
                }
            }
            _ => {}
        }
    }

    /// The example and the default of a schema. Nothing holds beside a reference.
    fn judge_schema(&mut self, schema: &'v Map<String, Value>) {
        for key in ["example", "default"] {
            let value = schema.get(key).filter(|_| !schema.contains_key("$ref"));
            if let Some(value) = value {
                let verdict = matches_members(self.document, schema, value, 0);
                self.conclude(verdict, &[key]);
            }
        }
    }

    /// The examples of what has a schema: a parameter, a header, or a media type. They are what was seen: where an overlay
    /// states another type than theirs, it overrules them knowingly.
    fn judge_holder(&mut self, members: &'v Map<String, Value>, schema: &Value) {
        let document = self.document;
        let verdict = |value: &Value| {
            let own = resolve(document, schema).as_object();
            match own.is_some_and(|own| of_type(own, value).is_err()) {
                true => Ok(()),
                false => matches(document, schema, value, 0),
            }
        };
        if let Some(value) = members.get("example") {
            self.conclude(verdict(value), &["example"]);
        }
        let named = members.get("examples").and_then(Value::as_object);
        for (name, example) in named.into_iter().flatten() {
            if let Some(value) = resolve(document, example).get("value") {
                self.conclude(verdict(value), &["examples", name, "value"]);
            }
        }
    }

    fn conclude(&mut self, verdict: Result<(), String>, below: &[&str]) {
        if let Err(reason) = verdict {
            let target = self
                .at
                .iter()
                .fold(Target::root(), |target, step| match step {
                    Step::Name(name) => target.member(name),
                    Step::Index(index) => target.item(*index),
                });
            let target = below.iter().fold(target, |target, key| target.member(key));
            self.found.push((target, reason));
        }
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
