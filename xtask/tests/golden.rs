//! Whole documents, byte for byte.
//!
//! After a wanted change: `UPDATE_GOLDEN=1 cargo test -p xtask --test golden`, and review the difference.

#![allow(clippy::unwrap_used)]

use std::{env, fs, path::Path};

use xtask::{
    codegen::{Input, generate},
    syntax::Syntax,
    vendor::Profile,
    write,
};

#[test]
fn a_collection_that_has_everything() {
    is_as_stored("library");
}

#[test]
fn webhooks_beside_an_operation() {
    is_as_stored("webhooks");
}

fn is_as_stored(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let input = Input {
        postman: vec![folder.join(format!("{name}.postman_collection.json"))],
        profile: Profile::named("zoom").unwrap(),
        ..Input::default()
    };
    let generated = generate(&input).unwrap();
    let warnings: String = generated
        .warnings
        .iter()
        .map(|warning| format!("{}: {}\n", warning.place, warning.text))
        .collect();
    let files = [
        (
            format!("{name}.openapi.json"),
            write::text(&generated.document, Syntax::Json),
        ),
        (format!("{name}.warnings.txt"), warnings),
    ];
    for (name, made) in files {
        let path = folder.join(&name);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap();
        assert!(
            made == golden,
            "{name} differs; see what differs with UPDATE_GOLDEN=1 and git diff"
        );
    }
}
