//! One token for all callers, fetched once.
//!
//! A fetch runs in a task of its own, not inside the future of a caller. A caller may be dropped at any time (a
//! time-out, a `select!`), and a fetch that nobody polls would stop half-way: with a refresh token that is used up and
//! its successor unread in a socket. A future shared by the callers would not help, since the last one may be dropped
//! too. The task ends by itself with the answer or the time limit of the fetch; if the cache is dropped before that, it
//! is aborted, unless that would lose something ([`FetchToken::may_be_abandoned`]).
//!
//! The state lies in a mutex that is held for a few comparisons, never across an await.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use tokio::{runtime::Handle, sync::watch, task::AbortHandle, time::Instant};

use super::{AccessToken, BoxFuture, TokenError, TokenSource};
use crate::clock::Clock;

/// How long before its end a token is renewed, at most. Short-lived ones are renewed in the last fifth of their life.
const EARLY: Duration = Duration::from_secs(5 * 60);
const EARLY_SHARE: u32 = 5;
/// How long before its end a token counts as expired, at most, since a request takes its time to arrive. For
/// short-lived ones the last twentieth of their life.
const MARGIN: Duration = Duration::from_secs(10);
const MARGIN_SHARE: u32 = 20;
/// How long after a failed fetch the next one is made; doubled with every further failure.
const FIRST_BACK_OFF: Duration = Duration::from_secs(1);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(60);
/// The longest wait that is granted to a server that asks for one: a mistake of its must not stop a client for ever.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// A way to get a new token, to be put into [`CachedTokens`].
pub trait FetchToken: std::fmt::Debug + Send + Sync + 'static {
    /// Gets a token other than `stale`, which has expired, is about to, or was refused.
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// Whether nothing is lost when a fetch is stopped half-way, because nobody needs the token any more.
    fn may_be_abandoned(&self) -> bool {
        true
    }
}

/// Keeps a token until it is about to expire, and fetches the next one once for all callers.
///
/// - One fetch at a time, whatever the number of callers. It goes on when the callers that wait for it are dropped.
/// - A token is renewed ahead of its end (5 minutes, or the last fifth of a short life), while callers go on with the
///   one that is still valid. They do not notice when that fails.
/// - After a failed fetch there is none for a second, then two, and so on up to a minute (up to an
///   hour if the server asks for it). Until then callers that need one get the error at once.
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

#[derive(Debug, Default)]
struct State {
    current: Option<AccessToken>,
    /// The last token that was refused, so that it is not taken from anywhere again.
    refused: Option<AccessToken>,
    fetching: Option<Fetching>,
    fetches: u64,
    failed: Option<Failed>,
}

type Fetched = Option<Result<AccessToken, TokenError>>;

#[derive(Debug)]
struct Fetching {
    number: u64,
    outcome: watch::Receiver<Fetched>,
    task: AbortHandle,
}

#[derive(Debug)]
struct Failed {
    error: TokenError,
    times: u32,
    until: Instant,
}

enum Found {
    Token(AccessToken),
    Error(TokenError),
    Fetching(watch::Receiver<Fetched>),
}

impl<F: FetchToken> CachedTokens<F> {
    /// A cache that is empty.
    pub fn new(fetch: F, clock: Arc<dyn Clock>) -> Self {
        let state = Mutex::default();
        Self {
            shared: Arc::new(Shared {
                fetch,
                clock,
                state,
            }),
        }
    }

    /// Forgets the token and past failures. The next caller fetches one.
    pub fn reset(&self) {
        let mut state = self.shared.lock();
        state.refused = state.current.take();
        state.failed = None;
    }

    /// Waits until no fetch is under way. A program that is about to end waits for this, so that no refresh is cut off.
    pub async fn idle(&self) {
        let outcome = self
            .shared
            .lock()
            .fetching
            .as_ref()
            .map(|fetching| fetching.outcome.clone());
        if let Some(mut outcome) = outcome {
            // An error means that the fetch is over all the same.
            let _ = outcome.wait_for(Option::is_some).await;
        }
    }

    /// What fetches.
    pub(crate) fn fetcher(&self) -> &F {
        &self.shared.fetch
    }

