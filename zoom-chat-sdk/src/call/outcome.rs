//! The outcome of one request.
//!
//! A failure is determined from two sources: the error of the generated client, and what its hooks observed. The hooks
//! know what the error does not tell: whether the transport began to write the request at all, and the status of an
//! answer whose body could not be read. Together they decide whether the call may have taken effect.

use std::error::Error as StdError;

use reqwest::{
    StatusCode, Version,
    header::{CONTENT_LENGTH, HeaderMap, HeaderValue, TRANSFER_ENCODING},
};
use tokio::time::{Instant, timeout_at};
use zoom_chat_openapi::{Error as Failed, Observed, Operation, ResponseHead, ResponseValue};

use super::{
    effect::{effect_of, may_be_refusal},
    refused_stream::is_refused_stream,
};
use crate::{
    Error,
    answer::{Answer, ErrorBody, Redaction, TRACKING_ID},
    error::{Cause, Delivery, FailedCall, Failure, RedirectRefusal, Unreadable},
    file::Transfer,
};

/// How many bytes of the body of an error are read.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The time limit of a request, and the failure when it is reached.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) at: Instant,
    pub(super) failure: Failure,
}

/// A request and what its hooks observed.
pub(super) struct Attempted<'a> {
    pub(super) operation: &'static Operation,
    /// The number of the request in its call, counted from 1.
    pub(super) number: u32,
    /// Whether the request was made: one that cannot be built does not count.
    pub(super) is_made: bool,
    pub(super) limit: Limit,
    pub(super) observed: Observed,
    /// Secrets that must not appear in an error, even if the server echoes them.
    pub(super) redaction: Redaction<'a>,
}

