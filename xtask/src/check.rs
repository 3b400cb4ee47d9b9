//! What must hold for the document before it is written.

use std::collections::HashSet;

use serde::Deserialize as _;
use serde_json::{Map, Value};

/// Checks that `document` is OpenAPI and consistent in itself.
///
/// # Errors
///
/// The first thing that is wrong, beginning with where.
pub fn check(document: &Value) -> Result<(), String> {
    let mut members_but_paths: Map<String, Value> = Map::new();
    for (key, member) in members(Some(document)) {
        if key != "paths" {
            members_but_paths.insert(key.clone(), member.clone());
        }
    }
    frame(&members_but_paths)?;
    let Some(Value::Object(paths)) = document.get("paths") else {
        return Err("$.paths: no OpenAPI 3.0 document: there are no paths".to_owned());
    };
    references(document, document, &mut "$".to_owned())?;
    let mut checked = Checked::default();
    for (template, item) in paths {
        if template.starts_with("x-") {
            continue;
        }
        if !template.starts_with('/') {
            return Err(format!("{template}: a path begins with a slash"));
        }
        openapiv3::ReferenceOr::<openapiv3::PathItem>::deserialize(item)
            .map_err(|error| no_openapi(template, &error))?;
        for (method, operation) in members(Some(item)) {
            if operation.get("operationId").is_some_and(Value::is_string) {
                checked.operation(template, method, operation)?;
            }
        }
    }
    Ok(())
}

fn no_openapi(at: &str, error: &serde_json::Error) -> String {
    format!("{at}: no OpenAPI 3.0 document: {error}")
}

/// Checks a document without its paths against OpenAPI's types.
///
/// # Errors
///
/// The first thing that is wrong.
pub(crate) fn frame(members: &Map<String, Value>) -> Result<(), String> {
    let mut members = members.clone();
    members.insert("paths".to_owned(), Value::Object(Map::new()));
    match serde_json::from_value::<openapiv3::OpenAPI>(Value::Object(members)) {
        Ok(_) => Ok(()),
        Err(error) => Err(no_openapi("$", &error)),
    }
}

/// The operations of a document that were found good.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    ids: HashSet<String>,
}

impl Checked {
    /// Checks an operation against OpenAPI's types, its path, and those before it.
    pub(crate) fn operation(
        &mut self,
        template: &str,
        method: &str,
        operation: &Value,
    ) -> Result<(), String> {
        let at = || format!("{} {template}", method.to_uppercase());
        openapiv3::Operation::deserialize(operation).map_err(|error| no_openapi(&at(), &error))?;
        let id = operation.get("operationId").and_then(Value::as_str);
        let id = id.unwrap_or_default();
        if id.is_empty() {
            return Err(format!("{}: the operation has no id", at()));
        }
        if !self.ids.insert(id.to_owned()) {
            return Err(format!(
                "{}: the operation id {id} is taken by another operation",
                at()
            ));
        }
        path_parameters(template, operation).map_err(|reason| format!("{}: {reason}", at()))
    }
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
