//! The HTTP clients that this crate makes by itself.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect::Policy};

use crate::InvalidSetting;

/// What they call themselves if nobody says otherwise.
pub(crate) const USER_AGENT: &str = concat!("zoom-chat-sdk/", env!("CARGO_PKG_VERSION"));

/// The start of one. It follows no redirects: reqwest would turn a POST into a GET, and where a token may go is for
/// this crate to decide.
pub(crate) fn client_builder(connect_timeout: Duration) -> Result<ClientBuilder, InvalidSetting> {
    let builder = Client::builder()
        .redirect(Policy::none())
        .connect_timeout(connect_timeout);
    with_tls(builder)
}

/// rustls on *ring*. AWS-LC, which reqwest would take, is a C library that takes longer to build than all Rust crates
/// of an HTTP client together.
#[cfg(feature = "rustls")]
fn with_tls(builder: ClientBuilder) -> Result<ClientBuilder, InvalidSetting> {
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
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| InvalidSetting::new("http_client", error.to_string()))?
        .with_no_client_auth();
    config.alpn_protocols = ALPN.iter().map(|name| name.to_vec()).collect();
    Ok(builder.tls_backend_preconfigured(config))
}

/// Whatever reqwest was built with.
#[cfg(not(feature = "rustls"))]
fn with_tls(builder: ClientBuilder) -> Result<ClientBuilder, InvalidSetting> {
    Ok(builder)
}