impl Attempted<'_> {
    fn failed(&self, delivery: Delivery) -> FailedCall {
        FailedCall {
            operation: self.operation,
            attempts: self.number - u32::from(!self.is_made),
            delivery,
            gave_up: None,
        }
    }

    /// The error of the file, if it has one: the body was incomplete, so Zoom cannot have accepted it. An error answer
    /// came before the file failed and is kept; a success cannot be true.
    pub(super) fn spoiled(&self, file: &Transfer) -> Option<Error> {
        let problem = file.take_problem()?;
        let delivery = match &self.observed.response {
            None => Delivery::NotSent,
            Some(head) if head.status.is_success() => Delivery::Unknown,
            Some(_) => return None,
        };
        let cause = Cause::File(problem, file.source().to_string());
        Some(Error::new(cause, self.failed(delivery)))
    }

    /// A redirect was not followed. Zoom asked for the request at another URL, so it had no effect; only 303 points to
    /// the result of a request that was processed.
    pub(super) fn not_followed(
        &self,
        answer: &reqwest::Response,
        refusal: RedirectRefusal,
    ) -> Error {
        let delivery = match refusal {
            RedirectRefusal::ChangesMethod => Delivery::Unknown,
            _ => Delivery::NotSent,
        };
        let cause = Cause::Redirect(refusal.without(self.redaction));
        let answer = Answer::of_head(answer.status(), self.clean(answer.headers().clone()));
        Error::answered(cause, self.failed(delivery), answer)
    }

    /// The request reached its time limit.
    pub(super) fn timed_out(self) -> Error {
        match self.observed.response.clone() {
            Some(head) if head.status.is_success() => self.unread(head, Unreadable::Endless),
            Some(head) => self.refused(head, Vec::new(), false),
            None => {
                let delivery = self.without_answer();
                Error::new(Cause::Transport(self.limit.failure), self.failed(delivery))
            }
        }
    }

    /// What is known of a request without an answer.
    fn without_answer(&self) -> Delivery {
        if self.observed.is_begun {
            Delivery::Unknown
        } else {
            Delivery::NotSent
        }
    }

    /// The body of a success is incomplete. Its head was received, so Zoom accepted the call.
    fn unread(&self, head: ResponseHead, problem: Unreadable) -> Error {
        let answer = Answer::of_head(head.status, self.clean(head.headers));
        Error::answered(
            Cause::Answer(problem),
            self.failed(Delivery::Accepted),
            answer,
        )
    }

    /// A success whose body does not have the documented form. It may be an error with the status of a success, or the
    /// page of a gateway that blocks all requests; only an answer that looks like Zoom's counts as accepted.
    fn unexpected(
        &self,
        head: ResponseHead,
        body: Vec<u8>,
        problem: Unreadable,
        found: Option<&serde_json::Error>,
    ) -> Error {
        let said = ErrorBody::decode(&body, self.redaction);
        let mut answer = self.answer(head, body);
        if said.is_error {
            answer.said = said;
            return Error::answered(Cause::Api, self.failed(Delivery::Unknown), answer);
        }
        let body = answer.body.trim_ascii_start();
        let is_zooms =
            body.starts_with(b"{") || (body.is_empty() && answer.status == StatusCode::CREATED);
        let delivery = if is_zooms {
            Delivery::Accepted
        } else {
            Delivery::Unknown
        };
        let found = found.map(|found| answer.shown_cause(found));
        let error = Error::answered(Cause::Answer(problem), self.failed(delivery), answer);
        match found {
            Some(found) => error.caused_by(found),
            None => error,
        }
    }

    /// The generated client returned an error.
    pub(super) async fn explain(self, failed: Failed<()>) -> Error {
        match failed {
            Failed::InvalidRequest(reason) | Failed::Custom(reason) => {
                Error::new(Cause::Request(reason), self.failed(Delivery::NotSent))
            }
            Failed::CommunicationError(error) | Failed::InvalidUpgrade(error) => {
                self.no_answer(error)
            }
            Failed::ResponseBodyError(error) => match self.observed.response.clone() {
                Some(head) => self.unread(head, Unreadable::BrokeOff),
                None => self.no_answer(error),
            },
            Failed::InvalidResponsePayload(body, cause) => {
                // There is none only for a body that came by other ways than the call's.
                let head = self.observed.response.clone().unwrap_or_default();
                let problem = if self.observed.is_too_long {
                    Unreadable::TooLong
                } else {
                    Unreadable::Form
                };
                self.unexpected(head, body.into(), problem, Some(&cause))
            }
            Failed::ErrorResponse(answer) => {
                let head = ResponseHead::new(answer.status(), answer.headers().clone());
                self.refused(head, Vec::new(), false)
            }
            Failed::UnexpectedResponse(answer) => {
                let head = ResponseHead::new(answer.status(), answer.headers().clone());
                let start = Start::read(answer, self.limit.at).await;
                if head.status.is_success() {
                    self.unexpected(head, start.body, Unreadable::Form, None)
                } else {
                    self.refused(head, start.body, start.is_whole)
                }
            }
        }
    }

    fn no_answer(&self, error: reqwest::Error) -> Error {
        let error = error.without_url();
        if error.is_builder() {
            let mut call = self.failed(Delivery::NotSent);
            call.attempts = self.number - 1;
            return Error::new(Cause::Request(error.to_string()), call);
        }
        let (delivery, failure) = match () {
            () if error.is_connect() => (Delivery::NotSent, Failure::Connect),
            () if is_refused_stream(&error) => (Delivery::NotSent, Failure::Refused),
            () if error.is_timeout() => (self.without_answer(), self.limit.failure),
            () => (self.without_answer(), Failure::Interrupted),
        };
        let error = self.without_secrets(error);
        Error::new(Cause::Transport(failure), self.failed(delivery)).caused_by(error)
    }

    /// The error of a connection can contain text of the server. If that repeats a secret, only the text without the
    /// secret is kept.
    fn without_secrets(&self, error: reqwest::Error) -> Box<dyn StdError + Send + Sync> {
        let mut texts = vec![error.to_string()];
        let mut cause = error.source();
        while let Some(error) = cause {
            texts.push(error.to_string());
            cause = error.source();
        }
        if texts.iter().any(|text| self.redaction.is_in(text)) {
            self.redaction.of(&texts.join(": ")).into_owned().into()
        } else {
            error.into()
        }
    }

    /// An answer with an error status.
    fn refused(&self, head: ResponseHead, body: Vec<u8>, is_complete: bool) -> Error {
        let said = ErrorBody::decode(&body, self.redaction);
        // What looks like JSON and is not complete was cut on its way, whatever its length said.
        let looks_like_json = body.trim_ascii_start().starts_with(b"{");
        let is_complete = is_complete && (!looks_like_json || said.is_whole_object);
        let status = head.status.as_u16();
        let delivery = effect_of(status, said.code, is_complete);
        let mut answer = self.answer(head, body);
        answer.said = said;
        answer.is_cut_open = !is_complete && may_be_refusal(status);
        Error::answered(Cause::Api, self.failed(delivery), answer)
    }

    fn answer(&self, head: ResponseHead, body: Vec<u8>) -> Answer {
        let mut answer = Answer::of_head(head.status, self.clean(head.headers));
        answer.body = body;
        answer.secrets = self
            .redaction
            .0
            .iter()
            .map(|&secret| secret.into())
            .collect();
        answer
    }

    /// The headers, without a tracking id that repeats a secret, since the tracking id is logged.
    fn clean(&self, mut headers: HeaderMap) -> HeaderMap {
        if self.repeats_secret(&headers) {
            headers.insert(&TRACKING_ID, HeaderValue::from_static("[redacted]"));
        }
        headers
    }

    fn repeats_secret(&self, headers: &HeaderMap) -> bool {
        headers.get(&TRACKING_ID).is_some_and(|id| {
            self.redaction
                .is_in(&String::from_utf8_lossy(id.as_bytes()))
        })
    }

    /// A success whose tracking id repeats no secret.
    pub(super) fn without_secret<T>(&self, answer: ResponseValue<T>) -> ResponseValue<T> {
        if !self.repeats_secret(answer.headers()) {
            return answer;
        }
        let (status, headers) = (answer.status(), self.clean(answer.headers().clone()));
        ResponseValue::new(answer.into_inner(), status, headers)
    }
}

