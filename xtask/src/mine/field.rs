//! Descriptions of parameters, form fields and properties.

use super::Found;

/// What the description of one value says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// The rest, as Markdown.
    pub description: String,
    /// A `(Required)` prefix.
    pub required: Option<Found<()>>,
    /// A leading "Deprecated" mark.
    pub deprecated: Option<Found<()>>,
    /// The only values allowed, as written, without quotes.
    pub enumeration: Option<Found<Vec<String>>>,
    /// The value that stands if none is given, as written.
    pub default: Option<Found<String>>,
    /// Smallest number.
    pub minimum: Option<Found<i64>>,
    /// Largest number.
    pub maximum: Option<Found<i64>>,
    /// Fewest characters.
    pub min_length: Option<Found<u64>>,
    /// Most characters.
    pub max_length: Option<Found<u64>>,
    /// Fewest items.
    pub min_items: Option<Found<u64>>,
    /// Most items.
    pub max_items: Option<Found<u64>>,
}

/// Reads the description of a parameter, form field or property.
#[must_use]
pub fn field(text: &str) -> FieldFacts {
    FieldFacts {
        description: super::to_markdown(text),
        ..FieldFacts::default()
    }
}
