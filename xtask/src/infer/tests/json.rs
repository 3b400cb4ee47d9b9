use serde_json::{Value, json};

use super::super::*;
use super::{evidence, findings, written};

#[test]
fn objects_merge_over_all_samples() {
    let evidence = evidence(&[
        json!({"a": 1, "b": "x"}),
        json!({"b": "y", "c": null}),
        json!({"a": 1.5}),
    ]);
    assert_eq!(
        written(&evidence),
        json!({"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "string"}, "c": {}}})
    );
    let Kind::Object(object) = evidence.resolve().schema.kind else {
        panic!("an object")
    };
    let counts: Vec<(u64, u64)> = object
        .properties
        .values()
        .map(|property| (property.present, property.of))
        .collect();
    assert_eq!(counts, [(2, 3), (2, 3), (1, 3)]);
    assert_eq!(
        findings(&evidence),
        [("c".to_owned(), FindingKind::Untyped)]
    );
}

#[test]
fn items_merge_over_all_elements() {
    let evidence = evidence(&[json!([{"a": 1}, {"a": "x", "b": true}]), json!([])]);
    assert_eq!(
        written(&evidence),
        json!({"type": "array", "items": {"type": "object", "properties": {
            "a": {"oneOf": [{"type": "integer"}, {"type": "string"}]}, "b": {"type": "boolean"}}}})
    );
    assert_eq!(
        findings(&evidence),
        [(
            "[].a".to_owned(),
            FindingKind::Conflict(vec!["integer", "string"])
        )]
    );
}

#[test]
fn null_makes_nullable_but_only_beside_a_type() {
    assert_eq!(
        written(&evidence(&[json!(null), json!(1)])),
        json!({"type": "integer", "nullable": true})
    );
    assert_eq!(written(&evidence(&[json!(null)])), json!({}));
    assert_eq!(
        written(&evidence(&[json!(null), json!(1), json!("x")])),
        json!({"oneOf": [{"type": "integer", "nullable": true}, {"type": "string"}]})
    );
    let object = written(&evidence(&[json!({"a": {"b": 1}}), json!({"a": null})]));
    assert_eq!(object["properties"]["a"]["nullable"], true);
}

#[test]
fn integers_get_the_width_they_need() {
    assert_eq!(written(&evidence(&[json!(1)])), json!({"type": "integer"}));
    assert_eq!(
        written(&evidence(&[json!(1), json!(1_661_997_628_249_i64)])),
        json!({"type": "integer", "format": "int64"})
    );
    assert_eq!(
        written(&evidence(&[json!(u64::MAX)])),
        json!({"type": "integer", "format": "uint64"})
    );
    assert_eq!(
        written(&evidence(&[json!(1), json!(0.5)])),
        json!({"type": "number"})
    );
}

#[test]
fn huge_integers_are_numbers() {
    let value: Value = serde_json::from_str("12345678901234567890123").unwrap();
    assert_eq!(
        written(&evidence(std::slice::from_ref(&value))),
        json!({"type": "number"})
    );
    assert_eq!(
        findings(&evidence(&[value])),
        [(String::new(), FindingKind::HugeInteger)]
    );
}

#[test]
fn formats_need_every_value_to_agree() {
    for (values, format) in [
        (
            &["2020-02-10T21:39:50Z", "2020-02-10T21:39:50.123+01:00"][..],
            Some("date-time"),
        ),
        (&["2020-02-10"], Some("date")),
        (&["2020-02-10", "2020-13-10"], None),
        (&["2020-02-10 21:39:50"], None),
        (&["a@example.com"], Some("email")),
        (&["a@example.com", ""], None),
        (&["https://example.com/a?b=c"], Some("uri")),
        (&["example.com"], None),
        (&["8cfaf567-bf5a-4acc-b4f2-88b3d371aca5"], Some("uuid")),
        (&["{90111042-D5E4-7BB5-0F91-B0C9879A30B4}"], None),
        (&["10.0.0.1"], Some("ipv4")),
        (&["10.0.0.256"], None),
        (&["x"], None),
    ] {
        let samples: Vec<Value> = values.iter().map(|value| json!(value)).collect();
        let expected = match format {
            Some(format) => json!({"type": "string", "format": format}),
            None => json!({"type": "string"}),
        };
        assert_eq!(written(&evidence(&samples)), expected, "{values:?}");
    }
}

#[test]
fn keys_that_are_data_make_a_map() {
    for keys in [
        [
            "8cfaf567-bf5a-4acc-b4f2-88b3d371aca5",
            "9cfaf567-bf5a-4acc-b4f2-88b3d371aca5",
        ],
        ["2024-01-01", "2024-01-02"],
        ["a@example.com", "b@example.com"],
        ["1", "25"],
        [
            "825c9e31f1064c73b394c5e4557d3447",
            "0e3f7d76798f4991b11f8e1715887768",
        ],
        ["v4iyWT1LTfy8QvPG4GTvdg", "nL3hyzX9qwkWgw4lgry2rq"],
    ] {
        let evidence = evidence(&[json!({keys[0]: {"n": 1}, keys[1]: {"n": 2, "m": "x"}})]);
        assert_eq!(
            written(&evidence),
            json!({"type": "object", "additionalProperties": {"type": "object", "properties": {
                "n": {"type": "integer"}, "m": {"type": "string"}}}}),
            "{keys:?}"
        );
    }
    for keys in [
        ["id", "2024-01-01"],
        ["reply_main_message_id", "sha256Base64EncodedBodyHash"],
        ["address1", "address2"],
    ] {
        let evidence = evidence(&[json!({keys[0]: 1, keys[1]: 2})]);
        assert!(written(&evidence).get("properties").is_some(), "{keys:?}");
    }
}

#[test]
fn most_keys_decide_whether_they_are_data() {
    let integer = json!({"type": "integer"});
    let evidence = evidence(&[json!({"1": 1, "2": 2, "total": 3, "25": 4})]);
    let expected = json!({"type": "object", "properties": {"total": integer}, "additionalProperties": integer});
    assert_eq!(written(&evidence), expected);
}

#[test]
fn notes_on_a_lifted_object_stand_beside_the_reference() {
    let mut schema = evidence(&[json!({"a": 1})]).resolve().schema;
    schema.description = Some("Why.".to_owned());
    let written = to_openapi(schema, &mut |_, _| json!({"$ref": "#/x"}).into());
    assert_eq!(
        Value::from(written),
        json!({"allOf": [{"$ref": "#/x"}], "description": "Why."})
    );
}

#[test]
fn deep_nesting_ends_in_a_finding() {
    // Built by hand, as serde_json itself refuses such a text; dropped level by level for the same reason.
    let mut value = json!(1);
    for _ in 0..100_000 {
        value = Value::Array(vec![value]);
    }
    let evidence = evidence(std::slice::from_ref(&value));
    let last = evidence.resolve().findings.into_iter().next();
    assert_eq!(
        last.map(|finding| (finding.segments.len(), finding.kind)),
        Some((MAX_DEPTH, FindingKind::TooDeep))
    );
    while let Value::Array(mut items) = value {
        value = items.pop().unwrap_or_default();
    }
}

#[test]
fn keys_that_the_importer_made_up_stand_for_any() {
    let all = evidence(&[json!({"key_0": {"n": 1}, "key_1": {"n": 2}})]);
    assert_eq!(
        written(&all),
        json!({"type": "object", "additionalProperties": {"type": "object", "properties": {"n": {"type": "integer"}}}})
    );
    let some = evidence(&[json!({"id": "x", "key_0": "<string>"})]);
    assert_eq!(
        written(&some),
        json!({"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": {"type": "string"}})
    );
    let free = evidence(&[json!({"key_0": 1, "key_1": true, "key_2": "string"})]);
    assert_eq!(
        written(&free),
        json!({"type": "object", "additionalProperties": {}})
    );
    assert_eq!(findings(&free), [(String::new(), FindingKind::Map)]);
    let named = evidence(&[json!({"key_id": 1})]);
    assert_eq!(
        written(&named),
        json!({"type": "object", "properties": {"key_id": {"type": "integer"}}})
    );
}
