//! The changes to the project's own document since the last commit, as a fragment of the changelog.
//!
//! The name of its file has the hash of the committed document and that of its own text. Runs before the next commit replace
//! the file of each other; branches do not conflict when they are merged, and the same change made twice is one file.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use super::comparable;
use crate::{
    OWN,
    changes::changes,
    emit::Fingerprint,
    write::{Output, replace},
};

/// The folder of fragments, beside the document.
const FOLDER: &str = "changes";

/// What the changes are told from: the committed document, or the one that is `replaced` where there is no repository.
pub(super) fn base(root: &Path, replaced: Option<&str>) -> Option<String> {
    committed(root).or_else(|| replaced.map(str::to_owned))
}

/// The document as it is in the last commit, if this is a repository that has one.
fn committed(root: &Path) -> Option<String> {
    let shown = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["cat-file", "blob", &format!("HEAD:./{}", OWN.1)])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = shown.status.success().then_some(shown.stdout)?;
    String::from_utf8(text).ok()
}

/// Writes the fragment with the changes from `base` to `generated`, instead of those of earlier runs from the same base.
/// Returns its path, or `None` if the API is what it was.
pub(super) fn store(
    root: &Path,
    base: &str,
    generated: Value,
) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    let folder = root.join(OWN.1).with_file_name(FOLDER);
    let before = serde_json::from_str(base).unwrap_or_default();
    let (before, after) = comparable(before, generated);
    let text: String = changes(&before, &after)
        .iter()
        .map(|change| format!("- {change}.\n"))
        .collect();
    let start = format!("{}-", hash(base));
    let path = folder.join(format!("{start}{}.md", hash(&text)));
    let is_wanted = !text.is_empty();
    if is_wanted {
        let written = Output::at(&path)
            .and_then(|output| replace(&output, |file| file.write_all(text.as_bytes())));
        written.map_err(|error| (path.clone(), error))?;
    }
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let is_earlier = entry.file_name().to_string_lossy().starts_with(&start);
        if is_earlier && !(is_wanted && entry.path() == path) {
            fs::remove_file(entry.path()).map_err(|error| (entry.path(), error))?;
        }
    }
    Ok(is_wanted.then_some(path))
}

fn hash(text: &str) -> String {
    let mut hash = Fingerprint::default();
    hash.add(text.as_bytes());
    hash.to_string()
}
