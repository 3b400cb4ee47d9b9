//! Request bodies: one lowered operation for each media type.

mod lists;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::blame;
use super::names::snake;
use super::reach::Flow;
use super::schemas::{Place, Types, follow, is_file};
use super::shapes::Shape;
use crate::generator::document::{Document, MediaType, Operation, Schema, component_key};

/// How the body of a lowered operation is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    /// JSON, with its media type if that is not `application/json`.
    Json {
        shape: Shape,
        media_type: Option<String>,
    },
    /// A form of texts in one buffer.
    Form {
        shape: Shape,
        kind: FormKind,
        lists: Lists,
    },
    /// A streamed form with files.
    Files(Files),
    /// Unchanged bytes of the caller.
    Bytes {
        media_type: String,
    },
}

/// A form with files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Files {
    /// The properties that are files.
    pub(crate) files: Vec<String>,
    /// The type of the others, where they are known.
    pub(crate) texts: Option<String>,
    pub(crate) lists: Lists,
    /// The required files, and those of which there may be several.
    pub(crate) needed: Vec<String>,
    pub(crate) several: Vec<String>,
}

/// The arrays of a form that are not JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// All of them. Those that are not joined are one field for each element.
    pub(crate) names: Vec<String>,
    /// Those that are one field, with what separates their elements.
    pub(crate) joined: Vec<(String, &'static str)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormKind {
    Multipart,
    Urlencoded,
}

/// A body with the suffix of the sibling operation that sends it.
pub(crate) struct Variant {
    pub(crate) suffix: String,
    /// The media type in the document, where there is a body.
    pub(crate) media_type: Option<String>,
    pub(crate) body: Body,
}

impl Body {
    /// The request body that progenitor is given.
    pub(crate) fn object(&self) -> Option<Value> {
        let (media_type, schema) = match self {
            Self::None => return None,
            Self::Json { shape, .. } => ("application/json", shape.schema()),
            // Rewritten after generation: progenitor knows no multipart forms.
            Self::Form { shape, .. } => ("application/x-www-form-urlencoded", shape.schema()),
            Self::Files(_) | Self::Bytes { .. } => (
                "application/octet-stream",
                json!({ "type": "string", "format": "binary" }),
            ),
        };
        Some(json!({ "required": true, "content": { media_type: { "schema": schema } } }))
    }
}

/// The bodies of an operation, in the document's order; the first has no suffix.
pub(crate) fn lower(
    document: &Document,
    types: &mut Types<'_>,
    operation: &Operation,
    name: &str,
) -> Result<Vec<Variant>, String> {
    let none = |suffix: &str| Variant {
        suffix: suffix.to_owned(),
        media_type: None,
        body: Body::None,
    };
    let Some(body) = &operation.request_body else {
        return Ok(vec![none("")]);
    };
    let body = document.request_body(body)?;
    let mut variants: Vec<Variant> = Vec::new();
    for (written, content) in &body.content {
        let body = media_type(types, written, content, &format!("{name} request"))?;
        if variants.iter().all(|known| known.body != body) {
            let suffix = if variants.is_empty() {
                String::new()
            } else {
                suffix(written)
            };
            variants.push(Variant {
                suffix,
                media_type: Some(written.clone()),
                body,
            });
        }
    }
    if variants.is_empty() {
        variants.push(none(""));
    } else if !body.required {
        // A builder always sends its body, so leaving it out is a separate operation.
        variants.push(none("without_body"));
    }
    Ok(variants)
}

/// The components that are sent as forms with files in them.
pub(crate) fn forms_with_files(document: &Document) -> Result<Vec<String>, String> {
    let mut keys = Vec::new();
    for (path, item) in &document.paths {
        for (method, operation) in item.operations() {
            let Some(body) = &operation.request_body else {
                continue;
            };
            let body = document
                .request_body(body)
                .map_err(|error| blame(method, path, operation, &error))?;
            for (media_type, content) in &body.content {
                let reference = content
                    .schema
                    .as_ref()
                    .and_then(|schema| schema.reference.as_ref());
                let key = reference.and_then(|reference| component_key(reference, "schemas"));
                if essence(media_type) == "multipart/form-data" {
                    keys.extend(key);
                }
            }
        }
    }
    keys.retain(|key| {
        document.components.schemas.get(key).is_some_and(|it| {
            let properties = it.properties.values();
            let mut followed = properties.map(|it| follow(&document.components.schemas, it));
            followed.any(is_file)
        })
    });
    Ok(keys)
}

fn media_type(
    types: &mut Types<'_>,
    written: &str,
    content: &MediaType,
    name: &str,
) -> Result<Body, String> {
    let essence = essence(written);
    let any = Schema::default();
    let schema = content.schema.as_ref().unwrap_or(&any);
    let place = Place {
        name,
        flow: Flow::OUT,
    };
    if is_json(&essence) {
        let media_type = (written != "application/json").then(|| written.to_owned());
        let shape = match types.lower(schema, place) {
            Shape::Binary => Shape::Text,
            shape => shape,
        };
        return Ok(Body::Json { shape, media_type });
    }
    let kind = match essence.as_str() {
        "multipart/form-data" => FormKind::Multipart,
        "application/x-www-form-urlencoded" => FormKind::Urlencoded,
        _ => {
            let media_type = if essence.contains('*') {
                "application/octet-stream".to_owned()
            } else {
                written.to_owned()
            };
            return Ok(Body::Bytes { media_type });
        }
    };
    let properties = types.form_properties(schema);
    let lists = lists::lists(written, &properties, &content.encoding, kind)?;
    Ok(match kind {
        FormKind::Multipart if properties.values().any(is_file) => {
            form_with_files(types, schema, place, &properties, lists)
        }
        _ => form(types, schema, place, kind, lists),
    })
}

fn form_with_files(
    types: &mut Types<'_>,
    schema: &Schema,
    place: Place<'_>,
    properties: &IndexMap<String, Schema>,
    lists: Lists,
) -> Body {
    let texts = types.form_texts(schema, place);
    let required = types.form_required(schema);
    let files = properties.iter().filter(|(_, property)| is_file(property));
    let mut form = Files {
        texts,
        lists,
        ..Files::default()
    };
    for (wire, property) in files {
        form.files.push(wire.clone());
        if required.contains(wire) {
            form.needed.push(wire.clone());
        }
        if property.items.is_some() {
            form.several.push(wire.clone());
        }
    }
    Body::Files(form)
}

fn form(
    types: &mut Types<'_>,
    schema: &Schema,
    place: Place<'_>,
    kind: FormKind,
    lists: Lists,
) -> Body {
    let shape = match types.lower(schema, place) {
        shape @ (Shape::Object(_) | Shape::Union(_) | Shape::Map(_)) => shape,
        // Fields that are not known in advance.
        _ if kind == FormKind::Multipart => {
            return Body::Files(Files {
                lists,
                ..Files::default()
            });
        }
        _ => Shape::Map(Box::new(Shape::Text)),
    };
    Body::Form { shape, kind, lists }
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a media type is JSON, by any of the names that it goes by.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

fn suffix(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" => "json".to_owned(),
        "application/x-www-form-urlencoded" => "form".to_owned(),
        "multipart/form-data" => "multipart".to_owned(),
        "text/plain" => "text".to_owned(),
        "application/octet-stream" => "bytes".to_owned(),
        "*/*" => "any".to_owned(),
        _ => snake(essence.split('/').next_back().unwrap_or_default()),
    }
}
