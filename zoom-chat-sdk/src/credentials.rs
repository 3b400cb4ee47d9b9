//! The token, as it goes into the Authorization header.

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::InvalidSetting;

/// An access token, ready to be sent.
pub(crate) struct Credentials {
    token: SecretString,
    authorization: HeaderValue,
}

impl Credentials {
    pub(crate) fn new(token: SecretString) -> Result<Self, InvalidSetting> {
        if token.expose_secret().trim().is_empty() {
            return Err(InvalidSetting::new("access_token", "is empty"));
        }
        let Ok(mut authorization) =
            HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
        else {
            return Err(InvalidSetting::new(
                "access_token",
                "holds a character that cannot stand in a header",
            ));
        };
        authorization.set_sensitive(true);
        Ok(Self {
            token,
            authorization,
        })
    }

    pub(crate) fn authorization(&self) -> HeaderValue {
        self.authorization.clone()
    }

    pub(crate) fn secret(&self) -> &str {
        self.token.expose_secret()
    }
}
