//! The facts in the bodies of requests and answers.

use std::borrow::Cow;

use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

use super::{
    Content, Fields, Operation, Parameter,
    example::{Examples, Label, MAX_EXAMPLES},
    media_type::{self, Declared, Form},
};
use crate::{
    diagnostic::{Diagnostics, Kind, Place},
    document::{NO_EXAMPLE, holds_reference},
    infer::{IS_MASKED, Placeholder, masked, masked_text},
    postman::{self, FORM, Field},
    syntax::lenient_json,
};

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Of the first request of an operation: what describes its fields.
    First,
    /// Of another request of the operation.
    Further,
    /// Of a request that was answered well and saved with its answer.
    Saved,
    /// Of a request that was refused: evidence of what can be said, no example of how to say it.
    Refused,
}

impl Role {
    fn is_exemplary(self) -> bool {
        self != Self::Refused
    }

    /// Whether it is of a request itself: one that was saved with an answer describes nothing, and may be cut short.
    fn describes(self) -> bool {
        matches!(self, Self::First | Self::Further)
    }
}

impl Operation {
    pub(super) fn add_body(
        &mut self,
        origin: Origin<'_>,
        body: &postman::Body,
        content_type: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) {
        let Origin { place, role, .. } = origin;
        match body {
            postman::Body::Urlencoded(fields) => {
                self.add_form(FORM, place, fields, role);
            }
            postman::Body::Multipart(fields) => {
                self.add_form("multipart/form-data", place, fields, role);
            }
            postman::Body::File => {
                let media_type = content_type.unwrap_or("application/octet-stream");
                self.bodies
                    .entry(media_type.to_owned())
                    .or_insert(Content::Binary);
            }
            postman::Body::GraphQl {
                query,
                operation_name,
                variables,
            } => {
                let mut value = serde_json::Map::new();
                value.insert("query".to_owned(), query.as_str().into());
                if let Some(name) = operation_name {
                    value.insert("operationName".to_owned(), name.as_str().into());
                }
                let read = lenient_json::parse(variables);
                if read.is_none() && !variables.trim().is_empty() {
                    let note = "the GraphQL variables are not valid JSON: their fields are unknown";
                    diagnostics.add(place, Kind::UnreadableBody.note(note));
                }
                let variables = read.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
                value.insert("variables".to_owned(), variables);
                let value = Value::Object(value);
                let entry = self.bodies.entry("application/json".to_owned());
                add_json(entry, origin, value, diagnostics);
            }
            postman::Body::Raw { text, language } => {
                let stated = Declared {
                    whose: "the body",
                    content_type,
                    language: language.as_deref(),
                };
                add_text(&mut self.bodies, origin, text, &stated, diagnostics);
            }
        }
    }

    fn add_form(&mut self, media_type: &str, place: &Place, fields: &[Field], role: Role) {
        let mut by_name: IndexMap<&str, Vec<&Field>> = IndexMap::new();
        for field in fields {
            by_name.entry(field.name.as_str()).or_default().push(field);
        }
        let is_known = self.bodies.contains_key(media_type);
        let content = self
            .bodies
            .entry(media_type.to_owned())
            .or_insert_with(|| Content::Form(Fields::default()));
        if matches!(content, Content::Text(_)) {
            // What could not be read before says less than what can be.
            *content = Content::Form(Fields::default());
        }
        let Content::Form(known) = content else {
            return;
        };
        for (name, fields) in &by_name {
            let new = |name: &String| Parameter::of_form(name);
            let (field, is_new) = known.entry((*name).to_owned(), !is_known, new);
            if is_new || role.describes() {
                field.add(place, fields, &mut self.readings);
            } else {
                field.observe(fields);
            }
        }
        if role.describes() {
            known.leave_out(|name| !by_name.contains_key(name.as_str()));
        }
    }
}

/// Where a body comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub place: &'a Place,
    /// Its name as an example.
    pub label: &'a Label,
    pub role: Role,
}

/// Adds a body that came as text.
pub(super) fn add_text(
    contents: &mut IndexMap<String, Content>,
    origin: Origin<'_>,
    text: &str,
    stated: &Declared<'_>,
    diagnostics: &mut Diagnostics,
) {
    let typed = media_type::of(text, stated);
    if let Some(note) = typed.note {
        diagnostics.add(origin.place, note);
    }
    let entry = contents.entry(typed.media_type);
    match typed.form {
        Form::Json(value) => add_json(entry, origin, value, diagnostics),
        Form::Text => add_plain(entry, origin, text, diagnostics),
        Form::Binary => {
            entry.or_insert(Content::Binary);
        }
        Form::BrokenJson => {
            let note = format!(
                "{} is declared as {} but cannot be read as that: its fields are unknown",
                stated.whose,
                entry.key()
            );
            diagnostics.add(origin.place, Kind::UnreadableBody.note(note));
            entry.or_insert_with(Content::json);
        }
    }
}

fn add_json(
    entry: Entry<'_, String, Content>,
    origin: Origin<'_>,
    value: Value,
    diagnostics: &mut Diagnostics,
) {
    let content = entry.or_insert_with(Content::json);
    if matches!(content, Content::Text(_)) {
        // What could not be read before says less than what can be.
        *content = Content::json();
    }
    let Content::Json { evidence, examples } = content else {
        return;
    };
    evidence.observe(&value);
    if !origin.role.is_exemplary() || Placeholder::occurs_in(&value) {
        return;
    }
    if holds_reference(&value) {
        diagnostics.add(origin.place, Kind::ReferenceInExample.note(NO_EXAMPLE));
        return;
    }
    keep(examples, origin, masked(value), diagnostics);
}

fn add_plain(
    entry: Entry<'_, String, Content>,
    origin: Origin<'_>,
    text: &str,
    diagnostics: &mut Diagnostics,
) {
    let content = entry.or_insert_with(|| Content::Text(Examples::default()));
    if let Content::Text(examples) = content
        && origin.role.is_exemplary()
    {
        let shown = masked_text(text);
        if matches!(shown, Cow::Owned(_)) {
            diagnostics.add(
                origin.place,
                Kind::MaskedCredential.note(format!("a value {IS_MASKED}")),
            );
        }
        keep(examples, origin, shown.into(), diagnostics);
    }
}

/// Adds an example, and tells of one that is not kept.
fn keep(examples: &mut Examples, origin: Origin<'_>, value: Value, diagnostics: &mut Diagnostics) {
    if examples.add(origin.label, value).is_err() {
        let note = format!(
            "the body has {MAX_EXAMPLES} other examples: `{}` is not one of them, but its fields are in the schema",
            origin.label.summary()
        );
        diagnostics.add(origin.place, Kind::CutExamples.note(note));
    }
}
