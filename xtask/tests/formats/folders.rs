//! Folders of Postman's v3 format as people keep them, read from the disk.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;
use xtask::{
    codegen::{Generated, Input, generate},
    diagnostic::Problem,
};

use super::document;

/// What comes of some of the files and folders in a folder with these files.
fn generated(files: &[(&str, &str)], given: &[&str]) -> Result<Generated, Box<Problem>> {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let input = Input {
        postman: given.iter().map(|it| folder.path().join(it)).collect(),
        ..Input::default()
    };
    generate(&input)
}

/// Titles, operations with their authorization, and warnings but for those that answers are missing.
fn told(generated: &Generated) -> (String, Vec<String>, Vec<String>) {
    let document = document(generated);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(source) = operation.get("x-postman-source") {
                let schemes = operation["security"].as_array().into_iter().flatten();
                let schemes = schemes
                    .filter_map(Value::as_object)
                    .flat_map(|it| it.keys());
                let schemes: Vec<&str> = schemes.map(String::as_str).collect();
                let item = source[0]["item"].as_str().unwrap();
                operations.push(format!("{method} {path} [{}] {item}", schemes.join(",")));
            }
        }
    }
    let is_usual = |kind: &str| ["no-answer", "open-auth"].contains(&kind);
    let warnings = generated
        .warnings
        .iter()
        .filter(|it| !is_usual(it.kind.id()));
    let warnings = warnings.map(|it| {
        let place = &it.place;
        format!("{} {} {}", it.kind.id(), place.file, place.path)
    });
    let title = document["info"]["title"].as_str().unwrap().to_owned();
    (title, operations, warnings.collect())
}

const QUAY: &str = "$kind: http-request\nmethod: GET\nurl: 'https://quay.test/quays'\n";
const BERTH: &str = "$kind: http-request\nmethod: GET\nurl: 'https://quay.test/berths'\n";
const ANSWER: &str = "$kind: http-example\nresponse: {statusCode: 200, body: {type: json, content: '{\"free\": 2}'}}\n";
const BEARER: &str =
    "$kind: collection\nname: Harbour\nauth: {type: bearer, credentials: {token: t}}\n";
const SEVERAL: &str = "$kind: collection\nauth:\n  - {id: a, type: apikey, credentials: {key: X-Key, value: v, in: header}}\n  - {id: b, type: basic}\n";
const OLD: &str = r#"{ "info": { "name": "Old" }, "item": [{ "name": "Old", "request": "https://quay.test/old" }] }"#;

