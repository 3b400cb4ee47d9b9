//! The one path that every call takes: limit → token → send → decode → retry or return.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use zoom_chat_openapi::{Error as Failed, Operation, Request, ResponseValue, TokenKind};

use crate::{
    ChannelId, Error,
    auth::{AccessToken, TokenError},
    error::{Cause, Delivery, FailedCall, Failure},
    file::Transfer,
    retry::{Decision, GiveUp, Outcome},
};

mod attempt;
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
mod token_kind;
mod trace;
mod verdict;

pub use event::CallEvent;
pub(crate) use event::Observer;
pub(crate) use hook::{Hook, hook};
pub(crate) use options::{CallOptions, call_options};
pub(crate) use redirect::Hosts;
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

/// One call, with all of its requests.
pub(crate) struct Run<'a> {
    shared: &'a Shared,
    operation: &'static Operation,
    started: Instant,
    /// The channel that a message is sent to, which has separate limits.
    channel: Option<&'a str>,
    /// The file that its requests carry.
    file: Option<&'a Transfer>,
    options: &'a CallOptions,
    timeouts: Timeouts,
    /// The number of requests that were made.
    attempts: u32,
    /// The number of tries: the requests, and the times when no token was available.
    tries: u32,
    token_exchanged: bool,
    /// How many encodings of the request are left to try.
    encodings_left: usize,
    encoding_changed: bool,
    /// The effect of all requests together: if one may have had an effect, a later one without effect does not change
    /// that.
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

    /// What the options say goes first.
    pub(crate) fn for_channel(mut self, channel: Option<&'a str>) -> Self {
        self.channel = self.channel.or(channel);
        self
    }

    pub(crate) fn with_file(mut self, file: &'a Transfer) -> Self {
        self.file = Some(file);
        self
    }

    /// Sends a request, with as many attempts as needed.
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

    /// Sends the request in the first of `encodings`, and in the next one if Zoom rejects a body because of its
    /// encoding.
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
        self.check_kind(self.shared.tokens.kind())?;
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
            let mut outcome = self.outcome(&error);
            if let (Outcome::TokenRefused, Some(token)) = (outcome, &token) {
                // Also when this call ends: the next one need not be refused first.
                self.shared.tokens.invalidate(token);
                // A source that keeps the token has no other one.
                if (self.shared.tokens.at_hand()).is_some_and(|next| next.is(token)) {
                    outcome = Outcome::Final;
                }
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

    /// A token, within the total time.
    async fn token(&self) -> Result<AccessToken, Error> {
        // The usual case, which needs no timer.
        if let Some(token) = self.shared.tokens.at_hand() {
            return self.check_kind(token.kind()).map(|()| token);
        }
        let started = Instant::now();
        let outcome = match timeout_at(self.end(), self.shared.tokens.token()).await {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(error)) => Err(Error::new(Cause::Token(error), self.failed())),
            Err(_) => Err(self.out_of_time()),
        };
        self.emit(|| CallEvent::TokenAwaited {
            operation: self.operation,
            duration: started.elapsed(),
            outcome: outcome.as_ref().map(|_| ()),
        });
        let token: AccessToken = outcome?;
        self.check_kind(token.kind()).map(|()| token)
    }

    /// Rejects a token of a kind that the operation does not take.
    fn check_kind(&self, kind: Option<TokenKind>) -> Result<(), Error> {
        token_kind::check(self.operation, kind)
            .map_err(|error| Error::new(Cause::Token(error), self.failed()))
    }

    /// Runs the caller's hook before a request, within the total time.
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

    fn emit<'e>(&self, event: impl FnOnce() -> CallEvent<'e>) {
        if let Some(observer) = &self.shared.observer {
            observer(&event());
        }
    }
}
