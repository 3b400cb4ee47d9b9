//! A document that cannot be built says in one line which operation it is and why.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

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
