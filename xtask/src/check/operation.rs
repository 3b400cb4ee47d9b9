//! Operations and their parameters.

use std::{borrow::Cow, collections::HashSet};

use serde_json::{Map, Value};

use super::{items, members};
use crate::{
    document::resolve,
    node::{Node, Object},
};

/// The methods of OpenAPI.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Checks the operations of a path item. `ids` are those of the operations before it.
pub(super) fn item(
    template: &str,
    item: &Value,
    document: &Value,
    ids: &mut HashSet<String>,
) -> Result<(), String> {
    let of_path = parameters(template, stated(item, document))?;
    for method in METHODS {
        let Some(operation) = item.get(method) else {
            continue;
        };
        let at = at(template, method);
        id(&at, id_of(operation), ids)?;
        let mut all: HashSet<Parameter<'_>> = parameters(&at, stated(operation, document))?;
        all.extend(of_path.iter().copied());
        path_parameters(template, &all).map_err(|reason| format!("{at}: {reason}"))?;
        security(&at, operation, document)?;
        super::servers(&at, operation)?;
        let responses = operation.get("responses");
        if responses.is_some() && members(responses).next().is_none() {
            return Err(format!("{at}: the operation has no response"));
        }
    }
    Ok(())
}

/// Checks what refers to operations from within others: callbacks have ids of their own, and links lead to ids.
pub(super) fn others(document: &Value, ids: &mut HashSet<String>) -> Result<(), String> {
    let mut links = Vec::new();
    let components = document.get("components");
    let section = |name: &str| components.and_then(|components| components.get(name));
    for (name, callback) in members(section("callbacks")) {
        of_callback(name, callback, ids)?;
    }
    links.extend(members(section("links")));
    let answers = members(section("responses")).map(|(_, answer)| answer);
    links.extend(answers.flat_map(|answer| members(answer.get("links"))));
    for (template, item) in members(document.get("paths")) {
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            for (name, callback) in members(operation.get("callbacks")) {
                of_callback(&format!("{} {name}", at(template, method)), callback, ids)?;
            }
            let answers = members(operation.get("responses")).map(|(_, answer)| answer);
            links.extend(answers.flat_map(|answer| members(answer.get("links"))));
        }
    }
    for (name, link) in links {
        if let Some(id) = link.get("operationId").and_then(Value::as_str)
            && !ids.contains(id)
        {
            return Err(format!("link {name}: there is no operation {id}"));
        }
    }
    Ok(())
}

fn of_callback(place: &str, callback: &Value, ids: &mut HashSet<String>) -> Result<(), String> {
    for (expression, item) in members(Some(callback)) {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                id(
                    &format!("{place}: {} {expression}", method.to_uppercase()),
                    id_of(operation),
                    ids,
                )?;
            }
        }
    }
    Ok(())
}

/// A path item whose operations all have responses: empty ones where there are none, unless they are needed.
pub(super) fn with_responses<'v>(
    template: &str,
    item: &'v Value,
    are_needed: bool,
) -> Result<Cow<'v, Value>, String> {
    let mut whole = Cow::Borrowed(item);
    for method in METHODS {
        let operation = item.get(method).and_then(Value::as_object);
        if operation.is_none_or(|operation| operation.contains_key("responses")) {
            continue;
        }
        if are_needed {
            let at = at(template, method);
            return Err(format!(
                "{at}: the operation has no response; OpenAPI 3.0 requires one, 3.1 does not"
            ));
        }
        if let Some(operation) = whole.to_mut().get_mut(method) {
            operation["responses"] = Value::Object(Map::new());
        }
    }
    Ok(whole)
}

/// Checks one operation that refers to no parameters elsewhere. `ids` are those of the operations before it.
///
/// # Errors
///
/// The first thing that is wrong, beginning with where.
pub(crate) fn operation(
    template: &str,
    method: &str,
    operation: &Object<'_>,
    ids: &mut HashSet<String>,
) -> Result<(), String> {
    let at = at(template, method);
    id(
        &at,
        operation.get("operationId").and_then(Node::as_text),
        ids,
    )?;
    let parameters = operation.get("parameters").map_or(&[][..], Node::items);
    let stated = parameters.iter().map(|parameter| {
        let text = |key: &str| parameter.get(key).and_then(Node::as_text);
        let is_required = parameter.get("required") == Some(&Node::Bool(true));
        let identity = (
            text("in").unwrap_or_default(),
            text("name").unwrap_or_default(),
        );
        (identity, is_required)
    });
    let parameters = self::parameters(&at, stated)?;
    path_parameters(template, &parameters).map_err(|reason| format!("{at}: {reason}"))
}

