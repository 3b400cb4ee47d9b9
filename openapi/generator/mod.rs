//! From the document to Rust.
//!
//! `document` reads, `audit` refuses what cannot be generated, `lower` makes of it what progenitor can take, `generate` runs
//! progenitor, `rewrite` puts back what progenitor cannot be told, and `operations`,
//! `errors` and `mocks` write what stands beside the client. `markdown` keeps foreign text
//! in doc comments from being more than text.

pub(crate) mod audit;
mod document;
mod errors;
mod events;
mod generate;
mod lower;
mod markdown;
mod mocks;
mod operations;
mod requests;
mod rewrite;
mod server;

/// The generated files of a document, by name; those of the mocks only where wanted.
///
/// # Errors
/// A line that names the operation, where there is one, and the reason.
pub(crate) fn generate(
    text: &str,
    with_mocks: bool,
) -> Result<Vec<(&'static str, String)>, String> {
    generate::all(&document::read(text)?, with_mocks)
}
