use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

mod identity;

fn lines(old: &Value, new: &Value) -> Vec<String> {
    changes(old, new).iter().map(ToString::to_string).collect()
}

/// A document with one operation.
fn document(operation: &Value) -> Value {
    json!({"paths": {"/x/{id}": {"post": operation}}})
}

/// What changes between two versions of one operation.
fn between(old: &Value, new: &Value) -> Vec<String> {
    lines(&document(old), &document(new))
}

/// What changes between two schemas, as a body and as a response.
fn schemas(old: &Value, new: &Value) -> (Vec<String>, Vec<String>) {
    let body = |schema: &Value| json!({"requestBody": {"content": {"application/json": {"schema": schema}}}});
    let response = |schema: &Value| json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}});
    (
        between(&body(old), &body(new)),
        between(&response(old), &response(new)),
    )
}

#[test]
fn equal_documents_have_no_changes() {
    let document = document(&json!({"operationId": "a"}));
    assert_eq!(lines(&document, &document), Vec::<String>::new());
}

#[test]
fn operations() {
    let a = json!({"paths": {"/a": {"get": {}}, "/b": {"get": {}}}});
    let b = json!({"paths": {"/b": {"get": {}, "delete": {}}}});
    assert_eq!(
        lines(&a, &b),
        [
            "breaking: GET /a: operation removed",
            "DELETE /b: operation added"
        ]
    );
    assert_eq!(
        between(
            &json!({"operationId": "a", "x-zoom-rate-limit-label": "LIGHT"}),
            &json!({"operationId": "b", "deprecated": true, "servers": [{"url": "https://x.io"}]})
        ),
        [
            "breaking: POST /x/{id}: operationId changed from a to b",
            "POST /x/{id}: rate-limit label changed from LIGHT to none",
            "POST /x/{id}: deprecated",
            "POST /x/{id}: own servers changed from none to https://x.io",
        ]
    );
}

#[test]
fn parameters() {
    let old = json!({"parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "gone", "in": "query", "schema": {"type": "string"}},
        {"name": "kept", "in": "query", "schema": {"type": "integer", "maximum": 50}},
        {"name": "freed", "in": "query", "required": true},
    ]});
    let new = json!({"parameters": [
        {"name": "kept", "in": "query", "required": true, "schema": {"type": "string", "maximum": 50}},
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "freed", "in": "query"},
        {"name": "new", "in": "query"},
        {"name": "must", "in": "header", "required": true},
    ]});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: query parameter gone: removed",
            "breaking: POST /x/{id}: query parameter kept: became required",
            "breaking: POST /x/{id}: query parameter kept: type changed from integer to string",
            "POST /x/{id}: query parameter freed: became optional",
            "POST /x/{id}: query parameter new: added",
            "breaking: POST /x/{id}: header parameter must: added, and required",
        ]
    );
}

#[test]
fn a_renamed_path_parameter_leaves_the_operation_the_same() {
    let path = |name: &str| {
        let path = format!("/x/{{{name}}}");
        json!({"paths": {path: {"get": {"parameters": [{"name": name, "in": "path", "required": true}]}}}})
    };
    assert_eq!(
        lines(&path("a"), &path("b")),
        ["breaking: GET /x/{b}: path parameter a: renamed to b"]
    );
}

#[test]
fn fields() {
    let old = json!({"type": "object", "required": ["c"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {}}});
    let new = json!({"type": "object", "required": ["b", "e"], "properties": {"b": {"type": "integer"}, "c": {}, "d": {}, "e": {}}});
    let (sent, received) = schemas(&old, &new);
    assert_eq!(
        sent,
        [
            "breaking: POST /x/{id}: body field a: removed",
            "breaking: POST /x/{id}: body field b: became required",
            "POST /x/{id}: body field c: became optional",
            "POST /x/{id}: body field d: added",
            "breaking: POST /x/{id}: body field e: added, and required",
        ]
    );
    assert_eq!(
        received,
        [
            "breaking: POST /x/{id}: response 200 field a: removed",
            "POST /x/{id}: response 200 field b: became required",
            "breaking: POST /x/{id}: response 200 field c: became optional",
            "POST /x/{id}: response 200 field d: added",
            "POST /x/{id}: response 200 field e: added",
        ]
    );
}

