//! The page about the generator says of every field of OpenAPI what becomes of it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

const START: &str = "<!-- coverage -->\n\n";
const END: &str = "\n<!-- end of coverage -->";

#[test]
fn the_page_shows_the_tables_of_the_generator() {
    let page =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../zoom-chat-sdk/docs/generator.md");
    let tables = include_str!(concat!(env!("GENERATED"), "/coverage.md"));
    for row in tables.lines().filter(|line| line.starts_with("| `")) {
        let text = row.split(" | ").nth(1).unwrap();
        let words = ["generated", "ignored", "refused"];
        assert!(words.iter().any(|word| text.starts_with(word)), "{row}");
    }
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&page, format!("{before}{START}{tables}{END}{after}")).unwrap();
    } else {
        assert_eq!(shown, tables, "the page is not up to date");
    }
}
