//! The names of all operations of Team Chat and of their components, as reviewed.
//!
//! The names of their errors are made when the client is built. The operations with their errors are therefore written for
//! `openapi/tests/documents`, which holds the list of those names.
//!
//! After a wanted change: `UPDATE_GOLDEN=1 cargo test -p xtask --test names`, and review the difference.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};
use xtask::codegen::{Input, generate};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names")
}

fn document(overlays: Vec<PathBuf>) -> Value {
    let input = Input {
        postman: vec![folder().join("team-chat.postman_collection.json")],
        overlays,
        ..Input::default()
    };
    generate(&input).unwrap().document.tree().into_owned()
}

fn golden(path: &Path, made: &str) {
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, made).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == made,
        "{} differs; see what differs with UPDATE_GOLDEN=1 and git diff",
        path.display()
    );
}

/// Every operation, with its path.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (path, method, operation))
    })
}

#[test]
fn all_names_are_the_reviewed_ones() {
    let document = document(vec![folder().join("team-chat.overlay.json")]);
    let mut names = String::from("# Operations\n");
    for (path, method, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        names.push_str(&format!("{id}: {} {path}\n", method.to_uppercase()));
    }
    names.push_str("\n# Components\n");
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        names.push_str(&format!("{name}\n"));
    }
    golden(&folder().join("team-chat.names.txt"), &names);

    let mut paths: Map<String, Value> = Map::new();
    for (path, method, operation) in operations(&document) {
        let mut kept = json!({ "operationId": operation["operationId"] });
        kept["responses"] = json!({ "204": { "description": "Done." } });
        if let Some(errors) = operation.get("x-zoom-errors") {
            kept["x-zoom-errors"] = errors.clone();
        }
        let parameters: Vec<Value> = path
            .split(['{', '}'])
            .skip(1)
            .step_by(2)
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        kept["parameters"] = parameters.into();
        paths.entry(path.clone()).or_insert_with(|| json!({}))[method] = kept;
    }
    let errors = json!({
        "openapi": "3.0.3",
        "info": { "title": "Team Chat", "version": "1" },
        "servers": [{ "url": "https://api.example.com/v2" }],
        "paths": paths,
        "components": { "schemas": {} },
    });
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../openapi/tests/documents/names/team_chat.json");
    golden(
        &path,
        &(serde_json::to_string_pretty(&errors).unwrap() + "\n"),
    );
}
