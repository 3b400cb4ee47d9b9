//! The collections that the project has.

use std::{fs, path::Path};

use serde_json::{Value, json};

/// Larger ones take too much time.
const MAX_LENGTH: usize = 12_000;

const FOLDERS: [&str; 5] = [
    "tests/reading",
    "tests/golden",
    "tests/names",
    "../openapi/postman",
    "../openapi/postman/events",
];

/// Small collections, with the names of their files. An item alone is the only one of a collection.
pub(crate) fn collections() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut found: Vec<(String, Value)> = files
        .filter_map(|file| {
            let path = file.unwrap().path();
            let text = fs::read(&path).ok()?;
            let mut collection: Value = serde_json::from_slice(&text).ok()?;
            if collection.get("request").is_some() {
                collection = json!({ "info": { "name": "One item" }, "item": [collection] });
            }
            let is_one = collection.get("info").is_some_and(Value::is_object)
                && collection.get("item").is_some_and(Value::is_array);
            let name = path.file_name()?.to_string_lossy().into_owned();
            (is_one && text.len() < MAX_LENGTH).then_some((name, collection))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert!(found.len() > 40, "{}", found.len());
    found
}
