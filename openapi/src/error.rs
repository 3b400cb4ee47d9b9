//! The documented errors of an operation, and how an answer is recognised as one.
//!
//! Zoom's error codes are not unique: the same number has different meanings for different
//! operations, statuses and texts. An error is therefore recognised by (operation, status,
//! code) and then by its text.

use crate::Operation;

/// An error that the document lists for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DocumentedError {
    /// The HTTP status.
    pub status: u16,
    /// Zoom's error code.
    pub code: i64,
    /// The text, with the document's placeholders: `User does not exist: $to_contact.`
    pub message: &'static str,
}

impl DocumentedError {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(status: u16, code: i64, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
        }
    }
}

/// The errors of one operation, decoded.
pub trait OperationError: Sized {
    /// The operation whose errors these are.
    const OPERATION: &'static Operation;

    /// Decodes an error answer. It never fails: an undocumented error becomes the unknown
    /// case, which keeps status, code and text.
    #[must_use]
    fn decode(status: u16, code: Option<i64>, message: &str) -> Self;
}
