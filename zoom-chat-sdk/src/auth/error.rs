//! Why no access token was available.
//!
//! Errors are shared by all callers that waited for the same token, so they are cheap to clone. They show what a token
//! endpoint says about an error, and never what was sent to it.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use zoom_chat_openapi::Shown;

type Source = Arc<dyn StdError + Send + Sync>;

/// Why no token was available. The call that needed it was not sent.
///
/// ```
/// use std::time::Duration;
/// use zoom_chat_sdk::auth::TokenError;
///
/// /// How long a job waits before it asks for a token again. `None` if somebody has to act first.
/// fn pause(error: &TokenError) -> Option<Duration> {
///     if error.is_needs_reauthorization() {
///         println!("send the user to the page of the authorization");
///         return None;
///     }
///     println!("{:?} {:?} {:?} {:?}", error.status(), error.error(), error.reason(), error.tracking_id());
///     error.is_transient().then(|| error.retry_after().unwrap_or(Duration::from_secs(30)))
/// }
///
/// assert_eq!(pause(&TokenError::needs_reauthorization("the user has logged out")), None);
/// let busy = TokenError::unavailable("the broker is busy", true, None);
/// assert_eq!(pause(&busy), Some(Duration::from_secs(30)));
/// ```
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The user has to authorize the app: the authorization was revoked or has expired, or there never was one.
    #[error(transparent)]
    NeedsReauthorization(NeedsReauthorization),
    /// Zoom answered the token request with an error.
    #[error(transparent)]
    Refused(TokenRefused),
    /// The store of the tokens failed.
    #[error(transparent)]
    Store(TokenStoreError),
    /// There was no answer, or an invalid one.
    #[error(transparent)]
    Unavailable(TokenUnavailable),
}

impl TokenError {
    /// An error for custom token sources: no token was available. `transient` is whether a retry may succeed.
    #[must_use]
    pub fn unavailable(
        problem: impl Into<String>,
        transient: bool,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Unavailable(TokenUnavailable(Arc::new(Unavailable {
            problem: problem.into(),
            transient,
            is_pause_of_exchanges: false,
            retry_after: None,
            source: source.map(Source::from),
        })))
    }

    /// An error for custom token sources: the user has to authorize the app again.
    #[must_use]
    pub fn needs_reauthorization(problem: impl Into<String>) -> Self {
        Self::NeedsReauthorization(NeedsReauthorization(Arc::new(Reauthorization {
            problem: problem.into(),
            refused: None,
        })))
    }

    pub(crate) fn unusable(problem: &str) -> Self {
        Self::unavailable(problem, false, None)
    }

    /// Several new tokens in a row were rejected.
    pub(super) fn tokens_refused() -> Self {
        Self::Unavailable(TokenUnavailable(Arc::new(Unavailable {
            problem: "Zoom refused the last access tokens although they were new".to_owned(),
            transient: true,
            is_pause_of_exchanges: true,
            retry_after: None,
            source: None,
        })))
    }

    pub(crate) fn is_pause_of_exchanges(&self) -> bool {
        matches!(self, Self::Unavailable(error) if error.0.is_pause_of_exchanges)
    }

    /// Whether the user has to authorize the app again.
    #[must_use]
    pub fn is_needs_reauthorization(&self) -> bool {
        matches!(self, Self::NeedsReauthorization(_))
    }

    /// Whether a retry may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::NeedsReauthorization(_) => false,
            Self::Refused(error) => error.is_transient(),
            Self::Store(_) => true,
            Self::Unavailable(error) => error.0.transient,
        }
    }

    /// How long to wait before the next request for a token.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(error) => error.0.retry_after,
            Self::Unavailable(error) => error.0.retry_after,
            Self::NeedsReauthorization(_) | Self::Store(_) => None,
        }
    }

    /// The HTTP status, if the token endpoint answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.refused().map(|refused| refused.0.status)
    }

    /// The error code of OAuth, for example `invalid_client`.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.refused()?.0.error.as_deref()
    }

    /// Zoom's explanation.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.refused()?.0.reason.as_deref()
    }

    /// The id by which Zoom's support finds the token request.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        self.refused()?.0.tracking_id.as_deref()
    }

    /// The same error with a delay before the next attempt.
    pub(crate) fn not_before(self, wait: Duration) -> Self {
        let retry_after = Some(wait);
        match self {
            Self::Refused(TokenRefused(refused)) => {
                let refused = Arc::unwrap_or_clone(refused);
                Self::Refused(TokenRefused::new(Refused {
                    retry_after,
                    ..refused
                }))
            }
            Self::Unavailable(TokenUnavailable(unavailable)) => {
                let unavailable = Arc::unwrap_or_clone(unavailable);
                Self::Unavailable(TokenUnavailable(Arc::new(Unavailable {
                    retry_after,
                    ..unavailable
                })))
            }
            Self::NeedsReauthorization(_) | Self::Store(_) => self,
        }
    }

    fn refused(&self) -> Option<&TokenRefused> {
        match self {
            Self::Refused(refused) => Some(refused),
            Self::NeedsReauthorization(error) => error.0.refused.as_ref(),
            Self::Store(_) | Self::Unavailable(_) => None,
        }
    }
}

