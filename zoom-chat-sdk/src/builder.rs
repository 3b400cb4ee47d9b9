//! The settings of a client.

use std::{fmt, sync::Arc, time::Duration};

use secrecy::SecretString;

use crate::{
    Encoding, Error, Event, InvalidSetting, ZoomChat,
    auth::{AccessToken, TokenSource},
    base_url::{self, BaseUrl},
    call::Timeouts,
    client::Shared,
    clock::{Clock, SystemClock},
    encoding::EncodingChoice,
    event::Observer,
    http,
    limit::Limiter,
    message::{RangeEnd, TextUnit},
    redirect::Hosts,
    retry::{Retries, RetryBudget, RetryPolicy},
    tokens::Tokens,
};

/// The settings of a client, made by [`ZoomChat::builder`]. Only the token has no default.
#[derive(Default)]
#[must_use = "a client comes from `build`"]
pub struct ZoomChatBuilder {
    access_token: Option<SecretString>,
    base_url: Option<String>,
    clock: Option<Arc<dyn Clock>>,
    connect_timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    encoding: Option<Encoding>,
    file_base_url: Option<String>,
    follow_api_url: bool,
    http_client: Option<reqwest::Client>,
    limiter: Option<Limiter>,
    observer: Option<Arc<Observer>>,
    proxies: Vec<reqwest::Proxy>,
    redirect_hosts: Vec<String>,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    rich_text_end: RangeEnd,
    text_unit: TextUnit,
    token_source: Option<Arc<dyn TokenSource>>,
    user_agent: Option<String>,
}

impl ZoomChatBuilder {
    /// An access token that somebody else keeps fresh.
    pub fn access_token(mut self, token: impl Into<SecretString>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// Lets Zoom redirect files to this host, and the access token with them: a host alone, like `files.example.com`.
    /// May be called several times. Zoom's own hosts (`*.zoom.us`, `*.zoomgov.com`) and that of
    /// [`base_url`](Self::base_url) need not be named.
    pub fn allow_redirects_to(mut self, host: impl Into<String>) -> Self {
        self.redirect_hosts.push(host.into());
        self
    }

    /// How long one request may take, from its start to the end of the answer. 30 seconds if not set.
    ///
    /// For a request that carries a file it is how long the file may get no further, and then how long the answer may
    /// take after its last byte.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// Where Zoom's API is: `https://api.zoom.us/v2` if not set; a regional host for some accounts, a server on a
    /// loopback address for tests. Plain http is refused for all but loopback addresses.
    ///
    /// Files go to the file host of the same cloud and region (`file.zoom.us` for `api.zoom.us`, `file.zoomgov.com` for
    /// `api.zoomgov.com`). A URL outside of Zoom's clouds, such as that of a gateway, gets everything, files as well,
    /// unless [`file_base_url`](Self::file_base_url) is set.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Where the time of day comes from. The system's clock if not set.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// How long establishing a connection may take. 10 seconds if not set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Pins the encoding of messages. If not set, multipart until Zoom wants JSON.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// Where files are sent, for a gateway that has another URL for them, or a region whose file host has another name.
    /// If not set, it follows from [`base_url`](Self::base_url). The access token goes there as well, so plain http is
    /// refused here, too, for all but loopback addresses.
    pub fn file_base_url(mut self, url: impl Into<String>) -> Self {
        self.file_base_url = Some(url.into());
        self
    }

    /// Calls the account's regional host, which Zoom names with a token (`api_url`), instead of the host of
    /// [`base_url`](Self::base_url). A host that is not Zoom's is not followed.
    pub fn follow_api_url(mut self) -> Self {
        self.follow_api_url = true;
        self
    }

    /// Uses this HTTP client. Its settings are then its own: user agent, proxy and connect timeout cannot be set here
    /// as well, and it should not follow redirects, as this client's own does not.
    ///
    /// Make it with a reqwest that your own crate depends on, TLS included: the one re-exported here is built without
    /// cryptography for rustls, and panics where a client is made with it.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Keeps Zoom's limits on this side: calls wait for their turn instead of being refused. One limiter per account,
    /// shared by all its clients. If not set, calls go as they come.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, limit::{Limiter, Plan}};
    ///
    /// let zoom = ZoomChat::builder().access_token("…").limiter(Limiter::new(Plan::Pro));
    /// ```
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// Calls `observer` with everything that happens to a call, for metrics. It runs in the task that makes the call,
    /// so it should be quick.
    ///
    /// ```
    /// use zoom_chat_sdk::{Event, ZoomChat};
    ///
    /// let zoom = ZoomChat::builder().access_token("…").on_event(|event| match event {
    ///     Event::AttemptEnded { operation, duration, .. } => println!("{} took {duration:?}", operation.id),
    ///     _ => {}
    /// });
    /// ```
    pub fn on_event(mut self, observer: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Goes through a proxy. Those named in the environment are used without being set here.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.proxies.push(proxy);
        self
    }

    /// How often and how long a call is repeated. A message is repeated only when it certainly was not sent, whatever
    /// is set here.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many calls of this client and its clones may be repeated.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Where Zoom takes a rich-text range to end. On its last character if not set.
    pub fn rich_text_end(mut self, end: RangeEnd) -> Self {
        self.rich_text_end = end;
        self
    }

    /// What Zoom's positions in a text and its limit on the length of a message count. UTF-16 code units if not set.
    pub fn text_unit(mut self, unit: TextUnit) -> Self {
        self.text_unit = unit;
        self
    }

    /// Where access tokens come from, when they do not come from outside.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.token_source = Some(Arc::new(source));
        self
    }

