//! Calls that a limit of the client's own kept back.

use std::fmt;

use super::call::FailedCall;
use crate::limit::{LimitError, Refusal};

/// The client's [`Limiter`](crate::limit::Limiter) did not let the call go.
#[derive(Debug)]
pub struct NotPermitted(Box<Inner>);

#[derive(Debug)]
struct Inner {
    call: FailedCall,
    error: LimitError,
}

impl NotPermitted {
    pub(crate) fn new(call: FailedCall, error: LimitError) -> Self {
        Self(Box::new(Inner { call, error }))
    }

    /// Why it was not let go.
    #[must_use]
    pub fn reason(&self) -> &LimitError {
        &self.0.error
    }

    /// The limit that would not have been kept, and when it will be free again. `None` when the limits could not be
    /// asked.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.0.error {
            LimitError::Refused(refusal) => Some(refusal),
            LimitError::Store(_) => None,
        }
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

impl fmt::Display for NotPermitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = &self.0.call;
        write!(f, "no permit for {}; {call}", call.operation.id)
    }
}

impl std::error::Error for NotPermitted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.error)
    }
}
