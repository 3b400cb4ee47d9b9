//! Parameters, and the fields of forms.

use serde_json::{Map, Value};

use super::{
    Emitter, Settled,
    notes::{disagreement_text, note_of},
    told::along,
};
use crate::{
    infer::{Kind, Schema, Segment, to_openapi},
    mine,
    operation::{Location, Parameter},
    settle::Spot,
};

impl Emitter<'_> {
    pub(super) fn parameter(
        &mut self,
        operation: impl Fn() -> Spot,
        index: usize,
        location: Location,
        name: &str,
        parameter: &Parameter,
    ) -> Value {
        let (mut schema, notes) = schema_of(parameter, location != Location::Path);
        for (note, way) in notes {
            let parameters = operation().member("parameters");
            let at = parameters.parameter(index, location.as_str(), name);
            let settled = Settled::At(along(at.member("schema"), &way));
            self.told.add(&parameter.place, note, settled);
        }
        if matches!(
            schema.kind,
            Kind::Any | Kind::Object(_) | Kind::Map(_) | Kind::OneOf(_)
        ) {
            // In a URL or a header everything is text in the end.
            schema.kind = Kind::String(None);
            schema.example = schema.example.take().map(|example| match example {
                Value::String(text) => Value::String(text),
                other => Value::String(other.to_string()),
            });
        }
        let example = schema.example.take();
        let description = schema.description.take();
        let mut written = Map::new();
        written.insert("name".to_owned(), name.into());
        written.insert("in".to_owned(), location.as_str().into());
        if let Some(description) = description {
            written.insert("description".to_owned(), description.into());
        }
        if location == Location::Path || parameter.facts.required.is_some() {
            written.insert("required".to_owned(), true.into());
        }
        written.insert(
            "schema".to_owned(),
            to_openapi(&schema, &mut |_, schema| schema),
        );
        if let Some(example) = example {
            written.insert("example".to_owned(), example);
        }
        Value::Object(written)
    }
}

/// The schema of a parameter or field: its values, then its words. With what is to be told about it, and where in it.
pub(super) fn schema_of(
    parameter: &Parameter,
    tells: bool,
) -> (Schema, Vec<(String, Vec<Segment>)>) {
    let resolved = parameter.evidence.resolve();
    let mut schema = resolved.schema;
    let findings = resolved.findings.iter().filter(|_| tells);
    let mut notes: Vec<_> = findings
        .map(|finding| (note_of(finding), finding.segments.clone()))
        .collect();
    for disagreement in mine::apply(&parameter.facts, &mut schema) {
        notes.push((disagreement_text(&disagreement), Vec::new()));
    }
    (schema, notes)
}
