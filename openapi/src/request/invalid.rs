//! The error of a request that cannot be built.

use std::fmt::{self, Display};

/// A value of a request is missing or cannot be sent. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    operation: &'static str,
    name: &'static str,
    problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The value is required and not set.
    Missing,
    /// The value is a path segment and empty.
    EmptySegment,
    /// The value is a path segment that is or holds `.` or `..`, plain or percent-encoded,
    /// and so would address another resource.
    DotSegment,
    /// The value is a path segment and holds a backslash or a control character, plain or
    /// percent-encoded.
    SegmentCharacter,
    /// The value holds characters that an HTTP header cannot carry.
    Header,
    /// An element of a list holds the separator that joins the list.
    Separator(&'static str),
    /// The value is not a path below the base URL.
    Path,
    /// The value cannot be encoded as a body.
    Body(String),
}

impl InvalidRequest {
    /// `operation` is the operation id and `name` the name on the wire.
    #[doc(hidden)]
    #[must_use]
    pub fn new(operation: &'static str, name: &'static str, problem: Problem) -> Self {
        Self {
            operation,
            name,
            problem,
        }
    }

    /// The id of the operation: `sendChatMessage`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The name of the value on the wire: `messageId`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name
    }

    /// What is wrong with the value.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation, name, ..
        } = self;
        match &self.problem {
            Problem::Missing => write!(f, "{operation} requires `{name}`, which is not set"),
            Problem::EmptySegment => {
                write!(f, "the path segment `{name}` of {operation} is empty")
            }
            Problem::DotSegment => write!(
                f,
                "the path segment `{name}` of {operation} contains `.` or `..` as a segment, which would address another resource"
            ),
            Problem::SegmentCharacter => write!(
                f,
                "the path segment `{name}` of {operation} contains a backslash or a control character"
            ),
            Problem::Header => write!(
                f,
                "the header `{name}` of {operation} contains a character that a header value cannot have"
            ),
            Problem::Separator(separator) => write!(
                f,
                "an element of `{name}` of {operation} contains {separator:?}, which separates the elements"
            ),
            Problem::Path => write!(
                f,
                "the `{name}` of {operation} is not a path below the base URL: it must start with one slash and have no query and no fragment"
            ),
            Problem::Body(reason) => {
                write!(f, "the `{name}` of {operation} cannot be encoded: {reason}")
            }
        }
    }
}

impl std::error::Error for InvalidRequest {}

impl From<InvalidRequest> for crate::Error {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}
