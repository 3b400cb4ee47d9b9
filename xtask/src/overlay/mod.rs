//! OpenAPI Overlay 1.0 and 1.1 documents: facts that are not in the samples and are added by hand.
//!
//! Stricter than the standard in one way, unless [`Strictness::Standard`] is asked for: an update that selects nothing is
//! an error. An overlay that no longer fits its document would otherwise lose its facts without a word. A removal that
//! selects nothing has reached its goal.
//!
//! One action is not in the standard: `"x-rename": "Name"` renames the component that its target selects, and what refers
//! to it.

mod apply;
mod document;
mod error;
mod path;
mod rename;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use apply::apply_to;
pub use apply::{Applied, Effect, Idle, Strictness, apply};
pub use document::{Action, Change, Overlay};
pub use error::OverlayError;
pub(crate) use rename::{Renames, name_operations, original_pointers, renamed_components};
pub use target::Target;
