//! The endpoints that tokens are requested from.

use reqwest::Url;

use crate::{
    InvalidSetting,
    config::{BaseUrl, is_loopback},
};

/// The URLs of Zoom's authorization server.
///
/// Secrets are sent there, so the scheme is https, or http for a loopback address.
///
/// ```
/// use zoom_chat_sdk::auth::Endpoints;
///
/// // A gateway that has the pages for users on another host.
/// let endpoints = Endpoints::at("https://tokens.example.com/oauth/token")?
///     .authorize_url("https://login.example.com/authorize")?
///     .device_url("https://login.example.com/device")?
///     .revoke_url("https://tokens.example.com/revoke")?;
/// # drop(endpoints);
/// # Ok::<(), zoom_chat_sdk::InvalidSetting>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    pub(super) authorize: String,
    pub(super) device: String,
    pub(super) revoke: String,
    pub(super) token: String,
}

impl Default for Endpoints {
    /// Those of `zoom.us`.
    fn default() -> Self {
        Self::beside("https://zoom.us/oauth/token")
    }
}

impl Endpoints {
    /// The endpoints of another server, given its token URL. The other URLs are siblings of it, as Zoom's are:
    /// `…/oauth/token`, `…/oauth/authorize`, `…/oauth/revoke`, `…/oauth/devicecode`.
    ///
    /// # Errors
    ///
    /// If it is not a URL, is neither https nor on a loopback address, or has a password, a query or a fragment.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::Endpoints;
    ///
    /// assert!(Endpoints::at("https://zoomgov.com/oauth/token").is_ok());
    /// assert!(Endpoints::at("http://127.0.0.1:8080/oauth/token").is_ok());
    /// assert!(Endpoints::at("http://zoom.us/oauth/token").is_err());
    /// ```
    pub fn at(token_url: &str) -> Result<Self, InvalidSetting> {
        BaseUrl::parse("token_url", token_url).map(|url| Self::beside(url.as_str()))
    }

    /// Whether requests with a secret stay on this machine.
    pub(super) fn lead_to_loopback(&self) -> bool {
        [&self.device, &self.revoke, &self.token]
            .into_iter()
            .filter_map(|url| Url::parse(url).ok())
            .any(|url| is_loopback(&url))
    }

    fn beside(token: &str) -> Self {
        let folder = token.rsplit_once('/').map_or(token, |(folder, _)| folder);
        Self {
            authorize: format!("{folder}/authorize"),
            device: format!("{folder}/devicecode"),
            revoke: format!("{folder}/revoke"),
            token: token.to_owned(),
        }
    }

    /// Sets the URL where users authorize the app.
    ///
    /// # Errors
    ///
    /// As [`Endpoints::at`].
    pub fn authorize_url(mut self, url: &str) -> Result<Self, InvalidSetting> {
        self.authorize = checked("authorize_url", url)?;
        Ok(self)
    }

    /// Sets the URL that issues device codes.
    ///
    /// # Errors
    ///
    /// As [`Endpoints::at`].
    pub fn device_url(mut self, url: &str) -> Result<Self, InvalidSetting> {
        self.device = checked("device_url", url)?;
        Ok(self)
    }

    /// Sets the URL that revokes tokens.
    ///
    /// # Errors
    ///
    /// As [`Endpoints::at`].
    pub fn revoke_url(mut self, url: &str) -> Result<Self, InvalidSetting> {
        self.revoke = checked("revoke_url", url)?;
        Ok(self)
    }
}

fn checked(setting: &'static str, url: &str) -> Result<String, InvalidSetting> {
    BaseUrl::parse(setting, url).map(|url| url.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_are_siblings_of_the_token_url() {
        let zoom = Endpoints::default();
        assert_eq!(zoom.authorize, "https://zoom.us/oauth/authorize");
        assert_eq!(zoom.device, "https://zoom.us/oauth/devicecode");
        assert_eq!(zoom.revoke, "https://zoom.us/oauth/revoke");
        assert_eq!(Endpoints::at("https://zoom.us/oauth/token").unwrap(), zoom);
        let local = Endpoints::at("http://127.0.0.1:1/t").unwrap();
        assert_eq!(local.revoke, "http://127.0.0.1:1/revoke");
        assert!(local.revoke_url("http://example.com/revoke").is_err());
    }
}
