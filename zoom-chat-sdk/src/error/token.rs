//! Calls for which there was no token.

use std::fmt;

use super::call::FailedCall;
use crate::auth::TokenError;

/// The call needs an access token, and there was none to be had.
#[derive(Debug)]
pub struct NoToken(Box<Inner>);

#[derive(Debug)]
struct Inner {
    call: FailedCall,
    error: TokenError,
}

impl NoToken {
    pub(crate) fn new(call: FailedCall, error: TokenError) -> Self {
        Self(Box::new(Inner { call, error }))
    }

    /// Why there was none.
    #[must_use]
    pub fn reason(&self) -> &TokenError {
        &self.0.error
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = &self.0.call;
        write!(f, "no access token for {}; {}", call.operation.id, call)
    }
}

impl std::error::Error for NoToken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.error)
    }
}
