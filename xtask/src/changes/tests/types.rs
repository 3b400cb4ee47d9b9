use serde_json::{Value, json};

use super::{document, lines};

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

/// A document whose operations, by path, answer with references to these components, each an object of these fields.
fn answering(operations: &[(&str, &str)], components: &[(&str, &[&str])]) -> Value {
    let operation = |(path, name): &(&str, &str)| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let answer = json!({"responses": {"200": {"content": {"a/b": {"schema": schema}}}}});
        ((*path).to_owned(), json!({"get": answer}))
    };
    let component = |(name, fields): &(&str, &[&str])| {
        let fields: Value = fields
            .iter()
            .map(|field| ((*field).to_owned(), json!({"type": "string"})))
            .collect();
        (
            (*name).to_owned(),
            json!({"type": "object", "properties": fields}),
        )
    };
    json!({
        "paths": operations.iter().map(operation).collect::<Value>(),
        "components": {"schemas": components.iter().map(component).collect::<Value>()},
    })
}

#[test]
fn a_type_that_goes_by_another_name_where_it_stands_breaks() {
    let old = answering(&[("/a", "A")], &[("A", &["x"])]);
    // With a field more, it does not look the same.
    let new = answering(&[("/a", "B")], &[("B", &["x", "y"])]);
    assert_eq!(
        lines(&old, &new),
        [
            "breaking: schema A: renamed to B",
            "GET /a: response 200 field y: added"
        ]
    );
}

#[test]
fn a_name_that_two_operations_shared_and_one_keeps_is_told_for_the_other() {
    let old = answering(&[("/a", "A"), ("/b", "A")], &[("A", &["x"])]);
    let new = answering(
        &[("/a", "A201"), ("/b", "A")],
        &[("A", &["x", "size"]), ("A201", &["x"])],
    );
    assert_eq!(
        lines(&old, &new),
        [
            "breaking: schema A: renamed to A201 in GET /a: response 200",
            "GET /b: response 200 field size: added",
        ]
    );
    let split = answering(&[("/a", "B"), ("/b", "C")], &[("B", &["x"]), ("C", &["x"])]);
    assert_eq!(lines(&old, &split), ["breaking: schema A: split into B, C"]);
}

#[test]
fn a_name_that_moves_to_another_shape_breaks() {
    let old = answering(&[("/a", "A"), ("/b", "B")], &[("A", &["x"]), ("B", &["y"])]);
    let swapped = answering(&[("/a", "B"), ("/b", "A")], &[("A", &["y"]), ("B", &["x"])]);
    assert_eq!(
        lines(&old, &swapped),
        [
            "breaking: schema A: renamed to B",
            "breaking: schema A: the name now stands for what was B",
            "breaking: schema B: renamed to A",
            "breaking: schema B: the name now stands for what was A",
        ]
    );
    // Nothing is where it stood, but the name is used.
    let other = answering(&[("/c", "A"), ("/b", "B")], &[("A", &["z"]), ("B", &["y"])]);
    assert_eq!(
        lines(&old, &other),
        [
            "breaking: GET /a: operation removed",
            "breaking: schema A: the name now stands for another shape",
            "GET /c: operation added",
        ]
    );
    let moved = answering(&[("/c", "A"), ("/b", "B")], &[("A", &["x"]), ("B", &["y"])]);
    assert_eq!(
        lines(&old, &moved),
        [
            "breaking: GET /a: operation removed",
            "GET /c: operation added"
        ]
    );
}

#[test]
fn inner_types_are_known_by_where_they_stand_too() {
    let document = |name: &str| {
        let mut document = answering(&[("/a", "A")], &[("A", &["x"]), (name, &["y"])]);
        document["components"]["schemas"]["A"]["properties"]["list"] =
            json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}});
        document
    };
    assert_eq!(
        lines(&document("AItem"), &document("AList")),
        ["breaking: schema AItem: renamed to AList"]
    );
}
