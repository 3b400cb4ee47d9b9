//! The app that requests tokens: its credentials and its endpoints.

use std::{fmt, sync::Arc, time::Duration};

use super::Endpoints;
use crate::{
    InvalidSetting, Secret,
    config::HttpSettings,
    time::{Clock, SystemClock},
};

/// How long a token request may take, from its start to the end of the answer.
pub(super) const TOKEN_TIMEOUT: Duration = Duration::from_secs(30);

/// An app of Zoom's Marketplace. Cheap to clone.
///
/// ```
/// use zoom_chat_sdk::auth::OAuthApp;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
/// let tokens = app.server_to_server("account id");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct OAuthApp(pub(super) Arc<App>);

pub(super) struct App {
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) endpoints: Endpoints,
    pub(super) http: reqwest::Client,
    pub(super) clock: Arc<dyn Clock>,
}

impl OAuthApp {
    /// Starts an app by its client id.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::OAuthApp;
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(client_id: impl Into<String>) -> OAuthAppBuilder {
        OAuthAppBuilder {
            client_id: client_id.into(),
            client_secret: None,
            endpoints: Endpoints::default(),
            http: HttpSettings::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

impl fmt::Debug for OAuthApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthApp")
            .field("client_id", &self.0.client_id)
            .field("endpoints", &self.0.endpoints)
            .finish_non_exhaustive()
    }
}

/// The settings of an app, made by [`OAuthApp::builder`].
#[must_use = "an app comes from `build`"]
pub struct OAuthAppBuilder {
    client_id: String,
    client_secret: Option<Secret>,
    endpoints: Endpoints,
    http: HttpSettings,
    clock: Arc<dyn Clock>,
}

impl OAuthAppBuilder {
    /// The secret of the app. An app without a secret (a public client) can only act for users, with PKCE or a device
    /// code.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::OAuthApp;
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Sets the clock that gives the time of day.
    ///
    /// ```
    /// use zoom_chat_sdk::{auth::OAuthApp, time::SystemClock};
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").clock(SystemClock).build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The server that tokens are requested from. `zoom.us` if not set.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{Endpoints, OAuthApp};
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").endpoints(Endpoints::at("https://zoomgov.com/oauth/token")?).build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// Configures the HTTP client of token requests, as
    /// [`ZoomChatBuilder::http_client`](crate::ZoomChatBuilder::http_client) does for API calls. Redirects, replays and
    /// proxies for loopback addresses are set after it here as well, so that the secrets of a token request are sent to
    /// its endpoint only.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::OAuthApp;
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").http_client(|http| http.user_agent("release-bot/2.1")).build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_client(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.configure = Some(Box::new(configure));
        self
    }

    /// Sends token requests through a proxy. If not set, the proxies of the environment and the operating system are
    /// used, except when an endpoint is on a loopback address.
    ///
    /// ```
    /// use zoom_chat_sdk::{auth::OAuthApp, reqwest::Proxy};
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").proxy(Proxy::all("http://proxy.example.com:3128")?).build()?;
    /// # drop(app);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http.proxies.push(proxy);
        self
    }

    /// Makes the app. Opens no connection.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::OAuthApp;
    ///
    /// assert!(OAuthApp::builder("client id").client_secret("client secret").build().is_ok());
    /// assert!(OAuthApp::builder(" ").build().is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// If the client id or the secret is empty, or no HTTP client can be made.
    pub fn build(self) -> Result<OAuthApp, InvalidSetting> {
        if self.client_id.trim().is_empty() {
            return Err(InvalidSetting::new("client_id", "is empty"));
        }
        let secret = self.client_secret.as_ref();
        if secret.is_some_and(|secret| secret.expose_secret().trim().is_empty()) {
            return Err(InvalidSetting::new("client_secret", "is empty"));
        }
        let http = self.http.build(self.endpoints.lead_to_loopback())?;
        Ok(OAuthApp(Arc::new(App {
            client_id: self.client_id,
            client_secret: self.client_secret,
            endpoints: self.endpoints,
            http,
            clock: self.clock,
        })))
    }
}

impl fmt::Debug for OAuthAppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthAppBuilder")
            .field("client_id", &self.client_id)
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}
