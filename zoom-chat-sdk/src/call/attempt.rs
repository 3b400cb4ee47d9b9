//! One attempt: its permit, its request, and the redirects that it follows.

use std::{
    pin::{Pin, pin},
    sync::Arc,
};

use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Client, Error as Failed, ResponseValue};

use super::{
    CallEvent, Response, Run,
    outcome::{Attempted, Limit},
    redirect::Redirects,
    trace,
};
use crate::{
    Error,
    answer::Redaction,
    auth::{self, AccessToken},
    error::{Cause, Delivery, Failure},
    file::Transfer,
    limit::{Limiter, Permit, carries_file},
    time::{RetryAfter, server_date},
};

impl<'a> Run<'a> {
    /// Waits for a permit, and updates `token` afterwards: the wait may exceed the lifetime of a token.
    async fn permit(
        &self,
        limiter: &'a Limiter,
        token: &mut AccessToken,
    ) -> Result<Permit<'a>, Error> {
        loop {
            let is_expired = |token| auth::expired(token, self.shared.clock.now());
            let was_expired = is_expired(token);
            let started = Instant::now();
            let permit = limiter
                .acquire(self.operation, self.channel, self.end())
                .await
                .map_err(|error| Error::new(Cause::Limit(error), self.failed()));
            self.emit(|| CallEvent::PermitAwaited {
                operation: self.operation,
                duration: started.elapsed(),
                outcome: permit.as_ref().map(|_| ()),
            });
            let permit = permit?;
            match self.shared.tokens.at_hand() {
                Some(newest) => *token = newest,
                // The token may take longer to arrive than the permit lasts.
                None if is_expired(token) && !was_expired => {
                    permit.give_back();
                    *token = self.token().await?;
                    continue;
                }
                None => {}
            }
            return Ok(permit);
        }
    }

    /// One request, after its permit.
    pub(super) async fn permitted<T, F, Fut>(
        &mut self,
        request: &mut F,
        token: &mut AccessToken,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let Some(limiter) = &self.shared.limiter else {
            self.run_hook().await?;
            return self.attempt(request, token).await;
        };
        let mut permit = self.permit(limiter, token).await?;
        // When it fails, the permit goes back.
        self.run_hook().await?;
        permit.sending();
        let outcome = self.attempt(request, token).await;
        let answer = match &outcome {
            Ok(response) => Some((response.http_status(), response.headers(), "")),
            Err(error) => error.answer().map(|answer| {
                let text = answer.said.message.as_deref().unwrap_or_default();
                (answer.status, &answer.headers, text)
            }),
        };
        match (answer, &outcome) {
            (Some((status, headers, text)), _) => {
                let retry_after = RetryAfter::of(headers)
                    .map(|after| after.delay(self.shared.clock.now(), server_date(headers)));
                permit.answered(status, headers, text, retry_after);
            }
            (None, Err(error)) if error.delivery() == Delivery::NotSent => permit.give_back(),
            // Without an answer it counts as arriving as late as can be.
            (None, _) => drop(permit),
        }
        outcome
    }

    /// One request, seen from outside.
    async fn attempt<T, F, Fut>(
        &mut self,
        request: &mut F,
        token: &AccessToken,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.attempts += 1;
        let attempt = self.attempts;
        self.emit(|| CallEvent::AttemptStarted {
            operation: self.operation,
            attempt,
        });
        let started = Instant::now();
        let api_url = token.api_url().filter(|_| self.shared.follow_api_url);
        let base_url = self.shared.base_url.of(self.operation, api_url);
        let span = trace::attempt(self.operation, &base_url, attempt);
        // Pinned where it is: these futures are kilobytes large, and each wrapper would move them once more.
        let outcome = pin!(self.send(request, token, &base_url, started))
            .instrument(span.clone())
            .await;
        if let Err(error) = &outcome {
            // One less, if it came to no request: the next one has the same number.
            self.attempts = error.attempts();
        }
        trace::record(&span, &outcome);
        self.emit(|| {
            let (status, tracking_id) = match &outcome {
                Ok(response) => (Ok(response.status()), response.tracking_id()),
                Err(error) => (Err(error), error.tracking_id()),
            };
            CallEvent::AttemptEnded {
                operation: self.operation,
                attempt,
                duration: started.elapsed(),
                outcome: status,
                tracking_id,
            }
        });
        outcome
    }

    async fn send<T, F, Fut>(
        &self,
        request: &mut F,
        token: &AccessToken,
        base_url: &str,
        started: Instant,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let secrets = [token.expose_secret()];
        let mut redirects = Redirects::new(&self.shared.redirect_hosts);
        let mut target = None;
        let mut is_made = false;
        loop {
            let mut attempt = self.shared.attempt(token);
            if let Some(headers) = &self.options.headers {
                attempt = attempt.with_headers(Arc::clone(headers));
            }
            if let Some(url) = target.take() {
                attempt = attempt.redirected_to(url);
            }
            let api = self.shared.api(base_url, attempt.clone());
            let outcome = self.in_time(started, pin!(request(api))).await;
            let observed = attempt.end();
            is_made |= observed.is_built;
            let attempted = Attempted {
                operation: self.operation,
                number: self.attempts,
                is_made,
                limit: outcome
                    .as_ref()
                    .err()
                    .copied()
                    .unwrap_or_else(|| self.limit(started)),
                observed,
                redaction: Redaction(&secrets),
            };
            if let Some(error) = self.file.and_then(|file| attempted.spoiled(file)) {
                return Err(error);
            }
            match outcome {
                Ok(Ok(answer)) => {
                    let answer = attempted.without_secret(answer);
                    return Ok(Response::new(answer, self.operation, self.attempts));
                }
                Ok(Err(Failed::UnexpectedResponse(answer))) if self.is_redirected(&answer) => {
                    match redirects.follow(answer.url(), answer.status(), answer.headers()) {
                        Ok(url) => {
                            self.emit(|| CallEvent::Redirected {
                                operation: self.operation,
                                attempt: self.attempts,
                                status: answer.status().as_u16(),
                                host: url.host_str().unwrap_or_default(),
                            });
                            target = Some(url);
                        }
                        Err(refusal) => return Err(attempted.not_followed(&answer, refusal)),
                    }
                }
                Ok(Err(failed)) => return Err(attempted.explain(failed).await),
                Err(_) => return Err(attempted.timed_out()),
            }
        }
    }

    /// Whether an answer is a redirect to follow: only file hosts redirect.
    fn is_redirected(&self, answer: &reqwest::Response) -> bool {
        carries_file(self.operation) && Redirects::is_one(answer.status())
    }

    /// Waits for an answer. Progress of an upload extends the time limit.
    async fn in_time<R>(
        &self,
        started: Instant,
        mut request: Pin<&mut impl Future<Output = R>>,
    ) -> Result<R, Limit> {
        loop {
            let limit = self.limit(started);
            match timeout_at(limit.at, request.as_mut()).await {
                Ok(outcome) => return Ok(outcome),
                Err(_) if self.limit(started).at > limit.at => {}
                Err(_) => return Err(limit),
            }
        }
    }

    fn limit(&self, started: Instant) -> Limit {
        let attempt = self.timeouts.attempt;
        let (since, failure) = match self.file.map(Transfer::moved) {
            Some((moved_at, true)) => (moved_at, Failure::Stalled(attempt)),
            Some((moved_at, false)) => (moved_at.max(started), Failure::AttemptTimeout(attempt)),
            None => (started, Failure::AttemptTimeout(attempt)),
        };
        let by_attempt = Limit {
            at: since + attempt,
            failure,
        };
        let by_total = Limit {
            at: self.end(),
            failure: Failure::TotalTimeout(self.total()),
        };
        if by_total.at < by_attempt.at {
            by_total
        } else {
            by_attempt
        }
    }
}
