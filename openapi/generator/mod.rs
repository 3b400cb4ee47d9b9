//! Generates Rust from the document.
//!
//! `document` reads it, `audit` refuses unsupported features, `lower` converts it for progenitor, `generate` runs
//! progenitor, `rewrite` changes its code where it does not support a feature, and `requests`, `operations`, `errors`,
//! `events` and `mocks` generate further code. `markdown` makes foreign text safe for doc comments.

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

use self::requests::calls::Calls;

/// The generated files of a document, by name; the mocks are optional. `index` is the index of the
/// requests, of which their examples are taken.
///
/// # Errors
/// A line that names the operation, where there is one, and the reason.
pub(crate) fn generate(
    text: &str,
    index: &str,
    with_mocks: bool,
) -> Result<Vec<(&'static str, String)>, String> {
    generate::all(&document::read(text)?, &Calls::of(index), with_mocks)
}
