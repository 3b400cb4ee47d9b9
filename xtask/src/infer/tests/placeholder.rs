use serde_json::json;

use super::super::*;
use super::{evidence, findings, texts, written};
use crate::syntax::lenient_json::BARE;

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
        ("<br> <br>", json!({"type": "string"})),
        ("<not a placeholder>", json!({"type": "string"})),
    ] {
        let schema = evidence(&[json!(text)]).resolve().schema;
        assert_eq!(schema.example.is_some(), text.contains(' '), "{text}");
        assert_eq!(written(&evidence(&[json!(text)])), expected, "{text}");
        assert_eq!(written(&texts(&[text])), expected, "{text}");
    }
}

#[test]
fn markup_is_no_placeholder() {
    for text in ["<br>", "<BR>", "<b>", "<h1>"] {
        let schema = texts(&[text]).resolve().schema;
        assert_eq!(schema.kind, Kind::String(None), "{text}");
        assert_eq!(schema.example, Some(json!(text)));
    }
}

#[test]
fn a_variable_is_what_its_quotes_say() {
    let bare = |name: &str| json!(format!("{BARE}{{{{{name}}}}}"));
    let string = json!({"type": "string"});
    let uuid = json!({"type": "string", "format": "uuid"});
    let id = "0b5f7a1c-7a44-4d7e-9a56-0e3d8b0c1f2a";
    for (samples, expected) in [
        (vec![json!("{{name}}")], string.clone()),
        (vec![json!("{{$timestamp}}")], string.clone()),
        (vec![json!("{{$randomBoolean}}")], string.clone()),
        (vec![json!("{{$guid}}")], uuid.clone()),
        (vec![json!("{{$guid}}"), json!(id)], uuid),
        (vec![json!("{{$guid}}"), json!("K-7")], string.clone()),
        (vec![json!("{{$guid}}"), json!("{{id}}")], string.clone()),
        (
            vec![json!("{{$guid}}"), json!(7)],
            json!({"type": "integer"}),
        ),
        (vec![json!("{{$timestamp}}"), json!("K-7")], string.clone()),
        (
            vec![json!("{{open}}"), json!(true)],
            json!({"type": "boolean"}),
        ),
        (
            vec![json!("{{open}}"), json!("<integer>")],
            json!({"type": "integer"}),
        ),
        (vec![bare("name")], json!({})),
        (vec![bare("name"), json!("{{name}}")], string),
        (
            vec![bare("$timestamp")],
            json!({"type": "integer", "format": "int64"}),
        ),
        (vec![bare("$randomBoolean")], json!({"type": "boolean"})),
    ] {
        for samples in [samples.clone(), samples.iter().rev().cloned().collect()] {
            assert_eq!(written(&evidence(&samples)), expected, "{samples:?}");
        }
    }
    // Outside JSON there are no quotes.
    assert_eq!(
        written(&texts(&["{{$timestamp}}"])),
        json!({"type": "integer", "format": "int64"})
    );
}

#[test]
fn placeholders_beat_real_values() {
    assert_eq!(
        written(&evidence(&[json!("10"), json!("<integer>")])),
        json!({"type": "integer"})
    );
    assert_eq!(
        written(&evidence(&[json!("<integer>"), json!("<number>")])),
        json!({"type": "number"})
    );
    assert_eq!(
        written(&evidence(&[json!("<email>"), json!("<uuid>")])),
        json!({"type": "string"})
    );
    // A text in JSON is no number, even if it spells one.
    for (placeholder, text) in [
        ("<integer>", "10"),
        ("<number>", "1.5"),
        ("<boolean>", "true"),
    ] {
        assert_eq!(
            findings(&evidence(&[json!(text), json!(placeholder)])),
            [(String::new(), FindingKind::Overruled(json!(text)))],
            "{placeholder}"
        );
        assert_eq!(findings(&texts(&[text, placeholder])), [], "{placeholder}");
    }
    // They say nothing about structure, though, which samples have for sure.
    let mixed = evidence(&[json!("<integer>"), json!({"a": 1})]);
    assert_eq!(
        findings(&mixed),
        [(
            String::new(),
            FindingKind::Conflict(vec!["integer", "object"])
        )]
    );
}

#[test]
fn what_says_only_some_text_yields_to_whatever_says_more() {
    for (sample, expected) in [
        (json!(1), json!({"type": "integer"})),
        (json!(true), json!({"type": "boolean"})),
        (
            json!("https://x.test/a"),
            json!({"type": "string", "format": "uri"}),
        ),
        (
            json!("<email>"),
            json!({"type": "string", "format": "email"}),
        ),
        (json!("<boolean>"), json!({"type": "boolean"})),
        (json!([]), json!({"type": "array", "items": {}})),
        (json!({}), json!({"type": "object"})),
        (json!("<object>"), json!({"type": "object"})),
    ] {
        for nothing in ["<string>", "{{name}}", "<any>"] {
            for samples in [
                [sample.clone(), json!(nothing)],
                [json!(nothing), sample.clone()],
            ] {
                let evidence = evidence(&samples);
                let mut schema = written(&evidence);
                schema
                    .as_object_mut()
                    .map(|schema| schema.remove("example"));
                assert_eq!(schema, expected, "{samples:?}");
                assert_eq!(
                    findings(&evidence).len(),
                    findings(&super::evidence(std::slice::from_ref(&sample))).len()
                );
            }
        }
    }
}

#[test]
fn importer_notes_are_no_types() {
    let evidence = evidence(&[json!({
        "a": "<Circular reference to #/components/schemas/Node detected>",
        "b": "<Error: Too many levels of nesting to fake this schema>",
        "c": format!("{BARE}{{{{unknown}}}}"),
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
fn templates_are_told_from_examples() {
    assert!(Placeholder::occurs_in(&json!([{"a": {"b": "<integer>"}}])));
    assert!(Placeholder::occurs_in(&json!("{{id}}")));
    assert!(!Placeholder::occurs_in(
        &json!([{"<a>": 1, "b": "a < b"}, null])
    ));
}
