//! One token for all callers, fetched once.
//!
//! A fetch runs in a separate task, not inside the future of a caller. A caller may be dropped at any time (a timeout,
//! a `select!`), and a fetch that is no longer polled would stop half-way, with a refresh token that is used up and its
//! successor unread in a socket. A future shared by the callers would not help, since the last one may be dropped too.
//! The task ends with the answer or at the time limit of the fetch. If the cache is dropped before that, the task is
//! aborted, unless a token would be lost ([`FetchToken::may_be_abandoned`]).
//!
//! The state is behind a mutex that is held for a few comparisons, never across an await.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{runtime::Handle, sync::watch, time::timeout};

use super::{
    AccessToken, BoxFuture, TokenError, TokenSource,
    timing::{due, expired},
};
use crate::time::Clock;

mod state;

use state::{Fetched, Fetching, State};

/// How long the caller that starts an early renewal waits for it, if the renewal must not be interrupted.
const EARLY_WAIT: Duration = Duration::from_secs(5);
/// Fetches new tokens for [`CachedTokens`].
pub trait FetchToken: std::fmt::Debug + Send + Sync + 'static {
    /// Fetches a token other than `stale`, which has expired, is about to expire, or was rejected.
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// Whether a fetch may be stopped half-way without losing anything. If not, a program must wait for its fetches
    /// before it ends: see [`TokenSource::close`].
    fn may_be_abandoned(&self) -> bool {
        true
    }
}

