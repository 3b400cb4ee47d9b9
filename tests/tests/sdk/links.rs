//! Links in the documents lead to files that exist, and those of a package stay inside of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, Parser, Tag};

const FOLDERS: [&str; 6] = [
    ".",
    "openapi",
    "xtask",
    "tests",
    "zoom-chat-sdk",
    "xtask/fuzz",
];
const PACKAGES: [&str; 2] = ["openapi", "zoom-chat-sdk"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Markdown files of a folder, and of its `docs` and `guide/src`.
fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = root().join(folder);
    ["", "docs", "guide/src"]
        .iter()
        .filter_map(|below| fs::read_dir(folder.join(below)).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect()
}

/// The links of a document that name a file, without their fragments.
fn files(text: &str) -> Vec<String> {
    let links = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    links
        .filter(|link| {
            !link.contains("://") && !link.starts_with('#') && !link.starts_with("crate::")
        })
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_link_leads_to_a_file() {
    let mut checked = 0;
    let mut dead = Vec::new();
    for document in FOLDERS.iter().flat_map(|folder| documents(folder)) {
        let text = fs::read_to_string(&document).unwrap();
        for link in files(&text) {
            checked += 1;
            if !document.parent().unwrap().join(&link).exists() {
                dead.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(checked > 20, "{checked} links");
}

#[test]
fn the_documents_of_a_package_link_only_what_is_in_it() {
    for package in PACKAGES {
        let package = root().join(package).canonicalize().unwrap();
        for document in documents(package.to_str().unwrap()) {
            assert!(!document.is_symlink(), "{}", document.display());
            for link in files(&fs::read_to_string(&document).unwrap()) {
                // A licence may be a symlink: the packaged file is what it leads to.
                let path = document.parent().unwrap().join(&link);
                let folder = path.parent().unwrap().canonicalize().unwrap();
                let target = folder.join(path.file_name().unwrap());
                assert!(
                    target.starts_with(&package),
                    "{}: {link}",
                    document.display()
                );
            }
        }
    }
}
