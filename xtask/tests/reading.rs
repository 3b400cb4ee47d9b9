//! What is made of small Postman files, one case each: `reading/NAME.json`, or a folder or file of another extension called
//! so, and beside it `reading/NAME.expect.json` with what it must come to. A failing case never hides another.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::Value;
use xtask::codegen::{Input, generate};

/// What a case must come to.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    /// Values in the document by JSON pointer, `null` for what must not be there. A pointer leads through `$ref`s.
    document: BTreeMap<String, Value>,
    /// Texts that the document must not hold anywhere.
    without: Vec<String>,
    /// Texts each of which some message holds. A message is written as `PLACE: TEXT`.
    messages: Vec<String>,
    /// Texts that no message holds.
    silent: Vec<String>,
    /// A text that the error holds, where the file is refused.
    refused: Option<String>,
}

#[test]
fn every_case_comes_to_what_it_must() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading");
    let mut inputs: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut cases: BTreeMap<String, Expected> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        match name.strip_suffix(".expect.json") {
            Some(case) => {
                let text = fs::read_to_string(&path).unwrap();
                let expected = serde_json::from_str(&text);
                let expected = expected.unwrap_or_else(|error| panic!("{name}: {error}"));
                cases.insert(case.to_owned(), expected);
            }
            None => {
                let case = name.split('.').next().unwrap().to_owned();
                inputs.entry(case).or_default().push(path);
            }
        }
    }
    assert!(!cases.is_empty());
    let (has_input, has_expectation): (Vec<_>, Vec<_>) =
        (inputs.keys().collect(), cases.keys().collect());
    assert_eq!(has_input, has_expectation);
    let wrong: Vec<String> = cases
        .iter()
        .flat_map(|(case, expected)| {
            let wrong = failures(inputs[case].clone(), expected).into_iter();
            wrong.map(move |reason| format!("{case}: {reason}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What is not as `expected` in what `postman` comes to.
fn failures(postman: Vec<PathBuf>, expected: &Expected) -> Vec<String> {
    let generated = generate(&Input {
        postman,
        ..Input::default()
    });
    let generated = match (generated, &expected.refused) {
        (Ok(generated), None) => generated,
        (Ok(_), Some(_)) => return vec!["is not refused".to_owned()],
        (Err(problem), Some(text)) if problem.reason.contains(text) => return Vec::new(),
        (Err(problem), _) => return vec![format!("is refused: {}", problem.reason)],
    };
    let mut failures = Vec::new();
    let document = generated.document.tree();
    for (pointer, expected) in &expected.document {
        let found = resolve(&document, pointer).unwrap_or(&Value::Null);
        if found != expected {
            failures.push(format!("{pointer} is {found}, not {expected}"));
        }
    }
    let text = document.to_string();
    let held = expected.without.iter().filter(|it| text.contains(*it));
    failures.extend(held.map(|it| format!("the document holds {it:?}")));
    let messages: Vec<String> = generated
        .warnings
        .iter()
        .map(|warning| format!("{}: {}", warning.place, warning.text))
        .collect();
    let tells = |text: &String| messages.iter().any(|message| message.contains(text));
    let untold = expected.messages.iter().filter(|text| !tells(text));
    failures.extend(untold.map(|text| format!("no message holds {text:?}: {messages:#?}")));
    let told = expected.silent.iter().filter(|text| tells(text));
    failures.extend(told.map(|text| format!("a message holds {text:?}: {messages:#?}")));
    failures
}

/// What `pointer` leads to, with every reference on the way and at its end followed.
fn resolve<'d>(document: &'d Value, pointer: &str) -> Option<&'d Value> {
    let followed = |value: &'d Value| match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.strip_prefix('#')?),
        None => Some(value),
    };
    pointer
        .split('/')
        .skip(1)
        .try_fold(document, |value, token| {
            followed(value.pointer(&format!("/{token}"))?)
        })
}
