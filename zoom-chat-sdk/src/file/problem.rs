//! Why a file cannot be sent.

use std::io;

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileProblem {
    /// Its content type is not like `text/plain`.
    #[error("its content type is not a valid media type")]
    ContentType,
    /// It grew after the call began. The request was aborted before its end.
    #[error("it grew beyond its initial {expected} bytes")]
    Grown {
        /// Its size when the call began.
        expected: u64,
    },
    /// Its modification time changed after the call began. The request was aborted before its end.
    #[error("it was modified after the call began")]
    Modified,
    /// Its name is empty, or its path ends without a name.
    #[error("it has no name")]
    NoName,
    /// It shrank after the call began. The request was aborted before its end.
    #[error("it shrank from {expected} to {found} bytes")]
    Shrunk {
        /// Its size when the call began.
        expected: u64,
        /// Its size now.
        found: u64,
    },
    /// It is larger than Zoom allows.
    #[error("it has {size} bytes, the limit is {limit}")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It could not be opened or read.
    #[error("it cannot be read")]
    Unreadable(#[source] io::Error),
}
