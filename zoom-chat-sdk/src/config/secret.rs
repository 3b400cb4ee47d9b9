//! Text that is never printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A secret: it is never printed, and its memory is overwritten when it is dropped.
///
/// ```
/// use zoom_chat_sdk::Secret;
///
/// let secret = Secret::from("w3bh00k-secret");
/// assert_eq!(format!("{secret:?}"), "Secret(14 bytes)");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The text itself, for the place that needs it.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.expose().len())
    }
}
