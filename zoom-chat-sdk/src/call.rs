//! The one path that every call takes: limit → token → send → decode → retry or return.

use std::{
    pin::{Pin, pin},
    time::Duration,
};

use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Attempt, Error as Failed, Operation, ResponseValue};

use crate::{
    Error, Event, Response,
    auth::AccessToken,
    client::Shared,
    error::{Delivery, FailedCall, Failure, HookFailed, NoToken, NotPermitted, TransportError},
    file::Transfer,
    limit::carries_file,
    redirect::Redirects,
    retry::{Decision, GiveUp, Outcome, Progress, RetryAfter, server_date},
    trace,
};

mod hook;
mod outcome;

pub(crate) use hook::{Hook, hook};
use outcome::{Attempted, Limit};

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
    started: Instant,
    /// The channel that a message goes to, which has limits of its own.
    channel: Option<&'a str>,
    /// The file that its requests carry.
    file: Option<&'a Transfer>,
    /// What is to be done before each request.
    hook: Option<&'a Hook>,
    /// The requests that were made.
    attempts: u32,
    /// The times that it was tried: those, and the times that there was no token to make one with.
    tries: u32,
    token_exchanged: bool,
    encoding_changed: bool,
    /// What is known over all requests: one that may have taken effect is not undone by another that has not.
    delivery: Delivery,
}

impl<'a> Call<'a> {
    pub(crate) fn new(shared: &'a Shared, operation: &'static Operation) -> Self {
        shared.retries.begin();
        Self {
            shared,
            operation,
            started: Instant::now(),
            channel: None,
            file: None,
            hook: None,
            attempts: 0,
            tries: 0,
            token_exchanged: false,
            encoding_changed: false,
            delivery: Delivery::NotSent,
        }
    }

    pub(crate) fn for_channel(mut self, channel: Option<&'a str>) -> Self {
        self.channel = channel;
        self
    }

    pub(crate) fn with_file(mut self, file: &'a Transfer) -> Self {
        self.file = Some(file);
        self
    }

    pub(crate) fn with_hook(mut self, hook: Option<&'a Hook>) -> Self {
        self.hook = hook;
        self
    }

    /// The same call is run again, with a request in another encoding.
    pub(crate) fn change_encoding(&mut self) {
        self.encoding_changed = true;
    }

