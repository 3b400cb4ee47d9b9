//! A document that cannot be built says where the problem is, what it is and what to change.
//!
//! To accept a change: `UPDATE_GOLDEN=1 cargo test -p zoom-chat-openapi-documents --test rejected`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::{env, fs};

use serde_json::Value;

#[test]
fn the_reason_is_one_line() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("rejected");
    for line in include_str!(concat!(env!("GENERATED"), "/rejected.txt")).lines() {
        let (name, found) = line.split_once('\t').unwrap();
        let file = directory.join(name).with_extension("txt");
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, format!("{found}\n")).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&file).unwrap().trim_end(),
            found,
            "{name}"
        );
    }
}

#[test]
fn what_cannot_be_generated_is_refused_with_its_place_and_a_remedy() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("refused/cases.json");
    let mut table: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let found = include_str!(concat!(env!("GENERATED"), "/refused.json"));
    let found: Vec<Value> = serde_json::from_str(found).unwrap();
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let cases = table["cases"].as_array_mut().unwrap();
    assert_eq!(cases.len(), found.len());
    for (case, found) in cases.iter_mut().zip(found) {
        let name = &case["name"];
        let lines = found.as_array().unwrap();
        assert!(!lines.is_empty(), "{name} is accepted");
        for line in lines {
            let (pointer, problem) = line.as_str().unwrap().split_once(": ").unwrap();
            assert!(pointer.starts_with("#/"), "{name}: {line}");
            assert!(problem.contains("; "), "{name} has no remedy: {line}");
        }
        if update {
            case["refused"] = found;
        } else {
            assert_eq!(case["refused"], found, "{name}");
        }
    }
    if update {
        fs::write(&file, format!("{table:#}\n")).unwrap();
    }
}