fn at(template: &str, method: &str) -> String {
    format!("{} {template}", method.to_uppercase())
}

fn id_of(operation: &Value) -> Option<&str> {
    operation.get("operationId").and_then(Value::as_str)
}

fn id(at: &str, id: Option<&str>, ids: &mut HashSet<String>) -> Result<(), String> {
    let Some(id) = id else {
        return Ok(());
    };
    if id.is_empty() {
        return Err(format!("{at}: the operation has no id"));
    }
    match ids.insert(id.to_owned()) {
        true => Ok(()),
        false => Err(format!(
            "{at}: the operation id {id} is taken by another operation"
        )),
    }
}

/// Where a parameter stands, and its name.
type Parameter<'v> = (&'v str, &'v str);

/// The parameters that an operation or a path item states, and whether each is required.
fn stated<'v>(
    holder: &'v Value,
    document: &'v Value,
) -> impl Iterator<Item = (Parameter<'v>, bool)> {
    items(holder.get("parameters")).map(|parameter| {
        let parameter = resolve(document, parameter);
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let is_required = parameter.get("required") == Some(&Value::Bool(true));
        let identity = (
            text("in").unwrap_or_default(),
            text("name").unwrap_or_default(),
        );
        (identity, is_required)
    })
}

/// The parameters, each there once.
fn parameters<'v>(
    at: &str,
    stated: impl Iterator<Item = (Parameter<'v>, bool)>,
) -> Result<HashSet<Parameter<'v>>, String> {
    let mut parameters = HashSet::new();
    for ((location, name), is_required) in stated {
        if location == "path" && !is_required {
            return Err(format!("{at}: the path parameter {name} is not required"));
        }
        if !parameters.insert((location, name)) {
            return Err(format!(
                "{at}: the {location} parameter {name} is there twice"
            ));
        }
    }
    Ok(parameters)
}

fn path_parameters(template: &str, parameters: &HashSet<Parameter<'_>>) -> Result<(), String> {
    // A webhook has no path.
    if !template.starts_with('/') {
        return Ok(());
    }
    let declared = parameters
        .iter()
        .filter(|(location, _)| *location == "path");
    let declared: HashSet<&str> = declared.map(|(_, name)| *name).collect();
    let mut in_template: HashSet<&str> = HashSet::new();
    for rest in template.split('{').skip(1) {
        let Some((name, _)) = rest.split_once('}') else {
            return Err("a brace of the path is not closed".to_owned());
        };
        if !in_template.insert(name) {
            return Err(format!("the path parameter {name} is in the path twice"));
        }
    }
    match declared.symmetric_difference(&in_template).min() {
        Some(name) => Err(format!(
            "the path parameter {name} is not both in the path and declared"
        )),
        None => Ok(()),
    }
}

/// The schemes that security requirements name are declared.
pub(super) fn security(at: &str, holder: &Value, document: &Value) -> Result<(), String> {
    let schemes = document.pointer("/components/securitySchemes");
    for requirement in items(holder.get("security")) {
        for (name, scopes) in members(Some(requirement)) {
            let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
                return Err(format!("{at}: there is no security scheme `{name}`"));
            };
            let scheme = resolve(document, scheme);
            let kind = scheme.get("type").and_then(Value::as_str);
            if matches!(kind, Some("apiKey" | "http")) && items(Some(scopes)).next().is_some() {
                return Err(format!("{at}: the security scheme `{name}` has no scopes"));
            }
            let flows = || members(scheme.get("flows")).map(|(_, flow)| flow.get("scopes"));
            let is_unknown = |scope: &&str| !flows().flatten().any(|all| all.get(*scope).is_some());
            let mut asked = items(Some(scopes)).filter_map(Value::as_str);
            if kind == Some("oauth2")
                && let Some(scope) = asked.find(is_unknown)
            {
                return Err(format!(
                    "{at}: `{scope}` is not a scope of the security scheme `{name}`"
                ));
            }
        }
    }
    Ok(())
}
