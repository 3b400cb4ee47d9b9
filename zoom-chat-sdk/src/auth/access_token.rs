//! An access token and what is known about it.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, SystemTime},
};

use reqwest::header::HeaderValue;
use zoom_chat_openapi::TokenKind;

use super::TokenError;
use crate::Secret;
use crate::time::until;

/// An access token. Cheap to clone, and never printed.
///
/// ```
/// use zoom_chat_sdk::auth::AccessToken;
///
/// # fn main() -> Result<(), zoom_chat_sdk::auth::TokenError> {
/// let token = AccessToken::new("eyJhbGciOi…".replace('…', ""))?;
/// assert!(!format!("{token:?}").contains("eyJ"));
/// # Ok(())
/// # }
/// ```
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::auth::AccessToken;
///
/// # fn main() -> Result<(), zoom_chat_sdk::auth::TokenError> {
/// // A token of a secrets manager, with what that knows about it.
/// let issued = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_128_000);
/// let expires = issued + Duration::from_secs(3600);
/// let token = AccessToken::new("eyJhbGciOi")?
///     .valid(issued, expires)
///     .with_scopes(["imchat:bot".to_owned()])
///     .with_api_url("https://api-eu.zoom.us");
/// assert_eq!((token.issued_at(), token.expires_at()), (Some(issued), Some(expires)));
/// println!("{:?} of {:?} at {:?}", token.kind(), token.scopes(), token.api_url());
///
/// // For a request that another HTTP client sends:
/// assert!(token.authorization().is_sensitive());
/// assert_eq!(token.expose_secret(), "eyJhbGciOi");
/// assert!(token.is(&AccessToken::new("Bearer eyJhbGciOi")?));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AccessToken(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    secret: Secret,
    /// The `Authorization` header, made once, since every request needs it.
    authorization: HeaderValue,
    lifetime: Option<Lifetime>,
    scopes: Vec<String>,
    kind: Option<TokenKind>,
    api_url: Option<String>,
    /// Whether a call with it went well.
    is_proven: Arc<AtomicBool>,
}

/// From when until when a token is valid, by this machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetime {
    pub(crate) issued_at: SystemTime,
    pub(crate) expires_at: SystemTime,
}

impl Lifetime {
    /// When the last 1/`share` of the lifetime begins, capped at `most`.
    pub(crate) fn last(self, share: u32, most: Duration) -> SystemTime {
        let length = until(self.expires_at, self.issued_at);
        let part = (length / share.max(1)).min(most);
        self.expires_at.checked_sub(part).unwrap_or(self.expires_at)
    }
}

impl AccessToken {
    /// A call with it, or with a clone, went well.
    pub(crate) fn prove(&self) {
        self.0.is_proven.store(true, Relaxed);
    }

    pub(super) fn is_proven(&self) -> bool {
        self.0.is_proven.load(Relaxed)
    }

    /// A token without further information. White space around it is removed, and so is the `Bearer` of an
    /// `Authorization` header.
    ///
    /// # Errors
    ///
    /// [`TokenError::Unavailable`] if the token is empty, or contains white space or a character that is invalid in a
    /// header.
    pub fn new(token: impl Into<Secret>) -> Result<Self, TokenError> {
        let mut secret = token.into();
        let bare = bare(secret.expose_secret());
        if bare.is_empty() {
            return Err(TokenError::unusable("the access token is empty"));
        }
        if bare.len() != secret.expose_secret().len() {
            secret = bare.to_owned().into();
        }
        if secret.expose_secret().contains(char::is_whitespace) {
            return Err(TokenError::unusable(
                "the access token holds white space: it must be the token alone",
            ));
        }
        let header = format!("Bearer {}", secret.expose_secret());
        let Ok(mut authorization) = HeaderValue::try_from(header) else {
            return Err(TokenError::unusable(
                "the access token contains a character that is invalid in a header",
            ));
        };
        authorization.set_sensitive(true);
        Ok(Self(Arc::new(Inner {
            secret,
            authorization,
            lifetime: None,
            scopes: Vec::new(),
            kind: None,
            api_url: None,
            is_proven: Arc::default(),
        })))
    }

