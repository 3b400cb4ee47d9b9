//! Responses: which of them the client decodes.
//!
//! Only successes are typed. progenitor loses the status of an error whose body does not
//! parse, and the body of an error without a schema, so errors are left out and arrive
//! unread. Every 2xx is read in the same way, because a message whose answer has another
//! success status than the documented one was sent nevertheless.

use serde_json::{Value, json};

use super::bodies::{essence, is_json};
use super::reach::Flow;
use super::schemas::{Place, Types};
use super::shapes::Shape;
use crate::generator::document::Response;

/// The result of a successful call of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Success {
    Empty,
    Json(Shape),
    /// JSON, or nothing at all.
    OptionalJson(Shape),
    Bytes,
}

/// The content of a documented response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Empty,
    Json(Shape),
    Bytes,
}

/// A documented response: `201`, `2XX` or `default`.
#[derive(Clone, Debug)]
pub(crate) struct Documented {
    pub(crate) status: String,
    pub(crate) content: Content,
}

impl Success {
    /// The responses object that progenitor is given for the client.
    pub(crate) fn object(&self) -> Value {
        json!({ "2XX": match self {
            Self::Empty => Content::Empty.object(),
            Self::Bytes => Content::Bytes.object(),
            Self::Json(shape) => Content::Json(shape.clone()).object(),
            Self::OptionalJson(shape) => Content::Json(shape.clone().nullable()).object(),
        }})
    }
}

impl Content {
    /// The response object that progenitor is given.
    pub(crate) fn object(&self) -> Value {
        match self {
            Self::Empty => json!({ "description": "" }),
            Self::Json(shape) => {
                json!({ "description": "", "content": { "application/json": { "schema": shape.schema() } } })
            }
            Self::Bytes => json!({ "description": "", "content": { "*/*": {} } }),
        }
    }
}

/// Lowers every documented response of an operation.
pub(crate) fn lower(
    types: &mut Types<'_>,
    responses: &[(String, Response)],
    name: &str,
) -> Vec<Documented> {
    let has_success = responses.iter().any(|(status, _)| is_success(status));
    responses
        .iter()
        .map(|(status, response)| {
            let status = if status == "default" {
                status.clone()
            } else {
                status.to_ascii_uppercase()
            };
            let is_answer = is_success(&status) || status == "default" && !has_success;
            let context = if is_answer {
                format!("{name} response")
            } else {
                format!("{name} error {status}")
            };
            Documented {
                content: content(types, response, &context),
                status,
            }
        })
        .collect()
}

fn content(types: &mut Types<'_>, response: &Response, name: &str) -> Content {
    let json = response
        .content
        .iter()
        .find(|(media_type, _)| is_json(&essence(media_type)));
    match json {
        Some((_, media_type)) => {
            let shape = media_type.schema.as_ref().map_or(Shape::Any, |schema| {
                types.lower(
                    schema,
                    Place {
                        name,
                        flow: Flow::IN,
                    },
                )
            });
            Content::Json(match shape {
                Shape::Binary => Shape::Text,
                Shape::Nullable(of) if *of == Shape::Any => Shape::Any,
                shape => shape,
            })
        }
        None if response.content.is_empty() => Content::Empty,
        None => Content::Bytes,
    }
}

pub(crate) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// What the successes of an operation have in common. Where none is documented, the default
/// is what answers them.
pub(crate) fn success(documented: &[Documented]) -> Success {
    let has_success = documented.iter().any(|it| is_success(&it.status));
    let mut contents: Vec<_> = documented
        .iter()
        .filter(|it| is_success(&it.status) || it.status == "default" && !has_success)
        .map(|it| it.content.clone())
        .collect();
    let count = contents.len();
    contents.retain(|content| *content != Content::Empty);
    let empty = contents.len() < count;
    contents.dedup();
    match contents.as_slice() {
        [] if empty => Success::Empty,
        [Content::Json(shape)] if empty => Success::OptionalJson(shape.clone()),
        [Content::Json(shape)] => Success::Json(shape.clone()),
        contents
            if !contents.is_empty()
                && contents
                    .iter()
                    .all(|content| matches!(content, Content::Json(_))) =>
        {
            if empty {
                Success::OptionalJson(Shape::Any)
            } else {
                Success::Json(Shape::Any)
            }
        }
        // Nothing documented, or not only JSON: the caller reads it.
        _ => Success::Bytes,
    }
}
