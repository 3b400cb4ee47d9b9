//! Why a file cannot be sent.

use std::io;

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileProblem {
    /// Its content type is not like `text/plain`.
    #[error("its content type is no media type")]
    ContentType,
    /// It has more bytes than it had when the call began. The request was broken off before its end.
    #[error("it is no longer the {expected} bytes that it was, but longer")]
    Grown {
        /// Its size when the call began.
        expected: u64,
    },
    /// It was modified after the call began, going by its modification time. A request under way was broken off before
    /// its end.
    #[error("it was modified after the call began")]
    Modified,
    /// It has no name: an empty one, or a path that ends in none.
    #[error("it has no name")]
    NoName,
    /// It has fewer bytes than it had when the call began. The request was broken off before its end.
    #[error("it ends after {found} of the {expected} bytes that it had")]
    Shrunk {
        /// Its size when the call began.
        expected: u64,
        /// Where it ends now.
        found: u64,
    },
    /// It is larger than Zoom allows.
    #[error("it has {size} bytes, {limit} are the most")]
    TooLarge {
        /// How many bytes it has.
        size: u64,
        /// How many it may have.
        limit: u64,
    },
    /// It could not be opened or read.
    #[error("it cannot be read")]
    Unreadable(#[source] io::Error),
}
