//! The code generated for a document of the size of the seed, as reviewed.
//!
//! What is compared here is compiled as a part of this crate. To accept a change:
//! `UPDATE_GOLDEN=1 cargo test -p zoom-chat-openapi-documents --test golden`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::{env, fs};

#[test]
fn the_generated_code_is_the_reviewed_one() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let generated = Path::new(env!("GENERATED")).join("seed");
    for file in [
        "client.rs",
        "requests.rs",
        "operations.rs",
        "errors.rs",
        "events.rs",
        "mocks.rs",
    ] {
        let new = fs::read_to_string(generated.join(file))
            .unwrap()
            .replace("crate::seed::", "crate::")
            .replace("zoom_chat_openapi_documents::seed::", "zoom_chat_openapi::");
        hold(&golden.join(file), &new);
    }
}

/// The documents in `names/` are written by the tests of `xtask`, from the collections that are there.
#[test]
fn the_names_of_errors_are_the_reviewed_ones() {
    let names = Path::new(env!("CARGO_MANIFEST_DIR")).join("names");
    let new = fs::read_to_string(Path::new(env!("GENERATED")).join("team_chat.txt")).unwrap();
    hold(&names.join("team_chat.errors.txt"), &new);
}

/// A type that the document does not describe is documented by its uses, not by its name alone.
#[test]
fn the_documentation_of_a_type_says_more_than_its_name() {
    let mut described = 0;
    for folder in fs::read_dir(env!("GENERATED")).unwrap() {
        let client = folder.unwrap().path().join("client.rs");
        let Ok(client) = fs::read_to_string(client) else {
            continue;
        };
        let mut lines = client.lines().map(str::trim).peekable();
        while let Some(line) = lines.next() {
            let Some(doc) = line.strip_prefix("///") else {
                continue;
            };
            let is_name = doc.starts_with('`') && doc.ends_with('`') && !doc.contains(' ');
            let is_of_a_type = lines
                .peek()
                .is_some_and(|next| next.starts_with("#[derive"));
            assert!(!(is_name && is_of_a_type), "{doc}");
            described += usize::from(is_of_a_type);
        }
    }
    assert!(described > 100, "{described}");
}

/// Holds `new` against the reviewed file, or makes it that one.
fn hold(golden: &Path, new: &str) {
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(golden, new).unwrap();
    }
    let old = fs::read_to_string(golden).unwrap();
    let line = old
        .lines()
        .zip(new.lines())
        .position(|(old, new)| old != new);
    assert!(
        old == new,
        "{} differs from line {:?} on",
        golden.display(),
        line.map(|line| line + 1)
    );
}
