//! The settings of a client.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    CallEvent, Encoding, Error, InvalidSetting, Secret, ZoomChat,
    auth::{StaticToken, TokenSource},
    call::{Hosts, Observer, Shared, Timeouts},
    config::{BaseUrl, HttpSettings},
    limit::Limiter,
    message::{EncodingChoice, RangeEnd, Recent, TextUnit},
    retry::{Retries, RetryBudget, RetryPolicy},
    time::{Clock, SystemClock},
};

/// The default limit of an answer. Zoom's largest pages are far smaller.
const MAX_ANSWER_SIZE: usize = 16 << 20;

/// The settings of a client, made by [`ZoomChat::builder`]. Only the token has no default.
#[derive(Default)]
#[must_use = "a client comes from `build`"]
pub struct ZoomChatBuilder {
    access_token: Option<Secret>,
    base_url: Option<String>,
    clock: Option<Arc<dyn Clock>>,
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    encoding: Option<Encoding>,
    file_base_url: Option<String>,
    follow_api_url: bool,
    http: HttpSettings,
    limiter: Option<Limiter>,
    max_answer_size: Option<usize>,
    observer: Option<Arc<Observer>>,
    redirect_hosts: Vec<String>,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    rich_text_end: RangeEnd,
    text_unit: TextUnit,
    token_source: Option<Arc<dyn TokenSource>>,
}