    /// Sets when the token was issued and when it expires, by this machine's clock.
    #[must_use]
    pub fn valid(mut self, issued_at: SystemTime, expires_at: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).lifetime = Some(Lifetime {
            issued_at,
            expires_at,
        });
        self
    }

    /// Sets the scopes that the token was granted.
    #[must_use]
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = String>) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.scopes = scopes.into_iter().collect();
        inner.kind = TokenKind::of_scopes(&inner.scopes);
        self
    }

    /// Sets the regional host of the account.
    #[must_use]
    pub fn with_api_url(mut self, api_url: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).api_url = Some(api_url.into());
        self
    }

    /// When the token was issued. `None` if that is not known.
    #[must_use]
    pub fn issued_at(&self) -> Option<SystemTime> {
        self.0.lifetime.map(|lifetime| lifetime.issued_at)
    }

    /// When the token expires. `None` if that is not known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.lifetime.map(|lifetime| lifetime.expires_at)
    }

    /// The scopes that the token was granted; empty if they are not known.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.0.scopes
    }

    /// The kind of the token, according to its scopes. `None` if they are unknown, or belong to both kinds.
    #[must_use]
    pub fn kind(&self) -> Option<TokenKind> {
        self.0.kind
    }

    /// The regional host of the account, as Zoom named it, for example `https://api-eu.zoom.us`.
    #[must_use]
    pub fn api_url(&self) -> Option<&str> {
        self.0.api_url.as_deref()
    }

    /// The value of the `Authorization` header, marked as sensitive.
    #[must_use]
    pub fn authorization(&self) -> HeaderValue {
        self.0.authorization.clone()
    }

    /// The token itself.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.secret.expose_secret()
    }

    /// Whether both are the same token.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.expose_secret() == other.expose_secret()
    }

    pub(crate) fn lifetime(&self) -> Option<Lifetime> {
        self.0.lifetime
    }
}

/// The token alone. No token holds white space, so what stands before it can only be the scheme.
fn bare(token: &str) -> &str {
    let token = token.trim();
    match token.split_once(char::is_whitespace) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_start(),
        _ if token.eq_ignore_ascii_case("bearer") => "",
        _ => token,
    }
}

/// Without the token.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("expires_at", &self.expires_at())
            .field("scopes", &self.scopes())
            .field("api_url", &self.api_url())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn a_token_that_cannot_be_sent_is_refused() {
        for (bad, problem) in [
            ("", "is empty"),
            (" \n", "is empty"),
            ("Bearer", "is empty"),
            ("bearer  ", "is empty"),
            ("a\nb", "holds white space"),
            ("Basic canary", "holds white space"),
            ("Bearer a canary", "holds white space"),
            ("Bearer Bearer canary", "holds white space"),
            ("canary\u{a0}b", "holds white space"),
            ("canary\u{0}", "contains a character"),
            ("canary\u{7f}", "contains a character"),
        ] {
            let error = AccessToken::new(bad).unwrap_err().to_string();
            let expected = format!("the access token {problem}");
            assert!(error.starts_with(&expected), "{bad:?}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn what_stands_around_a_token_is_cut_off() {
        for text in [
            "secret",
            " secret",
            "secret\r\n",
            "Bearer secret",
            "bearer\tsecret",
            " BEARER   secret \n",
        ] {
            let token = AccessToken::new(text).unwrap();
            assert_eq!(token.expose_secret(), "secret", "{text:?}");
            assert!(token.authorization().is_sensitive());
            assert_eq!(token.authorization(), "Bearer secret");
        }
        assert_eq!(
            AccessToken::new("bearer-1").unwrap().expose_secret(),
            "bearer-1"
        );
    }

    #[test]
    fn the_last_part_of_a_life_is_never_longer_than_it() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let life = |issued_at, expires_at| Lifetime {
            issued_at: at(issued_at),
            expires_at: at(expires_at),
        };
        let five_minutes = Duration::from_secs(300);
        assert_eq!(life(0, 3600).last(5, five_minutes), at(3300));
        assert_eq!(life(0, 100).last(5, five_minutes), at(80));
        assert_eq!(life(50, 50).last(5, five_minutes), at(50));
        assert_eq!(life(60, 50).last(5, five_minutes), at(50));
    }
}
