//! The contents of bodies.

use indexmap::IndexMap;

use super::{Emitter, form::Form, pending::Shapes, wording::located_note};
use crate::{
    diagnostic::{Place, Target},
    infer::{FindingKind, Schema, Segment, to_openapi},
    node::{Node, Object},
    operation::{Content, Example, Subject, Witnesses},
    site::Site,
};

impl Emitter<'_> {
    pub(super) fn contents<'o>(
        &mut self,
        contents: &'o IndexMap<String, Content>,
        operation: &str,
        site: &Site,
        place: &dyn Fn() -> Place,
        witnesses: &Witnesses<'_>,
    ) -> Object<'o> {
        let mut written = Object::default();
        for (media_type, content) in contents {
            let site = Site {
                media_type: media_type.as_str().into(),
                ..site.clone()
            };
            let content = self.content(content, operation, &site, place, witnesses);
            written.put(media_type, content);
        }
        written
    }

    fn content<'o>(
        &mut self,
        content: &'o Content,
        operation: &str,
        site: &Site,
        place: &dyn Fn() -> Place,
        witnesses: &Witnesses<'_>,
    ) -> Object<'o> {
        let subject = match &*site.role {
            "request" => Subject::Body(&site.media_type),
            status => Subject::Answer(status, &site.media_type),
        };
        let at = || schema_at(site);
        let mut written = Object::default();
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
                // What a placeholder overrules would contradict the schema.
                examples.extend(saved.iter().filter(|it| resolved.schema.admits(&it.value)));
                let (schema, shapes) = self.lifted(resolved.schema, operation, site);
                for finding in &resolved.findings {
                    let settled = match finding.kind {
                        FindingKind::Conflict(_) => shapes.settled_around(&finding.segments, at),
                        _ => shapes.settled(&finding.segments, at),
                    };
                    let (place, note) = located_note(finding, &place(), witnesses, (subject, &[]));
                    self.pending.add(&place, note, settled);
                }
                written.put("schema", schema);
            }
            Content::Form(fields) => {
                let form = Form::of(fields, witnesses, subject);
                let has_files = fields.values().any(|field| field.is_file);
                self.form(form, has_files, operation, site, &mut written);
            }
            Content::Text(texts) => {
                written.put("schema", Object::from_iter([("type", "string")]));
                examples.extend(texts.iter());
            }
            Content::Binary => {
                let bytes = Object::from_iter([("type", "string"), ("format", "binary")]);
                written.put("schema", bytes);
            }
        }
        put_examples(&mut written, &examples);
        written
    }

    /// Writes the schema of a form, and how its parts are encoded.
    fn form(
        &mut self,
        form: Form,
        has_files: bool,
        operation: &str,
        site: &Site,
        written: &mut Object<'_>,
    ) {
        let (schema, shapes) = match has_files {
            true => self.inline(form.schema, operation, site),
            false => self.lifted(form.schema, operation, site),
        };
        for (place, note, way) in form.notes {
            let settled = shapes.settled(&way, || schema_at(site));
            self.pending.add(&place, note, settled);
        }
        written.put("schema", schema);
        if !form.encoding.is_empty() {
            written.put("encoding", form.encoding);
        }
    }

    fn lifted<'o>(&mut self, schema: Schema, operation: &str, site: &Site) -> (Node<'o>, Shapes) {
        self.lifted_where(schema, operation, site, |_| true)
    }

    /// A form with files stands where it is used: it is streamed part by part and never a value of its own.
    fn inline<'o>(&mut self, schema: Schema, operation: &str, site: &Site) -> (Node<'o>, Shapes) {
        self.lifted_where(schema, operation, site, |way| !way.is_empty())
    }

    fn lifted_where<'o>(
        &mut self,
        schema: Schema,
        operation: &str,
        site: &Site,
        is_lifted: impl Fn(&[Segment]) -> bool,
    ) -> (Node<'o>, Shapes) {
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
            Node::Component(number)
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
pub(super) fn put_examples<'o>(content: &mut Object<'o>, examples: &[&'o Example]) {
    match examples {
        [] => {}
        [example] => {
            content.put("example", &example.value);
        }
        examples => {
            let named = examples.iter().map(|example| {
                let mut written = Object::default();
                if !example.summary.is_empty() {
                    written.put("summary", example.summary.as_str());
                }
                written.put("value", &example.value);
                (example.key.as_str(), written)
            });
            content.put("examples", named.collect::<Object<'_>>());
        }
    }
}
