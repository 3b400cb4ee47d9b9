//! Forms: the properties of one, and the type of those that are texts.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::compose::Properties;
use super::kinds::{follow, is_file};
use super::{Place, Types};
use crate::generator::document::Schema;
use crate::generator::lower::shapes::Shape;

impl Types<'_> {
    /// The properties of a form, as far as it is an object.
    pub(crate) fn form_properties(&self, schema: &Schema) -> IndexMap<String, Schema> {
        let found = Properties::of(self.schemas, schema).unwrap_or_default();
        let properties = found.properties.into_iter();
        properties
            .map(|(wire, property)| {
                let mut property = follow(self.schemas, &property).clone();
                if let Some(items) = &mut property.items {
                    **items = follow(self.schemas, items).clone();
                }
                (wire, property)
            })
            .collect()
    }

    /// What a form has to hold.
    pub(crate) fn form_required(&self, schema: &Schema) -> BTreeSet<String> {
        Properties::of(self.schemas, schema)
            .unwrap_or_default()
            .required
    }

    /// The struct of the texts of a form with files, if it has any.
    pub(crate) fn form_texts(&mut self, schema: &Schema, place: Place<'_>) -> Option<String> {
        let texts = match &schema.reference {
            Some(_) => schema.clone(),
            None => {
                let mut texts = schema.clone();
                texts
                    .properties
                    .retain(|_, property| !is_file(follow(self.schemas, property)));
                texts
            }
        };
        match self.lower(&texts, place) {
            Shape::Object(name) => Some(name),
            _ => None,
        }
    }
}
