//! Rust code that calls an operation with some settings.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::literal::{Literals, example, is_file, required_members, setter};
use super::members;
use crate::{
    document::resolve,
    name::{pascal, snake},
};

/// So wide is a call on one line at most.
const WIDTH: usize = 100;

/// A statement that makes a request with all that is required, or with an optional parameter if nothing is:
/// `requests::SearchCompanyContacts::new().search_key("dev");`.
pub(super) fn call(
    document: &Value,
    literals: &Literals<'_>,
    operation: &Value,
    settings: &Map<String, Value>,
) -> Result<String, String> {
    let id = operation.get("operationId").and_then(Value::as_str);
    let id = id.ok_or("the operation has no id to name its request by")?;
    let arguments: Vec<_> = parameters(operation)
        .filter(|parameter| is_in_path(parameter))
        .filter(|parameter| parameter.pointer("/schema/default").is_none())
        .map(argument)
        .collect();
    let new = format!("requests::{}::new({})", pascal(id), arguments.join(", "));
    let mut needed = needed(document, operation, settings);
    if needed.is_empty() && settings.is_empty() {
        needed.extend(optional(operation));
    }
    let needed = needed.into_iter().map(|it| {
        let value = literals.write(&it.value, it.schema).ok_or_else(|| {
            format!(
                "`{}` has to be set, and {} is not one of its values",
                it.name, it.value
            )
        })?;
        Ok(format!(".{}({value})", setter(it.name)))
    });
    let set = settings.iter().map(|(name, value)| {
        let schema = schema(document, operation, name)
            .ok_or_else(|| format!("a task sets `{name}`, which the operation does not have"))?;
        let value = literals.write(value, schema).ok_or_else(|| {
            format!("a task sets `{name}` to {value}, which is not one of its values")
        })?;
        Ok(format!(".{}({value})", setter(name)))
    });
    let setters = needed.chain(set).collect::<Result<Vec<_>, String>>()?;
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

fn is_in_path(parameter: &Value) -> bool {
    parameter.get("in").is_some_and(|place| place == "path")
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

/// Something that has to be set, with the documented value of it.
struct Needed<'d> {
    name: &'d str,
    schema: &'d Value,
    value: Value,
}

/// What has to be set: parameters first, then members of the body.
///
/// A body that requires no member, and of which nothing is set, is the documented one without its nested objects: an empty
/// body would do nothing.
fn needed<'d>(
    document: &'d Value,
    operation: &'d Value,
    settings: &Map<String, Value>,
) -> Vec<Needed<'d>> {
    let parameters = parameters(operation)
        .filter(|it| !is_in_path(it) && it.get("required") == Some(&Value::Bool(true)))
        .filter_map(|it| {
            let (name, schema) = (it.get("name")?.as_str()?, it.get("schema")?);
            Some(Needed {
                name,
                schema,
                value: example(document, name, schema, it.get("example")),
            })
        });
    let content = content(operation);
    let body = content.and_then(|content| content.get("schema"));
    let body = body.map(|schema| resolve(document, schema));
    let whole = content.and_then(documented);
    let is_open = body.is_some_and(|body| {
        let mut properties = members(body.get("properties"));
        required_members(body).next().is_none()
            && !properties.any(|(name, _)| settings.contains_key(name))
    });
    let members = members(body.and_then(|body| body.get("properties")))
        .filter(|(name, schema)| {
            let documented = whole.and_then(|it| it.get(name.as_str()));
            if is_open {
                // Settings within settings would fill the page.
                documented.is_some_and(|it| !it.is_object()) || is_file(schema)
            } else {
                body.is_some_and(|body| required_members(body).any(|(it, _)| it == *name))
            }
        })
        .map(|(name, schema)| Needed {
            name,
            schema,
            value: example(
                document,
                name,
                schema,
                whole.and_then(|it| it.get(name.as_str())),
            ),
        });
    parameters
        .chain(members)
        .filter(|it| !settings.contains_key(it.name))
        .collect()
}

/// The first optional parameter that has a documented value. A page token is of use only after another page.
fn optional(operation: &Value) -> Option<Needed<'_>> {
    parameters(operation)
        .filter(|it| !is_in_path(it) && it.get("deprecated") != Some(&Value::Bool(true)))
        .find_map(|it| {
            let (name, schema) = (it.get("name")?.as_str()?, it.get("schema")?);
            let value = it.get("example").or_else(|| schema.get("example"))?.clone();
            (!name.ends_with("token")).then_some(Needed {
                name,
                schema,
                value,
            })
        })
}

/// The main content of the body.
fn content(operation: &Value) -> Option<&Value> {
    let (_, content) = members(operation.pointer("/requestBody/content")).next()?;
    Some(content)
}

/// The documented example of a content.
fn documented(content: &Value) -> Option<&Value> {
    let named = || members(content.get("examples")).next()?.1.get("value");
    content.get("example").or_else(named)
}

/// The schema of a parameter, or of a member of the body.
fn schema<'d>(document: &'d Value, operation: &'d Value, name: &str) -> Option<&'d Value> {
    let parameter = parameters(operation).find(|it| it.get("name").is_some_and(|it| it == name));
    if let Some(parameter) = parameter {
        return parameter.get("schema");
    }
    let body = resolve(document, content(operation)?.get("schema")?);
    body.get("properties")?.get(name)
}
