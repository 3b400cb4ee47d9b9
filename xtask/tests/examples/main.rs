//! The examples of a document are what its schemas describe, whatever was saved.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod made;
mod valid;

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use xtask::{
    codegen::{Options, convert},
    source::Source,
};

/// What is wrong with the examples of the document that `items` come to, and how many there are.
fn examined(items: &[Value]) -> (Vec<String>, usize) {
    let collection = json!({ "info": { "name": "Depot" }, "item": items });
    let source = Source::new("depot.json".to_owned(), collection.to_string().into()).unwrap();
    let generated = convert(vec![source], &[], &Options::default()).unwrap();
    valid::examples(&generated.document.tree())
}

#[test]
fn examples_are_what_their_schemas_describe() {
    let count = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    });
    runner
        .run(&made::items(), |items| {
            let (wrong, examples) = examined(&items);
            count.set(count.get() + examples);
            prop_assert!(wrong.is_empty(), "{wrong:#?}");
            Ok(())
        })
        .unwrap();
    assert!(count.get() > 1_000, "{} examples", count.get());
}

/// An overlay that limits a schema is told what no longer fits.
#[test]
fn examples_that_an_overlay_contradicts_are_told() {
    let collection = json!({ "info": { "name": "Depot" }, "item": [{
        "name": "List", "request": { "method": "GET", "url": "https://depot.test/list?size=30" },
    }] });
    let overlay = |limit: u32| {
        let update = json!({ "minimum": 1, "maximum": limit, "default": 10 });
        let target = "$.paths['/list'].get.parameters[?@.name == 'size'].schema";
        let info = json!({ "title": "O", "version": "1" });
        let overlay = json!({ "overlay": "1.0.0", "info": info, "actions": [{ "target": target, "update": update }] });
        Source::new("o.json", overlay.to_string().into()).unwrap()
    };
    let told = |limit| {
        let source = Source::new("depot.json", collection.to_string().into()).unwrap();
        let generated = convert(vec![source], &[overlay(limit)], &Options::default()).unwrap();
        let warnings = generated.warnings.into_iter();
        let warnings = warnings.filter(|it| it.kind.id() == "invalid-example");
        warnings
            .map(|it| format!("{}: {}", it.place.path, it.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(30), [""; 0]);
    assert_eq!(
        told(20),
        [
            "$.paths['/list'].get.parameters[0].example: the value does not match its schema: `maximum` is 20"
        ]
    );
}

#[test]
fn the_validator_finds_what_is_wrong() {
    for (schema, value, is_valid) in [
        (json!({}), json!({"a": null}), true),
        (json!({"type": "string"}), json!(1), false),
        (json!({"type": "string"}), json!(null), false),
        (
            json!({"type": "string", "nullable": true}),
            json!(null),
            true,
        ),
        (
            json!({"type": "string", "format": "uuid"}),
            json!("x"),
            false,
        ),
        (json!({"type": "string", "enum": ["a"]}), json!("b"), false),
        (json!({"type": "integer"}), json!(1.5), false),
        (json!({"type": "integer", "maximum": 3}), json!(4), false),
        (
            json!({"type": "array", "items": {"type": "integer"}}),
            json!([1, "x"]),
            false,
        ),
        (
            json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}),
            json!({"a": "x"}),
            false,
        ),
        (
            json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}),
            json!({"a": 1}),
            true,
        ),
        (
            json!({"type": "object", "required": ["a"], "properties": {}}),
            json!({}),
            false,
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            json!({"k": "x"}),
            false,
        ),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
            json!(1),
            false,
        ),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
            json!(1),
            true,
        ),
        (
            json!({"allOf": [{"$ref": "#/components/schemas/A"}]}),
            json!("x"),
            false,
        ),
    ] {
        let document = json!({
            "paths": { "x": { "schema": schema, "example": value } },
            "components": { "schemas": { "A": { "type": "integer" } } },
        });
        let (wrong, count) = valid::examples(&document);
        assert_eq!((wrong.is_empty(), count), (is_valid, 1), "{schema} {value}");
    }
}
