//! Why a redirect was not followed.

use crate::answer::Redaction;

/// Why a redirect was not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectRefusal {
    /// 303 asks for a GET, which carries no file.
    #[error("asks for a GET, which carries no file")]
    ChangesMethod,
    /// It leads to a host that is neither Zoom's nor allowed by a setting.
    #[error("leads to {host}, which is neither Zoom's nor allowed by `allow_redirects_to`")]
    Host {
        /// The host.
        host: String,
    },
    /// Its Location cannot be read as a URL, or names a user.
    #[error("has a Location that is no URL to go to")]
    InvalidLocation,
    /// It leads to where the request has been before.
    #[error("leads to where the request has been before")]
    Loop,
    /// It has no Location.
    #[error("does not say where to go")]
    NoLocation,
    /// It leads away from https.
    #[error("leads to `{scheme}`, and the token is sent over https only")]
    NotHttps {
        /// Where it leads to: the part of the URL before the colon.
        scheme: String,
    },
    /// Five were followed before.
    #[error("comes after {} others, which are enough", Self::MOST)]
    TooMany,
}

impl RedirectRefusal {
    /// How many redirects of one request are followed.
    pub(crate) const MOST: usize = 5;

    /// The same, but for a host or scheme that repeats a secret.
    pub(crate) fn without(self, redaction: Redaction<'_>) -> Self {
        match self {
            Self::Host { host } if redaction.is_in(&host) => Self::Host {
                host: "a host that repeats the token".to_owned(),
            },
            Self::NotHttps { scheme } if redaction.is_in(&scheme) => Self::NotHttps {
                scheme: "[redacted]".to_owned(),
            },
            other => other,
        }
    }
}
