//! Objects that are composed of others: by `allOf` with the properties of all parts, and by `oneOf` and `anyOf` without
//! a discriminator with the properties of all branches, of which that is required what all branches require.
//!
//! Compositions end: the audit has refused schemas that are composed of themselves.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::kinds::{follow, is_null, kind, union};
use crate::generator::document::{AdditionalProperties, Schema};

/// The properties of an object with everything that it is composed of.
#[derive(Default)]
pub(super) struct Properties {
    pub(super) properties: IndexMap<String, Schema>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Option<Schema>,
}

impl Properties {
    /// The properties of an object, or `None` where a part of its composition is not one.
    pub(super) fn of(schemas: &IndexMap<String, Schema>, schema: &Schema) -> Option<Self> {
        let schema = follow(schemas, schema);
        if kind(schema).is_some_and(|kind| kind != "object") {
            return None;
        }
        let mut all = Self {
            properties: schema.properties.clone(),
            required: schema.required.iter().cloned().collect(),
            additional: match &schema.additional_properties {
                Some(AdditionalProperties::Of(values)) => Some((**values).clone()),
                Some(AdditionalProperties::Allowed(true)) if schema.properties.is_empty() => {
                    Some(Schema::default())
                }
                _ => None,
            },
        };
        for part in &schema.all_of {
            let part = Self::of(schemas, part)?;
            all.required.extend(part.required.iter().cloned());
            all.add(part);
        }
        if let Some(branches) = union(schema) {
            let mut required: Option<BTreeSet<String>> = None;
            for branch in branches.iter().filter(|branch| !is_null(branch)) {
                // A branch of no kind can be anything.
                let branch = follow(schemas, branch);
                if kind(branch).is_none() && union(branch).is_none() {
                    return None;
                }
                let part = Self::of(schemas, branch)?;
                required = Some(match required {
                    Some(required) => required.intersection(&part.required).cloned().collect(),
                    None => part.required.clone(),
                });
                all.add(part);
            }
            all.required.extend(required.unwrap_or_default());
        }
        Some(all)
    }

    /// Adds the properties of a part.
    fn add(&mut self, part: Self) {
        for (wire, property) in part.properties {
            match self.properties.get_mut(&wire) {
                // Two parts that disagree leave nothing certain about the value.
                Some(known) if *known != property => *known = Schema::default(),
                Some(_) => {}
                None => {
                    self.properties.insert(wire, property);
                }
            }
        }
        self.additional = self.additional.take().or(part.additional);
    }
}
