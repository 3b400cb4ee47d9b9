//! Other formats than v2.0 and v2.1: what they hold comes to the same document.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod files;
mod folders;
mod twins;
mod v1;
mod v3;

use serde_json::Value;
use xtask::{
    codegen::{Generated, Options, convert},
    diagnostic::Problem,
    source::Source,
};

/// Files by name, converted together.
fn converted(files: &[(String, String)]) -> Result<Generated, Box<Problem>> {
    let source = |(name, text): &(String, String)| {
        Source::new(name.clone(), text.clone().into_bytes()).unwrap()
    };
    convert(files.iter().map(source).collect(), &[], &Options::default())
}

fn one(name: &str, text: &str) -> Result<Generated, Box<Problem>> {
    converted(&[(name.to_owned(), text.to_owned())])
}

/// The refusal of a file, which has this reason and this remedy.
fn refused(name: &str, text: &str, reason: &str, remedy: &str) -> Problem {
    let problem = *one(name, text).unwrap_err();
    assert!(
        problem.reason.contains(reason),
        "{text}: {}",
        problem.reason
    );
    assert!(
        problem.remedy.contains(remedy),
        "{text}: {}",
        problem.remedy
    );
    problem
}

/// Kind, item and text of each warning, in order.
fn warnings(generated: &Generated) -> Vec<(&'static str, String, String)> {
    let mut warnings: Vec<_> = generated
        .warnings
        .iter()
        .map(|it| (it.kind.id(), it.place.item.clone(), it.text.clone()))
        .collect();
    warnings.sort();
    warnings
}

fn document(generated: &Generated) -> Value {
    generated.document.tree().into_owned()
}
