//! A fixed token, which the caller refreshes.

use std::future::ready;

use zoom_chat_openapi::TokenKind;

use super::{AccessToken, BoxFuture, TokenError, TokenSource};
use crate::Secret;

/// A fixed access token. The caller is responsible for refreshing it: a token that Zoom rejects is not retried.
#[derive(Debug, Clone)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// A source that always gives this token.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::StaticToken;
    ///
    /// assert!(StaticToken::new("token").is_ok());
    /// assert!(StaticToken::new("to\nken").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// As [`AccessToken::new`].
    pub fn new(token: impl Into<Secret>) -> Result<Self, TokenError> {
        AccessToken::new(token).map(Self)
    }
}

impl From<AccessToken> for StaticToken {
    fn from(token: AccessToken) -> Self {
        Self(token)
    }
}

impl TokenSource for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(ready(Ok(self.0.clone())))
    }

    fn at_hand(&self) -> Option<AccessToken> {
        Some(self.0.clone())
    }

    fn kind(&self) -> Option<TokenKind> {
        self.0.kind()
    }

    /// Does nothing: there is no other token. A call is not retried with the token that was rejected.
    fn invalidate(&self, _rejected: &AccessToken) {}
}
