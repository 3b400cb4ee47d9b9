use serde_json::{Value, json};

use super::{document, lines, schemas};
use crate::changes::changes;

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
            "breaking: POST /x/{id}: body field c: became optional",
            "breaking: POST /x/{id}: body field e: added, and required",
            "POST /x/{id}: body field d: added",
        ]
    );
    assert_eq!(
        received,
        [
            "breaking: POST /x/{id}: response 200 field a: removed",
            "breaking: POST /x/{id}: response 200 field c: became optional",
            "POST /x/{id}: response 200 field b: became required",
            "POST /x/{id}: response 200 field d: added",
            "POST /x/{id}: response 200 field e: added",
        ]
    );
}

/// Where a reference leads is decided by what it says, not by how it is written.
#[test]
fn references_in_every_writing_are_followed() {
    let document = |reference: &str, schema: &Value, name: &str| {
        let body = json!({"content": {"application/json": {"schema": {"$ref": reference}}}});
        let components = json!({
            "schemas": {name: schema},
            "parameters": {name: {"name": "q", "in": "query", "schema": schema}},
            "requestBodies": {name: body},
            "responses": {name: body},
        });
        let section = |section: &str| reference.replace("schemas", section);
        let operation = json!({
            "parameters": [{"$ref": section("parameters")}],
            "requestBody": {"$ref": section("requestBodies")},
            "responses": {"200": {"$ref": section("responses")}},
        });
        json!({"paths": {"/x": {"post": operation}}, "components": components})
    };
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    for (plain, written, name) in [
        (
            "#/components/schemas/A.b",
            "#/components/schemas/A%2Eb",
            "A.b",
        ),
        (
            "#/components/schemas/A.b",
            "#/%63omponents/schemas/%41.b",
            "A.b",
        ),
        (
            "#/components/schemas/A~1b",
            "#/components/schemas/A%7E1b",
            "A/b",
        ),
        ("#/components/schemas/é", "#/components/schemas/%C3%A9", "é"),
    ] {
        let before = document(plain, &text, name);
        let same = lines(&before, &document(written, &text, name));
        assert_eq!(same, [""; 0], "{written}");
        let other: Vec<String> = lines(&before, &document(written, &number, name));
        for place in ["query parameter q", "body", "response 200"] {
            let line = format!("breaking: POST /x: {place}: type changed from string to integer");
            assert!(other.contains(&line), "{written}: {other:#?}");
        }
    }
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
            "breaking: can be null",
            "breaking: can be null",
        ),
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": "string"}),
            "breaking: can no longer be null",
            "breaking: can no longer be null",
        ),
        (
            json!({"enum": [1, 2]}),
            json!({"enum": [1]}),
            "breaking: value 2 removed",
            "breaking: value 2 removed",
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
            "maxLength changed from 5 to 4",
        ),
        (
            json!({"maxLength": 5}),
            json!({}),
            "maxLength changed from 5 to none",
            "maxLength changed from 5 to none",
        ),
        (
            json!({}),
            json!({"minimum": 1}),
            "breaking: minimum changed from none to 1",
            "minimum changed from none to 1",
        ),
        (
            json!({"minimum": 2}),
            json!({"minimum": 1}),
            "minimum changed from 2 to 1",
            "minimum changed from 2 to 1",
        ),
        (
            json!({"minimum": 2}),
            json!({"minimum": 2, "exclusiveMinimum": false}),
            "",
            "",
        ),
        (
            json!({"exclusiveMaximum": 5}),
            json!({"maximum": 5, "exclusiveMaximum": true}),
            "",
            "",
        ),
        (
            json!({"default": 1}),
            json!({"default": 2}),
            "breaking: default changed from 1 to 2",
            "default changed from 1 to 2",
        ),
        (
            json!({"default": 1}),
            json!({}),
            "breaking: default changed from 1 to none",
            "default changed from 1 to none",
        ),
        (
            json!({}),
            json!({"default": "a"}),
            "default changed from none to \"a\"",
            "default changed from none to \"a\"",
        ),
        (
            json!({"pattern": "a"}),
            json!({"pattern": "b"}),
            "breaking: pattern changed from a to b",
            "pattern changed from a to b",
        ),
        (
            json!({"multipleOf": 2}),
            json!({}),
            "multipleOf changed from 2 to none",
            "multipleOf changed from 2 to none",
        ),
        (
            json!({}),
            json!({"uniqueItems": true}),
            "breaking: items must be unique",
            "items must be unique",
        ),
        (
            json!({"uniqueItems": true}),
            json!({"uniqueItems": false}),
            "items may repeat",
            "items may repeat",
        ),
        (
            json!({}),
            json!({"readOnly": true}),
            "breaking: became read-only",
            "became read-only",
        ),
        (
            json!({}),
            json!({"writeOnly": true}),
            "became write-only",
            "breaking: became write-only",
        ),
        (
            json!({"deprecated": true}),
            json!({}),
            "no longer deprecated",
            "no longer deprecated",
        ),
        (
            json!({"additionalProperties": true}),
            json!({"additionalProperties": false}),
            "breaking: takes no other fields",
            "takes no other fields",
        ),
        (
            json!({"additionalProperties": false}),
            json!({}),
            "takes other fields",
            "takes other fields",
        ),
        (
            json!({"additionalProperties": false}),
            json!({"additionalProperties": {}}),
            "takes any key",
            "takes any key",
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
fn null_is_no_news_where_a_value_may_be_missing() {
    let object = |is_nullable: bool, required: &[&str]| {
        let field = json!({"type": "string", "nullable": is_nullable});
        json!({"type": "object", "properties": {"a": field}, "required": required})
    };
    let (sent, received) = schemas(&object(false, &[]), &object(true, &[]));
    assert_eq!(sent, ["POST /x/{id}: body field a: can be null"]);
    assert_eq!(
        received,
        ["breaking: POST /x/{id}: response 200 field a: can be null"]
    );
    let (sent, received) = schemas(&object(true, &["a"]), &object(false, &["a"]));
    assert_eq!(
        sent,
        ["breaking: POST /x/{id}: body field a: can no longer be null"]
    );
    assert_eq!(
        received,
        ["breaking: POST /x/{id}: response 200 field a: can no longer be null"]
    );
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
fn what_lies_too_deep_is_not_compared() {
    let kinds: [fn(Value) -> Value; 3] = [
        |inner| json!({"type": "object", "properties": {"a": inner}}),
        |inner| json!({"type": "array", "items": inner}),
        |inner| json!({"type": "object", "additionalProperties": inner}),
    ];
    for (number, wrap) in kinds.into_iter().enumerate() {
        let nested =
            |kind: &str, depth| (0..depth).fold(json!({"type": kind}), |inner, _| wrap(inner));
        for (depth, told) in [(0, 1), (1, 1), (63, 1), (64, 0), (70, 0)] {
            let (sent, received) = schemas(&nested("string", depth), &nested("integer", depth));
            assert_eq!([sent.len(), received.len()], [told; 2], "{number}: {depth}");
        }
    }
}

#[test]
fn recursion_beside_notes_ends() {
    // Twice in itself, so that following it 64 deep would never end.
    let node = |kind: &str| {
        let own =
            json!({"allOf": [{"$ref": "#/components/schemas/Node"}], "description": "The next."});
        let mut document = document(&json!({"requestBody": {"content": {"a/b": {"schema": own}}}}));
        document["components"] = json!({"schemas": {"Node": {"type": "object", "properties": {
            "value": {"type": kind}, "left": own, "right": own}}}});
        document
    };
    assert_eq!(
        lines(&node("string"), &node("integer")),
        ["breaking: POST /x/{id}: body field value: type changed from string to integer"]
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