#[test]
fn every_file_of_a_folder_is_read_or_told() {
    type Case<'c> = (
        &'c str,
        &'c [(&'c str, &'c str)],
        &'c [&'c str],
        &'c str,
        &'c [&'c str],
        &'c [&'c str],
    );
    let cases: &[Case<'_>] = &[
        (
            "names that begin with a dot",
            &[
                ("q/.resources/definition.yaml", BEARER),
                ("q/.well-known.request.yaml", QUAY),
                ("q/.v2/Berths.request.yaml", BERTH),
                ("q/._Berths.request.yaml", "\u{0}"),
                ("q/.git/config.yaml", "["),
            ],
            &["q"],
            "Harbour",
            &[
                "get /berths [bearerAuth] .v2 / Berths",
                "get /quays [bearerAuth] .well-known",
            ],
            &[],
        ),
        (
            "what else lies in a collection",
            &[
                ("q/.resources/definition.yaml", BEARER),
                ("q/Quays.request.yaml", QUAY),
                ("q/Berths.yaml", BERTH),
                ("q/rows.json", "[1]"),
                ("q/broken.json", "{"),
                ("q/old.json", OLD),
                (
                    "q/.resources/Gone.resources/examples/1.example.yaml",
                    ANSWER,
                ),
                ("q/.resources/Gone.request.yaml", BERTH),
            ],
            &["q"],
            "Harbour",
            &["get /old [] Old", "get /quays [bearerAuth] Quays"],
            &[
                "stray-file .resources/Gone.request.yaml $",
                "stray-file .resources/Gone.resources/examples/1.example.yaml $",
                "stray-file Berths.yaml $",
                "stray-file broken.json $",
                "stray-file rows.json $",
            ],
        ),
        (
            "an environment among requests",
            &[
                (
                    "q/Quays.request.yaml",
                    "$kind: http-request\nurl: '{{host}}/quays'\n",
                ),
                (
                    "q/Dev.environment.yaml",
                    "name: Dev\nvalues:\n  - {key: host, value: 'https://dev.quay.test'}\n",
                ),
            ],
            &["q"],
            "Quays",
            &["get /quays [] Quays"],
            &[],
        ),
        (
            "a collection of one request, and what stands beside collections",
            &[
                ("postman/collections/Harbour/Quays.request.yaml", QUAY),
                ("postman/datasets/d/.resources/rows.json", "[1]"),
                ("postman/datasets/d/d.dataset.yaml", "type: dataset\n"),
                ("postman/sdks/s.yaml", "a: 1\n"),
            ],
            &["postman"],
            "Harbour",
            &["get /quays [] Quays"],
            &[],
        ),
        (
            "folders that are called alike",
            &[
                ("a/api/.resources/definition.yaml", BEARER),
                ("a/api/It.request.yaml", QUAY),
                ("b/api/.resources/definition.yaml", SEVERAL),
                ("b/api/It.request.yaml", BERTH),
                ("b/api/Sockets.request.yaml", "$kind: websocket-request\n"),
            ],
            &["a/api", "b/api"],
            "Harbour",
            &["get /berths [apiKeyAuth] It", "get /quays [bearerAuth] It"],
            &[
                "several-auth b/api/.resources/definition.yaml $.auth",
                "other-protocol b/api/Sockets.request.yaml $",
            ],
        ),
        (
            "the folder of a data export",
            &[
                ("export/archive.json", r#"{ "collection": { "1": true } }"#),
                ("export/collection/1.json", OLD),
            ],
            &["export"],
            "Old",
            &["get /old [] Old"],
            &[],
        ),
        (
            "one request, with its answers, and files of one name",
            &[
                ("a/It.request.yaml", QUAY),
                ("a/.resources/It.resources/examples/1.example.yaml", ANSWER),
                ("b/It.request.yaml", "$kind: mqtt-request\n"),
                ("b/.resources/It.resources/examples/1.example.yaml", ANSWER),
            ],
            &["a/It.request.yaml"],
            "It",
            &["get /quays [] It"],
            &[],
        ),
    ];
    for (name, files, given, title, operations, warnings) in cases {
        let generated = generated(files, given).unwrap();
        let (its_title, mut its_operations, mut its_warnings) = told(&generated);
        its_operations.sort();
        its_warnings.sort();
        let mut warnings = warnings.to_vec();
        warnings.sort_unstable();
        assert_eq!(its_title, *title, "{name}");
        assert_eq!(its_operations, *operations, "{name}");
        assert_eq!(its_warnings, warnings, "{name}");
    }
    let (_, files, given, ..) = cases.last().unwrap();
    let with_answer = document(&generated(files, given).unwrap());
    let content = "/paths/~1quays/get/responses/200/content/application~1json";
    assert!(with_answer.pointer(content).is_some(), "{with_answer}");
    let inside = format!(
        "{QUAY}examples:\n  - response: {{statusCode: 200, body: {{type: json, content: '[1]'}}}}\n"
    );
    let generated = super::one("Quays.request.yaml", &inside).unwrap();
    let with_answer = document(&generated);
    assert!(with_answer.pointer(content).is_some(), "{with_answer}");
}

#[test]
fn a_part_of_a_folder_is_named() {
    for (text, reason, remedy) in [
        (BEARER, "the definition of a collection", "name the folder"),
        (ANSWER, "a saved answer", "name the folder"),
        (
            "$kind: mqtt-message\ntopic: t\n",
            "a saved message",
            "name the folder",
        ),
        (
            "$kind: http-request\nurl: {{host}}/quays\n",
            "`{{` must be in quotes",
            "repair",
        ),
        (
            "headers:\n  - {key: X, value: {{a}} }\n",
            "`{{` must be in quotes",
            "repair",
        ),
        ("? [a, b]\n: c\n", "a key must be a string", "repair"),
    ] {
        super::refused("part.yaml", text, reason, remedy);
    }
}

/// What an export holds that cannot be read is told where it stands.
#[test]
fn protocols_in_an_export_are_told() {
    let item = |kind: &str| serde_json::json!({ "$kind": kind, "name": kind, "url": "quay.test" });
    let export = serde_json::json!({ "data": { "collection": {
        "$kind": "collection",
        "name": "Quay",
        "items": [item("mqtt"), { "$kind": "folder", "name": "F", "items": [item("grpc-request"), item("http-request")] }],
    } } });
    let generated = super::one("quay.json", &export.to_string()).unwrap();
    let (_, operations, mut warnings) = told(&generated);
    warnings.sort();
    assert_eq!(operations, ["get / [] F / http-request"]);
    assert_eq!(
        warnings,
        [
            "other-protocol quay.json $.data.collection.items[0]",
            "other-protocol quay.json $.data.collection.items[1].items[0]",
        ]
    );
}
