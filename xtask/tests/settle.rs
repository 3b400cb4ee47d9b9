//! Every warning that names an overlay's target is settled by an action on it.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::codegen::{Generated, Input, generate};

/// Leaves open what an item can leave open.
fn collection() -> Value {
    let answer = |code: u16, body: &Value| json!({ "name": "Answer.", "code": code, "header": [], "body": body.to_string() });
    let odd = json!({
        "nothing": null,
        "mixed": [1, "a"],
        "by_id": { "10001": { "x": null }, "10002": { "x": null }, "10003": { "x": null } },
        "many": [{ "inner": { "nothing": null } }],
        "it's": { "deep": null },
        "huge": 123_456_789_012_345_678_901_234_567_890_f64,
    });
    let url = |path: &str| json!({ "host": ["{{baseUrl}}"], "path": [path] });
    json!({
        "info": {
            "name": "Open",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [
            { "name": "No answer", "request": { "method": "GET", "url": url("a") } },
            {
                "name": "Odd values",
                "request": {
                    "method": "POST",
                    "url": {
                        "host": ["{{baseUrl}}"],
                        "path": ["b"],
                        "query": [{ "key": "kind", "value": "7", "description": "Allowed: `a`┃`b`. Default: `x`" }],
                    },
                    "auth": { "type": "oauth2" },
                    "description": "**Rate Limit Label:** `LIGHT`",
                    "body": { "mode": "raw", "raw": odd.to_string(), "options": { "raw": { "language": "json" } } },
                },
                "response": [
                    answer(200, &odd),
                    answer(201, &json!([[null]])),
                    { "name": "Missing.", "code": 404, "header": [] },
                ],
            },
            {
                "name": "A form",
                "request": {
                    "method": "POST",
                    "url": url("c"),
                    "body": { "mode": "formdata", "formdata": [
                        { "key": "list", "value": "[{\"nothing\": null}]", "type": "text" },
                        { "key": "choice", "value": "3", "description": "Allowed: `a`┃`b`", "type": "text" },
                    ] },
                },
                "response": [answer(200, &json!({}))],
            },
            {
                "name": "A form with a file",
                "request": {
                    "method": "PUT",
                    "url": url("d"),
                    "body": { "mode": "formdata", "formdata": [
                        { "key": "file", "type": "file" },
                        { "key": "list", "value": "[{\"nothing\": null}]", "type": "text" },
                    ] },
                },
                "response": [answer(200, &json!({}))],
            },
        ],
    })
}

/// A folder with the collection as a file, and the place of an overlay beside it.
fn written() -> (TempDir, PathBuf, PathBuf) {
    let folder = TempDir::new().unwrap();
    let (items, overlay) = (
        folder.path().join("items.json"),
        folder.path().join("overlay.json"),
    );
    fs::write(&items, collection().to_string()).unwrap();
    (folder, items, overlay)
}

fn targets(generated: &Generated) -> BTreeSet<&str> {
    let targets = generated
        .warnings
        .iter()
        .filter_map(|warning| warning.target.as_ref());
    targets.map(|target| target.path.as_str()).collect()
}

#[test]
fn an_action_on_the_target_settles_the_warning() {
    let (_folder, items, overlay) = written();
    let mut input = Input {
        postman: vec![items],
        ..Input::default()
    };
    let generated = generate(&input).unwrap();
    let targets = targets(&generated);
    let expected = [
        "$.components.schemas.FormRequest.properties.list",
        "$.components.schemas.OddValuesRequest.properties.mixed.items",
        "$.components.schemas.OddValuesRequest.properties.nothing",
        "$.components.securitySchemes.zoomOAuth",
        "$.paths['/a'].get.responses['200']",
        "$.paths['/b'].post.parameters[?@.name == 'kind' && @.in == 'query'].schema",
        "$.paths['/b'].post.responses['201'].content['application/json'].schema.items.items",
        "$.paths['/b'].post.responses['404']",
        "$.paths['/d'].put.requestBody.content['multipart/form-data'].schema.properties.list",
    ];
    for target in expected {
        assert!(
            targets.contains(target),
            "{target} is not among {targets:#?}"
        );
    }
    for action in &targets {
        let overlay_document = json!({
            "overlay": "1.0.0",
            "info": { "title": "Settled", "version": "1" },
            "actions": [{ "target": action, "update": { "x-settled": true } }],
        });
        fs::write(&overlay, overlay_document.to_string()).unwrap();
        input.overlays = vec![overlay.clone()];
        let settled = generate(&input).unwrap_or_else(|problem| panic!("{action}: {problem:?}"));
        assert_eq!(settled.applied[0].1.pointers.len(), 1, "{action}");
        let left = self::targets(&settled);
        assert!(!left.contains(action), "{action}");
        assert!(settled.warnings.len() < generated.warnings.len());
    }
}

#[test]
fn an_action_before_or_after_renames_settles_as_well() {
    let (_folder, items, overlay) = written();
    let schema = |name: &str| format!("$.components.schemas.{name}");
    let change = |name: &str, member: &str| json!({ "target": format!("{}.properties.{member}", schema(name)), "update": { "x-settled": true } });
    let rename = |from: &str, to: &str| json!({ "target": schema(from), "x-rename": to });
    let first = "OddValuesRequest";
    for (actions, settled) in [
        (vec![change(first, "nothing"), rename(first, "Odd")], true),
        (vec![rename(first, "Odd"), change("Odd", "nothing")], true),
        (
            vec![
                rename(first, "Odd"),
                rename("Odd", "Even"),
                change("Even", "nothing"),
            ],
            true,
        ),
        (
            vec![
                rename("FormRequest", "Form"),
                rename(first, "FormRequest"),
                change("Form", "list"),
            ],
            false,
        ),
        (vec![rename(first, "Odd")], false),
    ] {
        let document = json!({
            "overlay": "1.0.0",
            "info": { "title": "Renamed", "version": "1" },
            "actions": actions,
        });
        fs::write(&overlay, document.to_string()).unwrap();
        let generated = generate(&Input {
            postman: vec![items.clone()],
            overlays: vec![overlay.clone()],
            ..Input::default()
        })
        .unwrap();
        let target = format!("{}.properties.nothing", schema(first));
        let is_left = targets(&generated).contains(target.as_str());
        assert_eq!(is_left, !settled, "{actions:#?}");
    }
}
