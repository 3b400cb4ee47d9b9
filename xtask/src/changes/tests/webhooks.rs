use serde_json::{Value, json};

use super::lines;

fn document(key: &str, webhooks: &Value) -> Value {
    json!({ "paths": {}, key: webhooks })
}

/// What changes between two schemas of the member `m`, in either version of OpenAPI.
fn member(old: &Value, new: &Value) -> Vec<String> {
    let webhooks = |schema: &Value| {
        let schema = json!({"type": "object", "properties": {"m": schema}});
        let body = json!({"content": {"application/json": {"schema": schema}}});
        json!({"a.b": {"post": {"requestBody": body}}})
    };
    let [stored, modern] = ["x-webhooks", "webhooks"].map(|key| {
        let [old, new] = [old, new].map(|schema| document(key, &webhooks(schema)));
        lines(&old, &new)
    });
    assert_eq!(stored, modern);
    stored
}

#[test]
fn webhooks_come_and_go() {
    let old = document(
        "x-webhooks",
        &json!({"gone": {"post": {}}, "kept": {"post": {}}}),
    );
    let new = document(
        "x-webhooks",
        &json!({"new": {"post": {}}, "kept": {"post": {}}}),
    );
    assert_eq!(
        lines(&old, &new),
        [
            "breaking: webhook gone: webhook removed",
            "webhook new: webhook added"
        ]
    );
    // The key of the other version is no change.
    let modern = document(
        "webhooks",
        &json!({"gone": {"post": {}}, "kept": {"post": {}}}),
    );
    assert_eq!(lines(&old, &modern), Vec::<String>::new());
    assert_eq!(lines(&json!({"paths": {}}), &new).len(), 2);
}

#[test]
fn a_member_breaks_callers_if_it_vanishes_or_has_another_type() {
    let text = json!({"type": "string"});
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    for (old, new, expected) in [
        (
            &text,
            json!({"type": "integer"}),
            "breaking: webhook a.b: body field m: type changed from string to integer",
        ),
        (
            &text,
            json!({"type": "string", "format": "password"}),
            "breaking: webhook a.b: body field m: format changed from none to password",
        ),
        (
            &text,
            json!({"type": "string", "format": "date-time"}),
            "webhook a.b: body field m: format changed from none to date-time",
        ),
        (
            &text,
            json!({"type": "string", "nullable": true}),
            "webhook a.b: body field m: can be null",
        ),
        (
            &text,
            json!({"type": "string", "enum": ["x"]}),
            "webhook a.b: body field m: became one of \"x\"",
        ),
        (
            &json!({"type": "string", "enum": ["x", "y"]}),
            json!({"type": "string", "enum": ["x"]}),
            "webhook a.b: body field m: value \"y\" removed",
        ),
        (
            &object(json!({"n": text, "o": text})),
            object(json!({"n": text})),
            "breaking: webhook a.b: body field m.o: removed",
        ),
        (
            &object(json!({"n": text})),
            object(json!({"n": text, "o": text})),
            "webhook a.b: body field m.o: added",
        ),
        (
            &object(json!({"n": text})),
            json!({"type": "object", "properties": {"n": text}, "required": ["n"]}),
            "webhook a.b: body field m.n: became required",
        ),
    ] {
        assert_eq!(member(old, &new), [expected], "{old} {new}");
    }
}

#[test]
fn scopes_and_breaking_changes_first() {
    let webhooks = |scopes: Value, deprecated: bool| json!({"b": {"post": {"x-zoom-scopes": scopes, "deprecated": deprecated}}});
    let mut old = document("x-webhooks", &webhooks(json!(["one", "two"]), false));
    let new = document("x-webhooks", &webhooks(json!(["two", "three"]), true));
    old["paths"] = json!({"/a": {"get": {}}});
    assert_eq!(
        lines(&old, &new),
        [
            "breaking: GET /a: operation removed",
            "breaking: webhook b: scope one removed",
            "webhook b: deprecated",
            "webhook b: scope three added",
        ]
    );
}
