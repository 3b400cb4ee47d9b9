//! Requests that the caller itself held back.

use std::{error::Error as StdError, fmt};

use super::call::FailedCall;

/// What was to be done before a request failed, so the request was not made. See
/// [`SendMessage::before_each_request`](crate::SendMessage::before_each_request), which
/// [`SendFile`](crate::SendFile) has as well.
#[derive(Debug)]
pub struct HookFailed(Box<Inner>);

#[derive(Debug)]
struct Inner {
    call: FailedCall,
    source: Box<dyn StdError + Send + Sync>,
}

impl HookFailed {
    pub(crate) fn new(call: FailedCall, source: Box<dyn StdError + Send + Sync>) -> Self {
        Self(Box::new(Inner { call, source }))
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

impl fmt::Display for HookFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = &self.0.call;
        let id = call.operation.id;
        write!(f, "what was to be done before {id} failed; {call}")
    }
}

impl StdError for HookFailed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0.source)
    }
}
