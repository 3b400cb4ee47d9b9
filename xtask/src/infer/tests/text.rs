use serde_json::{Value, json};

use super::super::*;
use super::{findings, texts, written};

#[test]
fn texts_are_read() {
    assert_eq!(written(&texts(&["10"])), json!({"type": "integer"}));
    assert_eq!(written(&texts(&["10", "1.5"])), json!({"type": "number"}));
    assert_eq!(written(&texts(&["true", ""])), json!({"type": "boolean"}));
    assert_eq!(written(&texts(&["10", "all"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["007"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["+1"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["1.2.3"])), json!({"type": "string"}));
    for code in [
        "1e3",
        "null",
        "NaN",
        "Infinity",
        "\"x\"",
        "1 2",
        "-",
        ".",
        "1.",
        "-0",
        "00",
        "1.0",
        "2.10",
        ".5",
        "-0.0",
        "123456789012345678901234",
        "0.12345678901234567890",
    ] {
        let evidence = texts(&[code]);
        assert_eq!(written(&evidence), json!({"type": "string"}), "{code}");
    }
    assert_eq!(written(&texts(&["-7"])), json!({"type": "integer"}));
    assert_eq!(written(&texts(&[""])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["{broken"])), json!({"type": "string"}));
    assert_eq!(texts(&[" 10"]).resolve().schema.example, Some(json!(10)));
    assert_eq!(
        texts(&["10", "all"]).resolve().schema.example,
        Some(json!("10"))
    );
    assert_eq!(
        findings(&texts(&["10", "all"])),
        [(
            String::new(),
            FindingKind::MixedTexts(vec!["integer", "string"])
        )]
    );
}

#[test]
fn names_of_opaque_texts_outweigh_digits() {
    for (name, is_opaque) in [
        ("next_page_token", true),
        ("nextPageToken", true),
        ("X-Csrf-Token", true),
        ("token", true),
        ("X-TOKEN", true),
        ("PAGE_TOKEN", true),
        ("page_number", false),
        ("tokens", false),
        ("", false),
        ("日本", false),
    ] {
        let mut evidence = Evidence::of_field(name);
        evidence.observe_text("1707034615202");
        let kind = if is_opaque {
            Kind::String(None)
        } else {
            Kind::Integer(Some("int64".to_owned()))
        };
        assert_eq!(evidence.resolve().schema.kind, kind, "{name}");
    }
}

#[test]
fn the_seed_form_field_is_an_array_of_objects() {
    let text = r#"[{"start_position":-22947248,"end_position":1617571,"at_type":2,"at_contact":"x"},{"start_position":1,"end_position":2,"at_type":2,"at_contact":"y"}]"#;
    let schema = texts(&[text]).resolve().schema;
    let mut lifted = Vec::new();
    let written = to_openapi(schema, &mut |way, shape| {
        lifted.push((place(way), Value::from(shape)));
        json!({"$ref": "#/components/schemas/X"}).into()
    });
    let example: Value = serde_json::from_str(text).unwrap();
    assert_eq!(
        Value::from(written),
        json!({"type": "array", "items": {"$ref": "#/components/schemas/X"}, "example": example})
    );
    let shape = json!({"type": "object", "properties": {
        "start_position": {"type": "integer"}, "end_position": {"type": "integer"},
        "at_type": {"type": "integer"}, "at_contact": {"type": "string"}}});
    assert_eq!(lifted, [("[]".to_owned(), shape)]);
}

#[test]
fn json_in_a_parameter_is_one_text() {
    for text in [r#"["red","blue"]"#, r#"{"kg":2}"#] {
        let mut evidence = Evidence::of_parameter("filter");
        evidence.observe_text(text);
        let schema = evidence.resolve().schema;
        assert_eq!(
            (schema.kind, schema.example),
            (Kind::String(None), Some(json!(text)))
        );
        evidence.observe_texts([text, text]);
        let items = json!({"type": "array", "items": {"type": "string"}});
        assert_eq!(written(&evidence), items);
    }
}

#[test]
fn credentials_are_not_kept() {
    let mut evidence = Evidence::of_parameter("api_key");
    evidence.observe_text("k-1");
    evidence.observe_texts(["k-2", "k-3"]);
    let mut json = Evidence::new();
    json.observe(
        &json!({"password": "k-4", "tokens": 1, "secret": ["k-5", {"token": 66}], "name": "Ann"}),
    );
    for evidence in [evidence, json.clone()] {
        let text = format!("{:?}", evidence.resolve());
        assert!(!text.contains("k-") && !text.contains("66"), "{text}");
    }
    let expected = json!({"type": "object", "properties": {
        "password": {"type": "string"}, "tokens": {"type": "integer", "example": 1},
        "secret": {"type": "array", "items": {"oneOf": [
            {"type": "string"},
            {"type": "object", "properties": {"token": {"type": "integer"}}}]}},
        "name": {"type": "string", "example": "Ann"}}});
    assert_eq!(
        Value::from(to_openapi(json.resolve().schema, &mut |_, shape| shape)),
        expected
    );
}

#[test]
fn repeated_texts_are_a_list() {
    let mut evidence = Evidence::new();
    evidence.observe_texts(["1", "2"]);
    assert_eq!(
        written(&evidence),
        json!({"type": "array", "items": {"type": "integer"}})
    );
    evidence.merge(texts(&["3"]));
    assert_eq!(
        written(&evidence),
        json!({"type": "array", "items": {"type": "integer"}})
    );
}
