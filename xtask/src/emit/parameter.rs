//! Parameters, and the fields of forms.

use serde_json::Value;

use super::{
    Emitter, Settled,
    pending::along,
    wording::{located_note, note_of_disagreement},
};
use crate::{
    diagnostic::{Note, Place, Target},
    infer::{Kind, Schema, Segment, to_openapi},
    mine,
    node::Object,
    operation::{Location, Parameter, Subject, Witnesses},
};

impl Emitter<'_> {
    pub(super) fn parameter<'o>(
        &mut self,
        operation: impl Fn() -> Target,
        index: usize,
        location: Location,
        name: &'o str,
        parameter: &Parameter,
        witnesses: &Witnesses<'_>,
    ) -> Object<'o> {
        let subject = (Subject::Parameter(location, name), &[][..]);
        let (mut schema, notes) = schema_of(parameter, witnesses, subject);
        for (place, note, way) in notes {
            let parameters = operation().member("parameters");
            let at = parameters.parameter(index, location.as_str(), name);
            let settled = Settled::At(along(at.member("schema"), &way));
            self.pending.add(&place, note, settled);
        }
        flatten(&mut schema);
        let example = schema.example.take();
        let description = schema.description.take();
        let mut written = Object::default();
        written.put("name", name);
        written.put("in", location.as_str());
        if let Some(description) = description {
            written.put("description", description);
        }
        if location == Location::Path || parameter.facts.required.is_some() {
            written.put("required", true);
        }
        if std::mem::take(&mut schema.deprecated) {
            written.put("deprecated", true);
        }
        written.put("schema", to_openapi(schema, &mut |_, schema| schema));
        if let Some(example) = example {
            written.put("example", example);
        }
        written
    }
}

impl Emitter<'_> {
    /// A header of an answer, which stands at `target`.
    pub(super) fn header(
        &mut self,
        target: &Target,
        header: &Parameter,
        witnesses: &Witnesses<'_>,
    ) -> Object<'static> {
        let (mut schema, notes) = schema_of(header, witnesses, (Subject::Header, &[]));
        for (place, note, way) in notes {
            let settled = Settled::At(along(target.clone().member("schema"), &way));
            self.pending.add(&place, note, settled);
        }
        flatten(&mut schema);
        let example = schema.example.take();
        let mut written = Object::default();
        if let Some(description) = schema.description.take() {
            written.put("description", description);
        }
        written.put("schema", to_openapi(schema, &mut |_, schema| schema));
        if let Some(example) = example {
            written.put("example", example);
        }
        written
    }
}

/// In a URL or a header everything is text in the end.
fn flatten(schema: &mut Schema) {
    if matches!(
        schema.kind,
        Kind::Any | Kind::Object(_) | Kind::Map(_) | Kind::OneOf(_)
    ) {
        schema.kind = Kind::String(None);
        schema.example = schema.example.take().map(|example| match example {
            Value::String(text) => Value::String(text),
            other => Value::String(other.to_string()),
        });
    }
}

/// The schema of a parameter or field: its values, then its words. With what is to be told about it, where, and where in
/// the schema.
pub(super) fn schema_of(
    parameter: &Parameter,
    witnesses: &Witnesses<'_>,
    subject: (Subject<'_>, &[Segment]),
) -> (Schema, Vec<(Place, Note, Vec<Segment>)>) {
    let resolved = parameter.evidence.resolve();
    let mut schema = resolved.schema;
    let findings = resolved.findings.iter();
    let mut notes: Vec<_> = findings
        .map(|finding| {
            let (place, note) = located_note(finding, &parameter.place, witnesses, subject);
            (place, note, finding.segments.clone())
        })
        .collect();
    for disagreement in mine::apply(&parameter.facts, &mut schema) {
        let note = note_of_disagreement(&disagreement);
        notes.push((parameter.place.clone(), note, Vec::new()));
    }
    (schema, notes)
}
