use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn evidence(samples: &[Value]) -> Evidence {
    let mut evidence = Evidence::new();
    samples.iter().for_each(|sample| evidence.observe(sample));
    evidence
}

fn texts(samples: &[&str]) -> Evidence {
    let mut evidence = Evidence::new();
    samples
        .iter()
        .for_each(|sample| evidence.observe_text(sample));
    evidence
}

/// The OpenAPI schema with objects in place, without examples.
fn written(evidence: &Evidence) -> Value {
    let mut schema = to_openapi(&evidence.resolve().schema, &mut |_, shape| shape);
    strip_examples(&mut schema);
    schema
}

fn strip_examples(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.contains_key("type") || members.contains_key("oneOf") {
                members.shift_remove("example");
            }
            members.values_mut().for_each(strip_examples);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_examples),
        _ => {}
    }
}

fn findings(evidence: &Evidence) -> Vec<(String, FindingKind)> {
    evidence
        .resolve()
        .findings
        .into_iter()
        .map(|finding| (place(&finding.segments), finding.kind))
        .collect()
}

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
fn placeholders_state_types() {
    for (text, expected) in [
        ("<string>", json!({"type": "string"})),
        ("<token>", json!({"type": "string"})),
        ("<integer>", json!({"type": "integer"})),
        ("<long>", json!({"type": "integer", "format": "int64"})),
        ("<number>", json!({"type": "number"})),
        ("<float>", json!({"type": "number", "format": "float"})),
        ("<double>", json!({"type": "number", "format": "double"})),
        ("<boolean>", json!({"type": "boolean"})),
        ("<array>", json!({"type": "array", "items": {}})),
        ("<object>", json!({"type": "object"})),
        ("<date>", json!({"type": "string", "format": "date"})),
        (
            "<dateTime>",
            json!({"type": "string", "format": "date-time"}),
        ),
        ("<email>", json!({"type": "string", "format": "email"})),
        (
            "<uri-reference>",
            json!({"type": "string", "format": "uri-reference"}),
        ),
        ("<binary>", json!({"type": "string", "format": "binary"})),
        ("<channelId>", json!({"type": "string"})),
        ("{{$guid}}", json!({"type": "string", "format": "uuid"})),
        (
            "{{$timestamp}}",
            json!({"type": "integer", "format": "int64"}),
        ),
        ("<not a placeholder>", json!({"type": "string"})),
    ] {
        let schema = evidence(&[json!(text)]).resolve().schema;
        assert_eq!(schema.example.is_some(), text.contains(' '), "{text}");
        assert_eq!(written(&evidence(&[json!(text)])), expected, "{text}");
        assert_eq!(written(&texts(&[text])), expected, "{text}");
    }
}

#[test]
fn placeholders_beat_real_values() {
    assert_eq!(
        written(&evidence(&[json!("10"), json!("<integer>")])),
        json!({"type": "integer"})
    );
    assert_eq!(
        written(&evidence(&[json!(1), json!("<string>")])),
        json!({"type": "string"})
    );
    assert_eq!(
        written(&evidence(&[json!("<integer>"), json!("<number>")])),
        json!({"type": "number"})
    );
    assert_eq!(
        written(&evidence(&[json!("<email>"), json!("<string>")])),
        json!({"type": "string"})
    );
    // They say nothing about structure, though, which samples have for sure.
    let mixed = evidence(&[json!("<string>"), json!({"a": 1})]);
    assert_eq!(
        findings(&mixed),
        [(
            String::new(),
            FindingKind::Conflict(vec!["string", "object"])
        )]
    );
}

