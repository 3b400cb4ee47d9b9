//! Answers with a success status that could not be read.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};

use super::call::FailedCall;
use crate::redaction::Redaction;

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
    cause: Option<Undecodable>,
    /// Those of the request, which causes must not show.
    secrets: Vec<SecretString>,
}

/// Where in an answer something is not as documented, and what. Shown without the token, and in part if it is long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
struct Undecodable(String);

/// How many characters of a cause are shown.
const MAX_CAUSE: usize = 500;

impl Undecodable {
    fn new(cause: &serde_json::Error, redaction: Redaction<'_>) -> Self {
        let text = cause.to_string();
        Self(redaction.of(&text).chars().take(MAX_CAUSE).collect())
    }
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
    #[error("has a part that is not of the documented form")]
    Part,
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
            cause: None,
            secrets: Vec::new(),
        }))
    }

    /// The same with what was found where. The secrets of `redaction` are kept out of it.
    pub(crate) fn caused_by(mut self, cause: &serde_json::Error, redaction: Redaction<'_>) -> Self {
        self.0.cause = Some(Undecodable::new(cause, redaction));
        self.0.secrets = redaction.0.iter().map(|&secret| secret.into()).collect();
        self
    }

    /// An error for one part of this answer, whose other parts can be read.
    pub(crate) fn of_part(&self, cause: &serde_json::Error) -> crate::Error {
        let Inner {
            call,
            status,
            headers,
            secrets,
            ..
        } = &*self.0;
        let headers = headers.clone();
        let secrets: Vec<_> = secrets.iter().map(ExposeSecret::expose_secret).collect();
        Self::new(*call, *status, headers, Vec::new(), Unreadable::Part)
            .caused_by(cause, Redaction(&secrets))
            .into()
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

impl std::error::Error for AnswerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause = self.0.cause.as_ref()?;
        Some(cause)
    }
}
