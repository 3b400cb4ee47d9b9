//! The one place where HTTP clients are made, both for API calls and for token requests.
//!
//! The settings that protect tokens and messages are applied after the caller's, so that they always hold:
//!
//! - no redirect is followed: reqwest would turn a POST into a GET, and send secrets to any host that the server names;
//! - no request is replayed: a replay would bypass the rate limiter, the hooks and the count of attempts;
//! - a server on a loopback address is called directly: a proxy from the environment would see the token in plain text.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Proxy, header::HeaderValue, redirect, retry};

use super::InvalidSetting;

const USER_AGENT: &str = concat!("zoom-chat-sdk/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// If the server closes a connection while a request is sent on it, the outcome of the request is unknown. Gateways
/// close idle connections after 60 s or more, so the client closes them well before.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The caller's function that adds settings to the defaults.
pub(crate) type Configure = Box<dyn FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// The settings of an HTTP client.
#[derive(Default)]
pub(crate) struct HttpSettings {
    pub(crate) configure: Option<Configure>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) proxies: Vec<Proxy>,
    pub(crate) user_agent: Option<String>,
}

impl HttpSettings {
    /// Makes the client. `loopback` is whether its server is on a loopback address.
    pub(crate) fn build(self, loopback: bool) -> Result<Client, InvalidSetting> {
        let user_agent = match &self.user_agent {
            Some(given) => HeaderValue::from_str(given)
                .map_err(|error| InvalidSetting::new("user_agent", error.to_string()))?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        let mut builder = Client::builder()
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .pool_idle_timeout(self.pool_idle_timeout.unwrap_or(POOL_IDLE_TIMEOUT))
            .user_agent(user_agent);
        // Before the caller's settings, as only they can bring TLS of another kind.
        builder = with_tls(builder)?;
        if let Some(configure) = self.configure {
            builder = configure(builder);
        }
        builder = builder
            .redirect(redirect::Policy::none())
            .retry(retry::never());
        if loopback {
            builder = builder.no_proxy();
        }
        self.proxies
            .into_iter()
            .fold(builder, ClientBuilder::proxy)
            .build()
            .map_err(|error| InvalidSetting::new("http_client", error.without_url().to_string()))
    }
}

/// rustls on *ring*. AWS-LC, which reqwest would take, is a C library that takes longer to build than all Rust crates
/// of an HTTP client together.
#[cfg(feature = "rustls")]
fn with_tls(builder: ClientBuilder) -> Result<ClientBuilder, InvalidSetting> {
    use std::sync::OnceLock;

    // Reading the certificates of the system takes longer than all the rest.
    static CONFIG: OnceLock<rustls::ClientConfig> = OnceLock::new();

    let config = match CONFIG.get() {
        Some(config) => config,
        None => CONFIG.get_or_init({
            let config = tls_config()
                .map_err(|error| InvalidSetting::new("http_client", error.to_string()))?;
            || config
        }),
    };
    Ok(builder.tls_backend_preconfigured(config.clone()))
}

#[cfg(feature = "rustls")]
fn tls_config() -> Result<rustls::ClientConfig, rustls::Error> {
    use std::sync::Arc;

    use rustls::{ClientConfig, crypto::ring};
    use rustls_platform_verifier::BuilderVerifierExt;

    const ALPN: &[&[u8]] = if cfg!(feature = "http2") {
        &[b"h2", b"http/1.1"]
    } else {
        &[b"http/1.1"]
    };

    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)?
        .with_no_client_auth();
    config.alpn_protocols = ALPN.iter().map(|name| name.to_vec()).collect();
    Ok(config)
}

/// The TLS library that reqwest was built with.
#[cfg(not(feature = "rustls"))]
fn with_tls(builder: ClientBuilder) -> Result<ClientBuilder, InvalidSetting> {
    Ok(builder)
}
