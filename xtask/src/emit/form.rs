//! Forms.

use indexmap::IndexMap;

use super::parameter::schema_of;
use crate::{
    diagnostic::{self, Note, Place},
    document::{NO_EXAMPLE, holds_reference},
    infer::{Kind, Object, Property, Schema, Segment},
    node,
    operation::{Parameter, Subject, Witnesses},
};

/// What a form comes to.
pub(super) struct Form {
    pub schema: Schema,
    /// The media types of parts, by name.
    pub encoding: node::Object<'static>,
    /// What is to be told, where, and where in the schema.
    pub notes: Vec<(Place, Note, Vec<Segment>)>,
}

impl Form {
    pub(super) fn of(
        fields: &IndexMap<String, Box<Parameter>>,
        witnesses: &Witnesses<'_>,
        subject: Subject<'_>,
    ) -> Self {
        let mut form = Self {
            schema: Schema::default(),
            encoding: node::Object::default(),
            notes: Vec::new(),
        };
        let mut object = Object::default();
        for (name, field) in fields {
            let outer = [Segment::Key(name.clone())];
            let (mut schema, notes) = schema_of(field, witnesses, (subject, &outer));
            let notes = notes.into_iter();
            form.notes
                .extend(notes.map(|(place, note, way)| (place, note, [&outer, &*way].concat())));
            if schema.kind == Kind::Any {
                schema.kind = Kind::String(None);
            }
            form.encode(name, field, &schema);
            let followed = schema.example.take_if(|value| holds_reference(value));
            if followed.is_some() {
                form.note(
                    name,
                    field,
                    diagnostic::Kind::ReferenceInExample.note(NO_EXAMPLE),
                );
            }
            let property = Property {
                schema,
                present: 1,
                of: 1,
                required: field.facts.required.is_some(),
            };
            object.properties.insert(name.clone(), property);
        }
        form.schema.kind = Kind::Object(object);
        form
    }

    /// The media type of a part, where it has one: JSON text is JSON where nothing else is stated.
    fn encode(&mut self, name: &str, field: &Parameter, schema: &Schema) {
        let example = schema.example.as_ref();
        let is_json = field.content_type.is_none()
            && example.is_some_and(|example| example.is_array() || example.is_object());
        if is_json {
            let note = diagnostic::Kind::JsonInForm.note(format!(
                "`{name}` contains JSON text: it is taken as {}",
                kind_name(&schema.kind)
            ));
            self.note(name, field, note);
        }
        let json = is_json.then(|| "application/json".to_owned());
        if let Some(content_type) = field.content_type.clone().or(json) {
            let encoding = node::Object::from_iter([("contentType", content_type)]);
            self.encoding.put(name.to_owned(), encoding);
        }
    }

    /// Adds a note about a field as a whole.
    fn note(&mut self, name: &str, field: &Parameter, note: Note) {
        let way = vec![Segment::Key(name.to_owned())];
        self.notes.push((field.place.clone(), note, way));
    }
}

fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Array(items) if matches!(items.kind, Kind::Object(_)) => "an array of objects",
        Kind::Array(_) => "an array",
        _ => "an object",
    }
}
