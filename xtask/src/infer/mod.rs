//! Schemas from samples: everything seen at one place of the API, taken together.
//!
//! [`Evidence`] collects samples (JSON values, or the texts of form fields, query parameters, headers and path
//! segments) one by one; two collections of one place [merge](Evidence::merge). [`Evidence::resolve`] then decides:
//! it gives the [`Schema`] that all samples fit and a [`Finding`] for every decision that the samples alone did not
//! force. Only the resolving decides, so the order of the samples can change nothing but the order of properties.
//!
//! Placeholders such as `<integer>` state a type outright. In JSON they beat real values as evidence, in texts outside JSON
//! (parameters and form fields) they count as much as those. `<string>`, `{{name}}`, `null` and empty texts yield to
//! whatever says more. Nesting is followed to [`MAX_DEPTH`] and no further, so no input can overflow the stack.

mod credential;
mod evidence;
mod filler;
mod format;
mod key;
mod openapi;
mod placeholder;
mod resolve;
mod scalar;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod types;

pub use credential::{
    IS_MASKED, disclosed, is_credential, is_signed_token, masked, masked_prose, masked_text,
    may_hold_one,
};
pub use evidence::Evidence;
pub use openapi::to_openapi;
pub use placeholder::Placeholder;
pub use resolve::{Finding, FindingKind, Resolved};
pub use schema::{Kind, Limits, Object, Property, Schema, Segment, place};
pub(crate) use types::Types;

/// How many levels of nesting are followed; what lies deeper counts as seen, without a type.
pub const MAX_DEPTH: usize = 128;
