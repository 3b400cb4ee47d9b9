//! What became of one request.
//!
//! What went wrong is told from two sources: the error of the generated client, and what its hooks observed. The
//! second knows what the first forgets: whether the request was handed to the transport at all, and the status of an
//! answer whose body could not be read. Together they decide whether the call may have taken effect.

use reqwest::{StatusCode, header::HeaderMap};
use tokio::time::{Instant, timeout_at};
use zoom_chat_openapi::{Attempt, Error as Failed, Operation};

use crate::{
    Error,
    error::{
        AnswerError, ApiError, Delivery, FailedCall, Failure, FileError, RedirectError,
        RequestError, TransportError, Unreadable,
    },
    file::Transfer,
    redirect::RedirectRefusal,
};

/// How much of the body of an error is read.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// When a request ends, and how that is to be told.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) at: Instant,
    pub(super) failure: Failure,
}

/// A request that was made, and what was observed of it.
pub(super) struct Attempted<'a> {
    pub(super) operation: &'static Operation,
    /// Which one of its call, counted from 1.
    pub(super) number: u32,
    pub(super) limit: Limit,
    pub(super) observed: Attempt,
    /// What must not show in an error, even if the server echoes it.
    pub(super) secret: &'a str,
}

impl Attempted<'_> {
    fn failed(&self, delivery: Delivery) -> FailedCall {
        FailedCall {
            operation: self.operation,
            attempts: self.number,
            delivery,
            gave_up: None,
        }
    }

    /// The file was to blame, if it was: the request ended before its end, so it cannot have been taken. An answer that
    /// refuses it all the same came first; one that accepts it is not to be believed.
    pub(super) fn spoiled(&self, file: &Transfer) -> Option<Error> {
        let problem = file.take_problem()?;
        let delivery = match self.observed.observed().response {
            None => Delivery::NotSent,
            Some(head) if head.status.is_success() => Delivery::Unknown,
            Some(_) => return None,
        };
        Some(FileError::new(self.failed(delivery), file.source(), problem).into())
    }

    /// A redirect was not followed. Zoom asked for the request elsewhere, so it did not take it; only 303 points to the
    /// result of what was done.
    pub(super) fn not_followed(
        &self,
        answer: &reqwest::Response,
        refusal: RedirectRefusal,
    ) -> Error {
        let delivery = match refusal {
            RedirectRefusal::ChangesMethod => Delivery::Unknown,
            _ => Delivery::NotSent,
        };
        RedirectError::new(
            self.failed(delivery),
            answer.status(),
            answer.headers().clone(),
            refusal.without(self.secret),
        )
        .into()
    }

    /// The request was given up at its limit.
    pub(super) fn timed_out(&self) -> Error {
        let observed = self.observed.observed();
        match observed.response {
            Some(head) if head.status.is_success() => {
                self.unread(head.status, head.headers, Unreadable::Endless)
            }
            Some(head) => self.refused(head.status, head.headers, Vec::new()),
            None => {
                let delivery = if observed.handed_over {
                    Delivery::Unknown
                } else {
                    Delivery::NotSent
                };
                TransportError::new(self.failed(delivery), self.limit.failure, None).into()
            }
        }
    }

    /// The body of a success broke off: the head had come, so Zoom took the call.
    fn unread(&self, status: StatusCode, headers: HeaderMap, problem: Unreadable) -> Error {
        AnswerError::new(
            self.failed(Delivery::Accepted),
            status,
            headers,
            Vec::new(),
            problem,
        )
        .into()
    }

    /// A success whose body is not the documented one. It may be an error of Zoom's in disguise, or the page of a
    /// gateway that lets nobody through; only what looks like Zoom's own counts as accepted.
    fn unexpected(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        problem: Unreadable,
    ) -> Error {
        let error = self.api_error(Delivery::Unknown, status, headers, body);
        if error.is_zooms() {
            return error.into();
        }
        let body = error.body().trim_ascii_start();
        let looks_like_zooms =
            body.starts_with(b"{") || (body.is_empty() && status == StatusCode::CREATED);
        let delivery = if looks_like_zooms {
            Delivery::Accepted
        } else {
            Delivery::Unknown
        };
        error.into_answer(delivery, problem).into()
    }

    /// The generated client returned an error.
    pub(super) async fn explain(&self, failed: Failed<()>) -> Error {
        match failed {
            Failed::InvalidRequest(reason) | Failed::Custom(reason) => {
                RequestError::new(self.failed(Delivery::NotSent), reason).into()
            }
            Failed::CommunicationError(error) | Failed::InvalidUpgrade(error) => {
                self.no_answer(error)
            }
            Failed::ResponseBodyError(error) => match self.observed.observed().response {
                Some(head) => self.unread(head.status, head.headers, Unreadable::BrokeOff),
                None => self.no_answer(error),
            },
            Failed::InvalidResponsePayload(body, cause) => {
                let head = self.observed.observed().response;
                let (status, headers) = head
                    .map(|head| (head.status, head.headers))
                    .unwrap_or_default();
                match self.unexpected(status, headers, body.into(), Unreadable::Form) {
                    Error::Answer(error) => error.caused_by(&cause, self.secret).into(),
                    error => error,
                }
            }
            Failed::ErrorResponse(answer) => {
                self.refused(answer.status(), answer.headers().clone(), Vec::new())
            }
            Failed::UnexpectedResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = read_start(answer, self.limit.at).await;
                if status.is_success() {
                    self.unexpected(status, headers, body, Unreadable::Form)
                } else {
                    self.refused(status, headers, body)
                }
            }
        }
    }

    fn no_answer(&self, error: reqwest::Error) -> Error {
        let error = error.without_url();
        if error.is_builder() {
            return RequestError::new(self.failed(Delivery::NotSent), error.to_string()).into();
        }
        let handed_over = self.observed.observed().handed_over;
        let (delivery, failure) = match () {
            () if error.is_connect() => (Delivery::NotSent, Failure::Connect),
            () if !handed_over => (Delivery::NotSent, Failure::Interrupted),
            () if error.is_timeout() => (Delivery::Unknown, self.limit.failure),
            () => (Delivery::Unknown, Failure::Interrupted),
        };
        TransportError::new(self.failed(delivery), failure, Some(error.into())).into()
    }

    /// An answer with an error status.
    fn refused(&self, status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Error {
        let mut error = self.api_error(Delivery::Unknown, status, headers, body);
        error.call_mut().delivery = Delivery::of_answer(status.as_u16(), error.code());
        error.into()
    }

    fn api_error(
        &self,
        delivery: Delivery,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> ApiError {
        ApiError::new(
            self.failed(delivery),
            status,
            headers,
            body,
            Some(self.secret),
        )
    }
}

/// Reads the start of a body. One that breaks off, or does not end in time, gives what came of it: the status is worth
/// more than the rest of the body.
async fn read_start(mut answer: reqwest::Response, limit: Instant) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < MAX_ERROR_BODY {
        match timeout_at(limit, answer.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None) | Err(_)) | Err(_) => break,
        }
    }
    body.truncate(MAX_ERROR_BODY);
    body
}
