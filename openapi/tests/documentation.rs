//! What the documentation of a request says, for every operation of the document.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

const REQUESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/requests.rs"));
const DOCUMENT: &str = include_str!("../zoom-chat.json");

/// The documentation of a request.
fn page(request: &str) -> &'static str {
    let declaration = format!("pub struct {request} {{");
    let (before, _) = REQUESTS.split_once(&declaration).unwrap();
    before.rsplit_once("\n/**").unwrap().1
}

/// The texts of a list of the operation.
fn texts<'a>(operation: &'a Value, list: &str) -> impl Iterator<Item = &'a str> {
    let texts = operation.get(list).and_then(Value::as_array);
    texts.into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn the_page_of_every_request_says_what_a_caller_needs() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let items = document.get("paths").unwrap().as_object().unwrap().values();
    let operations: Vec<_> = items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter(|it| it.get("operationId").is_some())
        .collect();
    assert!(operations.len() > 100, "{}", operations.len());
    for operation in operations {
        let id = operation.get("operationId").unwrap().as_str().unwrap();
        let (first, rest) = id.split_at(1);
        let request = format!("{}{rest}", first.to_uppercase());
        let page = page(&request);
        let says = |what: &str| assert!(page.contains(what), "{request} does not say {what:?}");
        says(&format!("Zoom's operation `{id}`"));
        for scope in texts(operation, "x-zoom-scopes") {
            says(&format!("`{scope}`"));
        }
        for scope in texts(operation, "x-zoom-granular-scopes") {
            says(&format!("`{scope}`"));
        }
        if let Some(label) = operation.get("x-zoom-rate-limit-label") {
            says(&format!("Rate limit label: `{}`.", label.as_str().unwrap()));
        }
        says("afe to retry");
        let errors = operation.get("x-zoom-errors").and_then(Value::as_array);
        if errors.is_some_and(|errors| !errors.is_empty()) {
            says(&format!("(crate::errors::{request}Error::"));
        }
        says("# Examples\n```\n");
        says(&format!("\nrequests::{request}::new("));
        if REQUESTS.contains(&format!("impl crate::Paged for {request} ")) {
            says(".page(\"next_page_token\".to_owned());");
        }
    }
}

#[test]
fn every_category_has_a_description() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let tags = document.get("tags").unwrap().as_array().unwrap();
    let silent = |tag: &&Value| tag.get("description").is_none();
    let silent: Vec<_> = tags.iter().filter(silent).collect();
    assert_eq!(silent, [&Value::Null; 0]);
}