#[test]
fn values() {
    for (old, new, sent, received) in [
        (
            json!({"type": "string"}),
            json!({}),
            "breaking: type changed from string to any",
            "breaking: type changed from string to any",
        ),
        (
            json!({"type": "integer"}),
            json!({"type": "integer", "format": "int64"}),
            "format changed from none to int64",
            "format changed from none to int64",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string"}),
            "breaking: format changed from date to none",
            "breaking: format changed from date to none",
        ),
        (
            json!({"type": "string"}),
            json!({"type": "string", "nullable": true}),
            "can be null",
            "breaking: can be null",
        ),
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": "string"}),
            "breaking: can no longer be null",
            "can no longer be null",
        ),
        (
            json!({"enum": [1, 2]}),
            json!({"enum": [1]}),
            "breaking: value 2 removed",
            "value 2 removed",
        ),
        (
            json!({"enum": ["a"]}),
            json!({"enum": ["a", "b"]}),
            "value \"b\" added",
            "value \"b\" added",
        ),
        (
            json!({}),
            json!({"enum": ["a"]}),
            "breaking: became one of \"a\"",
            "breaking: became one of \"a\"",
        ),
        (
            json!({"maxLength": 5}),
            json!({"maxLength": 4}),
            "breaking: maxLength changed from 5 to 4",
            "",
        ),
        (
            json!({"maxLength": 5}),
            json!({}),
            "maxLength changed from 5 to none",
            "",
        ),
        (
            json!({}),
            json!({"minimum": 1}),
            "breaking: minimum changed from none to 1",
            "",
        ),
        (
            json!({"minimum": 2}),
            json!({"minimum": 1}),
            "minimum changed from 2 to 1",
            "",
        ),
        (
            json!({"type": "object", "additionalProperties": {}}),
            json!({"type": "object"}),
            "breaking: no longer takes any key",
            "breaking: no longer takes any key",
        ),
    ] {
        let (mut bodies, mut responses) = schemas(&old, &new);
        let line = |place: &str, text: &str| match text.strip_prefix("breaking: ") {
            _ if text.is_empty() => Vec::new(),
            Some(text) => vec![format!("breaking: POST /x/{{id}}: {place}: {text}")],
            None => vec![format!("POST /x/{{id}}: {place}: {text}")],
        };
        assert_eq!(std::mem::take(&mut bodies), line("body", sent));
        assert_eq!(
            std::mem::take(&mut responses),
            line("response 200", received)
        );
    }
}

#[test]
fn places_inside_lists_and_maps() {
    let old = json!({"type": "array", "items": {"type": "object", "properties": {"m": {"additionalProperties": {"type": "string"}}}}});
    let new = json!({"type": "array", "items": {"type": "object", "properties": {"m": {"additionalProperties": {"type": "integer"}}}}});
    assert_eq!(
        schemas(&old, &new).0,
        ["breaking: POST /x/{id}: body field [].m.*: type changed from string to integer"]
    );
}

