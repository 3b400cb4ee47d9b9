//! The token of a client: always the same, or one from a source.

use std::sync::Arc;

use zoom_chat_openapi::TokenKind;

use super::{AccessToken, TokenError, TokenSource};

/// The token source of a client.
pub(crate) enum Tokens {
    /// Needs no boxed future.
    Fixed(AccessToken),
    Source(Arc<dyn TokenSource>),
}

impl Tokens {
    /// The token, if one is available without waiting.
    pub(crate) fn at_hand(&self) -> Option<AccessToken> {
        match self {
            Self::Fixed(token) => Some(token.clone()),
            Self::Source(source) => source.at_hand(),
        }
    }

    pub(crate) async fn current(&self) -> Result<AccessToken, TokenError> {
        match self {
            Self::Fixed(token) => Ok(token.clone()),
            Self::Source(source) => match source.at_hand() {
                Some(token) => Ok(token),
                None => source.token().await,
            },
        }
    }

    /// Whose tokens these are, where that is known before there is one.
    pub(crate) fn kind(&self) -> Option<TokenKind> {
        match self {
            Self::Fixed(token) => token.kind(),
            Self::Source(source) => source.kind(),
        }
    }

    /// Zoom refused this token.
    pub(crate) fn invalidate(&self, refused: &AccessToken) {
        if let Self::Source(source) = self {
            source.invalidate(refused);
        }
    }

    /// Waits until nothing is under way that would be lost if the program ended now.
    pub(crate) async fn close(&self) {
        if let Self::Source(source) = self {
            source.close().await;
        }
    }

    /// Whether there can never be another token.
    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}
