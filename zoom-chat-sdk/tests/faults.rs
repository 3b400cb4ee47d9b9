//! The table of faults names tests; this one sees to it that they exist.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

#[test]
fn every_test_that_the_table_names_exists() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(package.join("docs/faults.md")).unwrap();
    let mut named = 0;
    for line in table.lines().chain([table.rsplit("\n\n").next().unwrap()]) {
        let mut source = None;
        // What stands between backquotes is every second part. Tests come after their file.
        for quoted in line.split('`').skip(1).step_by(2) {
            if quoted.ends_with(".rs") {
                let path = package.parent().unwrap().join(quoted);
                let read = fs::read_to_string(path);
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
    assert!(named > 40, "only {named}");
}
