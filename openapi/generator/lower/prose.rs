//! What the doc comments of types, fields and parameters say.

use serde_json::Value;

use crate::generator::document::Schema;
use crate::generator::markdown::{block, code};

/// What the document says about a value and its Rust type does not.
pub(crate) fn describe(schema: &Schema) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(text) = schema
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        parts.push(block(text));
    }
    let values: Vec<_> = schema
        .values
        .iter()
        .filter(|value| !value.is_null())
        .map(literal)
        .collect();
    if !values.is_empty() {
        parts.push(format!("One of {}.", values.join(", ")));
    }
    if let Some(length) = &schema.max_length {
        parts.push(format!("At most {length} characters."));
    }
    if let Some(items) = &schema.max_items {
        parts.push(format!("At most {items} items."));
    }
    if let Some(format) = schema
        .format
        .as_deref()
        .filter(|format| !matches!(*format, "int64" | "double"))
    {
        parts.push(format!("Format {}.", code(format)));
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn literal(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| code(&value.to_string()), code)
}