impl ZoomChatBuilder {
    /// A fixed access token, with or without the `Bearer` of an `Authorization` header. The caller is responsible for
    /// refreshing it.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// Allows Zoom to redirect uploads, with the access token, to this host, for example `files.example.com`. May be
    /// called several times. Zoom's own hosts (`*.zoom.us`, `*.zoomgov.com`) and the host of
    /// [`base_url`](Self::base_url) are always allowed.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").allow_redirects_to("files.example.com").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn allow_redirects_to(mut self, host: impl Into<String>) -> Self {
        self.redirect_hosts.push(host.into());
        self
    }

    /// How long one request may take, from its start to the end of the answer. 30 seconds if not set.
    ///
    /// For a request with a file, it limits how long the upload may stall, and then how long the answer may take after
    /// the last byte.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").attempt_timeout(Duration::from_secs(10)).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// The URL of Zoom's API. `https://api.zoom.us/v2` if not set; a regional host for some accounts, a server on a
    /// loopback address for tests. For hosts of Zoom, `/v2` is added if it is missing. Plain http is an error, except
    /// for loopback addresses.
    ///
    /// Files go to the file host of the same cloud and region (`file.zoom.us` for `api.zoom.us`, `file.zoomgov.com` for
    /// `api.zoomgov.com`). With a URL outside of Zoom's clouds, such as that of a gateway, files are sent there as
    /// well, unless [`file_base_url`](Self::file_base_url) is set.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").base_url("https://api-eu.zoom.us/v2").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The source of the time of day. The system's clock if not set.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, time::SystemClock};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").clock(SystemClock).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// How long establishing a connection may take. 10 seconds if not set.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").connect_timeout(Duration::from_secs(5)).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.http.connect_timeout = Some(limit);
        self
    }

    /// Pins the encoding of messages. If not set, messages are sent as multipart forms until Zoom asks for JSON.
    ///
    /// ```
    /// use zoom_chat_sdk::{Encoding, ZoomChat};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").encoding(Encoding::Json).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The URL that files are sent to, for a gateway with a separate URL for files, or a region whose file host has
    /// another name. If not set, it is derived from [`base_url`](Self::base_url). The access token is sent there as
    /// well, so plain http is an error, except for loopback addresses.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").file_base_url("https://gateway.example.com/v2").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn file_base_url(mut self, url: impl Into<String>) -> Self {
        self.file_base_url = Some(url.into());
        self
    }

    /// Sends calls to the account's regional host, which Zoom returns with a token (`api_url`), instead of the host of
    /// [`base_url`](Self::base_url). A host that is not Zoom's is ignored.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").follow_api_url().build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn follow_api_url(mut self) -> Self {
        self.follow_api_url = true;
        self
    }

    /// Configures the HTTP client: certificates, DNS, HTTP/2, headers and whatever else reqwest can do. `configure`
    /// receives a builder with this client's settings and returns it with further ones.
    ///
    /// Afterwards, these settings are always applied: no redirects, no replays by reqwest, and no proxy for a base URL
    /// on a loopback address, except those of [`proxy`](Self::proxy).
    ///
    /// With the feature `rustls`, the builder holds a complete rustls configuration, for which reqwest ignores single
    /// TLS settings such as `add_root_certificate`. Replace it by one of your own with `tls_backend_preconfigured`.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// # fn main() -> Result<(), zoom_chat_sdk::Error> {
    /// let zoom = ZoomChat::builder()
    ///     .access_token("…")
    ///     .http_client(|http| http.pool_max_idle_per_host(4).tcp_nodelay(true))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn http_client(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.configure = Some(Box::new(configure));
        self
    }

    /// Keeps requests within Zoom's rate limits: calls are queued instead of being rejected. Use one limiter per
    /// account, shared by all its clients. If not set, calls are sent immediately.
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

    /// The largest answer that is read, in bytes. 16 MiB if not set. A larger success is an
    /// [`ErrorKind::Answer`](crate::ErrorKind::Answer), which keeps only its beginning. At most 64 KiB of an error
    /// answer are read.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").max_answer_size(4 * 1024 * 1024).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn max_answer_size(mut self, bytes: usize) -> Self {
        self.max_answer_size = Some(bytes);
        self
    }

    /// Calls `observer` with the events of each call, for metrics. It runs in the task that makes the call,
    /// so it should be quick.
    ///
    /// ```
    /// use zoom_chat_sdk::{CallEvent, ZoomChat};
    ///
    /// let zoom = ZoomChat::builder().access_token("…").on_event(|event| match event {
    ///     CallEvent::AttemptEnded { operation, duration, .. } => println!("{} took {duration:?}", operation.id),
    ///     _ => {}
    /// });
    /// ```
    pub fn on_event(mut self, observer: impl Fn(&CallEvent<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// How long an idle connection is kept for further requests. 20 seconds if not set.
    ///
    /// It should be shorter than the idle timeout of the server, or of a gateway in front of it: a request on a
    /// connection that is closed at the same moment fails with an unknown outcome.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").pool_idle_timeout(Duration::from_secs(30)).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.http.pool_idle_timeout = Some(limit);
        self
    }

    /// Sends requests through a proxy. If not set, the proxies of the environment and the operating system are used,
    /// except for a base URL on a loopback address.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, reqwest::Proxy};
    ///
    /// let proxy = Proxy::all("http://proxy.example.com:3128")?;
    /// let zoom = ZoomChat::builder().access_token("token").proxy(proxy).build()?;
    /// # drop(zoom);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http.proxies.push(proxy);
        self
    }

    /// How often and how long a call is repeated. A message is repeated only when it certainly was not sent, whatever
    /// is set here.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, retry::RetryPolicy};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").retry(RetryPolicy::none()).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The budget for retries of all calls of this client and its clones.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, retry::RetryBudget};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").retry_budget(RetryBudget::new(20, 0.1)).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// How Zoom counts the end of a rich-text range. As its last character if not set.
    ///
    /// ```
    /// use zoom_chat_sdk::{RangeEnd, ZoomChat};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").rich_text_end(RangeEnd::Exclusive).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn rich_text_end(mut self, end: RangeEnd) -> Self {
        self.rich_text_end = end;
        self
    }

    /// The unit of Zoom's text positions and of its limit for the length of a message. UTF-16 code units if not set.
    ///
    /// ```
    /// use zoom_chat_sdk::{TextUnit, ZoomChat};
    ///
    /// let zoom = ZoomChat::builder().access_token("token").text_unit(TextUnit::CodePoint).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn text_unit(mut self, unit: TextUnit) -> Self {
        self.text_unit = unit;
        self
    }

    /// The source of access tokens, instead of a fixed [`access_token`](Self::access_token).
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, auth::OAuthApp};
    ///
    /// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
    /// let zoom = ZoomChat::builder().token_source(app.server_to_server("account id")).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.token_source = Some(Arc::new(source));
        self
    }

    /// How long a call may take in all, whatever the number of its requests. 2 minutes if not set.
    ///
    /// [`upload_file`](ZoomChat::upload_file) and [`send_file`](ZoomChat::send_file) may take a second more for each
    /// 64 KiB of the file.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").total_timeout(Duration::from_secs(60)).build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }

    /// The User-Agent header. `zoom-chat-sdk/` and its version if not set.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").user_agent("release-bot/2.1").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.http.user_agent = Some(user_agent.into());
        self
    }

    /// Makes the client. Connects to nothing yet.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let error = ZoomChat::builder().access_token("token").base_url("not a URL").build().unwrap_err();
    /// assert!(error.is_invalid());
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setting`](crate::ErrorKind::Setting), naming the setting, when one is missing or cannot be used.
    pub fn build(mut self) -> Result<ZoomChat, Error> {
        let base_url = BaseUrl::of_api(
            "base_url",
            self.base_url.as_deref().unwrap_or(BaseUrl::ZOOM),
        )?;
        let tokens = self.tokens()?;
        let http = std::mem::take(&mut self.http).build(base_url.is_loopback())?;
        let base_url = match &self.file_base_url {
            Some(files) => base_url.with_files(BaseUrl::parse("file_base_url", files)?),
            None => base_url,
        };
        let shared = Shared {
            tokens,
            redirect_hosts: Hosts::new(&base_url, &self.redirect_hosts)?,
            base_url,
            clock: self.clock.take().unwrap_or_else(|| Arc::new(SystemClock)),
            follow_api_url: self.follow_api_url,
            limiter: self.limiter.take(),
            max_answer_size: self.max_answer_size.unwrap_or(MAX_ANSWER_SIZE),
            timeouts: Timeouts {
                attempt: limit("attempt_timeout", self.attempt_timeout, Timeouts::ATTEMPT)?,
                total: limit("total_timeout", self.total_timeout, Timeouts::TOTAL)?,
            },
            encoding: EncodingChoice::new(self.encoding),
            observer: self.observer.take(),
            recent: Recent::default(),
            retries: Retries::new(self.retry, std::mem::take(&mut self.retry_budget)),
            text_unit: self.text_unit,
            rich_text_end: self.rich_text_end,
            http,
        };
        Ok(ZoomChat {
            shared: Arc::new(shared),
        })
    }

    fn tokens(&mut self) -> Result<Arc<dyn TokenSource>, InvalidSetting> {
        match (self.access_token.take(), self.token_source.take()) {
            (Some(_), Some(_)) => Err(InvalidSetting::new(
                "access_token",
                "stands beside a source of tokens",
            )),
            (None, None) => Err(InvalidSetting::new(
                "access_token",
                "is missing, and so is a source of tokens",
            )),
            (None, Some(source)) => Ok(source),
            (Some(token), None) => match StaticToken::new(token) {
                Ok(token) => Ok(Arc::new(token)),
                Err(error) => Err(InvalidSetting::new("access_token", error.to_string())),
            },
        }
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
        Some(Duration::ZERO) => Err(InvalidSetting::new(setting, "must not be zero")),
        given => Ok(given.unwrap_or(default).min(YEAR)),
    }
}

/// Without the token, and without proxies, whose URLs may hold a password.
impl fmt::Debug for ZoomChatBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoomChatBuilder")
            .field("connect_timeout", &self.http.connect_timeout)
            .field("pool_idle_timeout", &self.http.pool_idle_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("encoding", &self.encoding)
            .field("user_agent", &self.http.user_agent)
            .finish_non_exhaustive()
    }
}
