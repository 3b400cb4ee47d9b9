//! Descriptions of requests.

use super::Found;

/// What the description of a request says about the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFacts {
    /// The rest, as Markdown.
    pub description: String,
    /// Classic OAuth scopes, any one of which suffices.
    pub scopes: Option<Found<Vec<String>>>,
    /// Granular OAuth scopes.
    pub granular_scopes: Option<Found<Vec<String>>>,
    /// The class of rate limit.
    pub rate_limit_label: Option<Found<RateLimitLabel>>,
    /// A base URL of the operation's own, without a trailing slash.
    pub server: Option<Found<String>>,
    /// A leading "Deprecated" mark.
    pub deprecated: Option<Found<()>>,
}

/// Zoom's classes of rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateLimitLabel {
    /// `LIGHT`
    Light,
    /// `MEDIUM`
    Medium,
    /// `HEAVY`
    Heavy,
    /// `RESOURCE-INTENSIVE`
    ResourceIntensive,
}

impl RateLimitLabel {
    /// As documents spell it: `LIGHT`, `MEDIUM`, `HEAVY`, `RESOURCE-INTENSIVE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "LIGHT",
            Self::Medium => "MEDIUM",
            Self::Heavy => "HEAVY",
            Self::ResourceIntensive => "RESOURCE-INTENSIVE",
        }
    }
}

/// Reads the description of a request.
#[must_use]
pub fn operation(text: &str) -> OperationFacts {
    OperationFacts {
        description: super::to_markdown(text),
        ..OperationFacts::default()
    }
}