    /// How long a call may take in all, whatever the number of its requests. 2 minutes if not set.
    ///
    /// [`upload_file`](ZoomChat::upload_file) and [`send_file`](ZoomChat::send_file) may take a second more for each
    /// 64 KiB of the file.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }

    /// The User-Agent header. `zoom-chat-sdk/` and its version if not set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Makes the client. Connects to nothing yet.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`], naming the setting, when one is missing or cannot be used.
    pub fn build(mut self) -> Result<ZoomChat, Error> {
        let base_url = BaseUrl::parse(
            "base_url",
            self.base_url.as_deref().unwrap_or(base_url::DEFAULT),
        )?;
        let base_url = match &self.file_base_url {
            Some(files) => base_url.with_files(BaseUrl::parse("file_base_url", files)?),
            None => base_url,
        };
        let shared = Shared {
            tokens: self.tokens()?,
            redirect_hosts: Hosts::new(&base_url, &self.redirect_hosts)?,
            base_url,
            clock: self.clock.take().unwrap_or_else(|| Arc::new(SystemClock)),
            follow_api_url: self.follow_api_url,
            limiter: self.limiter.take(),
            timeouts: Timeouts {
                attempt: limit("attempt_timeout", self.attempt_timeout, Timeouts::ATTEMPT)?,
                total: limit("total_timeout", self.total_timeout, Timeouts::TOTAL)?,
            },
            encoding: EncodingChoice::new(self.encoding),
            observer: self.observer.take(),
            retries: Retries::new(self.retry, std::mem::take(&mut self.retry_budget)),
            text_unit: self.text_unit,
            rich_text_end: self.rich_text_end,
            http: self.http()?,
        };
        Ok(ZoomChat {
            shared: Arc::new(shared),
        })
    }

    fn tokens(&mut self) -> Result<Tokens, InvalidSetting> {
        match (self.access_token.take(), self.token_source.take()) {
            (Some(_), Some(_)) => Err(InvalidSetting::new(
                "access_token",
                "stands beside a source of tokens",
            )),
            (None, None) => Err(InvalidSetting::new(
                "access_token",
                "is missing, and so is a source of tokens",
            )),
            (None, Some(source)) => Ok(Tokens::Source(source)),
            (Some(token), None) => AccessToken::new(token)
                .map(Tokens::Fixed)
                .map_err(|error| InvalidSetting::new("access_token", error.to_string())),
        }
    }

    fn http(self) -> Result<reqwest::Client, InvalidSetting> {
        if let Some(client) = self.http_client {
            let doubled = [
                ("connect_timeout", self.connect_timeout.is_some()),
                ("proxy", !self.proxies.is_empty()),
                ("user_agent", self.user_agent.is_some()),
            ];
            return match doubled.into_iter().find(|(_, set)| *set) {
                Some((setting, _)) => Err(InvalidSetting::new(
                    setting,
                    "is a setting of the given HTTP client",
                )),
                None => Ok(client),
            };
        }
        let connect_timeout = self.connect_timeout.unwrap_or(Timeouts::CONNECT);
        let mut builder = http::client_builder(connect_timeout)?
            .user_agent(self.user_agent.as_deref().unwrap_or(http::USER_AGENT));
        for proxy in self.proxies {
            builder = builder.proxy(proxy);
        }
        builder.build().map_err(|error| {
            let setting = if self.user_agent.is_some() {
                "user_agent"
            } else {
                "http_client"
            };
            InvalidSetting::new(setting, error.without_url().to_string())
        })
    }
}

/// A time limit: never none at all, and never so far away that adding it to the time overflows.
fn limit(
    setting: &'static str,
    given: Option<Duration>,
    default: Duration,
) -> Result<Duration, InvalidSetting> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    match given {
        Some(Duration::ZERO) => Err(InvalidSetting::new(setting, "leaves no time at all")),
        given => Ok(given.unwrap_or(default).min(YEAR)),
    }
}

/// Without the token, and without proxies, whose URLs may hold a password.
impl fmt::Debug for ZoomChatBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoomChatBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("encoding", &self.encoding)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
