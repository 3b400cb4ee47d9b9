//! OpenAPI Overlay 1.0 documents: facts that the samples do not carry, put into the document by hand.
//!
//! Stricter than the standard in one way: an update that selects nothing is an error. An overlay that no longer fits
//! its document would otherwise lose its facts without a word. A removal that selects nothing has reached its goal.

mod apply;
mod document;
mod error;
#[cfg(test)]
mod tests;

pub use apply::{Applied, apply};
pub use document::{Action, Change, Overlay};
pub use error::OverlayError;
