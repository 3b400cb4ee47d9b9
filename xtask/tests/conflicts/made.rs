//! Requests, and the documents that are made of several files of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xtask::{
    codegen::{Generated, Options, convert},
    source::Source,
};

/// A request with these query parameters.
pub(crate) fn asking(query: &Value) -> Value {
    let url = json!({ "host": ["https://x.test"], "path": ["things"], "query": query });
    item(&json!({ "method": "GET", "url": url, "auth": { "type": "noauth" } }))
}

pub(crate) fn item(request: &Value) -> Value {
    json!({ "name": "Things", "request": request, "response": [{ "name": "Done.", "code": 204 }] })
}

/// A request with one query parameter, which has this value.
pub(crate) fn valued(value: &Value) -> Value {
    asking(&json!([{ "key": "flag", "value": value }]))
}

pub(crate) fn try_files(
    files: &[(&str, &[Value])],
    overlay: Option<&Value>,
) -> Result<Generated, String> {
    let sources = files.iter().map(|(name, items)| {
        let file = json!({ "info": { "name": "All" }, "item": items });
        Source::new((*name).to_owned(), file.to_string().into_bytes()).unwrap()
    });
    let overlays: Vec<Source> = overlay
        .map(|it| Source::new("overlay.json".to_owned(), it.to_string().into_bytes()).unwrap())
        .into_iter()
        .collect();
    let options = Options {
        names_files: true,
        ..Options::default()
    };
    convert(sources.collect(), &overlays, &options)
        .map_err(|problem| problem.all().map(|it| format!("{}\n", it.reason)).collect())
}

pub(crate) fn files(files: &[(&str, &[Value])]) -> Generated {
    try_files(files, None).unwrap()
}

/// The schema of each parameter without its example, and whether it is required.
pub(crate) fn parameters(generated: &Generated) -> BTreeMap<String, (Value, bool)> {
    let document = generated.document.tree();
    let operation = &document["paths"]["/things"]["get"];
    let parameters = operation["parameters"].as_array().unwrap().iter();
    let of = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap().to_ascii_lowercase();
        let schema = without_examples(&parameter["schema"]);
        (name, (schema, parameter["required"] == true))
    };
    parameters.map(of).collect()
}

pub(crate) fn without_examples(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| *key != "example")
            .map(|(key, member)| (key.clone(), without_examples(member)))
            .collect(),
        Value::Array(items) => items.iter().map(without_examples).collect(),
        scalar => scalar.clone(),
    }
}

pub(crate) fn flag(generated: &Generated) -> Value {
    parameters(generated)["flag"].0.clone()
}

pub(crate) fn warnings(generated: &Generated) -> Vec<String> {
    let told = |it: &xtask::diagnostic::Warning| format!("{}: {}", it.place, it.text);
    generated.warnings.iter().map(told).collect()
}
