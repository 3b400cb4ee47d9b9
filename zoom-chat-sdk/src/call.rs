//! The one path that every call takes: limit → token → send → decode → retry or return.

use std::{pin::pin, time::Duration};

use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Attempt, Error as Failed, Operation, ResponseValue};

use crate::{
    Error, Event, Response,
    auth::{AccessToken, TokenError},
    client::Shared,
    error::{Delivery, FailedCall, Failure, NoToken, TransportError},
    trace,
};

mod outcome;

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
    attempts: u32,
    started: Instant,
    /// What is known over all requests: one that may have taken effect is not undone by another that has not.
    delivery: Delivery,
    /// Whether a refused token was exchanged. Twice would mean that Zoom refuses whatever it gives out.
    token_exchanged: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(shared: &'a Shared, operation: &'static Operation) -> Self {
        Self {
            shared,
            operation,
            attempts: 0,
            started: Instant::now(),
            delivery: Delivery::NotSent,
            token_exchanged: false,
        }
    }

    /// May be run again with another request: time and attempts go on counting.
    pub(crate) async fn run<T, F, Fut>(&mut self, mut request: F) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, Failed<()>>>,
    {
        let mut exchanged = None;
        loop {
            let token = match exchanged.take() {
                Some(token) => token,
                None => self.in_time(self.shared.tokens.current()).await?,
            };
            let mut error = match self.attempt(&mut request, &token).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            self.delivery = self.delivery.max(error.delivery());
            error.set_delivery(self.delivery);
            let after = if error.rejects_token() && !self.token_exchanged {
                self.token_exchanged = true;
                exchanged = self.in_time(self.shared.tokens.instead_of(&token)).await?;
                if exchanged.is_none() {
                    return Err(error);
                }
                Duration::ZERO
            } else {
                return Err(error);
            };
            self.emit(|| Event::Retry {
                operation: self.operation,
                attempt: self.attempts,
                after,
                error: &error,
            });
            tokio::time::sleep(after).await;
        }
    }

    /// A token, within the total time.
    async fn in_time<T>(
        &self,
        token: impl Future<Output = Result<T, TokenError>>,
    ) -> Result<T, Error> {
        let call = FailedCall {
            operation: self.operation,
            attempts: self.attempts,
            delivery: self.delivery,
        };
        let total = self.shared.timeouts.total;
        match timeout_at(self.started + total, token).await {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(error)) => Err(NoToken::new(call, error).into()),
            Err(_) => Err(TransportError::new(call, Failure::TotalTimeout(total), None).into()),
        }
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
        let observed = Attempt::new(Some(token.authorization()));
        let api = self.shared.api(base_url, observed.clone());
        let attempted = Attempted {
            operation: self.operation,
            number: self.attempts,
            limit: self.limit(started),
            observed,
            secret: token.expose_secret(),
        };
        match timeout_at(attempted.limit.at, pin!(request(api))).await {
            Ok(Ok(answer)) => Ok(Response::new(answer, self.operation, self.attempts)),
            Ok(Err(failed)) => Err(attempted.explain(failed).await),
            Err(_) => Err(attempted.timed_out()),
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
}
