//! One rule at a time.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::made::{asking, files, flag, item, parameters, try_files, valued, warnings};

#[test]
fn a_placeholder_an_empty_value_and_none_weigh_nothing() {
    let says_nothing = [
        json!("<string>"),
        json!("<token>"),
        json!("<any>"),
        json!("{{flag}}"),
        json!(""),
        json!("  "),
        json!(null),
    ];
    for (value, schema) in [
        (json!("true"), json!({ "type": "boolean" })),
        (json!("7"), json!({ "type": "integer" })),
        (json!("1.5"), json!({ "type": "number" })),
        (json!("abc"), json!({ "type": "string" })),
        (
            json!("2024-05-06"),
            json!({ "type": "string", "format": "date" }),
        ),
        (json!("<boolean>"), json!({ "type": "boolean" })),
        (
            json!("<long>"),
            json!({ "type": "integer", "format": "int64" }),
        ),
        (
            json!("<email>"),
            json!({ "type": "string", "format": "email" }),
        ),
        (
            json!("{{$guid}}"),
            json!({ "type": "string", "format": "uuid" }),
        ),
    ] {
        for nothing in &says_nothing {
            let items = [valued(&value), valued(nothing)];
            let swapped = [items[1].clone(), items[0].clone()];
            for generated in [
                files(&[("a.json", &items)]),
                files(&[("a.json", &swapped)]),
                files(&[("a.json", &items[..1]), ("b.json", &items[1..])]),
                files(&[("a.json", &items[1..]), ("b.json", &items[..1])]),
            ] {
                assert_eq!(flag(&generated), schema, "{value} with {nothing}");
                assert_eq!(warnings(&generated), [""; 0], "{value} with {nothing}");
            }
        }
    }
}

#[test]
fn a_conflict_is_told_with_both_places_and_settled_by_an_overlay() {
    let (one, other) = (valued(&json!("true")), valued(&json!("some")));
    let generated = files(&[("b.json", &[other]), ("a.json", &[one])]);
    assert_eq!(flag(&generated), json!({ "type": "string" }));
    let [warning] = generated.warnings.as_slice() else {
        panic!("{:#?}", generated.warnings);
    };
    assert_eq!(
        warning.text,
        "the texts contain boolean and string: they are taken as text (boolean here, string in b.json, item “Things”, at \
         $.item[0].request.url.query[0])"
    );
    assert_eq!(
        warning.place.to_string(),
        "a.json, item “Things”, at $.item[0].request.url.query[0]"
    );
    let target = &warning.target.as_ref().unwrap().path;
    assert_eq!(
        target,
        "$.paths['/things'].get.parameters[?@.name == 'flag' && @.in == 'query'].schema"
    );
    let overlay = json!({
        "overlay": "1.0.0",
        "info": { "title": "Settled", "version": "1" },
        "actions": [{ "target": target, "update": { "type": "boolean" } }],
    });
    let (one, other) = (valued(&json!("true")), valued(&json!("some")));
    let settled = try_files(&[("a.json", &[one]), ("b.json", &[other])], Some(&overlay)).unwrap();
    assert_eq!(flag(&settled), json!({ "type": "boolean" }));
    assert_eq!(warnings(&settled), [""; 0]);
}

