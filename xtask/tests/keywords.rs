//! Every keyword that the converter writes into schemas is known wherever schemas are read: a keyword that is added fails
//! here until the comparison, the explanation and the conversion to 3.1 have been thought of.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use xtask::{
    changes::changes,
    codegen::{Generated, Options, convert},
    document::to_3_1,
    infer::{Kind, Limits, Object, Property, Schema, to_openapi},
    node::Node,
    report::explain,
    source::Source,
};

/// The keywords that schemas are written with. Nothing is left out by a default: a member
/// that is added to a schema does not compile here.
fn written() -> BTreeSet<String> {
    let schema = |kind: Kind| Schema {
        kind,
        nullable: true,
        description: Some("How many.".to_owned()),
        example: Some(json!(3)),
        default: Some(json!(3)),
        enumeration: vec![json!(3)],
        limits: Limits {
            minimum: Some(1),
            maximum: Some(9),
            min_length: Some(1),
            max_length: Some(9),
            min_items: Some(1),
            max_items: Some(9),
        },
        deprecated: true,
        seen: Vec::new(),
    };
    let inner = || Box::new(schema(Kind::Integer(Some("int64".to_owned()))));
    let property = Property {
        schema: *inner(),
        present: 1,
        of: 1,
        required: true,
    };
    let object = Object {
        properties: [("a".to_owned(), property)].into_iter().collect(),
        additional: Some(inner()),
    };
    let mut keywords = BTreeSet::new();
    for kind in [
        Kind::Any,
        Kind::Boolean,
        Kind::Integer(Some("int64".to_owned())),
        Kind::Number(Some("double".to_owned())),
        Kind::String(Some("date".to_owned())),
        Kind::Array(inner()),
        Kind::Map(inner()),
        Kind::Object(object),
        Kind::OneOf(vec![*inner(), schema(Kind::Boolean)]),
    ] {
        let mut note = |written: &Node<'_>| {
            let written = Value::from(written.clone());
            keywords.extend(written.as_object().unwrap().keys().cloned());
        };
        let written = to_openapi(schema(kind), &mut |_, shape| {
            note(&shape);
            shape
        });
        note(&written);
    }
    // What stands in the place of an object that is a component.
    keywords.insert("$ref".to_owned());
    keywords
}

/// A keyword: a schema with it; one with another value of it, and how the comparison of a sent body tells the difference,
/// empty where callers do not feel it; what an explanation tells of it, empty where it does not; what it becomes in 3.1.
type Row = (
    &'static str,
    Value,
    Value,
    &'static str,
    &'static str,
    Value,
);

