//! Redirects that were not followed.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

use super::{RedirectRefusal, call::FailedCall};

/// A redirect that was not followed: the token and the file went no further.
pub struct RedirectError(Box<Inner>);

struct Inner {
    call: FailedCall,
    status: StatusCode,
    headers: HeaderMap,
    refusal: RedirectRefusal,
}

impl RedirectError {
    pub(crate) fn new(
        call: FailedCall,
        status: StatusCode,
        headers: HeaderMap,
        refusal: RedirectRefusal,
    ) -> Self {
        Self(Box::new(Inner {
            call,
            status,
            headers,
            refusal,
        }))
    }

    /// Why it was not followed.
    #[must_use]
    pub fn refusal(&self) -> &RedirectRefusal {
        &self.0.refusal
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

/// Without the headers: the Location may be as good as a key.
impl fmt::Debug for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedirectError")
            .field("operation", &self.0.call.operation.id)
            .field("attempts", &self.0.call.attempts)
            .field("delivery", &self.0.call.delivery)
            .field("status", &self.0.status.as_u16())
            .field("refusal", &self.0.refusal)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            call,
            status,
            refusal,
            ..
        } = &*self.0;
        let (operation, status) = (call.operation.id, status.as_u16());
        write!(
            f,
            "the redirect {status} of {operation} was not followed, as it {refusal}; {call}"
        )
    }
}

impl std::error::Error for RedirectError {}
