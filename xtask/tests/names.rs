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
use tempfile::TempDir;
use xtask::{
    codegen::{Input, generate},
    stored::Stored,
};

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

fn item(name: &str, path: &str) -> Value {
    let answer = json!({ "files": [{ "id": "a" }] }).to_string();
    json!({
        "name": name,
        "request": { "method": "GET", "url": format!("https://api.zoom.us/{path}") },
        "response": [{ "name": "Done.", "code": 200, "body": answer }, { "name": "**Error Code:** `1`<br>No.", "code": 404 }],
    })
}

#[test]
fn an_overlay_gives_any_name_and_the_stored_document_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let (collection, overlay) = (folder.path().join("c.json"), folder.path().join("o.json"));
    let items =
        json!({ "info": { "name": "Things" }, "item": [item("Show", "a"), item("List", "b")] });
    fs::write(&collection, items.to_string()).unwrap();
    let actions = json!([
        { "target": "$.paths['/a'].get", "update": { "operationId": "findThings" } },
        { "target": "$.components.schemas.File", "update": { "description": "A file." } },
        { "target": "$.components.schemas.File", "x-rename": "Attachment" },
        { "target": "$.components.schemas.Attachment.properties.id", "update": { "minLength": 1 } },
        { "target": "$.paths['/a'].get['x-zoom-errors'][?@.message == 'No.']", "update": { "name": "Refused" } },
    ]);
    let text = json!({ "overlay": "1.0.0", "info": { "title": "Names", "version": "1" }, "actions": actions });
    fs::write(&overlay, text.to_string()).unwrap();
    let document = |stored: Option<&Value>| {
        let input = Input {
            postman: vec![collection.clone()],
            overlays: vec![overlay.clone()],
            stored: stored.map(|document| Stored::read(&document.to_string())),
            ..Input::default()
        };
        generate(&input).unwrap().document.tree().into_owned()
    };
    let first = document(None);
    let operation = &first["paths"]["/a"]["get"];
    assert_eq!(operation["operationId"], "findThings");
    assert_eq!(operation["x-zoom-errors"][0]["name"], "Refused");
    let schemas = first["components"]["schemas"].as_object().unwrap();
    assert!(schemas.contains_key("FindThingsResponse"), "{schemas:?}");
    assert_eq!(schemas["Attachment"]["description"], "A file.");
    assert_eq!(
        schemas["Attachment"]["properties"],
        json!({ "id": { "type": "string", "minLength": 1 } })
    );
    assert_eq!(
        schemas["FindThingsResponse"]["properties"]["files"]["items"],
        json!({ "$ref": "#/components/schemas/Attachment" })
    );
    assert_eq!(document(Some(&first)), first);
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
