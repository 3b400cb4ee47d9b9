//! Descriptions that become doc comments.
//!
//! Indented or fenced text in a description would become a doctest of the generated
//! crate, and fail. Code is kept, but as text.

use crate::build::document::Schema;
use serde_json::Value;

/// `text` without anything that rustdoc would try to run.
pub(crate) fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.lines() {
        let content = line.trim_start_matches([' ', '\t']);
        if content.starts_with("```") || content.starts_with("~~~") {
            out.push_str(if fenced { "```" } else { "```text" });
            fenced = !fenced;
        } else {
            // Four columns of indentation are a code block; three are none.
            let indent = line.len() - content.len();
            out.push_str("   ".get(..indent.min(3)).unwrap_or_default());
            out.push_str(&content.replace("```", "'''").replace("~~~", "'''"));
        }
        out.push('\n');
    }
    if fenced {
        out.push_str("```\n");
    }
    out.truncate(out.trim_end().len());
    out
}

/// What the document says about a value and its Rust type does not.
pub(crate) fn describe(schema: &Schema) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(text) = schema
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        parts.push(tame(text));
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
        parts.push(format!("Format `{}`.", format.replace(['`', '\n'], "'")));
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn literal(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    if text.is_empty() {
        return "the empty text".to_owned();
    }
    format!("`{}`", text.replace(['`', '\n'], "'"))
}
