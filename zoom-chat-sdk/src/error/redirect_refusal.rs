//! Why a redirect was not followed.

use crate::answer::Redaction;

/// Why a redirect was not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectRefusal {
    /// 303 asks for a GET, which cannot carry the file.
    #[error("asks for a GET, which cannot carry the file")]
    ChangesMethod,
    /// It leads to a host that is neither Zoom's nor allowed by a setting.
    #[error("leads to {host}, which is neither Zoom's nor allowed by `allow_redirects_to`")]
    Host {
        /// The host.
        host: String,
    },
    /// Its Location is not a valid URL, or contains a user name.
    #[error("has an invalid Location")]
    InvalidLocation,
    /// It leads to a URL that the request has visited.
    #[error("leads to a URL that the request has visited")]
    Loop,
    /// It has no Location.
    #[error("has no Location")]
    NoLocation,
    /// It leads away from https.
    #[error("leads to `{scheme}`, and the token is sent over https only")]
    NotHttps {
        /// The scheme of its Location.
        scheme: String,
    },
    /// It comes after five other redirects.
    #[error("exceeds the limit of {} redirects", Self::MOST)]
    TooMany,
}

impl RedirectRefusal {
    /// How many redirects of one request are followed.
    pub(crate) const MOST: usize = 5;

    /// The same, without a host or scheme that repeats a secret.
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
