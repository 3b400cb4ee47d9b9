use serde_json::{Value, json};

use super::{Version, to_3_1};

#[test]
fn a_schema_of_3_1_says_what_that_of_3_0_says() {
    let reference = json!({ "$ref": "#/components/schemas/A" });
    for (before, after) in [
        (json!({ "type": "string" }), json!({ "type": "string" })),
        (
            json!({ "type": "string", "nullable": true, "description": "D" }),
            json!({ "type": ["string", "null"], "description": "D" }),
        ),
        (
            json!({ "type": "string", "nullable": false }),
            json!({ "type": "string" }),
        ),
        (
            json!({ "type": "string", "nullable": true, "enum": ["a"] }),
            json!({ "type": ["string", "null"], "enum": ["a", null] }),
        ),
        (
            json!({ "nullable": true, "oneOf": [{ "type": "integer" }] }),
            json!({ "oneOf": [{ "type": "integer" }, { "type": "null" }] }),
        ),
        (
            json!({ "nullable": true, "allOf": [reference], "description": "D" }),
            json!({ "description": "D", "anyOf": [reference, { "type": "null" }] }),
        ),
        (json!({ "nullable": true }), json!({})),
        (
            json!({ "allOf": [reference], "description": "D" }),
            json!({ "$ref": "#/components/schemas/A", "description": "D" }),
        ),
        (
            json!({ "allOf": [reference, reference] }),
            json!({ "allOf": [reference, reference] }),
        ),
        (
            json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false }),
            json!({ "exclusiveMinimum": 1, "maximum": 5 }),
        ),
        (json!({ "exclusiveMaximum": true }), json!({})),
        (
            json!({ "$ref": "#/components/schemas/A", "nullable": true, "maxLength": 1, "description": "D" }),
            json!({ "$ref": "#/components/schemas/A", "description": "D" }),
        ),
        (
            json!({ "example": null, "type": "string" }),
            json!({ "examples": [null], "type": "string" }),
        ),
        (
            json!({ "properties": { "example": { "type": "string", "example": "e" }, "x-a": { "type": "string", "format": "byte" } } }),
            json!({ "properties": { "example": { "type": "string", "examples": ["e"] }, "x-a": { "type": "string", "contentEncoding": "base64" } } }),
        ),
        (
            json!({ "type": "array", "items": { "type": "string", "format": "binary" } }),
            json!({ "type": "array", "items": { "type": "string", "contentMediaType": "application/octet-stream" } }),
        ),
        (
            json!({ "default": { "nullable": true }, "enum": [{ "nullable": true }], "x-a": { "nullable": true } }),
            json!({ "default": { "nullable": true }, "enum": [{ "nullable": true }], "x-a": { "nullable": true } }),
        ),
    ] {
        let mut document =
            json!({ "openapi": "3.0.3", "components": { "schemas": { "A": before } } });
        to_3_1(&mut document);
        assert_eq!(document["components"]["schemas"]["A"], after, "{before}");
    }
}

#[test]
fn every_schema_of_a_document_is_turned() {
    let nullable = json!({ "type": "string", "nullable": true });
    let content =
        json!({ "content": { "a/b": { "schema": nullable, "example": { "nullable": true } } } });
    let parameter =
        json!({ "name": "p", "in": "query", "schema": nullable, "example": { "nullable": true } });
    let response = json!({ "description": "D", "headers": { "x-h": { "schema": nullable } }, "content": content["content"] });
    let operation = json!({ "parameters": [parameter], "requestBody": content, "responses": { "200": response } });
    let mut item = json!({ "parameters": [parameter], "post": operation });
    item["post"]["callbacks"] = json!({ "C": { "{$request.body#/url}": { "post": operation } } });
    let mut document = json!({
        "openapi": "3.0.3", "info": { "title": "T" }, "paths": { "/a": item }, "x-webhooks": { "x-w": item },
        "components": {
            "schemas": { "x-s": nullable }, "parameters": { "x-p": parameter }, "headers": { "H": parameter },
            "requestBodies": { "B": content }, "responses": { "R": response }, "callbacks": { "C": { "{$url}": item } },
        },
    });
    let count = |document: &Value, text: &str| document.to_string().matches(text).count();
    let examples = count(&document, "\"example\":{\"nullable\":true}");
    let all = count(&document, "\"nullable\":true");
    to_3_1(&mut document);
    assert_eq!(count(&document, "\"nullable\":true"), examples);
    assert_eq!(count(&document, "[\"string\",\"null\"]"), all - examples);
    let keys: Vec<_> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["openapi", "info", "paths", "webhooks", "components"]);
    assert_eq!(Version::of(&document), Some(Version::V3_1));
    let turned = document.clone();
    to_3_1(&mut document);
    assert_eq!(document, turned, "what is 3.1 stays as it is");
}
