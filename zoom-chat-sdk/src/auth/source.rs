//! The trait that all sources of tokens have in common.

use std::{fmt::Debug, future::ready, sync::Arc};

use zoom_chat_openapi::TokenKind;

use super::{AccessToken, TokenError};

pub use futures_core::future::BoxFuture;

/// Gives out access tokens.
///
/// A client asks before every request, so an implementation keeps the token it has until it is about to expire;
/// [`CachedTokens`](super::CachedTokens) does that for any way of fetching one.
///
/// ```
/// use zoom_chat_sdk::auth::{AccessToken, BoxFuture, TokenError, TokenSource};
///
/// /// A token that another process writes into a file.
/// #[derive(Debug)]
/// struct TokenFile(std::path::PathBuf);
///
/// impl TokenSource for TokenFile {
///     fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0)
///                 .map_err(|error| TokenError::unavailable("the token cannot be read", true, Some(error.into())))?;
///             AccessToken::new(text.trim())
///         })
///     }
///
///     fn invalidate(&self, _rejected: &AccessToken) {} // nothing is kept
/// }
/// ```
pub trait TokenSource: Debug + Send + Sync {
    /// A token that is valid, as far as is known.
    ///
    /// The future may be dropped at any time, and nothing may be lost by that.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// The token, if one is cached: what [`token`](Self::token) would give without waiting. A source that keeps its
    /// token overrides this, so that its callers need no boxed future; for others the default does.
    fn at_hand(&self) -> Option<AccessToken> {
        None
    }

    /// The kind of the tokens, if it is known. A call of an operation that takes the other kind then fails before a
    /// token is fetched.
    ///
    /// `None` by default: the kind then follows from the scopes of each token, if they are known.
    fn kind(&self) -> Option<TokenKind> {
        None
    }

    /// Zoom rejected this token. A source that still holds it drops it; one that holds a newer one keeps that. The call
    /// is retried with the next token, but not if [`at_hand`](Self::at_hand) still gives this one.
    fn invalidate(&self, rejected: &AccessToken);

    /// Waits until no request is in flight whose result would be lost if the program ended, such as the refresh of a
    /// token that can be refreshed once. Afterwards tokens are fetched only when they are needed, not ahead of time.
    ///
    /// The default does nothing. A source that wraps another one calls its `close`.
    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }
}

impl<S: TokenSource + ?Sized> TokenSource for Arc<S> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        (**self).token()
    }

    fn at_hand(&self) -> Option<AccessToken> {
        (**self).at_hand()
    }

    fn kind(&self) -> Option<TokenKind> {
        (**self).kind()
    }

    fn invalidate(&self, rejected: &AccessToken) {
        (**self).invalidate(rejected);
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        (**self).close()
    }
}
