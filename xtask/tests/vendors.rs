//! The converter's core knows no vendor: what is known of one stands in a module of its own.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use xtask::{
    VENDORS,
    codegen::{Options, convert},
    source::Source,
    vendor::Profile,
};

#[test]
fn no_other_module_names_a_vendor() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for vendor in VENDORS {
        let own = source.join(vendor.name());
        let mut files = Vec::new();
        find(&source, &mut files);
        assert!(files.iter().any(|file| file.starts_with(&own)));
        // The list of vendors has to name them. Tests may hold what is real.
        let is_core = |file: &&PathBuf| {
            !file.starts_with(&own)
                && **file != source.join("lib.rs")
                && !file
                    .iter()
                    .any(|part| part == "tests" || part == "tests.rs")
        };
        for file in files.iter().filter(is_core) {
            let text = fs::read_to_string(file).unwrap().to_lowercase();
            let line = text.lines().position(|line| line.contains(vendor.name()));
            assert_eq!(line, None, "{} names a vendor", file.display());
        }
    }
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => find(&path, files),
            false => files.push(path),
        }
    }
}

const LABEL: &str = "Does it.\n\n**Rate Limit Label:** `LIGHT`";
const LINK: &str = "See [more](https://developers.zoom.us/docs/api/).";

/// The document of a collection with a request for each URL and description.
fn document(requests: &[(&str, &str)], profile: Profile) -> Value {
    let items = requests.iter().map(|(url, description)| {
        json!({
            "name": url,
            "request": { "url": url, "auth": { "type": "oauth2" }, "description": description },
            "response": [{ "name": "Bad.<br>**Error Code:** `300`<br>No.", "code": 400 }],
        })
    });
    let collection = json!({ "info": { "name": "A" }, "item": items.collect::<Vec<_>>() });
    let source = Source::new("a.json".to_owned(), collection.to_string().into()).unwrap();
    let options = Options {
        profile,
        ..Options::default()
    };
    let generated = convert(vec![source], &[], &options).unwrap();
    generated.document.tree().into_owned()
}

#[test]
fn a_file_that_shows_whose_it_is_is_read_so_and_no_other() {
    let (none, auto) = (Profile::None, Profile::Detected);
    let zoom = Profile::named("zoom").unwrap();
    for (requests, profile, is_zooms) in [
        (&[("https://api.zoom.us/v2/a", "")][..], auto, true),
        (&[("{{baseUrl}}/a", LABEL)], auto, true),
        (&[("{{baseUrl}}/a", LINK)], auto, true),
        (
            &[("{{baseUrl}}/a", ""), ("https://zoom.us/b", "")],
            auto,
            true,
        ),
        (&[("{{baseUrl}}/a", "")], auto, false),
        (
            &[("{{baseUrl}}/a", "Meet at https://zoom.us/j/1.")],
            auto,
            false,
        ),
        (&[("{{baseUrl}}/a", "**Scopes:** `a:read`")], auto, false),
        (&[("https://api.example.com/a", LINK)], auto, false),
        // Something of the file is another's: what leaves its host open may be so, too.
        (
            &[("{{baseUrl}}/a", LINK), ("https://api.example.com/b", "")],
            auto,
            false,
        ),
        (&[("https://api.zoom.us/v2/a", LABEL)], none, false),
        (&[("{{baseUrl}}/a", LABEL)], none, false),
        (&[("{{baseUrl}}/a", "")], zoom, true),
        (&[("https://proxy.example.com/a", "")], zoom, true),
    ] {
        let document = document(requests, profile);
        let operation = document
            .pointer("/paths/~1a/get")
            .or(document.pointer("/paths/~1v2~1a/get"));
        let operation = operation.unwrap_or_else(|| panic!("{document:#}"));
        let what = format!("{requests:?} {profile:?}: {document:#}");
        assert_eq!(operation.get("x-zoom-errors").is_some(), is_zooms, "{what}");
        let scheme = operation["security"][0].as_object().unwrap().keys();
        let scheme: Vec<&String> = scheme.collect();
        assert_eq!(scheme[0].starts_with("zoom"), is_zooms, "{what}");
        let text = document.to_string();
        if !is_zooms && !requests[0].0.contains("zoom") {
            assert!(!text.contains("//api.zoom.us"), "{what}");
            assert!(!text.contains("x-zoom-"), "{what}");
            assert!(!text.contains("ZoomError"), "{what}");
        }
    }
}

#[test]
fn a_profile_has_a_name() {
    let names: Vec<&str> = Profile::names().collect();
    assert_eq!(names, ["auto", "none", "zoom"]);
    for name in names {
        assert!(Profile::named(name).is_some(), "{name}");
    }
    assert!(Profile::named("other").is_none());
}
