//! Receiving costs those nothing who only send.

use std::{collections::BTreeSet, env, fs, path::Path, process::Command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The names of all packages that a build of the facade with these features needs.
fn packages(features: &str) -> BTreeSet<String> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["tree", "--locked", "--package", "zoom-chat-sdk"])
        .args(["--edges", "normal,build", "--prefix", "none"])
        .args(["--features", features])
        .current_dir(ROOT)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let tree = String::from_utf8(output.stdout).expect("cargo prints text");
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn only_the_feature_axum_needs_more_packages() {
    let (default, axum) = (packages(""), packages("axum"));
    assert!(default.contains("reqwest") && default.is_subset(&axum));
    let more: Vec<_> = axum.difference(&default).collect();
    assert_eq!(more, ["axum-core", "mime"]);
}

/// The rooms of receiving, those above both ways (no other room may import them, or there would be a cycle), and the
/// front door that names all rooms.
const APART: [&str; 6] = ["chatbot", "events", "lib", "receive", "view", "webhook"];

#[test]
fn nothing_on_the_way_out_uses_what_is_for_the_way_in() {
    let sources = Path::new(ROOT).join("zoom-chat-sdk/src");
    let mut seen = 0;
    for entry in fs::read_dir(&sources).expect("the sources") {
        let path = entry.expect("an entry").path();
        let room = path.file_stem().expect("a name").to_string_lossy();
        if !APART.contains(&&*room) {
            seen += check(&path);
        }
    }
    assert!(seen > 50, "only {seen} files");
}

/// Checks a file, or all in a folder, and counts them.
fn check(path: &Path) -> usize {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        return entries
            .map(|entry| check(&entry.expect("an entry").path()))
            .sum();
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return 0;
    }
    let text = fs::read_to_string(path).expect("a source");
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let is_in_word = |character: char| character.is_alphanumeric() || character == '_';
    for word in code.flat_map(|line| line.split(|character| !is_in_word(character))) {
        // Nobody else has a module or a type of these names.
        let is_apart = matches!(word, "receive" | "webhook" | "events" | "Webhook" | "Inbox");
        assert!(!is_apart, "{} uses `{word}`", path.display());
    }
    1
}