    /// May be run again: time and attempts go on counting.
    pub(crate) async fn run<T, F, Fut>(&mut self, mut request: F) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let mut refused: Option<(AccessToken, Error)> = None;
        loop {
            self.tries += 1;
            // The token before the permit: one that has to be fetched takes longer than a permit lasts.
            let (mut error, token) = match self.token().await {
                Ok(token) => {
                    if let Some((same, error)) = refused.take()
                        && token.is(&same)
                    {
                        return Err(error.given_up(GiveUp::Final));
                    }
                    match self.permitted(&mut request, &token).await {
                        Ok(response) => return Ok(response),
                        Err(error) => (error, Some(token)),
                    }
                }
                Err(error) => (error, None),
            };
            self.delivery = self.delivery.max(error.delivery());
            error.set_delivery(self.delivery);
            let outcome = self.outcome(&error);
            let after = match self.shared.retries.decide(self.progress(), outcome) {
                Decision::Retry { after } => after,
                Decision::GiveUp(reason) => return Err(error.given_up(reason)),
            };
            self.emit(|| Event::Retry {
                operation: self.operation,
                attempt: self.attempts,
                after,
                error: &error,
            });
            match token {
                Some(token) if outcome == Outcome::TokenRefused => {
                    self.token_exchanged = true;
                    self.shared.tokens.invalidate(&token);
                    refused = Some((token, error));
                }
                _ => tokio::time::sleep(after).await,
            }
        }
    }

    /// What a failure means for repeating the call.
    fn outcome(&self, error: &Error) -> Outcome {
        match error {
            Error::Api(error) => {
                let now = self.shared.clock.now();
                let (status, code) = (error.status(), error.code());
                match Outcome::of_answer(status, code, error.message(), error.headers(), now) {
                    Outcome::TokenRefused if self.shared.tokens.is_fixed() => Outcome::Final,
                    outcome => outcome,
                }
            }
            // Its deadline was that of the call.
            Error::Limit(_) | Error::Hook(_) => Outcome::Final,
            Error::Token(error) => error.reason().into(),
            Error::Transport(error) if error.call().delivery == Delivery::NotSent => {
                Outcome::NotConnected
            }
            Error::Transport(_) => Outcome::Interrupted,
            Error::Answer(error) if error.broke_off() => Outcome::Interrupted,
            Error::Answer(_)
            | Error::File(_)
            | Error::Id(_)
            | Error::Message(_)
            | Error::Redirect(_)
            | Error::Paging(_)
            | Error::Request(_)
            | Error::Setting(_) => Outcome::Final,
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
            Ok(Err(error)) => Err(NoToken::new(self.failed(), error).into()),
            Err(_) => Err(self.out_of_time()),
        };
        self.emit(|| Event::TokenAwaited {
            operation: self.operation,
            duration: started.elapsed(),
            outcome: outcome.as_ref().map(|_| ()),
        });
        outcome
    }

    /// Does what the caller wants done before a request, within the total time.
    async fn run_hook(&self) -> Result<(), Error> {
        let Some(hook) = self.hook else {
            return Ok(());
        };
        match timeout_at(self.end(), hook()).await {
            Ok(done) => done.map_err(|error| HookFailed::new(self.failed(), error).into()),
            Err(_) => Err(self.out_of_time()),
        }
    }

    fn out_of_time(&self) -> Error {
        let failure = Failure::TotalTimeout(self.total());
        TransportError::new(self.failed(), failure, None).into()
    }

    fn end(&self) -> Instant {
        self.started + self.total()
    }

    fn total(&self) -> Duration {
        self.shared.timeouts.total + self.file.map(Transfer::allowance).unwrap_or_default()
    }

    fn failed(&self) -> FailedCall {
        FailedCall {
            operation: self.operation,
            attempts: self.attempts,
            delivery: self.delivery,
            gave_up: None,
        }
    }

    /// One request, in its turn.
    async fn permitted<T, F, Fut>(
        &mut self,
        request: &mut F,
        token: &AccessToken,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let Some(limiter) = &self.shared.limiter else {
            self.run_hook().await?;
            return self.attempt(request, token).await;
        };
        let started = Instant::now();
        let permit = limiter
            .acquire(self.operation, self.channel, self.end())
            .await
            .map_err(|error| NotPermitted::new(self.failed(), error).into());
        self.emit(|| Event::PermitAwaited {
            operation: self.operation,
            duration: started.elapsed(),
            outcome: permit.as_ref().map(|_| ()),
        });
        let mut permit = permit?;
        // When it fails, the permit goes back.
        self.run_hook().await?;
        permit.sending();
        let outcome = self.attempt(request, token).await;
        let answer = match &outcome {
            Ok(response) => Some((response.http_status(), response.headers(), "")),
            Err(Error::Api(error)) => Some((error.http_status(), error.headers(), error.message())),
            Err(Error::Answer(error)) => Some((error.http_status(), error.headers(), "")),
            Err(Error::Redirect(error)) => Some((error.http_status(), error.headers(), "")),
            Err(_) => None,
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
        self.emit(|| Event::AttemptStarted {
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
        trace::record(&span, &outcome);
        self.emit(|| {
            let (status, tracking_id) = match &outcome {
                Ok(response) => (Ok(response.status()), response.tracking_id()),
                Err(error) => (Err(error), error.tracking_id()),
            };
            Event::AttemptEnded {
                operation: self.operation,
                attempt: self.attempts,
                duration: started.elapsed(),
                outcome: status,
                tracking_id,
            }
        });
        outcome
    }

    fn emit<'e>(&self, event: impl FnOnce() -> Event<'e>) {
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
        let mut redirects = Redirects::new(&self.shared.redirect_hosts);
        let mut target = None;
        loop {
            let mut observed = Attempt::new(Some(token.authorization()));
            if let Some(url) = target.take() {
                observed = observed.redirected_to(url);
            }
            let api = self.shared.api(base_url, observed.clone());
            let outcome = self.in_time(started, pin!(request(api))).await;
            let attempted = Attempted {
                operation: self.operation,
                number: self.attempts,
                limit: outcome
                    .as_ref()
                    .err()
                    .copied()
                    .unwrap_or_else(|| self.limit(started)),
                observed,
                secret: token.expose_secret(),
            };
            if let Some(error) = self.file.and_then(|file| attempted.spoiled(file)) {
                return Err(error);
            }
            match outcome {
                Ok(Ok(answer)) => return Ok(Response::new(answer, self.operation, self.attempts)),
                Ok(Err(Failed::UnexpectedResponse(answer))) if self.is_redirected(&answer) => {
                    match redirects.follow(answer.url(), answer.status(), answer.headers()) {
                        Ok(url) => {
                            self.emit(|| Event::Redirected {
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

    /// Waits for an answer. A file that gets further moves the limit while it is waited for.
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
        let attempt = self.shared.timeouts.attempt;
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
