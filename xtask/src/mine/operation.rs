//! Descriptions of requests.

use super::{Found, mark, prose::Prose, to_markdown};

/// The facts about an operation in the description of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFacts {
    /// The text, as Markdown.
    pub description: String,
    /// A "Deprecated" mark. It stays in the description.
    pub deprecated: Option<Found<()>>,
}

/// Reads the description of a request.
#[must_use]
pub fn operation(text: &str) -> OperationFacts {
    OperationFacts {
        description: to_markdown(text),
        deprecated: mark::deprecated(&Prose::new(text)),
    }
}
