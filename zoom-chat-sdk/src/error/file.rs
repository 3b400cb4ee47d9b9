//! Files that could not be sent.

use std::fmt;

use zoom_chat_openapi::Shown;

use super::call::FailedCall;
use crate::{FileProblem, FileSource};

/// A file that could not be sent, or not to its end. Zoom did not get a whole request, so it did not take it.
pub struct FileError(Box<Inner>);

struct Inner {
    call: FailedCall,
    file: String,
    problem: FileProblem,
}

impl FileError {
    pub(crate) fn new(call: FailedCall, file: &FileSource, problem: FileProblem) -> Self {
        Self(Box::new(Inner {
            call,
            file: file.to_string(),
            problem,
        }))
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &FileProblem {
        &self.0.problem
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

impl fmt::Debug for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileError")
            .field("operation", &self.0.call.operation.id)
            .field("attempts", &self.0.call.attempts)
            .field("delivery", &self.0.call.delivery)
            .field("file", &self.0.file)
            .field("problem", &self.0.problem)
            .finish()
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            call,
            file,
            problem,
        } = &*self.0;
        write!(
            f,
            "{} cannot send {}: {problem}",
            call.operation.id,
            Shown(file)
        )
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The problem itself is told already.
        self.0.problem.source()
    }
}
