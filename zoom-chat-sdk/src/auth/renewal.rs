//! Tokens from Zoom's authorization server, kept in a store.
//!
//! This is more than a request, because a user's refresh token works only once. Therefore:
//!
//! - a new pair of tokens is stored before any caller gets it. If it cannot be stored, it is kept and stored before
//!   anything else is done, and no caller gets it until then, so that a program that stops loses no token that was in
//!   use;
//! - of several processes that share a store, one refreshes. It first writes a claim into the store, and the others
//!   wait for its result. Without the claim, two of them would use the same refresh token, and a server that notices
//!   this revokes the whole authorization. The claim expires by itself if its holder dies;
//! - a process that finds the record changed follows the new record: the tokens of the other process win, unless they
//!   are the ones that were just used up.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    AccessToken, BoxFuture, FetchToken, IssuedTokens, NeedsReauthorization, OAuthApp, TokenError,
    TokenRecord, TokenStore, TokenStoreError,
    app::TOKEN_TIMEOUT,
    store::Claim,
    timing::expired,
    token_request::{Field, Granted, Successor},
};
use crate::Secret;
use crate::time::later;

/// How long a claim lives: longer than a token request can take.
const CLAIM: Duration = Duration::from_secs(45);
const _: () = assert!(CLAIM.as_secs() > TOKEN_TIMEOUT.as_secs());
/// How often the store is asked for the result of another process's claim.
const POLL: Duration = Duration::from_millis(250);
/// How many times in a row the store may change between reading and writing.
const MOST_CONFLICTS: u32 = 100;

/// The grant of a token request.
#[derive(Debug, Clone)]
pub(super) enum Grant {
    AccountCredentials { account_id: String },
    ClientCredentials,
    RefreshToken,
}

#[derive(Debug)]
pub(super) struct Renewal {
    app: OAuthApp,
    grant: Grant,
    store: Arc<dyn TokenStore>,
    /// Whether only this process uses the store.
    private: bool,
    /// Identifies this process among those that share the store.
    id: u64,
    memory: Mutex<Memory>,
}

/// What is remembered between two renewals.
#[derive(Debug, Default)]
struct Memory {
    /// The tokens that were granted and could not be stored, and the refresh token that was used for them.
    unsaved: Option<(Option<Secret>, Granted)>,
    /// A refresh token that is no longer valid. Another request would fail as well.
    dead: Option<(Secret, NeedsReauthorization)>,
}

impl FetchToken for Renewal {
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.renew(stale))
    }

    /// A refresh token is used up as soon as the request is sent, and in a shared store other processes wait for the
    /// claim.
    fn may_be_abandoned(&self) -> bool {
        self.private && !matches!(self.grant, Grant::RefreshToken)
    }
}

