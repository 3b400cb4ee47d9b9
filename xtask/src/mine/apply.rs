//! Mined facts onto an inferred schema.

use serde_json::Value;

use super::FieldFacts;
use crate::infer::Schema;

/// A mined fact that the samples contradict; the samples win.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Disagreement {
    /// A sample is not among the enumerated values.
    Enumeration {
        /// The values that the description lists.
        listed: Vec<String>,
        /// A value that was seen.
        seen: Value,
    },
    /// The default is not of the sampled type, or not among the enumerated values.
    Default {
        /// As the description has it.
        stated: String,
    },
}

/// Puts what a description says into the schema of the value it describes. (`required` belongs to the property or
/// parameter, so the caller takes it from `facts`.)
pub fn apply(facts: &FieldFacts, schema: &mut Schema) -> Vec<Disagreement> {
    schema.description = Some(facts.description.clone()).filter(|text| !text.is_empty());
    Vec::new()
}