/// A cache that keeps a token until it is about to expire, and fetches the next one once for all callers.
///
/// - There is one fetch at a time, whatever the number of callers. It continues when the callers that wait for it are
///   dropped.
/// - A token is renewed before it expires (5 minutes, or the last fifth of a short lifetime), while callers use the one
///   that is still valid. They do not notice when the renewal fails. If it must not be interrupted, the caller that
///   starts it waits for it, up to 5 seconds, so that a program that ends after its last call does not interrupt it.
/// - After a failed fetch, the next one starts after a second, then after two, and so on up to a minute (up to an hour
///   if the server asks for it). Until then, callers that need a token get the error at once.
/// - The same delays apply when the second token in a row, or any further one, is rejected while new: within a minute,
///   and before any call succeeded with it.
///
/// ```
/// use zoom_chat_sdk::{
///     auth::{AccessToken, BoxFuture, CachedTokens, FetchToken, TokenError, TokenSource},
///     time::SystemClock,
/// };
///
/// /// Tokens of a broker that all programs of a company use.
/// #[derive(Debug)]
/// struct Broker;
///
/// impl FetchToken for Broker {
///     fn fetch(&self, _stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
///         Box::pin(async { AccessToken::new("the-token-of-the-broker") }) // by a request, in a real program
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), TokenError> {
/// let tokens = CachedTokens::new(Broker, SystemClock);
/// tokens.token().await?;
/// tokens.token().await?; // nothing is fetched
/// tokens.reset(); // the app got other scopes: the next call fetches a token
/// tokens.idle().await; // before the program ends
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct CachedTokens<F: FetchToken> {
    shared: Arc<Shared<F>>,
}

#[derive(Debug)]
struct Shared<F> {
    fetch: F,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

enum Found {
    Token(AccessToken),
    Error(TokenError),
    /// There is no valid token until this fetch is done.
    Fetching(watch::Receiver<Option<Fetched>>),
    /// There is one, and this caller has started the fetch of the next one, which must not be interrupted.
    Renewing(watch::Receiver<Option<Fetched>>),
}

impl<F: FetchToken> CachedTokens<F> {
    /// An empty cache.
    pub fn new(fetch: F, clock: impl Clock + 'static) -> Self {
        let state = Mutex::default();
        Self {
            shared: Arc::new(Shared {
                fetch,
                clock: Arc::new(clock),
                state,
            }),
        }
    }

    /// Forgets the token and past failures. The next caller fetches one. The result of a fetch in flight is
    /// discarded as well: callers that wait for it get the result of the next one.
    pub fn reset(&self) {
        let mut state = self.shared.lock();
        state.refused = state.current.take().or_else(|| state.refused.take());
        state.refusals = 0;
        state.failed = None;
        state.superseded = state.fetches;
    }

    /// Waits until no fetch is in flight.
    pub async fn idle(&self) {
        loop {
            let running = self.shared.lock().running();
            let Some(mut outcome) = running else { return };
            // An error means that the fetch is over all the same.
            let _ = outcome.wait_for(Option::is_some).await;
        }
    }

    /// The source of new tokens.
    pub(crate) fn fetcher(&self) -> &F {
        &self.shared.fetch
    }

    async fn get(&self) -> Result<AccessToken, TokenError> {
        // A fetch is lost when its runtime is shut down, or when it panics. One lost fetch is repeated.
        let mut lost = 0;
        while lost < 2 {
            let fetched = match self.shared.look() {
                Found::Token(token) => return Ok(token),
                Found::Error(error) => return Err(error),
                Found::Fetching(mut outcome) => {
                    let fetched = outcome.wait_for(Option::is_some).await;
                    fetched.map(|fetched| fetched.clone()).map_err(|_| ())
                }
                Found::Renewing(mut outcome) => {
                    let fetched = timeout(EARLY_WAIT, outcome.wait_for(Option::is_some)).await;
                    // Whatever came of it, there is a valid token.
                    fetched.map_or(Ok(None), |fetched| fetched.map(|_| None).map_err(|_| ()))
                }
            };
            match fetched {
                Ok(Some(Fetched::Done(result))) => return result,
                Ok(Some(Fetched::Superseded) | None) => {}
                Err(()) => lost += 1,
            }
        }
        Err(TokenError::unavailable(
            "the token request was cut off",
            true,
            None,
        ))
    }
}

impl<F: FetchToken> Shared<F> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The result for a caller. Starts a fetch if one is due.
    fn look(self: &Arc<Self>) -> Found {
        let now = self.clock.now();
        let mut state = self.lock();
        let valid = state.current.as_ref().filter(|token| !expired(token, now));
        if let Some(token) = valid.cloned() {
            if due(&token, now) && state.may_fetch_early() {
                // A failure shows where it matters: when the token is needed and has expired.
                let started = self.start(&mut state);
                if let Ok(outcome) = started
                    && !self.fetch.may_be_abandoned()
                {
                    return Found::Renewing(outcome);
                }
            }
            return Found::Token(token);
        }
        if let Some(outcome) = state.running() {
            return Found::Fetching(outcome);
        }
        if let Some(error) = state.backing_off() {
            return Found::Error(error);
        }
        match self.start(&mut state) {
            Ok(outcome) => Found::Fetching(outcome),
            Err(error) => Found::Error(error),
        }
    }

    fn start(
        self: &Arc<Self>,
        state: &mut State,
    ) -> Result<watch::Receiver<Option<Fetched>>, TokenError> {
        let runtime = Handle::try_current()
            .map_err(|error| TokenError::unavailable("no runtime", false, Some(error.into())))?;
        state.fetches += 1;
        let number = state.fetches;
        let stale = state.current.clone().or_else(|| state.refused.clone());
        let (sender, outcome) = watch::channel(None);
        let shared = Arc::clone(self);
        let task = runtime.spawn(async move {
            let result = shared.fetch.fetch(stale).await;
            let fetched = shared.finish(number, result);
            sender.send_replace(Some(fetched));
        });
        state.fetching = Some(Fetching {
            number,
            outcome: outcome.clone(),
            task: task.abort_handle(),
        });
        Ok(outcome)
    }

    /// Records the outcome of a fetch.
    fn finish(&self, number: u64, result: Result<AccessToken, TokenError>) -> Fetched {
        let now = self.clock.now();
        let mut state = self.lock();
        state.fetching.take_if(|fetching| fetching.number == number);
        if number <= state.superseded {
            return Fetched::Superseded;
        }
        if let Ok(token) = &result {
            state.failed = None;
            state.fetched_at = Some(now);
            state.current = Some(token.clone());
        }
        Fetched::Done(result.map_err(|error| state.fail(error)))
    }
}

impl<F: FetchToken> TokenSource for CachedTokens<F> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.get())
    }

    /// Not when the token is due for a refresh: that is checked separately.
    fn at_hand(&self) -> Option<AccessToken> {
        let now = self.shared.clock.now();
        let state = self.shared.lock();
        let token = state.current.as_ref()?;
        (!due(token, now)).then(|| token.clone())
    }

    fn invalidate(&self, rejected: &AccessToken) {
        let now = self.shared.clock.now();
        let mut state = self.shared.lock();
        if state
            .current
            .as_ref()
            .is_some_and(|token| token.is(rejected))
        {
            state.refuse(now);
        }
    }

    /// A fetch that may be abandoned is not waited for.
    fn close(&self) -> BoxFuture<'_, ()> {
        self.shared.lock().closed = true;
        Box::pin(async {
            if !self.shared.fetch.may_be_abandoned() {
                self.idle().await;
            }
        })
    }
}

impl<F: FetchToken> Drop for CachedTokens<F> {
    fn drop(&mut self) {
        if self.shared.fetch.may_be_abandoned()
            && let Some(fetching) = self.shared.lock().fetching.take()
        {
            fetching.task.abort();
        }
    }
}
