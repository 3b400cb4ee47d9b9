//! The rules for single objects that their members alone do not show.

use serde_json::{Map, Value};

use super::{items, kinds::Kind, members};
use crate::document::resolve;

type Members = Map<String, Value>;

/// Whether the rules of its kind hold for an object.
pub(super) fn hold(document: &Value, kind: Kind, object: &Members) -> Result<(), String> {
    match kind {
        Kind::Schema => schema(object),
        Kind::Parameter | Kind::Header => parameter(kind, object),
        Kind::MediaType => {
            one_of(object, "example", "examples")?;
            encoding(document, object)
        }
        Kind::Example => one_of(object, "value", "externalValue"),
        Kind::Link => one_of(object, "operationId", "operationRef"),
        Kind::Responses => statuses(object),
        Kind::ServerVariable => variable(object),
        Kind::SecurityScheme => security_scheme(object),
        Kind::Flows => flows(object),
        _ => Ok(()),
    }
}

/// A media type, or a range of them: `type/subtype`, perhaps with parameters.
pub(super) fn media_type(name: &str) -> Result<(), String> {
    let essence = name.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+*'%`|~{}".contains(c);
        !part.is_empty() && part.chars().all(fits)
    };
    match essence.split_once('/') {
        Some((one, other)) if is_token(one) && is_token(other) => Ok(()),
        _ => Err(format!("`{name}` is not a media type")),
    }
}

fn one_of(object: &Members, one: &str, other: &str) -> Result<(), String> {
    match object.contains_key(one) && object.contains_key(other) {
        true => Err(format!("there are both `{one}` and `{other}`")),
        false => Ok(()),
    }
}

fn schema(object: &Members) -> Result<(), String> {
    let flag = |key: &str| object.get(key) == Some(&Value::Bool(true));
    let kind = object.get("type").and_then(Value::as_str);
    if let Some(kind) = kind
        && !["string", "number", "integer", "boolean", "array", "object"].contains(&kind)
    {
        return Err(format!("`{kind}` is not a type of OpenAPI 3.0"));
    }
    if kind == Some("array") && !object.contains_key("items") {
        return Err("an array has no `items`".to_owned());
    }
    if let Some(key) = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| {
        object
            .get(*key)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
    }) {
        return Err(format!("`{key}` is empty"));
    }
    for (least, most) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        let number = |key: &str| object.get(key).and_then(Value::as_f64);
        if let (Some(low), Some(high)) = (number(least), number(most))
            && low > high
        {
            return Err(format!("`{least}` is more than `{most}`"));
        }
    }
    if object
        .get("multipleOf")
        .and_then(Value::as_f64)
        .is_some_and(|it| it <= 0.0)
    {
        return Err("`multipleOf` is not more than 0".to_owned());
    }
    if flag("readOnly") && flag("writeOnly") {
        return Err("there are both `readOnly` and `writeOnly`".to_owned());
    }
    default(object, kind)
}

/// The default is of the type that the schema states, and one of its values.
fn default(object: &Members, kind: Option<&str>) -> Result<(), String> {
    let Some(default) = object.get("default").filter(|default| !default.is_null()) else {
        return Ok(());
    };
    let is_of_type = match kind {
        Some("string") => default.is_string(),
        Some("number") => default.is_number(),
        Some("integer") => default.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("boolean") => default.is_boolean(),
        Some("array") => default.is_array(),
        Some("object") => default.is_object(),
        _ => true,
    };
    if !is_of_type {
        return Err(format!(
            "the default {default} is not of the type {}",
            kind.unwrap_or_default()
        ));
    }
    match object.get("enum").and_then(Value::as_array) {
        Some(values) if !values.is_empty() && !values.contains(default) => {
            Err(format!("the default {default} is not in `enum`"))
        }
        _ => Ok(()),
    }
}

fn parameter(kind: Kind, object: &Members) -> Result<(), String> {
    one_of(object, "example", "examples")?;
    one_of(object, "schema", "content")?;
    if !object.contains_key("schema") && !object.contains_key("content") {
        return Err("there is neither `schema` nor `content`".to_owned());
    }
    if object
        .get("content")
        .and_then(Value::as_object)
        .is_some_and(|content| content.len() != 1)
    {
        return Err("`content` does not have exactly one media type".to_owned());
    }
    let location = match kind {
        Kind::Header => "header",
        _ => object.get("in").and_then(Value::as_str).unwrap_or_default(),
    };
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return Err(format!("`{location}` is not a place of parameters")),
    };
    match object.get("style").and_then(Value::as_str) {
        Some(style) if !styles.contains(&style) => {
            Err(format!("`{style}` is not a style of {location} parameters"))
        }
        _ => Ok(()),
    }
}

/// A security scheme has what its type needs.
fn security_scheme(object: &Members) -> Result<(), String> {
    let kind = object
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => return Err(format!("`{kind}` is not a type of security schemes")),
    };
    if let Some(missing) = needed.iter().find(|key| !object.contains_key(**key)) {
        return Err(format!("there is no `{missing}`"));
    }
    match object.get("in").and_then(Value::as_str) {
        Some(place) if !matches!(place, "query" | "header" | "cookie") => {
            Err(format!("`{place}` is not a place of API keys"))
        }
        _ => Ok(()),
    }
}

fn flows(object: &Members) -> Result<(), String> {
    for (name, flow) in object {
        let needed: &[&str] = match name.as_str() {
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" => &["tokenUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            _ => &[],
        };
        if let Some(missing) = needed.iter().find(|key| flow.get(**key).is_none()) {
            return Err(format!("the flow `{name}` has no `{missing}`"));
        }
    }
    Ok(())
}

/// Encodings are those of properties.
fn encoding(document: &Value, object: &Members) -> Result<(), String> {
    let Some(schema) = object.get("schema").map(|schema| resolve(document, schema)) else {
        return Ok(());
    };
    let is_composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.get(*key).is_some());
    let Some(properties) = schema.get("properties").filter(|_| !is_composed) else {
        return Ok(());
    };
    let mut encodings = members(object.get("encoding"));
    match encodings.find(|(name, _)| properties.get(name.as_str()).is_none()) {
        Some((name, _)) => Err(format!("there is no property `{name}` to encode")),
        None => Ok(()),
    }
}

/// Responses are those of statuses, of ranges of them, or of all others.
fn statuses(object: &Members) -> Result<(), String> {
    let is_status = |key: &str| match key.as_bytes() {
        [b'1'..=b'5', rest @ ..] => {
            rest == b"XX" || (rest.len() == 2 && rest.iter().all(u8::is_ascii_digit))
        }
        _ => key == "default" || key.starts_with("x-"),
    };
    match object.keys().find(|key| !is_status(key)) {
        Some(key) => Err(format!(
            "`{key}` is not a status, a range such as 4XX, or `default`"
        )),
        None => Ok(()),
    }
}

fn variable(object: &Members) -> Result<(), String> {
    let Some(values) = object.get("enum").filter(|values| values.is_array()) else {
        return Ok(());
    };
    match object.get("default") {
        Some(default) if !items(Some(values)).any(|value| value == default) => {
            Err(format!("the default {default} is not in `enum`"))
        }
        _ => Ok(()),
    }
}