/// The start of a body. If it is incomplete or does not end in time, the received part is used: the status matters more
/// than the rest of the body.
struct Start {
    body: Vec<u8>,
    /// Whether the body is complete, as far as can be known.
    is_whole: bool,
}

impl Start {
    async fn read(mut answer: reqwest::Response, limit: Instant) -> Self {
        // Otherwise its end is that of the connection, which comes when it breaks, too.
        let has_an_end = answer.version() == Version::HTTP_2
            || answer.headers().contains_key(CONTENT_LENGTH)
            || answer.headers().contains_key(TRANSFER_ENCODING);
        let mut body = Vec::new();
        let ended = loop {
            if body.len() >= MAX_ERROR_BODY {
                break false;
            }
            match timeout_at(limit, answer.chunk()).await {
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => break true,
                Ok(Err(_)) | Err(_) => break false,
            }
        };
        body.truncate(MAX_ERROR_BODY);
        // A whole object shows its end by itself.
        let is_whole = ended && (has_an_end || body.trim_ascii_start().starts_with(b"{"));
        Self { body, is_whole }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use zoom_chat_openapi::operations::SEND_CHAT_MESSAGE;

    use super::*;

    fn attempted(observed: Observed) -> Attempted<'static> {
        Attempted {
            operation: &SEND_CHAT_MESSAGE,
            number: 1,
            is_made: true,
            limit: Limit {
                at: Instant::now(),
                failure: Failure::AttemptTimeout(Duration::from_secs(1)),
            },
            observed,
            redaction: Redaction(&[]),
        }
    }

    /// What the hooks observed of a request, and the `status` of its answer, if there was one.
    fn observed(is_begun: bool, status: Option<u16>) -> Observed {
        let mut observed = Observed::default();
        observed.is_built = true;
        observed.is_begun = is_begun;
        observed.response = status.map(|status| {
            let status = StatusCode::from_u16(status).unwrap();
            ResponseHead::new(status, HeaderMap::new())
        });
        observed
    }

    #[tokio::test]
    async fn what_a_time_limit_leaves_open_follows_from_what_was_observed() {
        for (is_begun, status, delivery) in [
            (false, None, Delivery::NotSent),
            (true, None, Delivery::Unknown),
            (true, Some(201), Delivery::Accepted),
            (true, Some(400), Delivery::Unknown),
            (true, Some(404), Delivery::NotSent),
            (true, Some(502), Delivery::Unknown),
        ] {
            let error = attempted(observed(is_begun, status)).timed_out();
            assert_eq!(error.delivery(), delivery, "{is_begun} {status:?}");
            assert_eq!(error.status(), status);
        }
    }

    #[tokio::test]
    async fn a_refusal_that_came_before_the_file_failed_is_what_is_told() {
        for (status, delivery) in [
            (None, Some(Delivery::NotSent)),
            (Some(201), Some(Delivery::Unknown)),
            (Some(404), None),
            (Some(502), None),
        ] {
            let missing = || async { Err::<&[u8], _>(std::io::Error::other("no such file")) };
            let source = crate::FileSource::factory("a", 1, missing);
            let file = Transfer::prepare(source, 1, None).await.unwrap();
            assert!(file.open().await.is_err());
            let error = attempted(observed(true, status)).spoiled(&file);
            assert_eq!(error.map(|error| error.delivery()), delivery, "{status:?}");
        }
    }

    #[tokio::test]
    async fn a_request_that_was_not_built_is_no_attempt() {
        let mut attempted = attempted(Observed::default());
        attempted.is_made = false;
        let error = attempted.explain(Failed::Custom("no".to_owned())).await;
        assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    }
}