#[test]
fn moving_a_schema_is_no_change_of_its_operations() {
    let shape = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let inline = document(&json!({"requestBody": {"content": {"a/b": {"schema": shape}}}}));
    let mut moved = document(
        &json!({"requestBody": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/A"}}}}}),
    );
    moved["components"] = json!({"schemas": {"A": shape}});
    assert_eq!(lines(&inline, &moved), ["schema A: added"]);
    let mut renamed = document(
        &json!({"requestBody": {"content": {"a/b": {"schema": {"allOf": [{"$ref": "#/components/schemas/B"}]}}}}}),
    );
    renamed["components"] = json!({"schemas": {"B": shape}});
    assert_eq!(
        lines(&moved, &renamed),
        ["breaking: schema A: renamed to B"]
    );
    assert_eq!(lines(&renamed, &inline), ["breaking: schema B: removed"]);
}

#[test]
fn bodies_and_media_types() {
    let body = |types: &[&str], required: bool| {
        let content: Value = types
            .iter()
            .map(|name| ((*name).to_owned(), json!({"schema": {"type": "object"}})))
            .collect();
        json!({"requestBody": {"required": required, "content": content}})
    };
    assert_eq!(
        between(&json!({}), &body(&["a/b"], true)),
        ["breaking: POST /x/{id}: body: added, and required"]
    );
    assert_eq!(
        between(&json!({}), &body(&["a/b"], false)),
        ["POST /x/{id}: body: added"]
    );
    assert_eq!(
        between(&body(&["a/b"], false), &json!({})),
        ["breaking: POST /x/{id}: body: removed"]
    );
    assert_eq!(
        between(&body(&["a/b", "c/d"], false), &body(&["c/d", "e/f"], true)),
        [
            "breaking: POST /x/{id}: body: became required",
            "breaking: POST /x/{id}: body: media type a/b removed",
            "POST /x/{id}: body: media type e/f added",
        ]
    );
}

#[test]
fn one_schema_in_two_media_types_is_reported_once() {
    let body = |kind: &str| {
        let schema = json!({"schema": {"type": kind}});
        json!({"requestBody": {"content": {"a/b": schema, "c/d": schema}}})
    };
    assert_eq!(between(&body("string"), &body("integer")).len(), 1);
}

#[test]
fn responses_and_errors() {
    let old = json!({"responses": {"200": {}, "404": {}}, "x-zoom-errors": [
        {"status": 400, "code": 1, "message": "a"}, {"status": 400, "code": 2, "message": "b"}, {"status": 400, "code": 2, "message": "c"}]});
    let new = json!({"responses": {"201": {}}, "x-zoom-errors": [
        {"status": 400, "code": 2, "message": "c"}, {"status": 404, "code": 1, "message": "a"}]});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: response 200: removed",
            "POST /x/{id}: response 404: removed",
            "POST /x/{id}: response 201: added",
            "breaking: POST /x/{id}: error 400/1: removed",
            "POST /x/{id}: error 400/2: text changed",
            "POST /x/{id}: error 404/1: added",
        ]
    );
}

#[test]
fn scopes_and_security() {
    let old = json!({"x-zoom-scopes": ["a", "b"], "security": [{"o": []}]});
    let new = json!({"x-zoom-scopes": ["b", "c"], "x-zoom-granular-scopes": ["d"], "security": []});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: scope a removed",
            "POST /x/{id}: scope c added",
            "POST /x/{id}: granular scope d added",
            "POST /x/{id}: security changed from o to none",
        ]
    );
}

#[test]
fn recursive_schemas_end() {
    let node = |kind: &str| {
        let mut document = document(
            &json!({"requestBody": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/Node"}}}}}),
        );
        document["components"] = json!({"schemas": {
            "Node": {"type": "object", "properties": {"value": {"type": kind}, "next": {"$ref": "#/components/schemas/Node"}}},
            "Loop": {"$ref": "#/components/schemas/Loop"},
            "All": {"allOf": [{"$ref": "#/components/schemas/All"}, {"$ref": "#/components/schemas/All"}]}}});
        document
    };
    assert_eq!(
        lines(&node("string"), &node("integer")),
        ["breaking: POST /x/{id}: body field value: type changed from string to integer"]
    );
    let mut without = node("string");
    without["components"]["schemas"] = json!({});
    assert_eq!(changes(&node("string"), &without).len(), 6);
}

/// Anything, with the words of OpenAPI in likely and unlikely places.
fn document_like() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(1)),
        Just(json!("string")),
        Just(json!("#/components/schemas/A")),
        Just(json!("path")),
        Just(json!("id")),
    ];
    let key = prop::sample::select(vec![
        "paths",
        "/a/{id}",
        "/b",
        "get",
        "post",
        "parameters",
        "name",
        "in",
        "schema",
        "$ref",
        "components",
        "schemas",
        "A",
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "requestBody",
        "content",
        "a/b",
        "responses",
        "200",
        "required",
        "enum",
        "x-zoom-errors",
        "security",
        "servers",
        "url",
        "additionalProperties",
        "maximum",
    ]);
    leaf.prop_recursive(8, 96, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((key.clone(), inner), 0..6).prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_two_values_compare(old in document_like(), new in document_like()) {
        let (old, new) = (json!({"paths": {"/a/{id}": old.clone()}, "components": {"schemas": {"A": old}}}), json!({"paths": {"/a/{id}": new.clone()}, "components": {"schemas": {"A": new}}}));
        let once = changes(&old, &new);
        prop_assert_eq!(&once, &changes(&old, &new));
        prop_assert!(changes(&old, &old).is_empty());
    }
}
