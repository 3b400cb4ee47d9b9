//! Whether requests, answers or both use a component.

use std::collections::BTreeSet;

use super::blame;
use crate::generator::document::{AdditionalProperties, Document, Schema, component_key};

/// The direction of a value: from the server, to it, or both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flow {
    pub(crate) inbound: bool,
    pub(crate) outbound: bool,
}

impl Flow {
    /// From the server.
    pub(crate) const IN: Self = Self {
        inbound: true,
        outbound: false,
    };
    /// To the server.
    pub(crate) const OUT: Self = Self {
        inbound: false,
        outbound: true,
    };
}

/// The components that answers and those that requests reach.
pub(crate) struct Reach {
    inbound: BTreeSet<String>,
    outbound: BTreeSet<String>,
}

impl Reach {
    /// Which way the values of a component go. What nothing reaches could only be sent.
    pub(crate) fn of(&self, key: &str) -> Flow {
        let inbound = self.inbound.contains(key);
        Flow {
            inbound,
            outbound: !inbound || self.outbound.contains(key),
        }
    }
}

pub(super) fn reach(document: &Document) -> Result<Reach, String> {
    let (mut inbound, mut outbound) = (Vec::new(), Vec::new());
    for (path, item) in &document.paths {
        for (method, operation) in item.operations() {
            let blame = |error: String| blame(method, path, operation, &error);
            for (_, response) in document.responses(operation).map_err(blame)? {
                let schemas = response.content.into_values();
                inbound.extend(schemas.filter_map(|media_type| media_type.schema));
            }
            if let Some(body) = &operation.request_body {
                let body = document.request_body(body).map_err(blame)?;
                let schemas = body.content.values();
                outbound.extend(schemas.filter_map(|media_type| media_type.schema.clone()));
            }
        }
    }
    Ok(Reach {
        inbound: components(document, inbound),
        outbound: components(document, outbound),
    })
}

/// The components that schemas reach.
fn components(document: &Document, mut open: Vec<Schema>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    while let Some(schema) = open.pop() {
        let reference = schema.reference.iter().cloned();
        let mapped = schema
            .discriminator
            .iter()
            .flat_map(|it| it.mapping.values());
        let keys: Vec<String> = reference
            .chain(mapped.cloned())
            .map(|it| component_key(&it, "schemas").unwrap_or(it))
            .collect();
        for key in keys {
            if let Some(target) = document.components.schemas.get(&key)
                && found.insert(key)
            {
                open.push(target.clone());
            }
        }
        open.extend(parts(schema));
    }
    found
}

/// The schemas that stand directly within a schema.
fn parts(schema: Schema) -> impl Iterator<Item = Schema> {
    let additional = match schema.additional_properties {
        Some(AdditionalProperties::Of(values)) => Some(*values),
        _ => None,
    };
    schema
        .properties
        .into_values()
        .chain(schema.items.map(|items| *items))
        .chain(schema.all_of)
        .chain(schema.one_of)
        .chain(schema.any_of)
        .chain(additional)
}
