//! What is refused of discriminators.

use serde_json::{Map, Value};

use super::rules::{Problem, members, of};
use crate::generator::document::component_key;

/// The problems of a schema that has one.
pub(super) fn schema(object: &Map<String, Value>, document: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some(discriminator) = object.get("discriminator") else {
        return problems;
    };
    if discriminator
        .get("propertyName")
        .and_then(Value::as_str)
        .is_none()
    {
        problems.push(of(
            "discriminator",
            "propertyName is missing; name the property that tells the schemas apart",
        ));
    }
    problems.extend(lost(object, discriminator, document));
    for part in ["oneOf", "anyOf"] {
        let branches = object.get(part).and_then(Value::as_array);
        for (index, branch) in branches.into_iter().flatten().enumerate() {
            let key = branch
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|it| component_key(it, "schemas"));
            let target = key.and_then(|key| document.pointer("/components/schemas")?.get(key));
            if branch.get("$ref").is_none() || target.is_some_and(|it| !is_object(it)) {
                problems.push(of(
                    part,
                    format!("the schema {index} beside a discriminator is not a reference to an object; define it as an object in #/components/schemas and refer to it there"),
                ));
            }
        }
    }
    problems
}

/// A value of a schema with a discriminator and without a union may have any of the schemas that extend it.
fn lost(object: &Map<String, Value>, discriminator: &Value, document: &Value) -> Option<Problem> {
    if object.contains_key("oneOf") || object.contains_key("anyOf") {
        return None;
    }
    let schemas = document.pointer("/components/schemas")?.as_object()?;
    let is_this = |key: &String| {
        let named = schemas.get(key).and_then(Value::as_object);
        named.is_some_and(|it| std::ptr::eq(it, object))
    };
    let extends = |schema: &Value| {
        let parts = schema.get("allOf").and_then(Value::as_array);
        let targets = parts
            .into_iter()
            .flatten()
            .filter_map(|part| part.get("$ref")?.as_str());
        targets
            .filter_map(|it| component_key(it, "schemas"))
            .any(|key| is_this(&key))
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let is_mapped = mapping.is_some_and(|mapping| !mapping.is_empty());
    (is_mapped || schemas.values().any(extends)).then(|| {
        of(
            "discriminator",
            "without oneOf or anyOf, the properties of the schemas that it tells apart would be lost; list these in oneOf, in another schema with the discriminator, and refer to that one",
        )
    })
}

fn is_object(schema: &Value) -> bool {
    ["properties", "allOf", "oneOf", "anyOf", "$ref"]
        .iter()
        .any(|key| schema.get(key).is_some())
        || schema.get("type").and_then(Value::as_str) == Some("object")
}

/// The problems of the discriminator itself.
pub(super) fn discriminator(object: &Map<String, Value>, document: &Value) -> Vec<Problem> {
    let schemas = document.pointer("/components/schemas");
    members(object, "mapping")
        .filter(|(_, target)| {
            let name = target.as_str().unwrap_or_default();
            let key = component_key(name, "schemas").unwrap_or_else(|| name.to_owned());
            schemas.and_then(|it| it.get(key)).is_none()
        })
        .map(|(value, target)| {
            of("mapping", format!("{target} for {value:?} is not a schema of this document; name one of #/components/schemas"))
        })
        .collect()
}
