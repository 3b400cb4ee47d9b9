//! From the document to Rust.
//!
//! `document` reads, `lower` makes of it what progenitor can take, `generate` runs
//! progenitor, `rewrite` puts back what progenitor cannot be told, and `operations`
//! and `errors` write what stands beside the client.

mod document;
mod errors;
mod generate;
mod lower;
mod operations;
mod rewrite;

/// The generated files of a document, by name.
///
/// # Errors
/// A line that names the operation, where there is one, and the reason.
pub(crate) fn generate(text: &str) -> Result<Vec<(&'static str, String)>, String> {
    generate::all(&document::read(text)?)
}
