//! What stays the same under another name.

use super::*;

/// A document with one operation at `path`, with these parameters by place and name.
fn at(path: &str, parameters: &[(&str, &str)]) -> Value {
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|(place, name)| json!({"name": name, "in": place, "required": *place == "path"}))
        .collect();
    json!({"paths": {path: {"get": {"parameters": parameters}}}})
}

#[test]
fn path_parameters_count_by_their_position() {
    let old = at(
        "/x/{a}/y/{b}/{c}",
        &[("path", "a"), ("path", "b"), ("path", "c")],
    );
    let new = at(
        "/x/{d}/y/{b}/{e}",
        &[("path", "e"), ("path", "d"), ("path", "b")],
    );
    assert_eq!(
        lines(&old, &new),
        [
            "breaking: GET /x/{d}/y/{b}/{e}: path parameter a: renamed to d",
            "breaking: GET /x/{d}/y/{b}/{e}: path parameter c: renamed to e",
        ]
    );
    let swapped = at(
        "/x/{b}/y/{a}/{c}",
        &[("path", "a"), ("path", "b"), ("path", "c")],
    );
    assert_eq!(
        lines(&old, &swapped),
        [
            "breaking: GET /x/{b}/y/{a}/{c}: path parameter a: renamed to b",
            "breaking: GET /x/{b}/y/{a}/{c}: path parameter b: renamed to a",
        ]
    );
}

#[test]
fn a_parameter_elsewhere_with_the_name_of_one_in_the_path_counts_by_its_name() {
    let old = at("/x/{a}", &[("path", "a"), ("query", "a")]);
    let new = at("/x/{b}", &[("path", "b"), ("query", "a")]);
    assert_eq!(
        lines(&old, &new),
        ["breaking: GET /x/{b}: path parameter a: renamed to b"]
    );
}

#[test]
fn a_path_parameter_that_is_in_no_path_counts_by_its_name() {
    let old = at("/x", &[("path", "a")]);
    assert_eq!(lines(&old, &at("/x", &[("path", "a")])), [""; 0]);
    assert_eq!(
        lines(&old, &at("/x", &[("path", "b")])),
        [
            "breaking: GET /x: path parameter a: removed",
            "breaking: GET /x: path parameter b: added, and required",
        ]
    );
}

#[test]
fn a_schema_under_another_name_is_renamed_only_if_it_says_the_same() {
    let document =
        |name: &str, kind: &str| json!({"components": {"schemas": {name: {"type": kind}}}});
    assert_eq!(
        lines(&document("A", "object"), &document("B", "object")),
        ["breaking: schema A: renamed to B"]
    );
    assert_eq!(
        lines(&document("A", "object"), &document("B", "string")),
        ["breaking: schema A: removed", "schema B: added"]
    );
}

#[test]
fn a_body_that_became_optional_breaks_nobody() {
    let body = |required: bool| json!({"requestBody": {"required": required, "content": {}}});
    assert_eq!(
        between(&body(true), &body(false)),
        ["POST /x/{id}: body: became optional"]
    );
    assert_eq!(
        between(&body(false), &body(true)),
        ["breaking: POST /x/{id}: body: became required"]
    );
}

#[test]
fn errors_change_with_their_texts_alone() {
    let errors = |texts: &[&str]| {
        let errors: Vec<Value> = texts
            .iter()
            .map(|text| json!({"status": 400, "code": 300, "message": text}))
            .collect();
        json!({"x-zoom-errors": errors})
    };
    assert_eq!(between(&errors(&["a", "b"]), &errors(&["b", "a"])), [""; 0]);
    assert_eq!(
        between(&errors(&["a"]), &errors(&["a", "b"])),
        ["POST /x/{id}: error 400/300: text changed"]
    );
}

#[test]
fn compositions_that_refer_to_themselves_come_to_an_end() {
    let document = |kind: &str| {
        json!({
            "paths": {"/x": {"post": {"requestBody": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/A"}}}}}}},
            "components": {"schemas": {"A": {"allOf": [
                {"$ref": "#/components/schemas/A"},
                {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": kind}]},
            ]}}},
        })
    };
    assert_eq!(lines(&document("string"), &document("string")), [""; 0]);
    assert_eq!(
        lines(&document("string"), &document("object")),
        ["breaking: POST /x: body: type changed from string to object"]
    );
}
