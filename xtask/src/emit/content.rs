//! The contents of bodies.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{Emitter, form::Form, pending::Shapes, wording::located_note};
use crate::{
    diagnostic::{Place, Target},
    document::unnamed,
    infer::{FindingKind, Schema, Segment, to_openapi},
    operation::{Content, Example, Subject, Witnesses},
    site::Site,
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
        let at = || schema_at(site);
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
                let form = Form::of(fields, witnesses, subject);
                let has_files = fields.values().any(|field| field.is_file);
                self.form(form, has_files, operation, site, &mut written);
            }
            Content::Text(texts) => {
                written.insert("schema".to_owned(), json!({ "type": "string" }));
                examples.extend(texts.iter());
            }
            Content::Binary => {
                let bytes = json!({ "type": "string", "format": "binary" });
                written.insert("schema".to_owned(), bytes);
            }
        }
        put_examples(&mut written, &examples);
        Value::Object(written)
    }

    /// Writes the schema of a form, and how its parts are encoded.
    fn form(
        &mut self,
        form: Form,
        has_files: bool,
        operation: &str,
        site: &Site,
        written: &mut Map<String, Value>,
    ) {
        let (schema, shapes) = match has_files {
            true => self.inline(&form.schema, operation, site),
            false => self.lifted(&form.schema, operation, site),
        };
        for (place, note, way) in form.notes {
            let settled = shapes.settled(&way, || schema_at(site));
            self.pending.add(&place, note, settled);
        }
        written.insert("schema".to_owned(), schema);
        if !form.encoding.is_empty() {
            written.insert("encoding".to_owned(), Value::Object(form.encoding));
        }
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
            let number = self.components.lift(operation, site, &shape);
            shapes.add(way, number);
            unnamed(number)
        });
        (written, shapes)
    }
}

/// Where the schema of a body stands.
fn schema_at(site: &Site) -> Target {
    let content = site.body().member("content");
    content.member(&site.media_type).member("schema")
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