    async fn get(&self) -> Result<AccessToken, TokenError> {
        // A fetch is lost when its runtime is shut down, or when it panics. One lost fetch is made good.
        for _ in 0..2 {
            let mut outcome = match self.shared.look() {
                Found::Token(token) => return Ok(token),
                Found::Error(error) => return Err(error),
                Found::Fetching(outcome) => outcome,
            };
            if let Ok(fetched) = outcome.wait_for(Option::is_some).await
                && let Some(result) = fetched.clone()
            {
                return result;
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

    /// What a caller gets now. Starts a fetch if one is due.
    fn look(self: &Arc<Self>) -> Found {
        let now = self.clock.now();
        let mut state = self.lock();
        let valid = state.current.as_ref().filter(|token| !expired(token, now));
        if let Some(token) = valid.cloned() {
            if due(&token, now) && state.running().is_none() && state.backing_off().is_none() {
                // A failure is noticed where it matters: when the token is needed and has expired.
                let _ = self.start(&mut state);
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

    fn start(self: &Arc<Self>, state: &mut State) -> Result<watch::Receiver<Fetched>, TokenError> {
        let runtime = Handle::try_current()
            .map_err(|error| TokenError::unavailable("no runtime", false, Some(error.into())))?;
        state.fetches += 1;
        let number = state.fetches;
        let stale = state.current.clone().or_else(|| state.refused.clone());
        let (sender, outcome) = watch::channel(None);
        let shared = Arc::clone(self);
        let task = runtime.spawn(async move {
            let result = shared.fetch.fetch(stale).await;
            let result = shared.finish(number, result);
            sender.send_replace(Some(result));
        });
        state.fetching = Some(Fetching {
            number,
            outcome: outcome.clone(),
            task: task.abort_handle(),
        });
        Ok(outcome)
    }

    /// Writes down what came of a fetch.
    fn finish(
        &self,
        number: u64,
        result: Result<AccessToken, TokenError>,
    ) -> Result<AccessToken, TokenError> {
        let mut state = self.lock();
        if state
            .fetching
            .as_ref()
            .is_some_and(|fetching| fetching.number == number)
        {
            state.fetching = None;
        }
        match result {
            Ok(token) => {
                state.failed = None;
                state.current = Some(token.clone());
                Ok(token)
            }
            Err(error) => {
                let times = state.failed.as_ref().map_or(0, |failed| failed.times) + 1;
                let asked = error.retry_after().unwrap_or_default().min(LONGEST_ASKED);
                let wait = back_off(times).max(asked);
                tracing::warn!(%error, retry_after = ?wait, "no new access token");
                let error = error.not_before(wait);
                state.failed = Some(Failed {
                    error: error.clone(),
                    times,
                    until: Instant::now() + wait,
                });
                Err(error)
            }
        }
    }
}

impl State {
    /// The fetch that is under way. One whose task has died is not.
    fn running(&self) -> Option<watch::Receiver<Fetched>> {
        let fetching = self.fetching.as_ref()?;
        let alive = fetching.outcome.has_changed().is_ok();
        alive.then(|| fetching.outcome.clone())
    }

    /// The error of the last fetch, while it is too early for the next one.
    fn backing_off(&self) -> Option<TokenError> {
        let failed = self.failed.as_ref()?;
        let left = failed.until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then(|| failed.error.clone().not_before(left))
    }
}

impl<F: FetchToken> TokenSource for CachedTokens<F> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.get())
    }

    /// Not when the token is to be renewed: that takes a look of its own.
    fn at_hand(&self) -> Option<AccessToken> {
        let now = self.shared.clock.now();
        let state = self.shared.lock();
        let token = state.current.as_ref()?;
        (!due(token, now)).then(|| token.clone())
    }

    fn invalidate(&self, rejected: &AccessToken) {
        let mut state = self.shared.lock();
        if state
            .current
            .as_ref()
            .is_some_and(|token| token.is(rejected))
        {
            state.refused = state.current.take();
        }
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

/// Whether it is time to renew a token.
fn due(token: &AccessToken, now: SystemTime) -> bool {
    token
        .lifetime()
        .is_some_and(|lifetime| now >= lifetime.last(EARLY_SHARE, EARLY))
}

/// Whether a token is too close to its end to be sent.
pub(super) fn expired(token: &AccessToken, now: SystemTime) -> bool {
    token
        .lifetime()
        .is_some_and(|lifetime| now >= lifetime.last(MARGIN_SHARE, MARGIN))
}

/// Doubled with every failure in a row.
fn back_off(times: u32) -> Duration {
    let factor = 2_u32.saturating_pow(times.saturating_sub(1));
    FIRST_BACK_OFF.saturating_mul(factor).min(LONGEST_BACK_OFF)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;
    use crate::clock::later;

    proptest! {
        /// Whatever lifetime a server claims, and whatever time it is: no overflow, and never early after late.
        #[test]
        fn a_token_is_renewed_before_it_is_given_up(issued in 0..=u64::from(u32::MAX) * 2, expires_in: u64, now in 0..=u64::from(u32::MAX) * 4) {
            let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
            let (issued, now) = (at(issued), at(now));
            let expires = later(issued, Duration::from_secs(expires_in));
            let token = AccessToken::new("t").unwrap().valid(issued, expires);
            prop_assert!(expires >= issued);
            prop_assert!(due(&token, now) || !expired(&token, now));
            prop_assert!(expired(&token, now) || now < expires);
            // A token that lives at all is used when it is new.
            prop_assert_eq!(due(&token, issued), expires_in == 0);
            if expires_in >= 3600 {
                prop_assert!(!due(&token, expires - Duration::from_secs(301)));
                prop_assert!(due(&token, expires - Duration::from_secs(300)));
            }
        }

        #[test]
        fn back_off_grows_and_is_bounded(times: u32) {
            prop_assert!(back_off(times) <= back_off(times.saturating_add(1)));
            prop_assert!(back_off(times) <= LONGEST_BACK_OFF && back_off(times) >= FIRST_BACK_OFF);
        }
    }
}
