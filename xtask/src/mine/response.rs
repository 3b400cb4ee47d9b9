//! Names of saved responses.

use super::Found;

/// What the name of a saved response says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseFacts {
    /// The rest, as Markdown; may be empty.
    pub description: String,
    /// The HTTP status that the name states.
    pub status: Option<Found<u16>>,
    /// The documented error codes in their order; one code may have several texts, then it occurs as often.
    pub errors: Vec<Found<ErrorFact>>,
}

/// A documented error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorFact {
    /// The `code` in the error body.
    pub code: i64,
    /// Its text, placeholders such as `$to_contact` as written; empty where the list has only the code.
    pub message: String,
}

/// Reads the name of a saved response.
#[must_use]
pub fn response(name: &str) -> ResponseFacts {
    ResponseFacts {
        description: super::to_markdown(name),
        ..ResponseFacts::default()
    }
}
