//! The document's text, and getting it onto the disk whole or not at all.

use std::{
    fs, io,
    io::{BufWriter, Write},
    path::Path,
};

use crate::document::Document;

/// The text of a document: two spaces of indentation, one line end at the end.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut text = Vec::new();
    // Writing to a Vec cannot fail, and JSON is text.
    let _ = document.write(&mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Whether the text of `document` is `text`.
#[must_use]
pub fn is_text_of(document: &Document, text: &str) -> bool {
    let mut rest = Comparison(text.as_bytes());
    document.write(&mut rest).is_ok() && rest.0.is_empty()
}

/// Takes what is left of a text as long as it is that.
struct Comparison<'t>(&'t [u8]);

impl Write for Comparison<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let rest = self.0.strip_prefix(bytes);
        self.0 = rest.ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Replaces the file at `path` by the text of `document` in one step: readers see the old content or the new, never a
/// part.
///
/// # Errors
///
/// When the folder or the file cannot be written; the old file is then as it was.
pub fn replace(path: &Path, document: &Document) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".codegen-")
        .tempfile_in(folder)?;
    let mut out = BufWriter::new(&mut file);
    document.write(&mut out)?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    let permissions = fs::metadata(path).map(|file| file.permissions()).ok();
    let file = file.persist(path).map_err(|error| error.error)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    Ok(())
}
