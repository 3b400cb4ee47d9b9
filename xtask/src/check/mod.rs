//! Validates the document before it is written.

#[cfg(test)]
mod documents;
mod example;
mod kinds;
mod objects;
mod operation;
mod reference;
mod rules;
#[cfg(test)]
mod tests;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::document::{Version, WEBHOOKS, resolve};

pub(crate) use example::mismatched;
pub(crate) use operation::operation;

/// Checks that `document` is OpenAPI 3.0, and consistent in itself: references and mappings lead somewhere, operation ids
/// and parameters are unique, path parameters are declared, security schemes and server variables exist.
///
/// ```
/// use serde_json::json;
/// use xtask::check::check;
///
/// let mut document = json!({
///     "openapi": "3.0.3",
///     "info": { "title": "Things", "version": "1" },
///     "paths": { "/things": { "get": { "responses": { "200": { "$ref": "#/components/responses/Things" } } } } },
///     "components": { "responses": { "Things": { "description": "All things." } } },
/// });
/// assert_eq!(check(&document), Ok(()));
/// document["components"] = json!({});
/// assert_eq!(
///     check(&document).unwrap_err(),
///     "$.paths./things.get.responses.200: #/components/responses/Things leads nowhere"
/// );
/// ```
///
/// # Errors
///
/// The first thing that is wrong, beginning with where.
pub fn check(document: &Value) -> Result<(), String> {
    check_for(document, Version::V3_0)
}

/// The same for a document that is to be written in `version`: in 3.1 an operation needs no responses.
///
/// # Errors
///
/// As for [`check`].
pub fn check_for(document: &Value, version: Version) -> Result<(), String> {
    if Version::of(document) != Some(Version::V3_0) {
        let stated = document.get("openapi").unwrap_or(&Value::Null);
        return Err(format!("$.openapi: not OpenAPI 3.0, but {stated}"));
    }
    objects::all(document)?;
    let needs_responses = version == Version::V3_0;
    is_openapi(document, needs_responses)?;
    reference::all(document)?;
    components(document)?;
    servers("$", document)?;
    let mut ids = HashSet::new();
    let mut shapes: HashMap<String, &str> = HashMap::new();
    for (template, item) in members(document.get("paths")) {
        if template.starts_with("x-") {
            continue;
        }
        if let Some(other) = shapes.insert(shape(template), template) {
            return Err(format!("{template}: is the same path as {other}"));
        }
        // A path item that refers to another one has the operations of that one, with their ids.
        let mut of_other = HashSet::new();
        let ids = match item.get("$ref") {
            Some(_) => &mut of_other,
            None => &mut ids,
        };
        let item = resolve(document, item);
        servers(template, item)?;
        operation::item(template, item, document, ids)?;
    }
    for (name, item) in members(document.get(WEBHOOKS)) {
        operation::item(name, item, document, &mut ids)?;
    }
    operation::others(document, &mut ids)
}

/// A template without the names of its parameters: templates that differ in nothing else are one path.
fn shape(template: &str) -> String {
    let mut shape = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    shape.push_str(rest);
    shape
}

/// Checks each operation against OpenAPI's types on its own: all at once would take the document's memory twice more.
fn is_openapi(document: &Value, needs_responses: bool) -> Result<(), String> {
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
                if shape(template).contains(['?', '#']) {
                    return Err(format!("{template}: a path has no query and no fragment"));
                }
                let item = operation::with_responses(template, item, needs_responses)?;
                openapiv3::ReferenceOr::<openapiv3::PathItem>::deserialize(&*typed(&item))
                    .map_err(|error| no_openapi(template, &error))?;
            }
            for (name, item) in members(document.get(WEBHOOKS)) {
                webhook(
                    name,
                    &*operation::with_responses(name, item, needs_responses)?,
                )?;
            }
            Ok(())
        }
        _ => Err("$.paths: not an OpenAPI 3.0 document: there are no paths".to_owned()),
    }
}

/// A path item without callbacks that are references, which the types do not know.
fn typed(item: &Value) -> Cow<'_, Value> {
    let is_reference = |callback: &Value| callback.get("$ref").is_some();
    let has_some =
        |operation: &Value| members(operation.get("callbacks")).any(|(_, it)| is_reference(it));
    if !members(Some(item)).any(|(_, operation)| has_some(operation)) {
        return Cow::Borrowed(item);
    }
    let mut item = item.clone();
    for (_, operation) in item.as_object_mut().into_iter().flatten() {
        if let Some(callbacks) = operation
            .get_mut("callbacks")
            .and_then(Value::as_object_mut)
        {
            callbacks.retain(|_, callback| !is_reference(callback));
        }
    }
    Cow::Owned(item)
}

/// Checks one webhook, which is a path item as well.
///
/// # Errors
///
/// What is wrong, beginning with where.
pub(crate) fn webhook(name: &str, item: &Value) -> Result<(), String> {
    openapiv3::PathItem::deserialize(item)
        .map(|_| ())
        .map_err(|error| format!("{WEBHOOKS}.{name}: not a path item of OpenAPI 3.0: {error}"))
}

/// The names of components, and the security schemes that the document as a whole requires.
fn components(document: &Value) -> Result<(), String> {
    let is_name = |name: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        !name.is_empty() && name.chars().all(fits)
    };
    for (kind, section) in members(document.get("components")) {
        if let Some((name, _)) = members(Some(section)).find(|(name, _)| !is_name(name))
            && !kind.starts_with("x-")
        {
            return Err(format!(
                "$.components.{kind}: `{name}` is not a name; it may have letters, digits and _.-"
            ));
        }
    }
    let mut tags = HashSet::new();
    for tag in items(document.get("tags")) {
        let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
        if !tags.insert(name) {
            return Err(format!("$.tags: `{name}` is there twice"));
        }
    }
    operation::security("$", document, document)
}

/// The variables of servers.
fn servers(at: &str, holder: &Value) -> Result<(), String> {
    for server in items(holder.get("servers")) {
        let url = server
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut parts = url.split('{');
        parts.next();
        for name in parts.filter_map(|rest| rest.split_once('}').map(|(name, _)| name)) {
            let variable = server
                .get("variables")
                .and_then(|variables| variables.get(name));
            let default = variable.and_then(|variable| variable.get("default"));
            if default.is_none() {
                return Err(format!(
                    "{at}: the server {url} has no variable `{name}` with a default"
                ));
            }
        }
    }
    Ok(())
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