#[test]
fn all_conflicts_of_a_run_are_told_and_in_one_file_as_in_two() {
    let request = |kind: &str, body: &Value, label: &str| {
        let value = |text: &str, boolean: &str| {
            if kind == "text" {
                text.to_owned()
            } else {
                boolean.to_owned()
            }
        };
        item(&json!({
            "method": "PUT",
            "url": {
                "host": ["https://x.test"],
                "path": ["things", ":id"],
                "query": [{ "key": "flag", "value": value("abc", "true") }],
                "variable": [{ "key": "id", "value": value("abc", "7") }],
            },
            "description": label,
            "header": [{ "key": if kind == "text" { "X-Trace" } else { "x-trace" }, "value": value("abc", "true") }],
            "body": body,
        }))
    };
    let form = |value: &str| json!({ "mode": "urlencoded", "urlencoded": [{ "key": "size", "value": value }] });
    let raw = |value: &Value| json!({ "mode": "raw", "raw": json!({ "deep": [{ "id": value }] }).to_string() });
    let items = [
        request("text", &form("large"), ""),
        request("other", &form("7"), ""),
        request("text", &raw(&json!("x")), ""),
        request("other", &raw(&json!({ "y": 1 })), ""),
    ];
    let expected = [
        "the texts contain boolean and string: they are taken as text",
        "the texts contain boolean and string: they are taken as text",
        "the texts contain integer and string: they are taken as text",
        "the texts contain integer and string: they are taken as text",
        "the values of `deep[].id` are string and object: any of them is allowed",
    ];
    let one: [(&str, &[Value]); 1] = [("a.json", &items)];
    let two: [(&str, &[Value]); 2] = [("a.json", &items[..1]), ("b.json", &items[1..])];
    for split in [&one[..], &two[..]] {
        let generated = files(split);
        let mut told: Vec<&str> = generated
            .warnings
            .iter()
            .map(|warning| warning.text.split_once(" (").unwrap().0)
            .collect();
        told.sort_unstable();
        assert_eq!(told, expected);
        let targets: BTreeSet<&str> = generated
            .warnings
            .iter()
            .map(|warning| warning.target.as_ref().unwrap().path.as_str())
            .collect();
        assert_eq!(targets.len(), expected.len(), "{targets:#?}");
    }

    // What can only be one thing is an error, wherever it stands, and all such errors are told together.
    let label = |path: &str, label: &str| {
        let description = format!("**Rate Limit Label:** `{label}`");
        item(
            &json!({ "method": "GET", "url": format!("https://api.zoom.us/{path}"), "description": description }),
        )
    };
    let items = [
        label("a", "LIGHT"),
        label("b", "HEAVY"),
        label("a", "MEDIUM"),
        label("b", "LIGHT"),
    ];
    for (split, other) in [
        (&[("a.json", &items[..])][..], "a.json"),
        (
            &[("a.json", &items[..2]), ("b.json", &items[2..])][..],
            "b.json",
        ),
    ] {
        let told = try_files(split, None).unwrap_err();
        for operation in [
            "GET /a: the rate-limit label is LIGHT here and MEDIUM in ",
            "GET /b: the rate-limit label is HEAVY here and LIGHT in ",
        ] {
            assert!(told.contains(&format!("{operation}{other}")), "{told}");
        }
    }
}

#[test]
fn a_format_that_is_stated_holds_only_where_every_value_has_it() {
    let pair = |one: &str, other: &str| {
        let items = [valued(&json!(one)), valued(&json!(other))];
        let generated = files(&[("a.json", &items)]);
        (flag(&generated), generated.warnings.len())
    };
    let email = json!({ "type": "string", "format": "email" });
    assert_eq!(pair("<email>", "jo@example.com"), (email, 0));
    assert_eq!(pair("<email>", "jo"), (json!({ "type": "string" }), 1));
    assert_eq!(pair("jo", "{{$guid}}"), (json!({ "type": "string" }), 1));
}

#[test]
fn saved_requests_count_like_the_others() {
    let mut saved = valued(&json!("true"));
    let original = valued(&json!("some"))["request"].clone();
    saved["response"] = json!([{ "name": "Done.", "code": 204, "originalRequest": original }]);
    let generated = files(&[("a.json", &[saved])]);
    let told = warnings(&generated);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].contains(
            "string in a.json, item “Things”, at $.item[0].response[0].originalRequest.url"
        ),
        "{told:#?}"
    );
}

#[test]
fn what_one_request_came_without_is_optional() {
    let with = |description: &str| {
        asking(&json!([{ "key": "flag", "value": "true", "description": description }]))
    };
    let without = asking(&json!([]));
    let required = with("(Required) Whether.");
    for (items, is_required) in [
        (vec![required.clone(), with("Whether.")], true),
        (
            vec![required.clone(), required.clone(), without.clone()],
            false,
        ),
        (
            vec![required.clone(), without.clone(), required.clone()],
            false,
        ),
        (vec![without, required.clone(), required], false),
    ] {
        assert_eq!(
            parameters(&files(&[("a.json", &items)]))["flag"].1,
            is_required
        );
    }
}

#[test]
fn a_form_field_that_is_a_file_in_one_request_and_a_text_in_another_is_a_file_and_told() {
    let sent = |field: Value| {
        let body = json!({ "mode": "formdata", "formdata": [field] });
        item(&json!({ "method": "POST", "url": "https://x.test/things", "body": body }))
    };
    let file = sent(json!({ "key": "part", "type": "file" }));
    let text = sent(json!({ "key": "part", "type": "text", "value": "abc" }));
    for items in [[file.clone(), text.clone()], [text, file]] {
        let generated = files(&[("a.json", &items)]);
        let document = generated.document.tree();
        let content = &document["paths"]["/things"]["post"]["requestBody"]["content"];
        let part = &content["multipart/form-data"]["schema"]["properties"]["part"];
        assert_eq!(*part, json!({ "type": "string", "format": "binary" }));
        let told = warnings(&generated);
        assert!(
            told.iter()
                .any(|it| it.contains("files and texts: they are taken as files (")),
            "{told:#?}"
        );
    }
}
