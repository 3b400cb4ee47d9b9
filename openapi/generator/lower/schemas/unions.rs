//! Unions with a discriminator: enums with a case for each schema and one for everything else.

use serde_json::json;

use super::kinds::{is_null, union};
use super::{Place, Types};
use crate::generator::document::{Discriminator, Schema, component_key};
use crate::generator::lower::names::{Names, pascal};
use crate::generator::lower::shapes::Shape;

/// An enum of schemas.
#[derive(Debug)]
pub(crate) struct Union {
    /// The property that tells them apart, as on the wire.
    pub(crate) property: String,
    pub(crate) cases: Vec<Case>,
}

/// A case of an enum of schemas.
#[derive(Debug)]
pub(crate) struct Case {
    /// The name of the variant.
    pub(crate) name: String,
    pub(crate) shape: Shape,
    /// The values of the property that mean it. The first one is sent.
    pub(crate) values: Vec<String>,
}

/// The discriminator of a union that has one.
pub(super) fn tagged(schema: &Schema) -> Option<(&Discriminator, &[Schema])> {
    Some((schema.discriminator.as_ref()?, union(schema)?))
}

impl Types<'_> {
    /// Makes the enum `name`, which has its name already.
    pub(super) fn tagged_union(&mut self, name: &str, schema: &Schema, place: Place<'_>) {
        let Some((discriminator, branches)) = tagged(schema) else {
            return;
        };
        let branches = branches.iter().filter(|branch| !is_null(branch));
        let references = branches.filter_map(|branch| branch.reference.as_deref());
        let mut keys: Vec<String> = references
            .filter_map(|it| component_key(it, "schemas"))
            .collect();
        let mapped: Vec<(&String, String)> = discriminator
            .mapping
            .iter()
            .map(|(value, target)| {
                let key = component_key(target, "schemas");
                (value, key.unwrap_or_else(|| target.clone()))
            })
            .collect();
        for (_, key) in &mapped {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        let mut names = Names::values();
        let mut known: Vec<String> = Vec::new();
        let mut cases = Vec::new();
        for key in keys {
            let mapped = mapped.iter().filter(|(_, target)| *target == key);
            let mut values: Vec<String> = mapped.map(|(value, _)| (*value).clone()).collect();
            values.push(key.clone());
            values.retain(|value| !known.contains(value));
            values.dedup();
            known.extend(values.iter().cloned());
            let target = Schema {
                reference: Some(format!("#/components/schemas/{}", escaped(&key))),
                ..Schema::default()
            };
            cases.push(Case {
                name: names.claim(&pascal(&key)),
                shape: self.lower(&target, place),
                values,
            });
        }
        self.lowered
            .insert(name.to_owned(), json!({ "type": "object" }));
        let property = discriminator.property_name.clone();
        self.unions
            .insert(name.to_owned(), Union { property, cases });
    }
}

/// A key as a reference writes it.
fn escaped(key: &str) -> String {
    key.replace('%', "%25")
        .replace('~', "~0")
        .replace('/', "~1")
}
