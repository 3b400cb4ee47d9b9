//! A user who has authorized the app.

use std::{sync::Arc, time::Duration};

use zoom_chat_sdk::{
    auth::{AccessToken, BoxFuture, IssuedTokens, OAuthTokens, TokenStore},
    time::Clock,
};

use crate::server::{Server, clock};

/// A user's tokens, of which the access token has expired and the refresh token is `refresh-1`.
pub(crate) async fn authorized(server: &Server, store: Arc<dyn TokenStore>) -> OAuthTokens {
    let source = server.app().user(store);
    source.adopt(expired("refresh-1")).await.unwrap();
    source
}

pub(crate) fn expired(refresh: &str) -> IssuedTokens {
    let now = clock().now();
    let access = AccessToken::new("old").unwrap().valid(now, now);
    IssuedTokens::new(access, Some(refresh.into()))
}

/// Polls a future once.
pub(crate) async fn poll_once<T>(future: &mut BoxFuture<'_, T>) -> Option<T> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

/// Tokens of which the access token, `old`, is valid for another minute, so that it is renewed by the next caller.
pub(crate) fn due(refresh: &str) -> IssuedTokens {
    let (now, minute) = (clock().now(), Duration::from_secs(60));
    let access = AccessToken::new("old").unwrap();
    IssuedTokens::new(
        access.valid(now - 59 * minute, now + minute),
        Some(refresh.into()),
    )
}

/// What is stored, as JSON.
pub(crate) async fn stored(store: &dyn TokenStore) -> String {
    let record = store.load().await.unwrap();
    record.unwrap_or_default().expose_json()
}
