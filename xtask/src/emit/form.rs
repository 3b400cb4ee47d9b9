//! Forms.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::parameter::schema_of;
use crate::{
    diagnostic::{self, Note, Place},
    document::{NO_EXAMPLE, holds_reference},
    infer::{Kind, Object, Property, Schema, Segment},
    operation::{Parameter, Subject, Witnesses},
};

/// What a form comes to.
pub(super) struct Form {
    pub schema: Schema,
    /// The media types of parts, by name.
    pub encoding: Map<String, Value>,
    /// What is to be told, where, and where in the schema.
    pub notes: Vec<(Place, Note, Vec<Segment>)>,
}

impl Form {
    pub(super) fn of(
        fields: &IndexMap<String, Box<Parameter>>,
        witnesses: &Witnesses<'_>,
        subject: Subject<'_>,
    ) -> Self {
        let mut object = Object::default();
        let mut encoding = Map::new();
        let mut notes = Vec::new();
        for (name, field) in fields {
            let outer = [Segment::Key(name.clone())];
            let (mut schema, own_notes) = schema_of(field, witnesses, (subject, &outer));
            let own_notes = own_notes.into_iter();
            notes.extend(
                own_notes.map(|(place, note, way)| (place, note, [&outer, &*way].concat())),
            );
            if schema.kind == Kind::Any {
                schema.kind = Kind::String(None);
            }
            let mut note = |note| notes.push((field.place.clone(), note, outer.to_vec()));
            let is_json = field.content_type.is_none()
                && schema
                    .example
                    .as_ref()
                    .is_some_and(|example| example.is_array() || example.is_object());
            if is_json {
                note(diagnostic::Kind::JsonInForm.note(format!(
                    "`{name}` holds JSON text: taken as {} in one form field",
                    kind_name(&schema.kind)
                )));
            }
            let followed = schema.example.take_if(|value| holds_reference(value));
            if followed.is_some() {
                note(diagnostic::Kind::ReferenceInExample.note(NO_EXAMPLE));
            }
            let json = is_json.then(|| "application/json".to_owned());
            if let Some(content_type) = field.content_type.clone().or(json) {
                encoding.insert(name.clone(), json!({ "contentType": content_type }));
            }
            let property = Property {
                schema,
                present: 1,
                of: 1,
                required: field.facts.required.is_some(),
            };
            object.properties.insert(name.clone(), property);
        }
        let schema = Schema {
            kind: Kind::Object(object),
            ..Schema::default()
        };
        Self {
            schema,
            encoding,
            notes,
        }
    }
}

fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Array(items) if matches!(items.kind, Kind::Object(_)) => "an array of objects",
        Kind::Array(_) => "an array",
        _ => "an object",
    }
}
