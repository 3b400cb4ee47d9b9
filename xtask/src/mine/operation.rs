//! Descriptions of requests.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, pattern, to_markdown};

/// What the description of a request says about the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFacts {
    /// The text, as Markdown.
    pub description: String,
    /// A leading "Deprecated" mark. It stays in the description.
    pub deprecated: Option<Found<()>>,
}

static DEPRECATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:\*\*\s*[(\[]?deprecated\b|[(\[]\s*deprecated\s*[)\]]|<b>\s*deprecated\b|deprecated\s*[.:!])",
    )
});

/// Reads the description of a request.
#[must_use]
pub fn operation(text: &str) -> OperationFacts {
    OperationFacts {
        description: to_markdown(text),
        deprecated: DEPRECATED.find(text).map(|mark| Found {
            fact: (),
            range: mark.range(),
        }),
    }
}
