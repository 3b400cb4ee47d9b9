//! What bodies show, of requests and of answers.

use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

use super::{Content, Operation, Parameter};
use crate::{
    components::{NO_EXAMPLE, holds_reference},
    diagnostic::{Kind, Note, Place},
    infer::Placeholder,
    lenient_json,
    postman::{self, Field},
};

/// So many examples of one body are kept; the schema comes from all of them.
const MAX_EXAMPLES: usize = 8;

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
        place: &Place,
        body: &postman::Body,
        content_type: Option<&str>,
        role: Role,
        report: &mut impl FnMut(&Place, Note),
    ) {
        match body {
            postman::Body::Urlencoded(fields) => {
                self.add_form("application/x-www-form-urlencoded", place, fields, role);
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
            postman::Body::GraphQl { query, variables } => {
                let variables = lenient_json::parse(variables)
                    .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
                let value = serde_json::json!({ "query": query, "variables": variables });
                add_json(
                    &mut self.bodies,
                    place,
                    "application/json",
                    value,
                    role,
                    report,
                );
            }
            postman::Body::Raw { text, language } => {
                let stated = Stated {
                    whose: "the body",
                    content_type,
                    language: language.as_deref(),
                };
                add_text(&mut self.bodies, place, text, &stated, role, report);
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
            .or_insert_with(|| Content::Form(IndexMap::new()));
        let Content::Form(known) = content else {
            return;
        };
        for (name, fields) in &by_name {
            let entry = known.entry((*name).to_owned());
            let is_new = matches!(entry, Entry::Vacant(_));
            let field = entry.or_insert_with(|| Parameter::of_form(name));
            field.is_left_out |= is_new && is_known;
            if is_new || role.describes() {
                field.add(place, fields);
            } else {
                field.observe(fields);
            }
        }
        for (name, field) in known {
            field.is_left_out |= role.describes() && !by_name.contains_key(name.as_str());
            if field.is_left_out {
                field.facts.required = None;
            }
        }
    }
}

/// What is said about a text, and by whom.
pub(super) struct Stated<'a> {
    pub whose: &'static str,
    pub content_type: Option<&'a str>,
    pub language: Option<&'a str>,
}

/// Adds a body that came as text.
pub(super) fn add_text(
    contents: &mut IndexMap<String, Content>,
    place: &Place,
    text: &str,
    stated: &Stated<'_>,
    role: Role,
    report: &mut impl FnMut(&Place, Note),
) {
    let (media_type, json) = media_type(text, stated);
    match json {
        Some(value) => add_json(contents, place, &media_type, value, role, report),
        None => {
            if is_json(&media_type) {
                report(
                    place,
                    Kind::UnreadableBody.note(format!(
                        "{} claims to be {media_type} but cannot be read as that; its fields are not known",
                        stated.whose
                    )),
                );
            }
            add_plain(contents, &media_type, text, role);
        }
    }
}

fn add_json(
    contents: &mut IndexMap<String, Content>,
    place: &Place,
    media_type: &str,
    value: Value,
    role: Role,
    report: &mut impl FnMut(&Place, Note),
) {
    let nothing = || Content::Json {
        evidence: Box::default(),
        examples: Vec::new(),
    };
    let content = contents
        .entry(media_type.to_owned())
        .or_insert_with(nothing);
    if matches!(content, Content::Text(_)) {
        // What could not be read before says less than what can be.
        *content = nothing();
    }
    if let Content::Json { evidence, examples } = content {
        evidence.observe(&value);
        if role.is_exemplary()
            && examples.len() < MAX_EXAMPLES
            && !Placeholder::occurs_in(&value)
            && !examples.contains(&value)
        {
            if holds_reference(&value) {
                report(place, Kind::ReferenceInExample.note(NO_EXAMPLE));
            } else {
                examples.push(value);
            }
        }
    }
}

fn add_plain(contents: &mut IndexMap<String, Content>, media_type: &str, text: &str, role: Role) {
    let content = contents
        .entry(media_type.to_owned())
        .or_insert_with(|| Content::Text(Vec::new()));
    if let Content::Text(examples) = content
        && role.is_exemplary()
        && examples.len() < MAX_EXAMPLES
        && !examples.iter().any(|known| known == text)
    {
        examples.push(text.to_owned());
    }
}

/// A text's media type: what is stated, then Postman's language, then what it looks like; with its value if that is
/// JSON.
fn media_type(text: &str, stated: &Stated<'_>) -> (String, Option<Value>) {
    let stated = stated.content_type.or_else(|| match stated.language? {
        "json" => Some("application/json"),
        "xml" => Some("application/xml"),
        "html" => Some("text/html"),
        "javascript" => Some("application/javascript"),
        _ => None,
    });
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    match stated {
        Some(media_type) if is_json(media_type) => {
            (media_type.to_owned(), lenient_json::parse(text))
        }
        // Postman calls "text" whatever it was not told about.
        Some(media_type) if media_type != "text/plain" => (media_type.to_owned(), None),
        _ => match lenient_json::parse(text).filter(|_| looks_like_json) {
            Some(value) => ("application/json".to_owned(), Some(value)),
            None if text.trim_start().starts_with("<?xml") => ("application/xml".to_owned(), None),
            None if text
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("<!doctype html") =>
            {
                ("text/html".to_owned(), None)
            }
            None => ("text/plain".to_owned(), None),
        },
    }
}

/// Whether a media type is JSON or built on it.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json")
}
