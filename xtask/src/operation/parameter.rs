//! What is known of a parameter or form field.

use crate::{
    diagnostic::Place,
    infer::{Evidence, Placeholder},
    mine::{self, FieldFacts},
    postman::Field,
};

/// A parameter or form field.
#[derive(Debug, Default)]
pub struct Parameter {
    /// Where it was first seen.
    pub place: Place,
    /// Its values.
    pub evidence: Evidence,
    /// What its description says.
    pub facts: FieldFacts,
    /// The media type of a part of its own.
    pub content_type: Option<String>,
    /// Whether it stands for a file.
    pub is_file: bool,
}

impl Parameter {
    /// Nothing seen yet of the parameter `name`.
    pub(super) fn named(name: &str) -> Self {
        Self {
            evidence: Evidence::of_field(name),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, place: &Place, field: &Field) {
        self.add_all(place, &[field]);
    }

    /// Adds what stands under one name in one request; more than one field is a list.
    pub(super) fn add_all(&mut self, place: &Place, fields: &[&Field]) {
        for field in fields {
            if self.place == Place::default() {
                self.place = place_of(place, field);
            }
            self.is_file |= field.is_file;
            self.content_type = self
                .content_type
                .take()
                .or_else(|| field.content_type.clone());
            let facts = mine::field(&field.description);
            if self.facts.description.is_empty() {
                let required = self.facts.required.take();
                self.facts = facts;
                self.facts.required = self.facts.required.take().or(required);
            } else {
                self.facts.required = self.facts.required.take().or(facts.required);
            }
        }
        match fields {
            [field] if field.is_file && !field.has_many_files => self.observe_file(),
            [field] if field.is_file => self.evidence.observe(&serde_json::json!(["<binary>"])),
            [field] => match &field.value {
                Some(value) => self.evidence.observe_text(value),
                None => self.evidence.observe_presence(),
            },
            fields if fields.iter().any(|field| field.is_file) => {
                self.evidence.observe(&serde_json::json!(["<binary>"]));
            }
            fields => {
                let values = fields.iter().filter_map(|field| field.value.as_deref());
                self.evidence.observe_texts(values);
            }
        }
    }

    fn observe_file(&mut self) {
        self.evidence
            .observe_placeholder(Placeholder::String(Some("binary".to_owned())));
    }

    pub(super) fn observe_further(&mut self, value: &str) {
        if !self.is_file {
            self.evidence.observe_text(value);
        }
    }
}

/// Where a field stands: its own path lies below the item's, as that of its list does.
fn place_of(place: &Place, field: &Field) -> Place {
    let item = place
        .path
        .split_once(".request")
        .map_or(place.path.as_str(), |(item, _)| item);
    let item = item.split_once(".response[").map_or(item, |(item, _)| item);
    Place {
        path: format!("{item}{}", field.path),
        ..place.clone()
    }
}
