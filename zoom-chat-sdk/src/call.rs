//! The one path that every call takes: limit → token → send → decode → retry or return.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use zoom_chat_openapi::{Attempt, Error as Failed, Operation, ResponseValue};

use crate::{Error, Event, Response, client::Shared, error::Failure, trace};

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
        let observed = Attempt::new(Some(self.shared.credentials.authorization()));
        let api = self.shared.api(base_url, observed.clone());
        let attempted = Attempted {
            operation: self.operation,
            number: self.attempts,
            limit: self.limit(started),
            observed,
            secret: self.shared.credentials.secret(),
        };
        match timeout_at(attempted.limit.at, request(api)).await {
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
