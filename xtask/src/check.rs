//! What must hold for the document before it is written.

use std::collections::HashSet;

use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::document::WEBHOOKS;

/// Checks that `document` is OpenAPI and consistent in itself.
///
/// # Errors
///
/// The first thing that is wrong, beginning with where.
pub fn check(document: &Value) -> Result<(), String> {
    is_openapi(document)?;
    references(document, document, &mut "$".to_owned())?;
    let mut ids = HashSet::new();
    for (template, item) in members(document.get("paths")) {
        for (method, value) in members(Some(item)) {
            operation(template, method, value, &mut ids)?;
        }
    }
    Ok(())
}

/// Checks one operation, if it is one. `ids` are those of the operations before it.
///
/// # Errors
///
/// The first thing that is wrong, beginning with where.
pub(crate) fn operation(
    template: &str,
    method: &str,
    operation: &Value,
    ids: &mut HashSet<String>,
) -> Result<(), String> {
    let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
        return Ok(());
    };
    let at = format!("{} {template}", method.to_uppercase());
    if id.is_empty() {
        return Err(format!("{at}: the operation has no id"));
    }
    if !ids.insert(id.to_owned()) {
        return Err(format!(
            "{at}: the operation id {id} is taken by another operation"
        ));
    }
    path_parameters(template, operation).map_err(|reason| format!("{at}: {reason}"))
}

/// Checks each operation against OpenAPI's types on its own: all at once would take the document's memory twice more.
fn is_openapi(document: &Value) -> Result<(), String> {
    let no_openapi =
        |at: &str, error: &serde_json::Error| format!("{at}: no OpenAPI 3.0 document: {error}");
    let mut frame: Map<String, Value> = Map::new();
    for (key, member) in members(Some(document)) {
        if key != "paths" {
            frame.insert(key.clone(), member.clone());
        }
    }
    frame.insert("paths".to_owned(), Value::Object(Map::new()));
    serde_json::from_value::<openapiv3::OpenAPI>(Value::Object(frame))
        .map_err(|error| no_openapi("$", &error))?;
    match document.get("paths") {
        Some(Value::Object(paths)) => {
            for (template, item) in paths {
                if template.starts_with("x-") {
                    continue;
                }
                if !template.starts_with('/') {
                    return Err(format!("{template}: a path begins with a slash"));
                }
                openapiv3::ReferenceOr::<openapiv3::PathItem>::deserialize(item)
                    .map_err(|error| no_openapi(template, &error))?;
            }
            webhooks(document)
        }
        _ => Err("$.paths: no OpenAPI 3.0 document: there are no paths".to_owned()),
    }
}

/// Webhooks are path items as well.
fn webhooks(document: &Value) -> Result<(), String> {
    for (name, item) in members(document.get(WEBHOOKS)) {
        webhook(name, item)?;
    }
    Ok(())
}

/// Checks one webhook.
///
/// # Errors
///
/// What is wrong, beginning with where.
pub(crate) fn webhook(name: &str, item: &Value) -> Result<(), String> {
    openapiv3::PathItem::deserialize(item)
        .map(|_| ())
        .map_err(|error| format!("{WEBHOOKS}.{name}: no path item of OpenAPI 3.0: {error}"))
}

fn path_parameters(template: &str, operation: &Value) -> Result<(), String> {
    let declared: HashSet<&str> = operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("path"))
        .filter_map(|parameter| parameter.get("name")?.as_str())
        .collect();
    let in_template: HashSet<&str> = template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    match declared.symmetric_difference(&in_template).min() {
        Some(name) => Err(format!(
            "the path parameter {name} is not both in the path and declared"
        )),
        None => Ok(()),
    }
}

/// Every reference leads somewhere. Examples are data, and are not looked into.
fn references(document: &Value, value: &Value, at: &mut String) -> Result<(), String> {
    let length = at.len();
    match value {
        Value::Object(entries) => {
            // Below `properties` the keys are names, whatever they are.
            let names_follow = at.ends_with(".properties");
            for (key, entry) in entries {
                match (key.as_str(), entry) {
                    ("$ref", Value::String(target)) if !names_follow => {
                        let pointer = target.strip_prefix('#').unwrap_or(target);
                        if document.pointer(pointer).is_none() {
                            return Err(format!("{at}: {target} leads nowhere"));
                        }
                    }
                    ("example" | "examples", _) if !names_follow => {}
                    _ => {
                        at.push('.');
                        at.push_str(key);
                        references(document, entry, at)?;
                        at.truncate(length);
                    }
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push_str(&format!("[{index}]"));
                references(document, item, at)?;
                at.truncate(length);
            }
        }
        _ => {}
    }
    Ok(())
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
