//! The inputs that fuzzing begins with, and those that it found: what must hold for any input holds for them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

#[path = "../fuzz/properties.rs"]
mod properties;

/// What must hold for a text.
type Property = fn(&str);

/// Each target by its name, which is that of the folder of its seeds.
const TARGETS: [(&str, Property); 4] = [
    ("collection", properties::collection),
    ("infer", properties::infer),
    ("mine", properties::mine),
    ("overlay", properties::overlay),
];

#[test]
fn what_must_hold_for_any_input_holds_for_the_seeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let folders = fs::read_dir(&folder).unwrap().count();
    assert_eq!(folders, TARGETS.len(), "a folder for each target");
    for (target, property) in TARGETS {
        let seeds: Vec<_> = fs::read_dir(folder.join(target)).unwrap().collect();
        assert!(!seeds.is_empty(), "{target}");
        for seed in seeds {
            let path = seed.unwrap().path();
            println!("{}", path.display());
            property(&fs::read_to_string(path).unwrap());
        }
    }
}
