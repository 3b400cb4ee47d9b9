//! Writes the document's text to a file, completely or not at all.

mod replace;
mod temporary;

use std::io::{self, Write};

use crate::{
    document::Document,
    syntax::{Syntax, yaml},
};

pub use replace::{Output, replace};

/// Writes the text of a document: two spaces of indentation, one line end at the end.
///
/// # Errors
///
/// Those of `out`.
pub fn write(document: &Document, syntax: Syntax, out: &mut impl Write) -> io::Result<()> {
    match syntax {
        Syntax::Json => document.write(out),
        Syntax::Yaml => yaml::write(&document.tree(), out),
    }
}

/// The text of a document.
#[must_use]
pub fn text(document: &Document, syntax: Syntax) -> String {
    let mut text = Vec::new();
    // Writing to a Vec cannot fail, and what is written is text.
    let _ = write(document, syntax, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Whether the text of `document` is `text`.
#[must_use]
pub fn is_text_of(document: &Document, syntax: Syntax, text: &str) -> bool {
    let mut rest = Comparison(text.as_bytes());
    write(document, syntax, &mut rest).is_ok() && rest.0.is_empty()
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
