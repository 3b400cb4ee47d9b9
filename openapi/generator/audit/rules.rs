//! What is refused of each object, beyond references.

use serde_json::{Map, Value};

use super::coverage::Kind;
use super::{discriminators, reference};
use crate::generator::document::component_key;
use crate::generator::lower::bodies::{essence, is_json};
use crate::generator::server;

/// A problem of a member of an object.
pub(super) struct Problem {
    pub(super) member: String,
    pub(super) text: String,
}

pub(super) fn of(member: &str, text: impl Into<String>) -> Problem {
    Problem {
        member: member.to_owned(),
        text: text.into(),
    }
}

/// The problems of an object itself; those of the objects in it are their own.
pub(super) fn problems(kind: Kind, object: &Map<String, Value>, document: &Value) -> Vec<Problem> {
    match kind {
        Kind::Server => server(object),
        Kind::PathItem => path_item(object, document),
        Kind::Operation => operation(object),
        Kind::Parameter => parameter(object, document),
        Kind::RequestBody => request_body(object),
        Kind::Responses => responses(object),
        Kind::Schema => discriminators::schema(object, document),
        Kind::Discriminator => discriminators::discriminator(object, document),
        _ => Vec::new(),
    }
}

fn text<'v>(object: &'v Map<String, Value>, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn members<'v>(
    object: &'v Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    object
        .get(key)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn server(object: &Map<String, Value>) -> Vec<Problem> {
    let variables = members(object, "variables")
        .filter_map(|(name, variable)| Some((name.as_str(), variable.get("default")?.as_str()?)));
    server::filled(text(object, "url"), &variables.collect())
        .err()
        .map(|problem| of("url", problem))
        .into_iter()
        .collect()
}

/// The first server of an operation or of a path item stands beside the base URL, so it must have a host.
fn own_server(object: &Map<String, Value>) -> Option<Problem> {
    let url = object.get("servers")?.get(0)?.get("url")?.as_str()?;
    (!server::is_absolute(url)).then(|| {
        of(
            "servers",
            format!(
                "{url:?} is not an absolute http or https URL; write the whole URL of the server"
            ),
        )
    })
}

fn path_item(object: &Map<String, Value>, document: &Value) -> Vec<Problem> {
    let mut problems: Vec<Problem> = own_server(object).into_iter().collect();
    let target = object
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|it| reference::target(document, "pathItems", it).ok());
    for key in object.keys().filter(|key| *key != "$ref") {
        if target.is_some_and(|target| target.get(key).is_some()) {
            problems.push(of(
                key,
                "the path item that $ref names has the same field; keep one of them",
            ));
        }
    }
    problems
}

fn operation(object: &Map<String, Value>) -> Vec<Problem> {
    own_server(object).into_iter().collect()
}

fn parameter(object: &Map<String, Value>, document: &Value) -> Vec<Problem> {
    let (name, location) = (text(object, "name"), text(object, "in"));
    let mut problems = Vec::new();
    match location {
        "path" | "query" | "cookie" => {}
        "header" if is_token(name) => {}
        "header" => problems.push(of(
            "name",
            format!("{name:?} is not the name of an HTTP header; use letters, digits and !#$%&'*+-.^_`|~"),
        )),
        "body" | "formData" => problems.push(of("in", "OpenAPI 3.0 has no such parameters; use requestBody")),
        _ => problems.push(of(
            "in",
            format!("{location:?} is not a location; use path, query, header or cookie"),
        )),
    }
    match object.get("content").and_then(Value::as_object) {
        Some(content) if content.len() != 1 => {
            problems.push(of(
                "content",
                "a parameter has exactly one media type; keep one",
            ));
        }
        Some(_) => {}
        None => problems.extend(style(object, location, document)),
    }
    problems
}

