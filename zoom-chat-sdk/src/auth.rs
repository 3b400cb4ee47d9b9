//! Where access tokens come from.
//!
//! A client asks its [`TokenSource`] for a token before every request, and tells it when Zoom refuses one. The sources
//! in here:
//!
//! - [`StaticToken`]: a token that somebody else keeps fresh.

mod access_token;
mod error;
mod source;
mod static_token;

pub use access_token::AccessToken;
pub use error::{NeedsReauthorization, StoreError, TokenError, TokenRefused, TokenUnavailable};
pub use source::{BoxFuture, TokenSource};
pub use static_token::StaticToken;
