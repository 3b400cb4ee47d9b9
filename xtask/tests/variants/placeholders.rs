//! Postman's importer writes types where it has no values.

use serde_json::{Value, json};

use crate::made::{answer_schema, answered, converted, document, operation, tells};

/// The schema of a field with this value in an answer.
fn schema(value: &Value) -> Value {
    let body = json!({ "field": value }).to_string();
    let document = document(&answered(&json!([{ "code": 200, "body": body }])));
    answer_schema(&document, "200")["properties"]["field"].clone()
}

#[test]
fn a_placeholder_is_its_type() {
    for (placeholder, expected) in [
        ("<string>", json!({ "type": "string" })),
        ("<integer>", json!({ "type": "integer" })),
        ("<long>", json!({ "type": "integer", "format": "int64" })),
        ("<number>", json!({ "type": "number" })),
        ("<float>", json!({ "type": "number", "format": "float" })),
        ("<double>", json!({ "type": "number", "format": "double" })),
        ("<boolean>", json!({ "type": "boolean" })),
        ("<date>", json!({ "type": "string", "format": "date" })),
        (
            "<dateTime>",
            json!({ "type": "string", "format": "date-time" }),
        ),
        ("<byte>", json!({ "type": "string", "format": "byte" })),
        ("<binary>", json!({ "type": "string", "format": "binary" })),
        (
            "<password>",
            json!({ "type": "string", "format": "password" }),
        ),
        ("<email>", json!({ "type": "string", "format": "email" })),
        ("<uuid>", json!({ "type": "string", "format": "uuid" })),
        ("<uri>", json!({ "type": "string", "format": "uri" })),
    ] {
        assert_eq!(schema(&json!(placeholder)), expected, "{placeholder}");
    }
    assert_eq!(
        schema(&json!(["<string>", "<string>"])),
        json!({ "type": "array", "items": { "type": "string" } })
    );
    assert_eq!(schema(&json!("<array>"))["type"], "array");
    assert_eq!(schema(&json!("<object>"))["type"], "object");
}

#[test]
fn a_placeholder_beats_a_value_and_is_no_example() {
    let body =
        |value: &Value| json!({ "code": 200, "body": json!({ "field": value }).to_string() });
    let document = document(&answered(&json!([
        body(&json!("<integer>")),
        body(&json!("12"))
    ])));
    assert_eq!(
        answer_schema(&document, "200")["properties"]["field"]["type"],
        "integer"
    );
    assert!(!document.to_string().contains("<integer>"), "{document:#}");
}

#[test]
fn what_the_importer_cut_off_is_any_value_and_told() {
    for (text, told) in [
        (
            "<Circular reference to #/components/schemas/Node detected>",
            "was cut by the exporter",
        ),
        (
            "<Error: Too many levels of nesting to fake this schema>",
            "the nesting of `field",
        ),
    ] {
        for value in [json!(text), json!({ "value": text })] {
            let body = json!({ "field": value }).to_string();
            let generated =
                converted(answered(&json!([{ "code": 200, "body": body }])).to_string());
            let warned = generated
                .warnings
                .iter()
                .any(|warning| warning.text.contains(told));
            assert!(warned, "{value}: {:#?}", generated.warnings);
            let document = generated.document.tree();
            assert!(operation(&document)["responses"]["200"].is_object());
            assert!(!document.to_string().contains("Circular reference to #"));
        }
    }
}

#[test]
fn a_value_that_is_not_what_a_placeholder_says_is_told_and_no_example() {
    for (placeholder, value, schema) in [
        ("<integer>", json!("many"), json!({ "type": "integer" })),
        ("<boolean>", json!(1), json!({ "type": "boolean" })),
    ] {
        let bodies = [json!({ "a": value }), json!({ "a": placeholder })];
        let saved = bodies.map(|body| json!({ "code": 200, "body": body.to_string() }));
        let generated = converted(answered(&json!(saved)).to_string());
        let document = generated.document.tree();
        let written = answer_schema(&document, "200");
        assert_eq!(written["properties"]["a"], schema, "{placeholder}");
        let place = "$.item[0].response[0].body";
        tells(&generated, place, "the placeholder is followed");
    }
}

#[test]
fn a_format_that_a_value_does_not_have_is_left_out_and_told() {
    for value in [json!("7"), json!("a@b.co")] {
        let bodies = [json!({ "a": value }), json!({ "a": "<uuid>" })];
        let saved = bodies.map(|body| json!({ "code": 200, "body": body.to_string() }));
        let generated = converted(answered(&json!(saved)).to_string());
        let written = answer_schema(&generated.document.tree(), "200");
        assert_eq!(
            written["properties"]["a"],
            json!({ "type": "string", "example": value })
        );
        let place = "$.item[0].response[0].body";
        tells(
            &generated,
            place,
            "not all values of `a` have the format uuid",
        );
    }
}
