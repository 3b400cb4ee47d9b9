//! Tokens of an app, for an account, a bot or a user.

use std::sync::Arc;

use zoom_chat_openapi::TokenKind;

use super::{
    AccessToken, BoxFuture, CachedTokens, IssuedTokens, MemoryTokenStore, OAuthApp, TokenError,
    TokenSource, TokenStore,
    renewal::{Grant, Renewal},
    token_request::Field,
};
use crate::Secret;

/// Tokens of an [`OAuthApp`], refreshed before they expire. Made by [`OAuthApp::server_to_server`],
/// [`OAuthApp::chatbot`] and [`OAuthApp::user`].
#[derive(Debug)]
pub struct OAuthTokens {
    cache: CachedTokens<Renewal>,
    kind: TokenKind,
}

impl OAuthApp {
    /// Tokens of a server-to-server app, for the account with this id.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, auth::OAuthApp};
    ///
    /// # fn example(app: OAuthApp) -> Result<(), zoom_chat_sdk::Error> {
    /// let zoom = ZoomChat::builder().token_source(app.server_to_server("account id")).build()?;
    /// # drop(zoom);
    /// # Ok(())
    /// # }
    /// ```
    pub fn server_to_server(&self, account_id: impl Into<String>) -> OAuthTokens {
        let account_id = account_id.into();
        OAuthTokens::private(self.clone(), Grant::AccountCredentials { account_id })
    }

    /// Tokens of a chatbot (client credentials).
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, auth::OAuthApp};
    ///
    /// # fn example(app: OAuthApp) -> Result<(), zoom_chat_sdk::Error> {
    /// let zoom = ZoomChat::builder().token_source(app.chatbot()).build()?;
    /// # drop(zoom);
    /// # Ok(())
    /// # }
    /// ```
    pub fn chatbot(&self) -> OAuthTokens {
        OAuthTokens::private(self.clone(), Grant::ClientCredentials)
    }

    /// Tokens of the user whose authorization is in `store`, or is stored there by [`OAuthTokens::adopt`].
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, auth::{MemoryTokenStore, OAuthApp}};
    ///
    /// # fn example(app: OAuthApp) -> Result<(), zoom_chat_sdk::Error> {
    /// let store = MemoryTokenStore::default(); // in production, one that outlives the process
    /// let zoom = ZoomChat::builder().token_source(app.user(store)).build()?;
    /// # drop(zoom);
    /// # Ok(())
    /// # }
    /// ```
    pub fn user(&self, store: impl TokenStore + 'static) -> OAuthTokens {
        OAuthTokens::new(self.clone(), Grant::RefreshToken, Arc::new(store), false)
    }

    /// Revokes a token: an access token or a refresh token.
    ///
    /// ```
    /// use zoom_chat_sdk::{Secret, auth::{OAuthApp, TokenError}};
    ///
    /// # async fn example(app: OAuthApp, token: Secret) -> Result<(), TokenError> {
    /// app.revoke(&token).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::Refused`] if Zoom rejects it.
    pub async fn revoke(&self, token: &Secret) -> Result<(), TokenError> {
        let fields = [Field::Secret("token", token)];
        let revoke = &self.0.endpoints.revoke;
        self.0.post(revoke, &fields).await.map(drop)
    }
}

impl OAuthTokens {
    fn private(app: OAuthApp, grant: Grant) -> Self {
        Self::new(app, grant, Arc::new(MemoryTokenStore::default()), true)
    }

    fn new(app: OAuthApp, grant: Grant, store: Arc<dyn TokenStore>, private: bool) -> Self {
        let clock = Arc::clone(&app.0.clock);
        let kind = match &grant {
            Grant::ClientCredentials => TokenKind::Chatbot,
            Grant::AccountCredentials { .. } | Grant::RefreshToken => TokenKind::User,
        };
        let renewal = Renewal::new(app, grant, store, private);
        Self {
            cache: CachedTokens::new(renewal, clock),
            kind,
        }
    }

    /// Keeps the tokens in `store`, so that several processes can share one token.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, auth::{MemoryTokenStore, OAuthApp}};
    ///
    /// # fn example(app: OAuthApp) -> Result<(), zoom_chat_sdk::Error> {
    /// let store = MemoryTokenStore::default(); // in production, one that outlives the process
    /// let zoom = ZoomChat::builder().token_source(app.server_to_server("account id").shared_in(store)).build()?;
    /// # drop(zoom);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn shared_in(self, store: impl TokenStore + 'static) -> Self {
        let (app, grant) = self.cache.fetcher().asks_for();
        Self::new(app, grant, Arc::new(store), false)
    }

    /// Stores the tokens that a user has just authorized, replacing the stored ones.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{AuthorizationRequest, OAuthApp, OAuthTokens, TokenError};
    ///
    /// # async fn example(app: OAuthApp, tokens: OAuthTokens, request: AuthorizationRequest, url: &str) -> Result<(), TokenError> {
    /// tokens.adopt(app.exchange_code(&request, url).await?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::Store`] if they cannot be stored.
    pub async fn adopt(&self, tokens: IssuedTokens) -> Result<(), TokenError> {
        self.cache.fetcher().overwrite(tokens).await?;
        self.cache.reset();
        Ok(())
    }

    /// Ends the authorization: revokes the tokens, the refresh token first, and removes them from the store.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{OAuthTokens, TokenError};
    ///
    /// # async fn example(tokens: OAuthTokens) -> Result<(), TokenError> {
    /// tokens.revoke().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::Refused`] if Zoom rejects them, [`TokenError::Store`] if the store fails. The tokens then stay in
    /// the store, so that the call can be repeated.
    pub async fn revoke(&self) -> Result<(), TokenError> {
        // A refresh would replace the tokens while they are revoked.
        self.cache.idle().await;
        self.cache.fetcher().revoke().await?;
        self.cache.reset();
        Ok(())
    }

    /// Waits until no token request is in flight.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::OAuthTokens;
    ///
    /// # async fn example(tokens: OAuthTokens) {
    /// tokens.idle().await;
    /// # }
    /// ```
    pub async fn idle(&self) {
        self.cache.idle().await;
    }
}

impl TokenSource for OAuthTokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        self.cache.token()
    }

    fn at_hand(&self) -> Option<AccessToken> {
        self.cache.at_hand()
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(self.kind)
    }

    fn invalidate(&self, rejected: &AccessToken) {
        self.cache.invalidate(rejected);
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        self.cache.close()
    }
}
