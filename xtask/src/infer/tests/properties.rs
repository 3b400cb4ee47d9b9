use proptest::prelude::*;
use serde_json::Value;

use super::super::*;
use super::{evidence, texts, written};

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

/// Texts outside JSON; at least one, since nothing at all is no text.
fn any_text() -> impl Strategy<Value = Vec<&'static str>> {
    let text = prop::sample::select(vec![
        "",
        "<string>",
        "{{x}}",
        "<integer>",
        "<int32>",
        "<long>",
        "<number>",
        "<double>",
        "<boolean>",
        "<email>",
        "<uuid>",
        "<array>",
        "<object>",
        "{{$guid}}",
        "true",
        "7",
        "3000000000",
        "18446744073709551615",
        "1.5",
        "007",
        "abc",
        "a@b.co",
        "2024-05-06",
        "::1",
        "<ipv6>",
        "<byte>",
    ]);
    prop::collection::vec(text, 1..5)
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
    fn merging_texts_commutes_and_placeholders_are_neutral(left in any_text(), right in any_text(), nothing in prop::sample::select(vec!["<string>", "{{x}}", "", " "])) {
        let all = [left.as_slice(), &right].concat();
        let (mut ab, mut ba) = (texts(&left), texts(&right));
        ab.merge(texts(&right));
        ba.merge(texts(&left));
        let kinds = |evidence: &Evidence| {
            let resolved = evidence.resolve();
            (resolved.schema.kind, resolved.findings)
        };
        prop_assert_eq!(kinds(&ab), kinds(&ba));
        prop_assert_eq!(kinds(&ab), kinds(&texts(&all)));
        ab.observe_text(nothing);
        prop_assert_eq!(kinds(&ab), kinds(&ba));
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
