//! Zoom's own "no".

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

use zoom_chat_openapi::Shown;

use super::{
    AnswerError, Delivery, FieldError, answer::Unreadable, body::ErrorBody, call::FailedCall,
    scopes,
};
use crate::redaction::Redaction;

/// Zoom, or a gateway before it, answered with an error.
///
/// Zoom's `code` is not unique: only operation, status and code together, and at times the text, tell what happened.
/// [`Error::documented`](crate::Error::documented) does that.
pub struct ApiError(Box<Inner>);

struct Inner {
    call: FailedCall,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    is_complete: bool,
    decoded: ErrorBody,
}

impl ApiError {
    /// `is_complete` is whether the body came to its end; `redaction` keeps secrets out of everything but the raw body
    /// and headers. What the answer says about the effect of the call is decided here.
    pub(crate) fn new(
        mut call: FailedCall,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        is_complete: bool,
        redaction: Redaction<'_>,
    ) -> Self {
        let decoded = ErrorBody::decode(&body, redaction);
        // What looks like JSON and is not complete was cut on its way, whatever its length said.
        let looks_like_json = body.trim_ascii_start().starts_with(b"{");
        let is_complete = is_complete && (!looks_like_json || decoded.is_whole_object);
        call.delivery = Delivery::of_answer(status.as_u16(), decoded.code, is_complete);
        Self(Box::new(Inner {
            call,
            status,
            headers,
            body,
            is_complete,
            decoded,
        }))
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        self.0.status
    }

    /// Zoom's error code, if the body holds one.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.0.decoded.code
    }

    /// What the body says: Zoom's text, else the beginning of the body; empty for an empty body.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.decoded.message.as_deref().unwrap_or_default()
    }

    /// The fields that Zoom complains about.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        &self.0.decoded.fields
    }

    /// OAuth's `error`, for example `invalid_grant`.
    #[must_use]
    pub fn oauth_error(&self) -> Option<&str> {
        self.0.decoded.oauth.as_deref()
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body as it came, at most its first 64 KiB.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Whether the token lacks a scope (codes 4700 and 4711). Another token of the same kind would not help.
    #[must_use]
    pub fn is_missing_scopes(&self) -> bool {
        matches!(self.code(), Some(4700 | 4711))
    }

    /// The scopes that Zoom says the token lacks.
    #[must_use]
    pub fn missing_scopes(&self) -> Vec<&str> {
        if self.is_missing_scopes() {
            scopes::missing(self.message())
        } else {
            Vec::new()
        }
    }

    /// Zoom wants JSON and did not read the body that it got, so nothing was sent.
    pub(crate) fn wants_json(&self) -> bool {
        match self.status() {
            415 => true,
            400 => {
                self.0.is_complete
                    && self.code() == Some(300)
                    && self.message().contains("should be a valid JSON object")
            }
            _ => false,
        }
    }

    /// Whether the body is an error object, whatever the status said.
    pub(crate) fn is_error_object(&self) -> bool {
        self.0.decoded.is_error
    }

    /// Whether it was Zoom that answered, and knew the path: gateways and firewalls answer with pages, or with JSON
    /// whose code is at most the status once more.
    pub(crate) fn is_zooms(&self) -> bool {
        const ROUTE_NOT_FOUND: i64 = 64041;
        let status = self.status();
        let is_documented = |code| {
            let mut errors = self.0.call.operation.errors.iter();
            errors.any(|error| (error.status, error.code) == (status, code))
        };
        self.code().is_some_and(|code| {
            code != 0
                && code != ROUTE_NOT_FOUND
                && (code != i64::from(status) || is_documented(code))
        })
    }

    /// Whether the answer broke off where its rest would have told whether the call took effect.
    pub(crate) fn is_cut_open(&self) -> bool {
        !self.0.is_complete && Delivery::may_be_refusal(self.status())
    }

    /// The same answer as one that could not be read.
    pub(crate) fn into_answer(self, delivery: Delivery, problem: Unreadable) -> AnswerError {
        let Inner {
            mut call,
            status,
            headers,
            body,
            ..
        } = *self.0;
        call.delivery = delivery;
        AnswerError::new(call, status, headers, body, problem)
    }

    pub(crate) fn call(&self) -> &FailedCall {
        &self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut FailedCall {
        &mut self.0.call
    }
}

/// Without the raw body and headers, which may echo what was sent.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.0.call.operation.id)
            .field("attempts", &self.0.call.attempts)
            .field("delivery", &self.0.call.delivery)
            .field("status", &self.status())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("field_errors", &self.field_errors())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}", self.0.call.operation.id, self.status())?;
        match (self.code(), self.message()) {
            (Some(code), "") => write!(f, ", code {code}")?,
            (Some(code), message) => write!(f, ", code {code}: {}", Shown(message))?,
            (None, "") => write!(
                f,
                " {}",
                self.0.status.canonical_reason().unwrap_or_default()
            )?,
            (None, message) => write!(f, ": {}", Shown(message))?,
        }
        for FieldError { field, message } in self.field_errors() {
            write!(f, " [{}: {}]", Shown(field), Shown(message))?;
        }
        if self.is_cut_open() {
            write!(
                f,
                "; the answer broke off, {}",
                self.0.call.delivery.explain()
            )?;
        }
        if let Some(reason) = self.0.call.told_reason() {
            write!(f, "; given up after {}: {reason}", self.0.call.requests())?;
        }
        // Without a list it may be another trouble: the same code says that there was no token.
        if !self.missing_scopes().is_empty() {
            let operation = self.0.call.operation;
            let needed = operation.scopes.iter().chain(operation.granular_scopes);
            let needed = needed.copied().collect::<Vec<_>>().join(", ");
            write!(f, "; {} needs one of the scopes {needed}", operation.id)?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}
