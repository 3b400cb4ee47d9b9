//! What kind of value a schema describes.

use indexmap::IndexMap;
use serde_json::Value;

use crate::generator::document::{Schema, component_key};

/// The branches of a union, unless they only say which properties go together.
pub(super) fn union(schema: &Schema) -> Option<&[Schema]> {
    [&schema.one_of, &schema.any_of]
        .into_iter()
        .find(|branches| {
            branches.iter().any(|branch| {
                schema.properties.is_empty()
                    || *branch
                        != Schema {
                            required: branch.required.clone(),
                            ..Schema::default()
                        }
            })
        })
        .map(Vec::as_slice)
}

/// The type of a schema, guessed where it is not said.
pub(super) fn kind(schema: &Schema) -> Option<&str> {
    if let Some(kind) = &schema.kind {
        return Some(kind);
    }
    let values = || schema.values.iter().filter(|value| !value.is_null());
    if !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.all_of.is_empty()
    {
        Some("object")
    } else if schema.items.is_some() {
        Some("array")
    } else if values().next().is_some() && values().all(Value::is_string) {
        Some("string")
    } else if values().next().is_some() && values().all(Value::is_i64) {
        Some("integer")
    } else {
        None
    }
}

pub(super) fn is_null(schema: &Schema) -> bool {
    schema.kind.as_deref() == Some("null") || matches!(schema.values.as_slice(), [Value::Null])
}

/// The schema that a schema refers to in the end.
pub(crate) fn follow<'s>(schemas: &'s IndexMap<String, Schema>, schema: &'s Schema) -> &'s Schema {
    let mut at = schema;
    while let Some(reference) = &at.reference {
        // Every reference leads somewhere, and none leads back.
        match component_key(reference, "schemas").and_then(|key| schemas.get(&key)) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// Whether a property is a file, or several.
pub(crate) fn is_file(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("binary") || schema.items.as_deref().is_some_and(is_file)
}

pub(super) fn exceeds_i64(schema: &Schema) -> bool {
    [&schema.minimum, &schema.maximum, &schema.example]
        .into_iter()
        .flatten()
        .chain(&schema.values)
        .any(|value| {
            value.is_u64() && !value.is_i64()
                || value.as_f64().is_some_and(|value| value.abs() > 9.3e18)
        })
}
