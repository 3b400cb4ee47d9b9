//! Requests and saved answers as v2.1 writes them.

use serde_json::{Map, Value, json};

use super::{
    Node,
    fields::{auth, entries, set},
};

/// The item of a request.
pub(super) fn item(node: &Node, examples: &[Node]) -> Value {
    let own = &node.own;
    let mut item = Map::new();
    item.insert("name".to_owned(), node.name().into());
    let mut request = request(own);
    set(&mut request, "auth", auth(own.get("auth")));
    set(&mut request, "description", own.get("description").cloned());
    item.insert("request".to_owned(), Value::Object(request));
    item.insert(
        "response".to_owned(),
        examples.iter().map(response).collect(),
    );
    // Those of a GraphQL request are arguments of its query.
    if own.get("query").is_none() {
        let variables = entries(own.get("variables"));
        set(&mut item, "variable", Some(variables.into()));
    }
    set(
        &mut item,
        "protocolProfileBehavior",
        own.get("settings").cloned(),
    );
    Value::Object(item)
}

/// Method, URL, headers and body.
fn request(own: &Value) -> Map<String, Value> {
    let mut request = Map::new();
    let is_graphql = own.get("$kind").and_then(Value::as_str) == Some("graphql-request");
    let method = own.get("method").cloned();
    set(
        &mut request,
        "method",
        method.or_else(|| is_graphql.then(|| "POST".into())),
    );
    set(&mut request, "url", url(own));
    set(
        &mut request,
        "header",
        Some(entries(own.get("headers")).into()),
    );
    let body = match is_graphql && own.get("query").is_some() {
        true => Some(json!({
            "mode": "graphql",
            "graphql": { "query": own.get("query"), "variables": own.get("variables") },
        })),
        false => own.get("body").and_then(body),
    };
    set(&mut request, "body", body);
    request
}

/// The URL: a text, unless the file says more about its parameters.
fn url(own: &Value) -> Option<Value> {
    let raw = own.get("url")?;
    let mut url = Map::new();
    set(
        &mut url,
        "query",
        Some(entries(own.get("queryParams")).into()),
    );
    set(
        &mut url,
        "variable",
        Some(entries(own.get("pathVariables")).into()),
    );
    if url.is_empty() {
        return Some(raw.clone());
    }
    url.insert("raw".to_owned(), raw.clone());
    Some(Value::Object(url))
}

fn body(body: &Value) -> Option<Value> {
    let content = body.get("content");
    match body.get("type").and_then(Value::as_str).unwrap_or("text") {
        "none" => None,
        "formdata" => Some(json!({ "mode": "formdata", "formdata": entries(content) })),
        "urlencoded" => Some(json!({ "mode": "urlencoded", "urlencoded": entries(content) })),
        "file" | "binary" => Some(json!({ "mode": "file", "file": content })),
        "graphql" => Some(json!({ "mode": "graphql", "graphql": content })),
        language => {
            let text = match content? {
                Value::String(text) => text.clone(),
                // Somebody wrote the body as YAML.
                value => value.to_string(),
            };
            Some(json!({
                "mode": "raw", "raw": text, "options": { "raw": { "language": language } },
            }))
        }
    }
}

/// A saved answer.
fn response(example: &Node) -> Value {
    let own = &example.own;
    let mut written = Map::new();
    written.insert("name".to_owned(), example.name().into());
    let original = own.get("request").or_else(|| own.get("originalRequest"));
    if let Some(original) = original.filter(|it| it.get("url").is_some_and(|url| url != "")) {
        written.insert(
            "originalRequest".to_owned(),
            Value::Object(request(original)),
        );
    }
    let answer = own.get("response").unwrap_or(own);
    let member = |keys: [&str; 2]| keys.iter().find_map(|key| answer.get(*key).cloned());
    set(&mut written, "code", member(["statusCode", "code"]));
    set(&mut written, "status", member(["statusText", "status"]));
    let headers = entries(answer.get("headers").or_else(|| answer.get("header")));
    set(&mut written, "header", Some(headers.into()));
    let (text, language) = match answer.get("body") {
        Some(Value::Object(body)) => (body.get("content").cloned(), body.get("type").cloned()),
        body => (body.cloned(), None),
    };
    let text = text.map(|text| match text {
        Value::String(_) | Value::Null => text,
        value => value.to_string().into(),
    });
    set(&mut written, "body", text);
    set(&mut written, "_postman_previewlanguage", language);
    Value::Object(written)
}