fn style(object: &Map<String, Value>, location: &str, document: &Value) -> Option<Problem> {
    let usual = match location {
        "path" | "header" => "simple",
        _ => "form",
    };
    let style = object.get("style").and_then(Value::as_str).unwrap_or(usual);
    let explode = object.get("explode").and_then(Value::as_bool);
    let explode = explode.unwrap_or(style == "form");
    let shape = object
        .get("schema")
        .map_or(Shape::Scalar, |it| shape(it, document));
    let known = match (location, style) {
        ("query", "form" | "spaceDelimited" | "pipeDelimited" | "deepObject") => true,
        _ => style == usual,
    };
    if !known {
        return Some(of(
            "style",
            format!("{style:?} is not supported for a parameter in {location:?}; use {usual:?}"),
        ));
    }
    if location != "query" {
        return None;
    }
    match (shape, style) {
        (Shape::Object { known: true }, "deepObject") => None,
        (Shape::Object { known: true }, "form") if explode => None,
        (Shape::Object { known: true }, "form") => Some(of(
            "explode",
            "an object in one value of the query is not supported; use explode: true, or content with application/json",
        )),
        (Shape::Object { known: true }, _) => Some(of(
            "style",
            format!("{style:?} is not supported for an object; use \"form\" or \"deepObject\""),
        )),
        (Shape::Object { known: false }, _) => Some(of(
            "schema",
            "the keys of this object are not known, so they cannot be parameters; list them in properties, or use content with application/json",
        )),
        (_, "deepObject") => Some(of("style", "\"deepObject\" is for objects; use \"form\"")),
        _ => None,
    }
}

enum Shape {
    Scalar,
    /// An object, and whether its properties are known.
    Object {
        known: bool,
    },
}

fn shape(schema: &Value, document: &Value) -> Shape {
    let mut at = schema;
    // The loops are found elsewhere.
    for _ in 0..64 {
        let target = at.get("$ref").and_then(Value::as_str);
        let Some(key) = target.and_then(|target| component_key(target, "schemas")) else {
            break;
        };
        match document
            .pointer("/components/schemas")
            .and_then(|it| it.get(key))
        {
            Some(next) => at = next,
            None => break,
        }
    }
    let is_object = match at.get("type").and_then(Value::as_str) {
        Some(kind) => kind == "object",
        None => {
            at.get("properties").is_some()
                || at.get("additionalProperties").is_some_and(Value::is_object)
        }
    };
    match at.get("properties").and_then(Value::as_object) {
        _ if !is_object => Shape::Scalar,
        Some(properties) => Shape::Object {
            known: !properties.is_empty(),
        },
        None => Shape::Object { known: false },
    }
}

/// Whether a text can be the name of an HTTP header.
fn is_token(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token)
}

fn request_body(object: &Map<String, Value>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (media_type, content) in members(object, "content") {
        let essence = essence(media_type);
        let is_header_value = media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if !is_header_value || !essence.contains('/') {
            problems.push(of(
                "content",
                format!("{media_type:?} is not a media type; write one such as application/json"),
            ));
        }
        if essence.starts_with("multipart/") && essence != "multipart/form-data" {
            problems.push(of(
                "content",
                format!("{media_type:?} needs a boundary that no request can set; use multipart/form-data"),
            ));
        }
        let encodings = content.as_object().into_iter();
        for (property, encoding) in encodings.flat_map(|content| members(content, "encoding")) {
            let problem = encoding
                .as_object()
                .and_then(|encoding| self::encoding(&essence, encoding));
            problems.extend(problem.map(|problem| {
                of(
                    "content",
                    format!("the encoding of {property:?} in {media_type:?}: {problem}"),
                )
            }));
        }
    }
    problems
}

fn encoding(essence: &str, encoding: &Map<String, Value>) -> Option<String> {
    let media_type = self::essence(text(encoding, "contentType"));
    match essence {
        "multipart/form-data" => {
            let headers = members(encoding, "headers").next();
            headers.map(|_| "headers of parts cannot be sent; remove them".to_owned())
        }
        "application/x-www-form-urlencoded" => match text(encoding, "style") {
            "" | "form" | "spaceDelimited" | "pipeDelimited" => {
                let known =
                    media_type.is_empty() || media_type == "text/plain" || is_json(&media_type);
                (!known).then(|| {
                    format!("contentType {media_type:?} is not supported; use application/json or text/plain")
                })
            }
            style => Some(format!(
                "style {style:?} is not supported; use form, or contentType: application/json"
            )),
        },
        _ => None,
    }
}

fn responses(object: &Map<String, Value>) -> Vec<Problem> {
    let is_status = |key: &str| {
        let (class, rest) = key.split_at_checked(1).unwrap_or_default();
        key == "default"
            || key.len() == 3
                && class.bytes().all(|it| it.is_ascii_digit())
                && (rest.eq_ignore_ascii_case("XX") || rest.bytes().all(|it| it.is_ascii_digit()))
    };
    object
        .keys()
        .filter(|key| !key.starts_with("x-") && !is_status(key))
        .map(|key| {
            of(
                key,
                "not a status; use a number such as 200, a range such as 2XX, or default",
            )
        })
        .collect()
}
