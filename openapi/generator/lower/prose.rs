//! The doc comments of types, fields and parameters.

use serde_json::Value;

use crate::generator::document::Schema;
use crate::generator::markdown::{block, code};

/// The facts about a value in the document that its Rust type does not express.
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
    parts.extend(limits(schema));
    parts.extend(count(&schema.min_length, &schema.max_length, "characters"));
    parts.extend(count(&schema.min_items, &schema.max_items, "items"));
    if let Some(default) = schema.default.as_ref().filter(|it| !it.is_null()) {
        parts.push(format!("Default: {}.", literal(default)));
    }
    if let Some(format) = schema
        .format
        .as_deref()
        .filter(|format| !matches!(*format, "int64" | "double"))
    {
        parts.push(format!("Format {}.", code(format)));
    }
    if schema.read_only {
        parts.push("Read-only: only answers contain it.".to_owned());
    }
    if schema.deprecated {
        parts.push("Deprecated.".to_owned());
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The range of a number.
fn limits(schema: &Schema) -> Option<String> {
    let least = schema.minimum.as_ref().map(|it| code(&it.to_string()));
    let greatest = schema.maximum.as_ref().map(|it| code(&it.to_string()));
    let (above, below) = (schema.exclusive_minimum, schema.exclusive_maximum);
    Some(match (least, greatest) {
        (Some(least), Some(greatest)) if !above && !below => format!("From {least} to {greatest}."),
        (Some(least), Some(greatest)) => {
            format!(
                "{} {least}, {} {greatest}.",
                lower(above),
                upper(below).to_lowercase()
            )
        }
        (Some(least), None) => format!("{} {least}.", lower(above)),
        (None, Some(greatest)) => format!("{} {greatest}.", upper(below)),
        (None, None) => return None,
    })
}

fn lower(exclusive: bool) -> &'static str {
    if exclusive {
        "Greater than"
    } else {
        "At least"
    }
}

fn upper(exclusive: bool) -> &'static str {
    if exclusive { "Less than" } else { "At most" }
}

/// The range of a length.
fn count(least: &Option<Value>, most: &Option<Value>, what: &str) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {most} {what}.")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {what}.")),
        (Some(least), None) => Some(format!("At least {least} {what}.")),
        (None, Some(most)) => Some(format!("At most {most} {what}.")),
        (None, None) => None,
    }
}

fn literal(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| code(&value.to_string()), code)
}
