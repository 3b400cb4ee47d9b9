//! The document's text, and getting it onto the disk whole or not at all.

use std::{fs, io, io::Write as _, path::Path};

use serde_json::Value;

/// The text of a document: two spaces of indentation, one line end at the end.
#[must_use]
pub fn text(document: &Value) -> String {
    format!("{document:#}\n")
}

/// Replaces the file at `path` in one step: readers see the old content or the new, never a part.
///
/// # Errors
///
/// When the folder or the file cannot be written; the old file is then as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".codegen-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let permissions = fs::metadata(path).map(|file| file.permissions()).ok();
    let file = file.persist(path).map_err(|error| error.error)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    Ok(())
}