impl Renewal {
    pub(super) fn new(
        app: OAuthApp,
        grant: Grant,
        store: Arc<dyn TokenStore>,
        private: bool,
    ) -> Self {
        Self {
            app,
            grant,
            store,
            private,
            // Without random numbers the chance that two share a number is that of two processes at one address.
            id: getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id())),
            memory: Mutex::default(),
        }
    }

    /// The app and its grant.
    pub(super) fn asks_for(&self) -> (OAuthApp, Grant) {
        (self.app.clone(), self.grant.clone())
    }

    async fn renew(&self, stale: Option<AccessToken>) -> Result<AccessToken, TokenError> {
        let stale = stale.as_ref();
        if let Some((used, granted)) = self.remember(|memory| memory.unsaved.clone()) {
            self.hand_over(used.as_ref(), granted, stale).await?;
        }
        let mut waiting: Option<(Claim, Instant)> = None;
        let mut conflicts = 0;
        while conflicts < MOST_CONFLICTS {
            let record = self.load().await?;
            self.check_owner(&record)?;
            if let Some(token) = self.usable(&record, stale) {
                return Ok(token);
            }
            self.check_alive(&record)?;
            if let Some(claim) = record.claim.filter(|claim| claim.by != self.id) {
                let since = match waiting {
                    Some((known, since)) if known == claim => since,
                    _ => Instant::now(),
                };
                waiting = Some((claim, since));
                // Its holder's clock may be wrong, so the wait is limited to the lifetime of a claim.
                let over = self.app.0.clock.now() >= claim.until || since.elapsed() >= CLAIM;
                if !over {
                    tokio::time::sleep(POLL).await;
                    continue;
                }
            }
            let claimed = record.claimed(Claim {
                by: self.id,
                until: later(self.app.0.clock.now(), CLAIM),
            });
            if self.swap(claimed.clone()).await? {
                match self.request(&record).await {
                    Ok(granted) => {
                        return self
                            .hand_over(record.refresh.as_ref(), granted, stale)
                            .await;
                    }
                    Err(error) => self.explain(&claimed, error).await?,
                }
            }
            conflicts += 1;
        }
        Err(conflict())
    }

    /// A stored token that can be used. The cache requests another one before it expires.
    fn usable(&self, record: &TokenRecord, stale: Option<&AccessToken>) -> Option<AccessToken> {
        let token = record.access.as_ref()?;
        let refused = stale.is_some_and(|stale| token.is(stale));
        let good = !refused && !expired(token, self.app.0.clock.now());
        good.then(|| token.clone())
    }

    /// Only users have refresh tokens. An app that acts for itself must not act for a user because both use the same
    /// store.
    fn check_owner(&self, record: &TokenRecord) -> Result<(), TokenStoreError> {
        match self.grant {
            Grant::AccountCredentials { .. } | Grant::ClientCredentials
                if record.refresh.is_some() =>
            {
                Err(TokenStoreError::new(
                    "it holds the authorization of a user",
                    None,
                ))
            }
            _ => Ok(()),
        }
    }

    /// Whether a token can be requested at all.
    fn check_alive(&self, record: &TokenRecord) -> Result<(), TokenError> {
        if !matches!(self.grant, Grant::RefreshToken) {
            return Ok(());
        }
        let Some(refresh) = &record.refresh else {
            let problem = "the store holds no refresh token";
            return Err(TokenError::needs_reauthorization(problem));
        };
        let dead = self.remember(|memory| memory.dead.clone());
        match dead {
            Some((token, error)) if same(Some(&token), Some(refresh)) => {
                Err(TokenError::NeedsReauthorization(error))
            }
            _ => Ok(()),
        }
    }

    async fn request(&self, record: &TokenRecord) -> Result<Granted, TokenError> {
        let account;
        let fields: &[_] = match (&self.grant, &record.refresh) {
            (Grant::AccountCredentials { account_id }, _) => {
                account = [
                    Field::Open("grant_type", "account_credentials"),
                    Field::Open("account_id", account_id),
                ];
                &account
            }
            (Grant::RefreshToken, Some(refresh)) => {
                account = [
                    Field::Open("grant_type", "refresh_token"),
                    Field::Secret("refresh_token", refresh),
                ];
                &account
            }
            (Grant::ClientCredentials | Grant::RefreshToken, _) => {
                &[Field::Open("grant_type", "client_credentials")]
            }
        };
        let granted = self.app.0.request_tokens(fields).await?;
        if matches!(self.grant, Grant::RefreshToken) {
            return Ok(granted);
        }
        // Nothing was used up, and an app that acts for itself needs no refresh token.
        let access = Ok(granted.access?);
        let refresh = Successor::Same;
        Ok(Granted { access, refresh })
    }

    /// Stores the granted tokens, and only then returns the access token. `used` is the refresh token of the request.
    async fn hand_over(
        &self,
        used: Option<&Secret>,
        granted: Granted,
        stale: Option<&AccessToken>,
    ) -> Result<AccessToken, TokenError> {
        self.remember(|memory| memory.unsaved = Some((used.cloned(), granted.clone())));
        for _ in 0..MOST_CONFLICTS {
            let record = self.load().await?;
            let overtaken = record.claim.is_none_or(|claim| claim.by != self.id);
            let theirs = self.usable(&record, stale);
            let newer = match self.grant {
                Grant::RefreshToken => !same(record.refresh.as_ref(), used),
                Grant::AccountCredentials { .. } | Grant::ClientCredentials => theirs.is_some(),
            };
            if overtaken && newer {
                self.remember(|memory| memory.unsaved = None);
                let problem = "the tokens were replaced by others while they were renewed";
                return theirs.ok_or_else(|| TokenError::unavailable(problem, true, None));
            }
            if self.swap(record.next_with(&granted)).await? {
                self.remember(|memory| memory.unsaved = None);
                return match (granted.access, granted.refresh) {
                    (Err(error), Successor::Lost) => {
                        Err(TokenError::needs_reauthorization(format!(
                            "the refresh token is used up, and its successor did not arrive ({error})"
                        )))
                    }
                    (access, _) => access,
                };
            }
        }
        Err(conflict())
    }

    /// Handles a failed request. `Ok` if another process has stored new tokens in the meantime.
    async fn explain(&self, claimed: &TokenRecord, error: TokenError) -> Result<(), TokenError> {
        let mut error = error;
        if let (Grant::RefreshToken, TokenError::Refused(refused), Some(refresh)) =
            (&self.grant, &error, &claimed.refresh)
            && refused.error() == Some("invalid_grant")
        {
            let record = self.load().await?;
            if !same(record.refresh.as_ref(), Some(refresh)) {
                return Ok(());
            }
            let gone = NeedsReauthorization::refused(refused.clone());
            self.remember(|memory| memory.dead = Some((refresh.clone(), gone.clone())));
            error = TokenError::NeedsReauthorization(gone);
        }
        // Takes the claim back. If that fails, it ends by itself.
        let _ = self.swap(claimed.next()).await;
        Err(error)
    }

    /// Stores tokens, whatever the store holds.
    pub(super) async fn overwrite(&self, tokens: IssuedTokens) -> Result<(), TokenError> {
        for _ in 0..MOST_CONFLICTS {
            let record = self.load().await?;
            let record = record.replaced(Some(tokens.clone()));
            if self.swap(record).await? {
                self.remember(|memory| *memory = Memory::default());
                return Ok(());
            }
        }
        Err(conflict())
    }

    /// Revokes the stored tokens, and those that other processes store in the meantime.
    pub(super) async fn revoke(&self) -> Result<(), TokenError> {
        if let Some((used, granted)) = self.remember(|memory| memory.unsaved.clone()) {
            // If this fails, so does what follows.
            let _ = self.hand_over(used.as_ref(), granted, None).await;
        }
        let mut revoked: Option<TokenRecord> = None;
        for _ in 0..MOST_CONFLICTS {
            let record = self.load().await?;
            let is_new =
                |before: &TokenRecord| !same(before.refresh.as_ref(), record.refresh.as_ref());
            if revoked.as_ref().is_none_or(is_new) {
                self.revoke_all(&record).await?;
            }
            if self.swap(record.replaced(None)).await? {
                self.remember(|memory| *memory = Memory::default());
                return Ok(());
            }
            revoked = Some(record);
        }
        Err(conflict())
    }

    /// The refresh token, which ends the authorization, and an access token that may outlive it.
    async fn revoke_all(&self, record: &TokenRecord) -> Result<(), TokenError> {
        let now = self.app.0.clock.now();
        let access = record.access.as_ref().filter(|token| !expired(token, now));
        let access = access.map(|token| token.expose_secret().to_owned().into());
        match (&record.refresh, access) {
            (Some(refresh), access) => {
                self.app.revoke(refresh).await?;
                match access {
                    Some(access) => self.app.revoke(&access).await.or_else(|error| match error {
                        // It went with the refresh token.
                        TokenError::Refused(refused) if !refused.is_transient() => Ok(()),
                        error => Err(error),
                    }),
                    None => Ok(()),
                }
            }
            (None, Some(access)) => self.app.revoke(&access).await,
            (None, None) => Ok(()),
        }
    }

    async fn load(&self) -> Result<TokenRecord, TokenStoreError> {
        Ok(self.store.load().await?.unwrap_or_default())
    }

    async fn swap(&self, record: TokenRecord) -> Result<bool, TokenStoreError> {
        let expected = record.revision().saturating_sub(1);
        self.store.compare_and_swap(expected, record).await
    }

    fn remember<T>(&self, with: impl FnOnce(&mut Memory) -> T) -> T {
        with(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn same(one: Option<&Secret>, other: Option<&Secret>) -> bool {
    one.map(Secret::expose_secret) == other.map(Secret::expose_secret)
}

fn conflict() -> TokenError {
    TokenStoreError::new("its record changes all the time", None).into()
}
