//! The one path that every call takes: limit → token → send → decode → retry or return.
//!
//! What went wrong is told from two sources: the error of the generated client, and what its hooks observed of the
//! attempt. The second knows what the first forgets: whether the request was handed to the transport at all, and the
//! status of an answer whose body could not be read. Together they decide whether the call may have taken effect.

use std::time::Duration;

use reqwest::{StatusCode, header::HeaderMap};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Attempt, Error as Failed, Operation, ResponseValue};

use crate::{
    Error, Event, Response,
    client::Shared,
    error::{AnswerError, ApiError, Delivery, FailedCall, Failure, RequestError, TransportError},
    trace,
};

/// How much of the body of an error is read.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The time limits of a call. The one for connecting lies in the HTTP client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) attempt: Duration,
    pub(crate) total: Duration,
}

impl Timeouts {
    pub(crate) const CONNECT: Duration = Duration::from_secs(10);
    pub(crate) const ATTEMPT: Duration = Duration::from_secs(30);
    pub(crate) const TOTAL: Duration = Duration::from_secs(120);
}

/// One call of a user, over however many requests.
pub(crate) struct Call<'a> {
    shared: &'a Shared,
    operation: &'static Operation,
    attempts: u32,
    started: Instant,
}

impl<'a> Call<'a> {
    pub(crate) fn new(shared: &'a Shared, operation: &'static Operation) -> Self {
        Self {
            shared,
            operation,
            attempts: 0,
            started: Instant::now(),
        }
    }

    /// May be run again with another request: time and attempts go on counting.
    pub(crate) async fn run<T, F, Fut>(&mut self, mut request: F) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.attempt(&mut request).await
    }

    /// One request, seen from outside.
    async fn attempt<T, F, Fut>(&mut self, request: &mut F) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.attempts += 1;
        let started = Instant::now();
        let base_url = self.shared.base_url.of(self.operation);
        let span = trace::attempt(self.operation, base_url, self.attempts);
        let outcome = self
            .send(request, base_url, started)
            .instrument(span.clone())
            .await;
        trace::record(&span, &outcome);
        if let Some(observer) = &self.shared.observer {
            let (outcome, tracking_id) = match &outcome {
                Ok(response) => (Ok(response.status()), response.tracking_id()),
                Err(error) => (Err(error), error.tracking_id()),
            };
            let (operation, attempt, duration) = (self.operation, self.attempts, started.elapsed());
            observer(&Event::Attempt {
                operation,
                attempt,
                duration,
                outcome,
                tracking_id,
            });
        }
        outcome
    }

    async fn send<T, F, Fut>(
        &self,
        request: &mut F,
        base_url: &str,
        started: Instant,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let attempt = Attempt::new(Some(self.shared.credentials.authorization()));
        let api = self.shared.api(base_url, attempt.clone());
        let limit = self.limit(started);
        match timeout_at(limit.at, request(api)).await {
            Ok(Ok(answer)) => Ok(Response::new(answer, self.operation, self.attempts)),
            Ok(Err(failed)) => Err(self.explain(failed, &attempt, limit).await),
            Err(_) => Err(self.timed_out(&attempt, limit)),
        }
    }

    fn limit(&self, started: Instant) -> Limit {
        let Timeouts { attempt, total } = self.shared.timeouts;
        let by_attempt = Limit {
            at: started + attempt,
            failure: Failure::AttemptTimeout(attempt),
        };
        let by_total = Limit {
            at: self.started + total,
            failure: Failure::TotalTimeout(total),
        };
        if by_total.at < by_attempt.at {
            by_total
        } else {
            by_attempt
        }
    }

    fn failed(&self, delivery: Delivery) -> FailedCall {
        FailedCall {
            operation: self.operation,
            attempts: self.attempts,
            delivery,
        }
    }

    fn timed_out(&self, attempt: &Attempt, limit: Limit) -> Error {
        let observed = attempt.observed();
        match observed.response {
            Some(head) if head.status.is_success() => {
                self.unread(head.status, head.headers, "did not end in time")
            }
            Some(head) => self.refused(head.status, head.headers, Vec::new()),
            None => {
                let delivery = if observed.handed_over {
                    Delivery::Unknown
                } else {
                    Delivery::NotSent
                };
                TransportError::new(self.failed(delivery), limit.failure, None).into()
            }
        }
    }

    /// The body of a success broke off: the head had come, so Zoom took the call.
    fn unread(&self, status: StatusCode, headers: HeaderMap, problem: &'static str) -> Error {
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
        problem: &'static str,
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

    async fn explain(&self, failed: Failed<()>, attempt: &Attempt, limit: Limit) -> Error {
        match failed {
            Failed::InvalidRequest(reason) | Failed::Custom(reason) => {
                RequestError::new(self.failed(Delivery::NotSent), reason).into()
            }
            Failed::CommunicationError(error) | Failed::InvalidUpgrade(error) => {
                self.no_answer(error, attempt, limit)
            }
            Failed::ResponseBodyError(error) => match attempt.observed().response {
                Some(head) => self.unread(head.status, head.headers, "broke off"),
                None => self.no_answer(error, attempt, limit),
            },
            Failed::InvalidResponsePayload(body, _) => {
                let head = attempt.observed().response;
                let (status, headers) = head
                    .map(|head| (head.status, head.headers))
                    .unwrap_or_default();
                self.unexpected(
                    status,
                    headers,
                    body.into(),
                    "is not of the documented form",
                )
            }
            Failed::ErrorResponse(answer) => {
                self.refused(answer.status(), answer.headers().clone(), Vec::new())
            }
            Failed::UnexpectedResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = read_start(answer, limit).await;
                if status.is_success() {
                    self.unexpected(status, headers, body, "has a status that is not documented")
                } else {
                    self.refused(status, headers, body)
                }
            }
        }
    }

    fn no_answer(&self, error: reqwest::Error, attempt: &Attempt, limit: Limit) -> Error {
        let error = error.without_url();
        if error.is_builder() {
            return RequestError::new(self.failed(Delivery::NotSent), error.to_string()).into();
        }
        let handed_over = attempt.observed().handed_over;
        let (delivery, failure) = match () {
            () if error.is_connect() => (Delivery::NotSent, Failure::Connect),
            () if !handed_over => (Delivery::NotSent, Failure::Interrupted),
            () if error.is_timeout() => (Delivery::Unknown, limit.failure),
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
            Some(self.shared.credentials.secret()),
        )
    }
}

/// When an attempt ends, and how that is to be told.
#[derive(Clone, Copy)]
struct Limit {
    at: Instant,
    failure: Failure,
}

/// Reads the start of a body. One that breaks off, or does not end in time, gives what came of it: the status is worth
/// more than the rest of the body.
async fn read_start(mut answer: reqwest::Response, limit: Limit) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < MAX_ERROR_BODY {
        match timeout_at(limit.at, answer.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None) | Err(_)) | Err(_) => break,
        }
    }
    body.truncate(MAX_ERROR_BODY);
    body
}
