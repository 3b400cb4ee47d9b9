//! The token of a client: always the same, or one from a source.

use std::sync::Arc;

use crate::auth::{AccessToken, TokenError, TokenSource};

/// Where a client has its token from.
pub(crate) enum Tokens {
    /// Asked for without a future in a box.
    Fixed(AccessToken),
    Source(Arc<dyn TokenSource>),
}

impl Tokens {
    pub(crate) async fn current(&self) -> Result<AccessToken, TokenError> {
        match self {
            Self::Fixed(token) => Ok(token.clone()),
            Self::Source(source) => source.token().await,
        }
    }

    /// Another token than the one that Zoom refused, if there is one to be had.
    pub(crate) async fn instead_of(
        &self,
        rejected: &AccessToken,
    ) -> Result<Option<AccessToken>, TokenError> {
        let Self::Source(source) = self else {
            return Ok(None);
        };
        source.invalidate(rejected);
        let token = source.token().await?;
        Ok((!token.is(rejected)).then_some(token))
    }
}