/// The user has to authorize the app again: the refresh token is no longer valid, or there never was one.
#[derive(Clone)]
pub struct NeedsReauthorization(Arc<Reauthorization>);

#[derive(Debug)]
struct Reauthorization {
    problem: String,
    refused: Option<TokenRefused>,
}

impl NeedsReauthorization {
    pub(crate) fn refused(refused: TokenRefused) -> Self {
        let problem = "the refresh token is no longer valid".to_owned();
        Self(Arc::new(Reauthorization {
            problem,
            refused: Some(refused),
        }))
    }
}

impl fmt::Display for NeedsReauthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}; the user has to authorize the app again",
            self.0.problem
        )
    }
}

impl fmt::Debug for NeedsReauthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for NeedsReauthorization {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let refused = self.0.refused.as_ref()?;
        Some(refused)
    }
}

/// An error answer of a token endpoint.
#[derive(Clone)]
pub struct TokenRefused(Arc<Refused>);

#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) error: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) tracking_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl TokenRefused {
    pub(crate) fn new(refused: Refused) -> Self {
        Self(Arc::new(refused))
    }

    /// Whether a retry may succeed: too many requests, or a failure of a gateway or server.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self.0.status, 408 | 425 | 429 | 500..)
    }

    /// The error code of OAuth, for example `invalid_client`.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }
}

impl fmt::Display for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zoom gave no token (status {}", self.0.status)?;
        if let Some(error) = &self.0.error {
            write!(f, ", {}", Shown(error))?;
        }
        f.write_str(")")?;
        if let Some(reason) = &self.0.reason {
            write!(f, ": {}", Shown(reason))?;
        }
        Ok(())
    }
}

impl fmt::Debug for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for TokenRefused {}

/// No token was available, for another reason than an error answer.
#[derive(Clone)]
pub struct TokenUnavailable(Arc<Unavailable>);

#[derive(Clone)]
struct Unavailable {
    problem: String,
    transient: bool,
    is_pause_of_exchanges: bool,
    retry_after: Option<Duration>,
    source: Option<Source>,
}

impl fmt::Display for TokenUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.problem)
    }
}

impl fmt::Debug for TokenUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenUnavailable")
            .field("problem", &self.0.problem)
            .field("transient", &self.0.transient)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for TokenUnavailable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

/// A [`TokenStore`](super::TokenStore) could not read or write.
///
/// ```
/// use std::{fs, path::Path};
/// use zoom_chat_sdk::auth::TokenStoreError;
///
/// fn read(path: &Path) -> Result<String, TokenStoreError> {
///     fs::read_to_string(path).map_err(|error| TokenStoreError::new("reading the tokens", Some(error.into())))
/// }
/// ```
#[derive(Clone)]
pub struct TokenStoreError(Arc<Store>);

struct Store {
    problem: String,
    source: Option<Source>,
}

impl TokenStoreError {
    /// `problem` says what the store was doing, `source` why it failed. Neither may contain a token.
    #[must_use]
    pub fn new(
        problem: impl Into<String>,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(Arc::new(Store {
            problem: problem.into(),
            source: source.map(Source::from),
        }))
    }
}

impl fmt::Display for TokenStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the token store failed: {}", self.0.problem)
    }
}

impl fmt::Debug for TokenStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenStoreError")
            .field("problem", &self.0.problem)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for TokenStoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

impl From<TokenStoreError> for TokenError {
    fn from(error: TokenStoreError) -> Self {
        Self::Store(error)
    }
}
