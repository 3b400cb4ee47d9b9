//! Micro-collections, and the document that is made of one.

use serde_json::{Value, json};
use xtask::{
    codegen::{Generated, Options, convert},
    source::Source,
};

/// What the bytes of a file come to.
pub(crate) fn converted(bytes: impl Into<Vec<u8>>) -> Generated {
    let source = Source::new("x.json".to_owned(), bytes.into()).unwrap();
    convert(vec![source], &[], &Options::default()).unwrap()
}

/// The document that is made of a file.
pub(crate) fn document(file: &Value) -> Value {
    converted(file.to_string()).document.tree().into_owned()
}

/// A collection with these items.
pub(crate) fn collection(items: &Value) -> Value {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    json!({ "info": { "name": "Things", "schema": schema }, "item": items })
}

/// A collection with this request alone.
pub(crate) fn requesting(request: &Value) -> Value {
    collection(&json!([{ "name": "Do it", "request": request, "response": [] }]))
}

/// A collection with one item: a POST with this body, and a header that names its type unless that is empty.
pub(crate) fn sending(content_type: &str, body: &Value) -> Value {
    let header = match content_type {
        "" => json!([]),
        _ => json!([{ "key": "Content-Type", "value": content_type }]),
    };
    requesting(
        &json!({ "method": "POST", "url": "https://api.example.com/a", "header": header, "body": body }),
    )
}

/// A collection with one item: a GET that was answered like this.
pub(crate) fn answered(responses: &Value) -> Value {
    collection(
        &json!([{ "name": "Get it", "request": "https://api.example.com/a", "response": responses }]),
    )
}

/// The document's only operation.
pub(crate) fn operation(document: &Value) -> &Value {
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 1, "{paths:#?}");
    let methods = paths.values().next().unwrap().as_object().unwrap();
    assert_eq!(methods.len(), 1, "{methods:#?}");
    methods.values().next().unwrap()
}

/// Method and path of each operation, in document order.
pub(crate) fn endpoints(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap();
    let of = |(path, methods): (&String, &Value)| -> Vec<String> {
        let methods = methods.as_object().unwrap().keys();
        methods.map(|method| format!("{method} {path}")).collect()
    };
    paths.iter().flat_map(of).collect()
}

/// `schema`, with every reference replaced by what it refers to. For documents without recursion.
pub(crate) fn inlined(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => inlined(
                document,
                document.pointer(reference.trim_start_matches('#')).unwrap(),
            ),
            None => members
                .iter()
                .map(|(key, member)| (key.clone(), inlined(document, member)))
                .collect(),
        },
        Value::Array(items) => items.iter().map(|item| inlined(document, item)).collect(),
        scalar => scalar.clone(),
    }
}

/// The schema of the only operation's body in this media type, without references.
pub(crate) fn body_schema(document: &Value, media_type: &str) -> Value {
    let content = &operation(document)["requestBody"]["content"];
    let names: Vec<&String> = content.as_object().unwrap().keys().collect();
    assert_eq!(names, [media_type]);
    inlined(document, &content[media_type]["schema"])
}

/// The schema of the only operation's JSON answer, without references.
pub(crate) fn answer_schema(document: &Value, status: &str) -> Value {
    let answer = &operation(document)["responses"][status];
    let content = &answer["content"]["application/json"];
    assert!(content.is_object(), "{answer:#}");
    inlined(document, &content["schema"])
}

/// The only operation's parameter of this name.
pub(crate) fn parameter<'d>(document: &'d Value, name: &str) -> &'d Value {
    let parameters = operation(document)["parameters"].as_array().unwrap();
    let mut found = parameters
        .iter()
        .filter(|parameter| parameter["name"] == name);
    let first = found.next().expect("a parameter of this name");
    assert!(found.next().is_none(), "{name} is there twice");
    first
}

/// The names of the only operation's parameters at this location.
pub(crate) fn parameters(document: &Value, location: &str) -> Vec<String> {
    let parameters = operation(document)["parameters"].as_array();
    let of = parameters
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == location);
    of.map(|parameter| parameter["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether a warning holds this text at this place.
pub(crate) fn tells(generated: &Generated, path: &str, text: &str) {
    let told = generated
        .warnings
        .iter()
        .any(|warning| warning.place.path == path && warning.text.contains(text));
    assert!(told, "no {text:?} at {path} in {:#?}", generated.warnings);
}
