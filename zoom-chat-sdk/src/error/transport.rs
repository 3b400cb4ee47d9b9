//! Calls that got no answer.

use std::{error::Error as StdError, fmt, time::Duration};

use super::call::FailedCall;
use crate::redaction::Redaction;

type Source = Box<dyn StdError + Send + Sync>;

/// No answer came: no connection, a connection that broke, or a time limit.
pub struct TransportError(Box<Inner>);

struct Inner {
    call: FailedCall,
    failure: Failure,
    source: Option<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Connect,
    Interrupted,
    /// The server shut down before it looked at the request, or has no room for it.
    Refused,
    AttemptTimeout(Duration),
    /// A file did not get further in the time of an attempt.
    Stalled(Duration),
    TotalTimeout(Duration),
}

impl TransportError {
    pub(crate) fn new(call: FailedCall, failure: Failure, source: Option<Source>) -> Self {
        Self(Box::new(Inner {
            call,
            failure,
            source,
        }))
    }

    /// `error` as a source. A server can write text of its own into the end of a connection: if that repeats a secret,
    /// what is left of the error is its text without it.
    pub(crate) fn source_without(
        error: impl StdError + Send + Sync + 'static,
        redaction: Redaction<'_>,
    ) -> Source {
        let mut texts = vec![error.to_string()];
        let mut cause = error.source();
        while let Some(error) = cause {
            texts.push(error.to_string());
            cause = error.source();
        }
        if texts.iter().any(|text| redaction.is_in(text)) {
            redaction.of(&texts.join(": ")).into_owned().into()
        } else {
            error.into()
        }
    }

    /// Whether no connection could be established, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.failure == Failure::Connect
    }

    /// Whether a time limit of the client ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.failure,
            Failure::AttemptTimeout(_) | Failure::Stalled(_) | Failure::TotalTimeout(_)
        )
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("operation", &self.0.call.operation.id)
            .field("attempts", &self.0.call.attempts)
            .field("delivery", &self.0.call.delivery)
            .field("failure", &self.0.failure)
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.call.operation.id;
        match self.0.failure {
            Failure::Connect => write!(f, "no connection to Zoom for {operation}"),
            Failure::Interrupted => {
                write!(f, "the connection broke before Zoom answered {operation}")
            }
            Failure::Refused => {
                write!(
                    f,
                    "the server closed the stream of {operation} before it read the request"
                )
            }
            Failure::AttemptTimeout(limit) => {
                write!(f, "no answer from Zoom to {operation} within {limit:?}")
            }
            Failure::Stalled(limit) => {
                write!(f, "the file of {operation} got no further for {limit:?}")
            }
            Failure::TotalTimeout(limit) => {
                write!(f, "{operation} took longer than {limit:?} in all")
            }
        }?;
        write!(f, "; {}", self.0.call)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