fn known() -> Vec<Row> {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let limit = |kind: &str, keyword: &str| json!({ "type": kind, keyword: 2 });
    let limit_of = |kind: &str, keyword: &str| {
        let mut other = limit(kind, keyword);
        other[keyword] = json!(3);
        other
    };
    let object = |member: Value| json!({ "type": "object", "properties": { "a": member } });
    let required = |names: Value| json!({ "type": "object", "properties": { "a": {}, "b": {} }, "required": names });
    let integer = json!({ "type": "integer" });
    let text = json!({ "type": "string" });
    let with = |key: &str, value: Value| {
        let mut schema = integer.clone();
        schema[key] = value;
        schema
    };
    vec![
        (
            "$ref",
            reference("Whole"),
            reference("Text"),
            "type changed",
            "field size: Whole",
            reference("Whole"),
        ),
        (
            "allOf",
            json!({ "allOf": [reference("Whole")] }),
            json!({ "allOf": [reference("Text")] }),
            "type changed",
            "field size: Whole",
            reference("Whole"),
        ),
        (
            "oneOf",
            json!({ "oneOf": [integer, text] }),
            json!({ "oneOf": [integer] }),
            "type changed",
            "field size: one of several",
            json!({ "oneOf": [integer, text] }),
        ),
        (
            "type",
            integer.clone(),
            text.clone(),
            "type changed",
            "field size: integer",
            integer.clone(),
        ),
        (
            "format",
            with("format", json!("int32")),
            with("format", json!("int64")),
            "format changed",
            "field size: integer (int32)",
            with("format", json!("int32")),
        ),
        (
            "nullable",
            with("nullable", json!(true)),
            integer.clone(),
            "no longer be null",
            "field size: integer or null",
            json!({ "type": ["integer", "null"] }),
        ),
        (
            "enum",
            with("enum", json!([2])),
            with("enum", json!([3])),
            "value 2 removed",
            "enum [2]",
            with("enum", json!([2])),
        ),
        (
            "description",
            with("description", json!("Two.")),
            with("description", json!("3.")),
            "",
            "description Two.",
            with("description", json!("Two.")),
        ),
        (
            "deprecated",
            with("deprecated", json!(true)),
            integer.clone(),
            "no longer deprecated",
            "deprecated true",
            with("deprecated", json!(true)),
        ),
        (
            "default",
            with("default", json!(2)),
            with("default", json!(3)),
            "default changed",
            "default 2",
            with("default", json!(2)),
        ),
        (
            "example",
            with("example", json!(2)),
            with("example", json!(3)),
            "",
            "",
            with("examples", json!([2])),
        ),
        (
            "minimum",
            limit("integer", "minimum"),
            limit_of("integer", "minimum"),
            "minimum changed",
            "minimum 2",
            limit("integer", "minimum"),
        ),
        (
            "maximum",
            limit("integer", "maximum"),
            limit_of("integer", "maximum"),
            "maximum changed",
            "maximum 2",
            limit("integer", "maximum"),
        ),
        (
            "minLength",
            limit("string", "minLength"),
            limit_of("string", "minLength"),
            "minLength changed",
            "minLength 2",
            limit("string", "minLength"),
        ),
        (
            "maxLength",
            limit("string", "maxLength"),
            limit_of("string", "maxLength"),
            "maxLength changed",
            "maxLength 2",
            limit("string", "maxLength"),
        ),
        (
            "items",
            json!({ "type": "array", "items": integer }),
            json!({ "type": "array", "items": text }),
            "type changed",
            "field size: array of integer",
            json!({ "type": "array", "items": integer }),
        ),
        (
            "minItems",
            json!({ "type": "array", "items": {}, "minItems": 2 }),
            json!({ "type": "array", "items": {} }),
            "minItems changed",
            "minItems 2",
            json!({ "type": "array", "items": {}, "minItems": 2 }),
        ),
        (
            "maxItems",
            json!({ "type": "array", "items": {}, "maxItems": 2 }),
            json!({ "type": "array", "items": {} }),
            "maxItems changed",
            "maxItems 2",
            json!({ "type": "array", "items": {}, "maxItems": 2 }),
        ),
        (
            "properties",
            object(integer.clone()),
            object(text.clone()),
            "field size.a: type changed",
            "field size.a: integer",
            object(integer.clone()),
        ),
        (
            "required",
            required(json!(["a"])),
            required(json!(["b"])),
            "field size.a: became optional",
            "required",
            required(json!(["a"])),
        ),
        (
            "additionalProperties",
            json!({ "type": "object", "additionalProperties": integer }),
            json!({ "type": "object", "additionalProperties": text }),
            "field size.*: type changed",
            "field size: object",
            json!({ "type": "object", "additionalProperties": integer }),
        ),
    ]
}

fn collection() -> Source {
    let item = json!({
        "name": "Make a thing",
        "request": {
            "method": "POST",
            "url": "https://api.example.com/things",
            "body": { "mode": "urlencoded", "urlencoded": [{ "key": "size", "value": "x" }] },
        },
    });
    Source::new("make.json", item.to_string().into_bytes()).unwrap()
}

/// The project's converter with an overlay that makes this schema the one of the field.
fn converted(schema: &Value) -> Generated {
    let request = "$.components.schemas.MakeThingRequest.properties";
    let actions = json!([
        { "target": format!("{request}.size"), "remove": true },
        { "target": request, "update": { "size": schema } },
        { "target": "$.components.schemas", "update": { "Whole": { "type": "integer" }, "Text": { "type": "string" } } },
    ]);
    let overlay = json!({ "overlay": "1.1.0", "info": { "title": "Size", "version": "1" }, "actions": actions });
    let overlay = Source::new("size.json", overlay.to_string().into_bytes()).unwrap();
    let options = Options {
        explained: true,
        ..Options::default()
    };
    convert(vec![collection()], &[overlay], &options).unwrap()
}

#[test]
fn every_keyword_is_known_where_schemas_are_read() {
    let known = known();
    let named: BTreeSet<String> = known.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(named, written());
    for (keyword, one, other, change, told, newer) in known {
        let (before, after) = (converted(&one), converted(&other));
        let mut document = before.document.tree().into_owned();
        let changed = changes(&document, &after.document.tree());
        let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
        let is_right = match change {
            "" => changed.is_empty(),
            change => changed.iter().any(|line| line.contains(change)),
        };
        assert!(is_right, "{keyword}: {changed:#?}");

        let explanation = explain(&before, "POST /things").unwrap();
        assert!(explanation.contains(told), "{keyword}: {explanation}");

        to_3_1(&mut document);
        let size = "/components/schemas/MakeThingRequest/properties/size";
        assert_eq!(document.pointer(size), Some(&newer), "{keyword}");
    }
}
