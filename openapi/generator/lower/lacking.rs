//! The types that can lack a value which a request requires.
//!
//! `new` of a type that only requests use takes the required fields. A body begins empty, and a type that answers use as
//! well has only optional fields: a request checks these for missing values before it is sent.

use std::collections::BTreeSet;

use super::Lowered;
use super::schemas::Field;
use super::shapes::Shape;

impl Lowered {
    /// Notes the types that can lack something, in themselves or in what they hold.
    pub(super) fn note_lacking(&mut self) {
        let mut lacking: BTreeSet<String> = self
            .structs
            .iter()
            .filter(|(_, facts)| facts.fields.iter().any(Field::can_be_missing))
            .map(|(name, _)| name.clone())
            .collect();
        loop {
            let known = lacking.len();
            for (name, facts) in &self.structs {
                if facts.fields.iter().any(|it| leads_to(&it.shape, &lacking)) {
                    lacking.insert(name.clone());
                }
            }
            for (name, union) in &self.unions {
                if union.cases.iter().any(|it| leads_to(&it.shape, &lacking)) {
                    lacking.insert(name.clone());
                }
            }
            if lacking.len() == known {
                break;
            }
        }
        self.lacking = lacking;
    }

    pub(crate) fn is_lacking(&self, name: &str) -> bool {
        self.lacking.contains(name)
    }

    pub(crate) fn leads_to_lacking(&self, shape: &Shape) -> bool {
        leads_to(shape, &self.lacking)
    }
}

impl Field {
    /// Whether the type allows to leave out what the document requires.
    pub(crate) fn can_be_missing(&self) -> bool {
        self.required && self.optional
    }
}

fn leads_to(shape: &Shape, lacking: &BTreeSet<String>) -> bool {
    match shape {
        Shape::Array(of) | Shape::Map(of) | Shape::Nullable(of) => leads_to(of, lacking),
        Shape::Object(name) | Shape::Union(name) => lacking.contains(name),
        _ => false,
    }
}
