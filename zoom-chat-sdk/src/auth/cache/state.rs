//! The state of a token cache, behind its mutex.

use std::time::{Duration, SystemTime};

use tokio::{sync::watch, task::AbortHandle, time::Instant};

use crate::{
    auth::{AccessToken, TokenError, timing::back_off},
    time::until,
};

/// The longest wait that a server can ask for: a mistake of the server must not stop a client for ever.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);
/// A token that is rejected sooner than this after it was fetched counts as rejected while new.
const NEW: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) current: Option<AccessToken>,
    /// When the current token was fetched.
    pub(super) fetched_at: Option<SystemTime>,
    /// The last token that was rejected, so that it is not used again, wherever it comes from.
    pub(super) refused: Option<AccessToken>,
    /// How many tokens in a row were rejected, all but the first while new.
    pub(super) refusals: u32,
    pub(super) fetching: Option<Fetching>,
    pub(super) fetches: u64,
    /// The results of the fetches up to this number are outdated.
    pub(super) superseded: u64,
    /// Why no fetch may start now.
    pub(super) failed: Option<Failed>,
    /// Whether tokens are no longer renewed early.
    pub(super) closed: bool,
}

/// The outcome of a fetch.
#[derive(Debug, Clone)]
pub(super) enum Fetched {
    Done(Result<AccessToken, TokenError>),
    /// The cache was reset while it was under way.
    Superseded,
}

#[derive(Debug)]
pub(super) struct Fetching {
    pub(super) number: u64,
    pub(super) outcome: watch::Receiver<Option<Fetched>>,
    pub(super) task: AbortHandle,
}

#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: TokenError,
    pub(super) times: u32,
    pub(super) until: Instant,
}

impl State {
    /// The fetch in flight. A fetch whose task has died does not count.
    pub(super) fn running(&self) -> Option<watch::Receiver<Option<Fetched>>> {
        let fetching = self.fetching.as_ref()?;
        let alive = fetching.outcome.has_changed().is_ok();
        alive.then(|| fetching.outcome.clone())
    }

    pub(super) fn may_fetch_early(&self) -> bool {
        !self.closed && self.running().is_none() && self.backing_off().is_none()
    }

    /// The error of the last fetch, while it is too early for the next one.
    pub(super) fn backing_off(&self) -> Option<TokenError> {
        let failed = self.failed.as_ref()?;
        let left = failed.until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then(|| failed.error.clone().not_before(left))
    }

    pub(super) fn fail(&mut self, error: TokenError) -> TokenError {
        let times = self.failed.as_ref().map_or(0, |failed| failed.times) + 1;
        let asked = error.retry_after().unwrap_or_default().min(LONGEST_ASKED);
        let wait = back_off(times).max(asked);
        tracing::warn!(%error, retry_after = ?wait, "no new access token");
        let error = error.not_before(wait);
        self.failed = Some(Failed {
            error: error.clone(),
            times,
            until: Instant::now() + wait,
        });
        error
    }

    /// The current token was rejected. The first one is replaced at once; if the next one is rejected as well, a new
    /// token does not help, so the fetches pause.
    pub(super) fn refuse(&mut self, now: SystemTime) {
        let token = self.current.take();
        // One that was taken before has come to its end, however soon.
        let is_proven = token.as_ref().is_some_and(AccessToken::is_proven);
        let is_new = !is_proven && self.fetched_at.is_some_and(|at| until(now, at) < NEW);
        self.refused = token;
        self.refusals = if is_new { self.refusals } else { 0 }.saturating_add(1);
        if self.refusals > 1 {
            let wait = back_off(self.refusals - 1);
            tracing::warn!(retry_after = ?wait, "new access tokens are refused");
            let until = Instant::now() + wait;
            self.failed = Some(match self.failed.take() {
                Some(failed) if failed.until > until => failed,
                failed => Failed {
                    error: TokenError::tokens_refused(),
                    times: failed.map_or(0, |failed| failed.times),
                    until,
                },
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_refused_token_cuts_no_longer_pause_short() {
        for (pause, expected) in [(0, 1), (100, 100)] {
            let mut state = State {
                current: Some(AccessToken::new("new").unwrap()),
                fetched_at: Some(UNIX_EPOCH),
                refusals: 1,
                failed: Some(Failed {
                    error: TokenError::tokens_refused(),
                    times: 7,
                    until: Instant::now() + Duration::from_secs(pause),
                }),
                ..State::default()
            };
            state.refuse(UNIX_EPOCH);
            let failed = state.failed.unwrap();
            let left = failed.until - Instant::now();
            assert_eq!(left, Duration::from_secs(expected));
            assert_eq!(failed.times, 7);
        }
    }
}
