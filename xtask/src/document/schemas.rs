//! Every schema of a document, and nothing that only looks like one: examples, defaults and extensions are data.

use serde_json::{Map, Value};

/// Where a schema stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is that of a media type: of the whole content.
    Content,
    /// Elsewhere.
    Inner,
}

type Visit<'v> = &'v mut dyn FnMut(&mut Map<String, Value>, Place);

/// Visits every schema of a document, those inside of others first.
pub(super) fn visit(document: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>, Place)) {
    let visit: Visit<'_> = visit;
    extended(document.get_mut("paths"), |item| path_item(item, visit));
    for key in [super::WEBHOOKS, "webhooks"] {
        each(document.get_mut(key), |item| path_item(item, visit));
    }
    let Some(components) = document.get_mut("components") else {
        return;
    };
    each(components.get_mut("schemas"), |it| {
        schema(it, Place::Inner, visit);
    });
    for key in ["parameters", "headers"] {
        each(components.get_mut(key), |it| parameter(it, visit));
    }
    each(components.get_mut("requestBodies"), |it| content(it, visit));
    each(components.get_mut("responses"), |it| response(it, visit));
    each(components.get_mut("callbacks"), |it| callback(it, visit));
    each(components.get_mut("pathItems"), |it| path_item(it, visit));
}

/// The values of a map whose keys are names, which may be anything, or of a list.
fn each(holder: Option<&mut Value>, act: impl FnMut(&mut Value)) {
    let Some(holder) = holder else {
        return;
    };
    match holder {
        Value::Object(members) => members.values_mut().for_each(act),
        Value::Array(items) => items.iter_mut().for_each(act),
        _ => {}
    }
}

/// The values of a map that may hold extensions as well.
fn extended(holder: Option<&mut Value>, mut act: impl FnMut(&mut Value)) {
    let members = holder.and_then(Value::as_object_mut).into_iter().flatten();
    members
        .filter(|(key, _)| !key.starts_with("x-"))
        .for_each(|(_, member)| act(member));
}

fn path_item(item: &mut Value, visit: Visit<'_>) {
    each(item.get_mut("parameters"), |it| parameter(it, visit));
    for method in [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ] {
        let Some(operation) = item.get_mut(method) else {
            continue;
        };
        each(operation.get_mut("parameters"), |it| parameter(it, visit));
        if let Some(body) = operation.get_mut("requestBody") {
            content(body, visit);
        }
        extended(operation.get_mut("responses"), |it| response(it, visit));
        each(operation.get_mut("callbacks"), |it| callback(it, visit));
    }
}

fn callback(callback: &mut Value, visit: Visit<'_>) {
    extended(Some(callback), |item| path_item(item, visit));
}

/// A parameter or a header.
fn parameter(parameter: &mut Value, visit: Visit<'_>) {
    if let Some(inner) = parameter.get_mut("schema") {
        schema(inner, Place::Inner, visit);
    }
    content(parameter, visit);
}

fn response(response: &mut Value, visit: Visit<'_>) {
    each(response.get_mut("headers"), |it| parameter(it, visit));
    content(response, visit);
}

fn content(holder: &mut Value, visit: Visit<'_>) {
    each(holder.get_mut("content"), |media_type| {
        if let Some(inner) = media_type.get_mut("schema") {
            schema(inner, Place::Content, visit);
        }
        each(media_type.get_mut("encoding"), |encoding| {
            each(encoding.get_mut("headers"), |it| parameter(it, visit));
        });
    });
}

/// Recurses as deep as the document does.
fn schema(value: &mut Value, place: Place, visit: Visit<'_>) {
    let Value::Object(members) = value else {
        return;
    };
    for key in ["properties", "patternProperties"] {
        each(members.get_mut(key), |it| schema(it, Place::Inner, visit));
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = members.get_mut(key) {
            schema(inner, Place::Inner, visit);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        each(members.get_mut(key), |it| schema(it, Place::Inner, visit));
    }
    visit(members, place);
}
