//! The one path that every call takes: limit → token → send → decode → retry or return.

use std::{
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Error as Failed, Operation, Request, ResponseValue};

use crate::{
    ChannelId, Error,
    answer::Redaction,
    auth::{self, AccessToken, TokenError},
    error::{Cause, Delivery, FailedCall, Failure, Unreadable},
    file::Transfer,
    limit::{Limiter, Permit, carries_file},
    retry::{Decision, GiveUp, Outcome, Progress},
    time::{RetryAfter, server_date},
};

mod effect;
mod event;
mod hook;
mod options;
mod outcome;
mod redirect;
mod refused_stream;
mod refused_token;
mod response;
mod shared;
mod trace;

pub use event::CallEvent;
pub(crate) use event::Observer;
pub(crate) use hook::{Hook, hook};
pub(crate) use options::{CallOptions, call_options};
use outcome::{Attempted, Limit};
pub(crate) use redirect::Hosts;
use redirect::Redirects;
use refused_token::is_about_something_else;
pub use response::Response;
pub(crate) use shared::Shared;

/// The time limits of a call. The one for connecting lies in the HTTP client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) attempt: Duration,
    pub(crate) total: Duration,
}

impl Timeouts {
    pub(crate) const ATTEMPT: Duration = Duration::from_secs(30);
    pub(crate) const TOTAL: Duration = Duration::from_secs(120);
}

