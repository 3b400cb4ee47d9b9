//! Requests that could not be built.

use std::fmt;

use zoom_chat_openapi::Shown;

use super::call::FailedCall;

/// The request could not be built, for example because a required part was not set in the closure given to
/// [`call`](crate::ZoomChat::call). Nothing was sent.
#[derive(Debug)]
pub struct RequestError {
    call: FailedCall,
    reason: String,
}

impl RequestError {
    pub(crate) fn new(call: FailedCall, reason: String) -> Self {
        Self { call, reason }
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.call
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the request for {} could not be built: {}",
            self.call.operation.id,
            Shown(&self.reason)
        )
    }
}

impl std::error::Error for RequestError {}
