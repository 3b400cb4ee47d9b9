//! Calls for which there was no token.

use std::fmt;

use zoom_chat_openapi::Shown;

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

/// With what the token endpoint says, as that is the trouble.
impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { call, error } = &*self.0;
        write!(f, "no access token for {}: ", call.operation.id)?;
        write!(f, "{}; {call}", Shown(&error.to_string()))
    }
}

impl std::error::Error for NoToken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The error itself is told already.
        self.0.error.source()
    }
}
