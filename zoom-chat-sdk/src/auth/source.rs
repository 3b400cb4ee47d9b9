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
    /// Dropping the future must lose nothing.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// The token, if one is cached: what [`token`](Self::token) would give without waiting. A source that keeps its token
    /// saves its callers the box of a future by it; others leave it as it is.
    fn at_hand(&self) -> Option<AccessToken> {
        None
    }

    /// Whose tokens these are, where that is known. A call of an operation that takes the other kind is then refused
    /// before a token is fetched.
    ///
    /// `None` by default: the scopes of each token tell, where they are known.
    fn kind(&self) -> Option<TokenKind> {
        None
    }

    /// Zoom refused this token. A source that still holds it drops it; one that holds a newer one keeps that.
    fn invalidate(&self, rejected: &AccessToken);

    /// Waits until nothing is under way that would be lost if the program ended now, such as the refresh of a token
    /// that is used up by it. Afterwards tokens are fetched only when they are needed, and not ahead of time.
    ///
    /// The default does nothing. A source that holds another one passes the call on.
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
