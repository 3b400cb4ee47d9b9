//! What a run changed in the project's own document, as a fragment of the changelog.
//!
//! Each run that changes the document leaves a file. It is named by what it says: branches that are merged do not meet in
//! one file, and the same change made twice is told once.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    OWN,
    changes::Change,
    components::Fingerprint,
    write::{Output, replace},
};

/// The folder of fragments, beside the document.
const FOLDER: &str = "changes";

/// Writes the fragment; gives its path, and none if nothing changed in the terms of the API.
pub(super) fn store(
    root: &Path,
    changes: &[Change],
) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    if changes.is_empty() {
        return Ok(None);
    }
    let text: String = changes
        .iter()
        .map(|change| format!("- {change}.\n"))
        .collect();
    let mut hash = Fingerprint::default();
    hash.add(text.as_bytes());
    let path = root
        .join(OWN.1)
        .with_file_name(FOLDER)
        .join(format!("{hash}.md"));
    let written = Output::at(&path)
        .and_then(|output| replace(&output, |file| file.write_all(text.as_bytes())));
    match written {
        Ok(()) => Ok(Some(path)),
        Err(error) => Err((path, error)),
    }
}