#[test]
fn importer_notes_are_no_types() {
    let evidence = evidence(&[json!({
        "a": "<Circular reference to #/components/schemas/Node detected>",
        "b": "<Error: Too many levels of nesting to fake this schema>",
        "c": "{{unknown}}",
    })]);
    assert_eq!(
        written(&evidence),
        json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}})
    );
    let kinds: Vec<FindingKind> = evidence
        .resolve()
        .findings
        .into_iter()
        .map(|finding| finding.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            FindingKind::Circular("#/components/schemas/Node".to_owned()),
            FindingKind::Untyped,
            FindingKind::TooDeep,
            FindingKind::Untyped,
            FindingKind::Untyped,
        ]
    );
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
fn texts_are_read() {
    assert_eq!(written(&texts(&["10"])), json!({"type": "integer"}));
    assert_eq!(written(&texts(&["10", "1.5"])), json!({"type": "number"}));
    assert_eq!(written(&texts(&["true", ""])), json!({"type": "boolean"}));
    assert_eq!(written(&texts(&["10", "all"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["007"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["+1"])), json!({"type": "string"}));
    assert_eq!(written(&texts(&["1.2.3"])), json!({"type": "string"}));
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
    let written = to_openapi(&schema, &mut |way, shape| {
        lifted.push((place(way), shape));
        json!({"$ref": "#/components/schemas/X"})
    });
    let example: Value = serde_json::from_str(text).unwrap();
    assert_eq!(
        written,
        json!({"type": "array", "items": {"$ref": "#/components/schemas/X"}, "example": example})
    );
    let shape = json!({"type": "object", "properties": {
        "start_position": {"type": "integer"}, "end_position": {"type": "integer"},
        "at_type": {"type": "integer"}, "at_contact": {"type": "string"}}});
    assert_eq!(lifted, [("[]".to_owned(), shape)]);
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

#[test]
fn notes_on_a_lifted_object_stand_beside_the_reference() {
    let mut schema = evidence(&[json!({"a": 1})]).resolve().schema;
    schema.description = Some("Why.".to_owned());
    let written = to_openapi(&schema, &mut |_, _| json!({"$ref": "#/x"}));
    assert_eq!(
        written,
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

fn any_json() -> impl Strategy<Value = Value> {
    let text = prop::sample::select(vec![
        "",
        "x",
        "10",
        "<integer>",
        "<string>",
        "<email>",
        "<object>",
        "2020-01-01",
        "2020-01-01T00:00:00Z",
        "a@b.co",
        "https://x.io",
        "{{x}}",
        "<long>",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        let key = prop_oneof![
            prop::sample::select(vec!["a", "b", "id", "1", "2024-01-01"]).prop_map(str::to_owned),
            "[a-c]{1,2}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// With keys and lists of values in one order, whatever order they were seen in.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members
                .iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        _ => value.clone(),
    }
}

/// Whether the written schema allows `value`; placeholders count as what they stand for.
fn allows(schema: &Value, value: &Value, is_stated: bool) -> bool {
    if let Some(alternatives) = schema["oneOf"].as_array() {
        return alternatives
            .iter()
            .any(|alternative| allows(alternative, value, is_stated));
    }
    let Some(kind) = schema["type"].as_str() else {
        return true;
    };
    match value {
        Value::Null => schema["nullable"] == true,
        Value::Bool(_) => kind == "boolean" || is_stated,
        Value::Number(number) => {
            kind == "number" || (kind == "integer" && !number.is_f64()) || is_stated
        }
        Value::String(text) => kind == "string" || Placeholder::parse(text).is_some() || is_stated,
        Value::Array(items) => {
            kind == "array"
                && items
                    .iter()
                    .all(|item| allows(&schema["items"], item, is_stated))
        }
        Value::Object(members) => {
            kind == "object"
                && members.iter().all(|(key, member)| {
                    let schema = schema["properties"]
                        .get(key)
                        .or(schema.get("additionalProperties"));
                    schema.is_some_and(|schema| allows(schema, member, is_stated))
                })
        }
    }
}

proptest! {
    #[test]
    fn every_sample_fits(samples in prop::collection::vec(any_json(), 1..5)) {
        let written = written(&evidence(&samples));
        // Where a placeholder states a type, a real value of another type does not fit, by design.
        let is_stated = samples.iter().any(|sample| sample.to_string().contains(['<', '{']));
        for sample in &samples {
            prop_assert!(allows(&written, sample, is_stated), "{} refuses {}", written, sample);
        }
    }

    #[test]
    fn merging_is_observing_both(left in prop::collection::vec(any_json(), 0..4), right in prop::collection::vec(any_json(), 0..4)) {
        let mut merged = evidence(&left);
        merged.merge(evidence(&right));
        prop_assert_eq!(merged, evidence(&[left, right].concat()));
    }

    #[test]
    fn merging_commutes(left in any_json(), right in any_json()) {
        let (mut ab, mut ba) = (evidence(std::slice::from_ref(&left)), evidence(std::slice::from_ref(&right)));
        ab.merge(evidence(&[right]));
        ba.merge(evidence(&[left]));
        prop_assert_eq!(sorted(&written(&ab)), sorted(&written(&ba)));
    }

    #[test]
    fn merging_the_same_again_changes_nothing(sample in any_json()) {
        let once = evidence(std::slice::from_ref(&sample));
        let mut twice = once.clone();
        twice.merge(once.clone());
        prop_assert_eq!(written(&twice), written(&once));
        prop_assert_eq!(twice.resolve().findings, once.resolve().findings);
    }

    #[test]
    fn any_text_resolves(samples in prop::collection::vec("\\PC{0,12}|[0-9.-]{0,24}|[\\[{].{0,12}", 0..4)) {
        let samples: Vec<&str> = samples.iter().map(String::as_str).collect();
        let resolved = texts(&samples).resolve();
        prop_assert_eq!(resolved.schema.nullable, false);
    }
}
