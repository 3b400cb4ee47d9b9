//! Parameters and form fields.

use serde_json::Value;

use super::media_type::is_json;
use crate::{
    diagnostic::Place,
    infer::{Evidence, Placeholder},
    mine::{FieldFacts, Readings},
    postman::Field,
    syntax::lenient_json,
};

/// A parameter or form field.
#[derive(Debug, Default)]
pub struct Parameter {
    /// Where it was first seen.
    pub place: Place,
    /// Its values.
    pub evidence: Evidence,
    /// The facts in its description.
    pub facts: FieldFacts,
    /// The media type of a part of its own.
    pub content_type: Option<String>,
    /// Whether it is a file.
    pub is_file: bool,
    /// Whether a request came without it, so that it cannot be required whatever its description says.
    is_left_out: bool,
}

impl Parameter {
    /// Nothing seen yet of the parameter `name`.
    pub(super) fn named(name: &str) -> Self {
        Self {
            evidence: Evidence::of_parameter(name),
            ..Self::default()
        }
    }

    /// Nothing seen yet of the form field `name`.
    pub(super) fn of_form(name: &str) -> Self {
        Self {
            evidence: Evidence::of_field(name),
            ..Self::default()
        }
    }

    /// Adds what stands under one name in one request; more than one field that is sent is a list. `readings` are those of the
    /// descriptions before it.
    pub(super) fn add(&mut self, place: &Place, fields: &[&Field], readings: &mut Readings) {
        for field in fields {
            if self.place == Place::default() {
                self.place = place_of(place, field);
            }
            self.content_type = self
                .content_type
                .take()
                .or_else(|| field.content_type.clone());
            self.facts.merge(readings.field(&field.description));
        }
        if self.is_left_out {
            self.facts.required = None;
        }
        self.observe(fields);
    }

    /// A request came without it.
    pub(super) fn leave_out(&mut self) {
        self.is_left_out = true;
        self.facts.required = None;
    }

    /// Adds values alone, as in the request that an answer was saved with.
    pub(super) fn observe(&mut self, fields: &[&Field]) {
        let sent = fields.iter().filter(|field| !field.is_disabled).count();
        if sent == 1 && fields.len() > 1 {
            // Those that are switched off stand for the one that is sent, not beside it.
            return fields.iter().for_each(|field| self.observe(&[field]));
        }
        self.is_file |= fields.iter().any(|field| field.is_file);
        match fields {
            [field] if field.is_file && !field.has_many_files => {
                let file = Placeholder::String(Some("binary".to_owned()));
                self.evidence.observe_placeholder(file);
            }
            fields if fields.iter().any(|field| field.is_file) => {
                self.evidence.observe_texts(["<binary>"]);
            }
            [field] => match (&field.value, json_in(field)) {
                (_, Some(value)) => self.evidence.observe(&value),
                (Some(value), None) => self.evidence.observe_text(value),
                (None, None) => self.evidence.observe_presence(),
            },
            fields => {
                let values = fields.iter().filter_map(|field| field.value.as_deref());
                self.evidence.observe_texts(values);
            }
        }
    }
}

/// What a part holds that is declared as JSON, but written with the liberties that people take.
fn json_in(field: &Field) -> Option<Value> {
    let content_type = field.content_type.as_deref()?;
    let text = field.value.as_deref()?;
    let is_strict = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if !is_json(content_type) || is_strict() {
        return None;
    }
    lenient_json::parse(text)
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
