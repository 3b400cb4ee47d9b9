//! The call of one operation with some settings, as Rust.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::members;
use crate::name::{pascal, snake};

/// So wide is a call on one line at most.
const WIDTH: usize = 100;

/// A statement that makes the request: `requests::GetChannel::new("channel_id");`.
pub(super) fn call(
    document: &Value,
    operation: &Value,
    settings: &Map<String, Value>,
) -> Result<String, String> {
    let id = operation.get("operationId").and_then(Value::as_str);
    let id = id.ok_or("the operation has no id to name its request by")?;
    let arguments: Vec<_> = parameters(operation)
        .filter(|parameter| parameter.get("in").is_some_and(|place| place == "path"))
        .filter(|parameter| parameter.pointer("/schema/default").is_none())
        .map(argument)
        .collect();
    let new = format!("requests::{}::new({})", pascal(id), arguments.join(", "));
    let setters = settings
        .iter()
        .map(|(name, value)| {
            let schema = schema(document, operation, name).ok_or_else(|| {
                format!("a task sets `{name}`, which the operation does not have")
            })?;
            let value = literal(value, schema).ok_or_else(|| {
                format!("a task sets `{name}` to {value}, which is no such value")
            })?;
            Ok(format!(".{}({value})", setter(name)))
        })
        .collect::<Result<Vec<_>, String>>()?;
    let line = format!("{new}{};", setters.concat());
    if line.len() <= WIDTH {
        return Ok(line);
    }
    let mut lines = new;
    for setter in setters {
        let _ = write!(lines, "\n    {setter}");
    }
    Ok(lines + ";")
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten()
}

/// What stands for the value of a parameter in the path.
fn argument(parameter: &Value) -> String {
    let name = parameter
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match parameter.pointer("/schema/type").and_then(Value::as_str) {
        Some("integer") => "1".to_owned(),
        Some("number") => "1.0".to_owned(),
        Some("boolean") => "true".to_owned(),
        _ if parameter.pointer("/schema/enum").is_some() => format!("{:?}.into()", snake(name)),
        _ => format!("{:?}", snake(name)),
    }
}

/// The schema of a parameter, or of a member of the body.
fn schema<'d>(document: &'d Value, operation: &'d Value, name: &str) -> Option<&'d Value> {
    let parameter = parameters(operation).find(|it| it.get("name").is_some_and(|it| it == name));
    if let Some(parameter) = parameter {
        return parameter.get("schema");
    }
    let (_, content) = members(operation.pointer("/requestBody/content")).next()?;
    let body = resolved(document, content.get("schema")?);
    let property = body.get("properties")?.get(name)?;
    Some(resolved(document, property))
}

fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let target = schema.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| document.pointer(target.strip_prefix('#')?));
    target.unwrap_or(schema)
}

/// A value as the argument of its setter.
fn literal(value: &Value, schema: &Value) -> Option<String> {
    let kind = schema.get("type").and_then(Value::as_str)?;
    match (kind, value) {
        ("string", Value::String(text)) if schema.get("enum").is_some() => {
            Some(format!("{text:?}.into()"))
        }
        ("string", Value::String(text)) => Some(format!("{text:?}")),
        ("integer", Value::Number(number)) if number.is_i64() => Some(number.to_string()),
        ("boolean", Value::Bool(value)) => Some(value.to_string()),
        ("array", Value::Array(items)) => {
            let schema = schema.get("items")?;
            let items: Option<Vec<_>> = items.iter().map(|item| literal(item, schema)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        _ => None,
    }
}

fn setter(name: &str) -> String {
    let name = snake(name);
    // The keywords that parameters are called by.
    match name.as_str() {
        "type" | "in" | "where" | "use" | "ref" | "match" | "move" | "as" | "for" => {
            format!("{name}_")
        }
        _ => name,
    }
}
