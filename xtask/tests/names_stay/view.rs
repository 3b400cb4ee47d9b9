//! What callers see of a document, operation by operation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// An operation as it is called: its path, itself, and every component that it leads to, by name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) operation: Value,
    pub(crate) components: BTreeMap<String, Value>,
    pub(crate) security: BTreeMap<String, Value>,
}

impl Seen {
    pub(crate) fn id(&self) -> &str {
        self.operation["operationId"].as_str().unwrap()
    }

    /// Its names alone, by where they stand.
    pub(crate) fn names(&self) -> (String, Vec<(String, String)>) {
        let mut names = Vec::new();
        references(&self.operation, "", &mut names);
        for (name, component) in &self.components {
            references(component, name, &mut names);
        }
        names.sort();
        (format!("{} {}", self.path, self.id()), names)
    }
}

/// The operations of a document by path, without the names of its parameters, and method.
pub(crate) fn seen(document: &Value) -> BTreeMap<(String, String), Seen> {
    let mut seen = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let mut operation = operation.clone();
            let written = operation.as_object_mut().unwrap();
            // Where it stands is no matter of its own.
            written.remove("x-postman-source");
            written.remove("tags");
            let servers = written
                .remove("servers")
                .unwrap_or_else(|| document["servers"].clone());
            written.insert("servers".to_owned(), servers);
            let schemes = operation["security"].as_array().into_iter().flatten();
            let security = schemes
                .flat_map(|scheme| scheme.as_object().unwrap().keys())
                .map(|name| {
                    (
                        name.clone(),
                        document["components"]["securitySchemes"][name].clone(),
                    )
                })
                .collect();
            let one = Seen {
                path: path.clone(),
                components: components(document, &operation),
                operation,
                security,
            };
            assert!(
                seen.insert((skeleton(path), method.clone()), one).is_none(),
                "{path} twice"
            );
        }
    }
    seen
}

/// All but the operation of this path and method.
pub(crate) fn without(
    document: &Value,
    edited: &[(String, String)],
) -> BTreeMap<(String, String), Seen> {
    let mut seen = seen(document);
    seen.retain(|operation, _| !edited.contains(operation));
    seen
}

fn components(document: &Value, operation: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let mut open: BTreeSet<String> = targets(operation);
    while let Some(name) = open.pop_first() {
        let component = document["components"]["schemas"][&name].clone();
        assert!(component.is_object(), "no {name}");
        open.extend(
            targets(&component)
                .into_iter()
                .filter(|name| !found.contains_key(name)),
        );
        found.insert(name, component);
    }
    found
}

fn targets(value: &Value) -> BTreeSet<String> {
    let mut names = Vec::new();
    references(value, "", &mut names);
    names.into_iter().map(|(_, name)| name).collect()
}

/// The components that a schema refers to, by where.
pub(crate) fn references(value: &Value, at: &str, names: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members
                .iter()
                .filter(|(key, _)| !key.starts_with("example"))
            {
                match (key.as_str(), member) {
                    ("$ref", Value::String(target)) => {
                        let name = target.strip_prefix("#/components/schemas/").unwrap();
                        names.push((at.to_owned(), name.to_owned()));
                    }
                    _ => references(member, &format!("{at}/{key}"), names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, at, names)),
        _ => {}
    }
}

pub(crate) fn skeleton(path: &str) -> String {
    let segment = |segment: &str| match segment.starts_with('{') {
        true => "/{}".to_owned(),
        false => format!("/{segment}"),
    };
    path.split('/').skip(1).map(segment).collect()
}

/// All schemas of a document.
pub(crate) fn schemas(document: &Value) -> Map<String, Value> {
    let schemas = document
        .pointer("/components/schemas")
        .unwrap_or(&json!({}))
        .clone();
    schemas.as_object().unwrap().clone()
}
