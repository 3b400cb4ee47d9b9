//! What bodies hold.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{Emitter, parameter::schema_of, pending::Shapes, wording::located_note};
use crate::{
    components::{NO_EXAMPLE, Site, holds_reference},
    diagnostic::{self, Note, Place},
    document::unnamed,
    infer::{FindingKind, Kind, Object, Property, Schema, Segment, to_openapi},
    operation::{Content, Example, Subject, Witnesses},
};

impl Emitter<'_> {
    pub(super) fn contents(
        &mut self,
        contents: &IndexMap<String, Content>,
        operation: &str,
        site: &Site,
        place: &Place,
        witnesses: &Witnesses<'_>,
    ) -> Value {
        let mut written = Map::new();
        for (media_type, content) in contents {
            let site = Site {
                media_type: media_type.clone(),
                ..site.clone()
            };
            let content = self.content(content, operation, &site, place, witnesses);
            written.insert(media_type.clone(), content);
        }
        Value::Object(written)
    }

    fn content(
        &mut self,
        content: &Content,
        operation: &str,
        site: &Site,
        place: &Place,
        witnesses: &Witnesses<'_>,
    ) -> Value {
        let subject = match site.role.as_str() {
            "request" => Subject::Body(&site.media_type),
            status => Subject::Answer(status, &site.media_type),
        };
        let at = || {
            let content = site.body().member("content");
            content.member(&site.media_type).member("schema")
        };
        let mut written = Map::new();
        let mut examples: Vec<&Example> = Vec::new();
        match content {
            Content::Json {
                evidence,
                examples: saved,
            } => {
                let mut resolved = evidence.resolve();
                if evidence.is_empty() {
                    // Nothing could be read, which is told already.
                    resolved.findings.clear();
                }
                let (schema, shapes) = self.lifted(&resolved.schema, operation, site);
                for finding in &resolved.findings {
                    let settled = match finding.kind {
                        FindingKind::Conflict(_) => shapes.settled_around(&finding.segments, at),
                        _ => shapes.settled(&finding.segments, at),
                    };
                    let (place, note) = located_note(finding, place, witnesses, (subject, &[]));
                    self.pending.add(&place, note, settled);
                }
                written.insert("schema".to_owned(), schema);
                // What a placeholder overrules would contradict the schema.
                examples.extend(saved.iter().filter(|it| resolved.schema.admits(&it.value)));
            }
            Content::Form(fields) => {
                let mut object = Object::default();
                let mut encoding = Map::new();
                let mut notes: Vec<(Place, Note, Vec<Segment>)> = Vec::new();
                for (name, field) in fields {
                    let outer = [Segment::Key(name.clone())];
                    let (mut schema, own_notes) = schema_of(field, witnesses, (subject, &outer));
                    for (place, note, way) in own_notes {
                        notes.push((place, note, [&outer, &*way].concat()));
                    }
                    let mut note = |text| notes.push((field.place.clone(), text, outer.to_vec()));
                    if schema.kind == Kind::Any {
                        schema.kind = Kind::String(None);
                    }
                    let own = field.content_type.clone().or_else(|| {
                        let is_json = schema
                            .example
                            .as_ref()
                            .is_some_and(|example| example.is_array() || example.is_object());
                        if is_json {
                            let text = format!(
                                "`{name}` holds JSON text: taken as {} in one form field",
                                kind_name(&schema.kind)
                            );
                            note(diagnostic::Kind::JsonInForm.note(text));
                        }
                        is_json.then(|| "application/json".to_owned())
                    });
                    if schema
                        .example
                        .take_if(|value| holds_reference(value))
                        .is_some()
                    {
                        note(diagnostic::Kind::ReferenceInExample.note(NO_EXAMPLE));
                    }
                    if let Some(content_type) = own {
                        encoding.insert(name.clone(), json!({ "contentType": content_type }));
                    }
                    let required = field.facts.required.is_some();
                    object.properties.insert(
                        name.clone(),
                        Property {
                            schema,
                            present: 1,
                            of: 1,
                            required,
                        },
                    );
                }
                let schema = Schema {
                    kind: Kind::Object(object),
                    ..Schema::default()
                };
                let has_files = fields.values().any(|field| field.is_file);
                let (schema, shapes) = if has_files {
                    self.inline(&schema, operation, site)
                } else {
                    self.lifted(&schema, operation, site)
                };
                for (place, note, way) in notes {
                    self.pending.add(&place, note, shapes.settled(&way, at));
                }
                written.insert("schema".to_owned(), schema);
                if !encoding.is_empty() {
                    written.insert("encoding".to_owned(), Value::Object(encoding));
                }
            }
            Content::Text(texts) => {
                written.insert("schema".to_owned(), json!({ "type": "string" }));
                examples.extend(texts.iter());
            }
            Content::Binary => {
                written.insert(
                    "schema".to_owned(),
                    json!({ "type": "string", "format": "binary" }),
                );
            }
        }
        put_examples(&mut written, &examples);
        Value::Object(written)
    }

    fn lifted(&mut self, schema: &Schema, operation: &str, site: &Site) -> (Value, Shapes) {
        self.lifted_where(schema, operation, site, |_| true)
    }

    /// A form with files stands where it is used: it is streamed part by part and never a value of its own.
    fn inline(&mut self, schema: &Schema, operation: &str, site: &Site) -> (Value, Shapes) {
        self.lifted_where(schema, operation, site, |way| !way.is_empty())
    }

    fn lifted_where(
        &mut self,
        schema: &Schema,
        operation: &str,
        site: &Site,
        is_lifted: impl Fn(&[Segment]) -> bool,
    ) -> (Value, Shapes) {
        let mut shapes = Shapes::default();
        let is_inline = self.is_inline;
        let written = to_openapi(schema, &mut |way, shape| {
            if is_inline || !is_lifted(way) {
                return shape;
            }
            let site = Site {
                way: way.to_vec(),
                ..site.clone()
            };
            let number = self.components.lift(operation, &site, &shape);
            shapes.add(way, number);
            unnamed(number)
        });
        (written, shapes)
    }
}

/// One example under `example`, several under `examples`, with their names.
pub(super) fn put_examples(content: &mut Map<String, Value>, examples: &[&Example]) {
    match examples {
        [] => {}
        [example] => {
            content.insert("example".to_owned(), example.value.clone());
        }
        examples => {
            let named = examples.iter().map(|example| {
                let mut written = Map::new();
                if !example.summary.is_empty() {
                    written.insert("summary".to_owned(), example.summary.as_str().into());
                }
                written.insert("value".to_owned(), example.value.clone());
                (example.key.clone(), Value::Object(written))
            });
            content.insert("examples".to_owned(), Value::Object(named.collect()));
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
