//! The files of the crate.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the crate, or of the one below it.
pub(crate) struct Source {
    /// Relative to its `src/`, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All of the crate but its tests, which may import what they like, and what only documents.
pub(crate) fn sources() -> Vec<Source> {
    sources_in("src")
}

/// What is written by hand of the crate that is re-exported as `api`.
pub(crate) fn api_sources() -> Vec<Source> {
    sources_in("../openapi/src")
}

fn sources_in(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut sources = Vec::new();
    read(&root, &root, &mut sources);
    sources
}

fn read(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            read(root, &path, sources);
        } else {
            let relative = path.strip_prefix(root).expect("below the root");
            sources.push(Source {
                path: relative.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path).expect("a source"),
            });
        }
    }
}

impl Source {
    /// The module directly below the crate that the file belongs to. None for the crate's root.
    pub(crate) fn room(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        Some(first.trim_end_matches(".rs")).filter(|room| *room != "lib")
    }

    /// How many modules deep the file is: 1 for `auth.rs`, 2 for `auth/app.rs`.
    pub(crate) fn depth(&self) -> usize {
        self.path.split('/').count()
    }

    /// The text without comments and without the tests at its end.
    pub(crate) fn code(&self) -> String {
        let code = self
            .text
            .split("#[cfg(test)]\nmod ")
            .next()
            .unwrap_or_default();
        let without_comment = |line: &str| match line.trim_start() {
            comment if comment.starts_with("//") => String::new(),
            _ => line.to_owned(),
        };
        let lines: Vec<_> = code.lines().map(without_comment).collect();
        lines.join("\n")
    }
}
