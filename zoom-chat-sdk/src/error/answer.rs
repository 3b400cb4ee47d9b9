//! Answers with a success status that could not be read.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

use super::call::FailedCall;

/// Zoom took the call, or something in between says so, but its answer could not be read: cut short, of another form
/// than documented, or not Zoom's at all. [`Error::delivery`](crate::Error::delivery) tells how far that can be
/// trusted.
pub struct AnswerError(Box<Inner>);

struct Inner {
    call: FailedCall,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    problem: Unreadable,
}

/// Why an answer could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("broke off")]
    BrokeOff,
    #[error("did not end in time")]
    Endless,
    #[error("is not of the documented form")]
    Form,
    #[error("holds no id")]
    NoId,
    #[error("holds no list")]
    NoList,
    #[error("is longer than `max_answer_size` allows")]
    TooLong,
}

impl AnswerError {
    pub(crate) fn new(
        call: FailedCall,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        problem: Unreadable,
    ) -> Self {
        Self(Box::new(Inner {
            call,
            status,
            headers,
            body,
            problem,
        }))
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }

    /// Whether the answer began as it should and did not come to its end.
    pub(crate) fn broke_off(&self) -> bool {
        matches!(self.0.problem, Unreadable::BrokeOff | Unreadable::Endless)
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.0.body
    }
}

impl fmt::Debug for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerError")
            .field("operation", &self.0.call.operation.id)
            .field("attempts", &self.0.call.attempts)
            .field("delivery", &self.0.call.delivery)
            .field("status", &self.status())
            .field("problem", &self.0.problem)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { call, problem, .. } = &*self.0;
        write!(
            f,
            "the answer {} to {} {problem}; {}",
            self.status(),
            call.operation.id,
            call
        )
    }
}

impl std::error::Error for AnswerError {}
