//! Values as Rust: what the setters of a request take.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::members;
use crate::{
    document::{PREFIX, resolve},
    name::snake,
};

/// Writes the values of a document's schemas.
pub(super) struct Literals<'d> {
    document: &'d Value,
    /// The components that answers hold. Their types have only optional fields, so `new` takes nothing.
    answered: BTreeSet<&'d str>,
}

impl<'d> Literals<'d> {
    pub(super) fn of(document: &'d Value) -> Self {
        let mut answered = BTreeSet::new();
        for (_, item) in members(document.get("paths")) {
            for (_, operation) in members(Some(item)) {
                if let Some(responses) = operation.get("responses") {
                    reach(document, responses, &mut answered);
                }
            }
        }
        if let Some(webhooks) = document.get("x-webhooks") {
            reach(document, webhooks, &mut answered);
        }
        Self { document, answered }
    }

    /// A value as the argument of its setter; nothing if it is not of that schema.
    pub(super) fn write(&self, value: &Value, schema: &Value) -> Option<String> {
        let named = component(schema);
        let schema = resolve(self.document, schema);
        let kind = schema.get("type").and_then(Value::as_str)?;
        match (kind, value) {
            ("string", _) if is_file(schema) => {
                let name = value.as_str().unwrap_or("build.log");
                Some(format!("File::new({name:?}, \"not much\")"))
            }
            ("string", Value::String(text)) if schema.get("enum").is_some() => {
                Some(format!("{text:?}.into()"))
            }
            ("string", Value::String(text)) => Some(format!("{text:?}")),
            ("integer", Value::Number(number)) if number.is_i64() => Some(number.to_string()),
            ("number", Value::Number(number)) => number.as_f64().map(|it| format!("{it:?}")),
            ("boolean", Value::Bool(value)) => Some(value.to_string()),
            ("array", Value::Array(items)) => {
                let schema = schema.get("items")?;
                if is_file(schema) {
                    // Each call of the setter adds one.
                    return self.write(items.first()?, schema);
                }
                let items: Option<Vec<_>> =
                    items.iter().map(|item| self.write(item, schema)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            ("object", Value::Object(given)) => match named {
                Some(name) => self.object(name, given, schema),
                None if schema.get("properties").is_none() => {
                    let pairs = given.iter();
                    let pairs: Vec<_> = pairs
                        .map(|(name, value)| format!("({name:?}, json!({value}))"))
                        .collect();
                    Some(format!("[{}]", pairs.join(", ")))
                }
                None => None,
            },
            _ => None,
        }
    }

    fn object(&self, name: &str, given: &Map<String, Value>, schema: &Value) -> Option<String> {
        let is_answered = self.answered.contains(name);
        let (mut arguments, mut setters) = (Vec::new(), String::new());
        for (member, schema_of) in required_members(schema) {
            let value = self.write(given.get(member)?, schema_of)?;
            if is_answered {
                setters += &format!(".{}({value})", setter(member));
            } else {
                arguments.push(value);
            }
        }
        for (member, value) in given {
            if required_members(schema).any(|(it, _)| it == member) {
                continue;
            }
            let value = self.write(value, schema.get("properties")?.get(member)?)?;
            setters += &format!(".{}({value})", setter(member));
        }
        let arguments = arguments.join(", ");
        Some(format!("types::{name}::new({arguments}){setters}"))
    }
}

/// The documented value of what is called `name`: of objects what is required, or all that is documented if nothing is.
pub(super) fn example(
    document: &Value,
    name: &str,
    schema: &Value,
    documented: Option<&Value>,
) -> Value {
    let schema = resolve(document, schema);
    let documented = documented.or_else(|| schema.get("example"));
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let required: Map<_, _> = required_members(schema)
                .map(|(name, schema)| {
                    let documented = documented.and_then(|it| it.get(name));
                    (name.to_owned(), example(document, name, schema, documented))
                })
                .collect();
            match documented {
                Some(documented) if required.is_empty() => documented.clone(),
                _ => required.into(),
            }
        }
        Some("array") => {
            let first = documented.and_then(|it| it.get(0));
            match schema.get("items") {
                Some(items) => json!([example(document, name, items, first)]),
                None => json!([]),
            }
        }
        kind => documented
            .or_else(|| schema.pointer("/enum/0"))
            .cloned()
            .unwrap_or_else(|| match kind {
                Some("integer" | "number") => json!(1),
                Some("boolean") => json!(true),
                _ if is_file(schema) => Value::Null,
                _ => json!(snake(name)),
            }),
    }
}

/// The required properties of an object, in the order of the properties.
pub(super) fn required_members(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let required = schema.get("required").and_then(Value::as_array);
    members(schema.get("properties"))
        .filter(move |(name, _)| required.is_some_and(|it| it.iter().any(|it| it == *name)))
        .map(|(name, schema)| (name.as_str(), schema))
}

fn component(schema: &Value) -> Option<&str> {
    let target = schema.get("$ref").and_then(Value::as_str)?;
    target.strip_prefix(PREFIX)
}

pub(super) fn is_file(schema: &Value) -> bool {
    schema.get("format").is_some_and(|it| it == "binary")
}

/// Notes the components that `value` refers to, and those that they refer to.
fn reach<'d>(document: &'d Value, value: &'d Value, reached: &mut BTreeSet<&'d str>) {
    if let Some(name) = component(value)
        && reached.insert(name)
    {
        reach(document, resolve(document, value), reached);
    }
    match value {
        Value::Array(values) => values.iter().for_each(|it| reach(document, it, reached)),
        Value::Object(members) => members.values().for_each(|it| reach(document, it, reached)),
        _ => {}
    }
}

/// The setter of what is called `name`.
pub(super) fn setter(name: &str) -> String {
    let name = snake(name);
    // The keywords that parameters are called by.
    match name.as_str() {
        "type" | "in" | "where" | "use" | "ref" | "match" | "move" | "as" | "for" => {
            format!("{name}_")
        }
        _ => name,
    }
}
