//! The tables of faults and of the threat model name tests; these see to it that they exist.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

#[test]
fn every_test_that_the_table_names_exists() {
    check("zoom-chat-sdk/docs/faults.md", 100);
}

#[test]
fn every_guard_of_the_threat_model_exists() {
    check("SECURITY.md", 40);
}

/// Each `fn` that stands behind the path of a file is in that file, and there are more of them than `least`.
fn check(document: &str, least: usize) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let table = fs::read_to_string(workspace.join(document)).unwrap();
    let mut named = 0;
    for line in table.lines().chain([table.rsplit("\n\n").next().unwrap()]) {
        let mut source = None;
        // What stands between backquotes is every second part. Tests come after their file.
        for quoted in line.split('`').skip(1).step_by(2) {
            if quoted.ends_with(".rs") {
                let read = fs::read_to_string(workspace.join(quoted));
                source = Some(read.unwrap_or_else(|error| panic!("{quoted}: {error}")));
            } else if let Some(source) = &source {
                assert!(
                    source.contains(&format!("fn {quoted}(")),
                    "no test {quoted}"
                );
                named += 1;
            }
        }
    }
    assert!(named > least, "only {named}");
}
