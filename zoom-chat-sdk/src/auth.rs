//! Where access tokens come from.
//!
//! A client asks its [`TokenSource`] for a token before every request, and reports a token that Zoom rejects. The
//! sources are:
//!
//! - [`StaticToken`]: a fixed token, which the caller refreshes;
//! - [`OAuthTokens`]: tokens of an [`OAuthApp`], refreshed before they expire: of a server-to-server app, a chatbot, or
//!   a user who has authorized the app in a browser ([`AuthorizationRequest`]) or on another device
//!   ([`DeviceAuthorization`]);
//! - [`from_env`]: whichever of these the environment variables describe;
//! - [`CachedTokens`]: tokens from anywhere else ([`FetchToken`]), fetched once for all callers.
//!
//! ```no_run
//! use zoom_chat_sdk::auth::{AuthorizationRequest, MemoryTokenStore, OAuthApp};
//!
//! # async fn example(redirected_to: &str) -> Result<(), Box<dyn std::error::Error>> {
//! // Once: the user authorizes the app.
//! let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
//! let request = AuthorizationRequest::new("https://example.com/zoom")?;
//! println!("open {}", app.authorize_url(&request)?);
//! let tokens = app.exchange_code(&request, redirected_to).await?;
//!
//! // From then on, with a store that outlives the process:
//! let source = app.user(MemoryTokenStore::default());
//! source.adopt(tokens).await?;
//! # Ok(())
//! # }
//! ```

mod access_token;
mod app;
mod authorization;
mod cache;
mod device;
mod endpoints;
mod environment;
mod error;
mod oauth_tokens;
mod renewal;
mod source;
mod static_token;
mod store;
mod timing;
mod token_answer;
mod token_request;

pub use access_token::AccessToken;
pub use app::{OAuthApp, OAuthAppBuilder};
pub use authorization::AuthorizationRequest;
pub use cache::{CachedTokens, FetchToken};
pub use device::DeviceAuthorization;
pub use endpoints::Endpoints;
pub use environment::from_env;
pub use error::{
    NeedsReauthorization, TokenError, TokenRefused, TokenStoreError, TokenUnavailable,
};
pub use oauth_tokens::OAuthTokens;
pub use source::{BoxFuture, TokenSource};
pub use static_token::StaticToken;
#[cfg(feature = "file-store")]
pub use store::FileTokenStore;
#[cfg(feature = "redis")]
pub use store::RedisTokenStore;
pub use store::{MemoryTokenStore, TokenRecord, TokenStore};
pub(crate) use timing::expired;
pub use token_request::IssuedTokens;
