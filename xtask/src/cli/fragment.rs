//! The changes of a run to the project's own document, as a fragment of the changelog.
//!
//! Each run that changes the document writes a file, named after the hash of its text: branches do not conflict when they
//! are merged, and the same change made twice is one file.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    OWN,
    changes::Change,
    emit::Fingerprint,
    write::{Output, replace},
};

/// The folder of fragments, beside the document.
const FOLDER: &str = "changes";

/// Writes the fragment and returns its path, or `None` if the API did not change.
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
