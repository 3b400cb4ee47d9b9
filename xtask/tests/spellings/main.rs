//! One collection can be written in many ways. All of them come to the same document.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod fixtures;
mod node;
mod spellings;

use serde_json::Value;
use xtask::{
    codegen::{Options, convert},
    source::Source,
};

use spellings::SPELLINGS;

/// The document, without the files and items that it comes from; nothing for a collection that is refused.
fn document(files: &[Value]) -> Option<Value> {
    let source = |(index, file): (usize, &Value)| {
        Source::new(format!("{index:03}.json"), file.to_string().into()).unwrap()
    };
    let sources = files.iter().enumerate().map(source).collect();
    let generated = convert(sources, &[], &Options::default()).ok()?;
    let mut document = generated.document.tree().into_owned();
    forget(&mut document, "x-postman-source");
    Some(document)
}

/// Takes a member away wherever it stands.
fn forget(value: &mut Value, key: &str) {
    match value {
        Value::Object(members) => {
            members.shift_remove(key);
            members.values_mut().for_each(|it| forget(it, key));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| forget(it, key)),
        _ => {}
    }
}

#[test]
fn every_spelling_of_a_collection_comes_to_its_document() {
    let mut changed = vec![0; SPELLINGS.len()];
    let mut differing = Vec::new();
    for (name, collection) in fixtures::collections() {
        let Some(expected) = document(std::slice::from_ref(&collection)) else {
            continue;
        };
        for ((spelling, write), changed) in SPELLINGS.iter().zip(&mut changed) {
            let mut other = collection.clone();
            write(&mut other);
            // Values are equal whatever the order of their members.
            let texts = [other.to_string(), collection.to_string()];
            if texts[0] == texts[1] {
                continue;
            }
            *changed += 1;
            if document(&[other]).as_ref() != Some(&expected) {
                differing.push(format!("{name}: {spelling}"));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    for ((spelling, _), changed) in SPELLINGS.iter().zip(changed) {
        assert!(changed > 2, "{spelling}: {changed} collections");
    }
}

#[test]
fn folders_are_tags_alone() {
    for (name, mut collection) in fixtures::collections() {
        let without_tags = |files: &[Value]| {
            let mut document = document(files)?;
            forget(&mut document, "tags");
            Some(document)
        };
        let expected = without_tags(std::slice::from_ref(&collection));
        let items = collection["item"].take();
        collection["item"] = serde_json::json!([{ "name": "All", "item": items }]);
        assert_eq!(without_tags(&[collection]), expected, "{name}");
    }
}

#[test]
fn a_collection_in_several_files_is_one() {
    for (name, collection) in fixtures::collections() {
        let items = collection["item"].as_array().unwrap();
        let part = |item: &Value| {
            let mut part = collection.clone();
            part["item"] = Value::Array(vec![item.clone()]);
            part
        };
        let parts: Vec<Value> = items.iter().map(part).collect();
        if parts.is_empty() {
            continue;
        }
        assert_eq!(document(&parts), document(&[collection]), "{name}");
    }
}