/// One call of a user, over however many requests.
pub(crate) struct Run<'a> {
    shared: &'a Shared,
    operation: &'static Operation,
    started: Instant,
    /// The channel that a message goes to, which has its own limits.
    channel: Option<&'a str>,
    /// The file that its requests carry.
    file: Option<&'a Transfer>,
    options: &'a CallOptions,
    timeouts: Timeouts,
    /// The requests that were made.
    attempts: u32,
    /// The times that it was tried: those, and the times that there was no token to make one with.
    tries: u32,
    token_exchanged: bool,
    /// How many encodings of the request are left to try.
    encodings_left: usize,
    encoding_changed: bool,
    /// The effect of all requests so far: one that may have taken effect is not undone by another that has not.
    delivery: Delivery,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        shared: &'a Shared,
        operation: &'static Operation,
        options: &'a CallOptions,
    ) -> Self {
        shared.retries.begin();
        Self {
            shared,
            operation,
            started: Instant::now(),
            channel: options.channel.as_ref().map(ChannelId::as_str),
            file: None,
            options,
            timeouts: options.timeouts(shared.timeouts),
            attempts: 0,
            tries: 0,
            token_exchanged: false,
            encodings_left: 0,
            encoding_changed: false,
            delivery: Delivery::NotSent,
        }
    }

    /// The channel of the options has precedence.
    pub(crate) fn for_channel(mut self, channel: Option<&'a str>) -> Self {
        self.channel = self.channel.or(channel);
        self
    }

    pub(crate) fn with_file(mut self, file: &'a Transfer) -> Self {
        self.file = Some(file);
        self
    }

    /// Sends a request, over however many attempts.
    pub(crate) async fn request<R: Request>(
        self,
        request: &R,
    ) -> Result<Response<R::Response>, Error> {
        self.options.check(self.operation)?;
        request.check().map_err(|error| {
            let cause = Cause::Request(error.to_string());
            Error::new(cause, FailedCall::before(self.operation))
        })?;
        self.run(|api| async move { request.send(&api).await })
            .await
    }

    pub(crate) async fn run<T, F, Fut>(self, mut request: F) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.run_in(&[()], |api, ()| request(api)).await
    }

    /// The request in the first of `encodings`, and in the next one when Zoom refused a body because of its encoding.
    pub(crate) async fn run_in<T, E, F, Fut>(
        mut self,
        encodings: &[E],
        mut request: F,
    ) -> Result<Response<T>, Error>
    where
        E: Copy,
        F: FnMut(zoom_chat_openapi::Client, E) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.options.check(self.operation)?;
        let mut encodings = encodings.iter().copied();
        let Some(mut encoding) = encodings.next() else {
            let reason = "it has no encoding".to_owned();
            return Err(Error::new(Cause::Request(reason), self.failed()));
        };
        self.encodings_left = encodings.len();
        let mut refused: Option<(AccessToken, Error)> = None;
        loop {
            self.tries += 1;
            // The token before the permit: one that has to be fetched takes longer than a permit lasts.
            let (mut error, token) = match self.token().await {
                Ok(mut token) => {
                    if let Some((same, error)) = refused.take()
                        && token.is(&same)
                    {
                        return Err(error.given_up(GiveUp::Final));
                    }
                    match self
                        .permitted(&mut |api| request(api, encoding), &mut token)
                        .await
                    {
                        Ok(response) => {
                            token.prove();
                            return Ok(response);
                        }
                        Err(error) => (error, Some(token)),
                    }
                }
                Err(error) => match refused.take() {
                    // A further new token would be refused as well.
                    Some((_, refusal))
                        if error
                            .token_error()
                            .is_some_and(TokenError::is_pause_of_exchanges) =>
                    {
                        return Err(refusal.given_up(GiveUp::Final));
                    }
                    earlier => {
                        refused = earlier;
                        (error, None)
                    }
                },
            };
            self.delivery = self.delivery.max(error.delivery());
            error.set_delivery(self.delivery);
            let outcome = self.outcome(&error);
            // Also when this call ends: the next one need not be refused first.
            if let (Outcome::TokenRefused, Some(token)) = (outcome, &token) {
                self.shared.tokens.invalidate(token);
            }
            let policy = self.options.retry.as_ref();
            let after = match self.shared.retries.decide(policy, self.progress(), outcome) {
                Decision::Retry { after } => after,
                Decision::GiveUp(reason) => return Err(error.given_up(reason)),
            };
            self.emit(|| CallEvent::Retry {
                operation: self.operation,
                attempt: self.attempts,
                after,
                error: &error,
            });
            match token {
                Some(token) if outcome == Outcome::TokenRefused => {
                    self.token_exchanged = true;
                    refused = Some((token, error));
                }
                _ if after.is_zero() => {}
                _ => tokio::time::sleep(after).await,
            }
            if outcome == Outcome::EncodingRefused
                && let Some(next) = encodings.next()
            {
                encoding = next;
                self.encodings_left = encodings.len();
                self.encoding_changed = true;
            }
        }
    }

    /// The outcome of a failed attempt.
    fn outcome(&self, error: &Error) -> Outcome {
        match error.cause() {
            // The rest of the answer might have said otherwise.
            Cause::Api if error.is_cut_open() => Outcome::Interrupted,
            Cause::Api if self.encodings_left > 0 && wants_json(error) => Outcome::EncodingRefused,
            Cause::Api => self.outcome_of_answer(error),
            Cause::Token(error) => error.into(),
            Cause::Transport(_) if error.delivery() == Delivery::NotSent => Outcome::NotConnected,
            Cause::Transport(_) | Cause::Answer(Unreadable::BrokeOff | Unreadable::Endless) => {
                Outcome::Interrupted
            }
            // That of the limiter as well: its deadline was that of the call.
            _ => Outcome::Final,
        }
    }

    fn outcome_of_answer(&self, error: &Error) -> Outcome {
        let Some(answer) = error.answer() else {
            return Outcome::Final;
        };
        let (status, code) = (answer.status.as_u16(), answer.said.code);
        let text = answer.said.message.as_deref().unwrap_or_default();
        let now = self.shared.clock.now();
        match Outcome::of_answer(status, code, text, &answer.headers, now) {
            Outcome::TokenRefused
                if self.shared.tokens.is_fixed()
                    || is_about_something_else(self.operation, status, code) =>
            {
                Outcome::Final
            }
            outcome => outcome,
        }
    }

    fn progress(&self) -> Progress {
        let time_left = self.end().saturating_duration_since(Instant::now());
        let mut progress = Progress::new(self.operation.repeatable, time_left);
        progress.attempts = self.tries;
        progress.changed_token = self.token_exchanged;
        progress.changed_encoding = self.encoding_changed;
        progress
    }

    /// A token, within the total time.
    async fn token(&self) -> Result<AccessToken, Error> {
        // Nearly always, and then no time limit has to be made.
        if let Some(token) = self.shared.tokens.at_hand() {
            return Ok(token);
        }
        let started = Instant::now();
        let outcome = match timeout_at(self.end(), self.shared.tokens.current()).await {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(error)) => Err(Error::new(Cause::Token(error), self.failed())),
            Err(_) => Err(self.out_of_time()),
        };
        self.emit(|| CallEvent::TokenAwaited {
            operation: self.operation,
            duration: started.elapsed(),
            outcome: outcome.as_ref().map(|_| ()),
        });
        outcome
    }

    /// Does what the caller wants done before a request, within the total time.
    async fn run_hook(&self) -> Result<(), Error> {
        let Some(hook) = &self.options.hook else {
            return Ok(());
        };
        match timeout_at(self.end(), hook()).await {
            Ok(done) => {
                done.map_err(|error| Error::new(Cause::Hook, self.failed()).caused_by(error))
            }
            Err(_) => Err(self.out_of_time()),
        }
    }

    fn out_of_time(&self) -> Error {
        let failure = Failure::TotalTimeout(self.total());
        Error::new(Cause::Transport(failure), self.failed())
    }

    fn end(&self) -> Instant {
        self.started + self.total()
    }

    fn total(&self) -> Duration {
        self.timeouts.total + self.file.map(Transfer::allowance).unwrap_or_default()
    }

    fn failed(&self) -> FailedCall {
        FailedCall {
            operation: self.operation,
            attempts: self.attempts,
            delivery: self.delivery,
            gave_up: None,
        }
    }

    /// A permit to send, and `token` as it is when the turn comes: waiting may take longer than a token lives.
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

    /// One request, in its turn.
    async fn permitted<T, F, Fut>(
        &mut self,
        request: &mut F,
        token: &mut AccessToken,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
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
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        self.attempts += 1;
        self.emit(|| CallEvent::AttemptStarted {
            operation: self.operation,
            attempt: self.attempts,
        });
        let started = Instant::now();
        let api_url = token.api_url().filter(|_| self.shared.follow_api_url);
        let base_url = self.shared.base_url.of(self.operation, api_url);
        let span = trace::attempt(self.operation, &base_url, self.attempts);
        // Pinned where it is: these futures are kilobytes large, and each wrapper would move them once more.
        let outcome = pin!(self.send(request, token, &base_url, started))
            .instrument(span.clone())
            .await;
        if let Err(error) = &outcome {
            // One less, if it came to no request.
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
                attempt: self.attempts,
                duration: started.elapsed(),
                outcome: status,
                tracking_id,
            }
        });
        outcome
    }

    fn emit<'e>(&self, event: impl FnOnce() -> CallEvent<'e>) {
        if let Some(observer) = &self.shared.observer {
            observer(&event());
        }
    }

    async fn send<T, F, Fut>(
        &self,
        request: &mut F,
        token: &AccessToken,
        base_url: &str,
        started: Instant,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
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

    /// Whether an answer is a redirect to be followed: only hosts for files give any.
    fn is_redirected(&self, answer: &reqwest::Response) -> bool {
        carries_file(self.operation) && Redirects::is_one(answer.status())
    }

    /// Waits for an answer. The progress of an upload extends the limit.
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

/// Whether Zoom expects JSON and did not read the body that it got, so that nothing was sent.
fn wants_json(error: &Error) -> bool {
    match (error.status(), error.code()) {
        (Some(415), _) => true,
        (Some(400), Some(300)) => {
            let text = error.message().unwrap_or_default();
            !error.is_cut_open() && text.contains("should be a valid JSON object")
        }
        _ => false,
    }
}
