//! Webhooks: verifies the requests that Zoom sends to your server.
//!
//! Zoom signs each event with the secret token of your app. [`Webhook::receive`] takes the unchanged headers and body,
//! checks the signature over the raw bytes, and returns the event, or the answer to Zoom's challenge for a new URL. It
//! does no IO, so it works behind every HTTP server:
//!
//! ```
//! use zoom_chat_sdk::{events::Event, webhook::{Received, Webhook}};
//!
//! /// Returns the status and the body to answer with.
//! fn handle(webhook: &Webhook, headers: &http::HeaderMap, body: &[u8], inbox: &mut Vec<Event>) -> (u16, String) {
//!     match webhook.receive(headers, body) {
//!         Ok(Received::Challenge(answer)) => (200, answer.json()),
//!         Ok(Received::Event(event)) => {
//!             inbox.push(event); // answer at once, work later
//!             (200, String::new())
//!         }
//!         Err(refusal) => (refusal.status(), String::new()),
//!     }
//! }
//! # mod http { pub use zoom_chat_sdk::reqwest::header::HeaderMap; }
//! # let webhook = Webhook::new("secret token").unwrap();
//! # assert_eq!(handle(&webhook, &http::HeaderMap::new(), b"{}", &mut Vec::new()).0, 401);
//! ```
//!
//! # What to answer
//!
//! Zoom waits three seconds for 200 or 204, so store the event first and handle it afterwards. Zoom never retries after
//! a 4xx, so a wrong one loses the event. After a 5xx or without an answer, it retries after 5, 20 and 60 minutes.
//! Therefore answer [`Refusal::status`], and 503 if the event cannot be stored.
//!
//! An event can arrive more than once. [`Event::keys`] identifies repeated deliveries.
//!
//! # Servers
//!
//! With the feature `axum`, `WebhookService` does all of this and puts the events into an inbox of
//! [`receive`](crate::receive), [`Received`] is an extractor for a router of your own, and `Webhook::receive_request`
//! reads the request of any server with the types of the `http` crate, such as hyper.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::header::HeaderMap;

use crate::{
    Secret,
    events::{Delivery, Envelope, Event},
    time::{Clock, SystemClock},
};

mod challenge;
mod refusal;
#[cfg(feature = "axum")]
mod request;
#[cfg(feature = "axum")]
mod service;
mod signature;

pub use challenge::Challenge;
pub use refusal::Refusal;
#[cfg(feature = "axum")]
pub use service::WebhookService;

/// The secret token of a webhook is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the secret token of the webhook is empty; copy it from the page of the app in Zoom's marketplace"
)]
pub struct EmptySecret;

/// Verifies the requests to a webhook. Cheap to clone.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use zoom_chat_sdk::webhook::Webhook;
///
/// # fn main() -> Result<(), zoom_chat_sdk::webhook::EmptySecret> {
/// let webhook = Webhook::new("new token")?
///     .also("old token")? // while the token is being changed
///     .window(Duration::from_secs(120));
/// let at_a_fixed_time = webhook.clone().at(UNIX_EPOCH + Duration::from_secs(1_767_225_602)); // for tests
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Webhook {
    secrets: Arc<[Secret]>,
    window: Duration,
    most_bytes: usize,
    clock: Arc<dyn Clock>,
}

/// A verified request. There are only these two cases, so a `match` needs no further arm.
#[derive(Debug, Clone)]
pub enum Received {
    /// Zoom checks that the URL belongs to the app. Answer 200 with [`Challenge::json`].
    Challenge(Challenge),
    /// An event.
    Event(Event),
}

impl Webhook {
    /// The default of [`window`](Self::window).
    pub const WINDOW: Duration = Duration::from_secs(300);
    /// The default of [`most_bytes`](Self::most_bytes).
    pub const MOST_BYTES: usize = 1024 * 1024;

    /// A webhook with the secret token of its app.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::Webhook;
    ///
    /// assert!(Webhook::new("secret token").is_ok());
    /// assert!(Webhook::new("").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`EmptySecret`], since anyone can sign with an empty secret.
    pub fn new(secret: impl Into<Secret>) -> Result<Self, EmptySecret> {
        Ok(Self {
            secrets: [filled(secret)?].into(),
            window: Self::WINDOW,
            most_bytes: Self::MOST_BYTES,
            clock: Arc::new(SystemClock),
        })
    }

    /// Accepts another secret token as well, while the token is being changed. Challenges are answered with the token
    /// that they are signed with.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::Webhook;
    ///
    /// let webhook = Webhook::new("secret token")?.also("the next secret token")?;
    /// # drop(webhook);
    /// # Ok::<(), zoom_chat_sdk::webhook::EmptySecret>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EmptySecret`], as in [`new`](Self::new).
    pub fn also(mut self, secret: impl Into<Secret>) -> Result<Self, EmptySecret> {
        let secret = filled(secret)?;
        self.secrets = self.secrets.iter().cloned().chain([secret]).collect();
        Ok(self)
    }

    /// The maximum difference between the time of a request and that of the clock, in both directions.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::webhook::Webhook;
    ///
    /// let webhook = Webhook::new("secret token")?.window(Duration::from_secs(60));
    /// # drop(webhook);
    /// # Ok::<(), zoom_chat_sdk::webhook::EmptySecret>(())
    /// ```
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// The maximum size of a body, in bytes.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::Webhook;
    ///
    /// let webhook = Webhook::new("secret token")?.most_bytes(64 * 1024);
    /// # drop(webhook);
    /// # Ok::<(), zoom_chat_sdk::webhook::EmptySecret>(())
    /// ```
    #[must_use]
    pub fn most_bytes(mut self, most_bytes: usize) -> Self {
        self.most_bytes = most_bytes;
        self
    }

    /// Uses a fixed time instead of a clock, for tests.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use zoom_chat_sdk::webhook::Webhook;
    ///
    /// let webhook = Webhook::new("secret token")?.at(UNIX_EPOCH + Duration::from_secs(1_767_225_600));
    /// # drop(webhook);
    /// # Ok::<(), zoom_chat_sdk::webhook::EmptySecret>(())
    /// ```
    #[must_use]
    pub fn at(self, time: SystemTime) -> Self {
        self.clock(Fixed(time))
    }

    /// Replaces the system's clock.
    ///
    /// ```
    /// use zoom_chat_sdk::{time::SystemClock, webhook::Webhook};
    ///
    /// let webhook = Webhook::new("secret token")?.clock(SystemClock);
    /// # drop(webhook);
    /// # Ok::<(), zoom_chat_sdk::webhook::EmptySecret>(())
    /// ```
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The headers that Zoom would send with `body` now: the signature with the first secret token, and the time. For
    /// tests of a receiving server.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::{Received, Webhook};
    ///
    /// let webhook = Webhook::new("secret token")?;
    /// let body = br#"{"event":"team_chat.channel_created","payload":{}}"#;
    /// let headers = webhook.sign(body);
    /// assert!(matches!(webhook.receive(&headers, body), Ok(Received::Event(_))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> HeaderMap {
        let mut secrets = self.secrets.iter();
        let now = self.clock.now();
        secrets
            .next()
            .map(|secret| signature::Signed::headers(secret, now, body))
            .unwrap_or_default()
    }

    /// Verifies a request by its unchanged headers and body. A body that was parsed and serialised again has another
    /// signature.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::{Received, Webhook};
    /// # use zoom_chat_sdk::http::HeaderMap;
    ///
    /// # fn answer(webhook: &Webhook, headers: &HeaderMap, raw_body: &[u8]) -> (u16, String) {
    /// match webhook.receive(headers, raw_body) {
    ///     Ok(Received::Challenge(challenge)) => (200, challenge.json()),
    ///     Ok(Received::Event(event)) => {
    ///         println!("{}", event.name());
    ///         (200, String::new())
    ///     }
    ///     Err(refusal) => (refusal.status(), String::new()),
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A [`Refusal`], which has the status to answer with. The checks are in this order: the size, the headers, the
    /// signature, the time, and last the content of the body, so that an unsigned body is never parsed.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<Received, Refusal> {
        if body.len() > self.most_bytes {
            return Err(Refusal::TooLarge {
                most_bytes: self.most_bytes,
            });
        }
        let signed = signature::Signed::read(headers)?;
        let secret = self
            .secrets
            .iter()
            .find(|secret| signed.is_by(secret, body))
            .ok_or(Refusal::WrongSignature)?;
        let sent = signed.check_time(self.clock.now(), self.window)?;
        let envelope = Envelope::read(body).ok_or(Refusal::Unreadable)?;
        Ok(match Challenge::of(&envelope, secret) {
            Some(challenge) => Received::Challenge(challenge),
            None => {
                let (request_id, sent) = (signature::request_id(headers), Some(sent));
                Received::Event(Event::new(envelope, Delivery { request_id, sent }))
            }
        })
    }
}

fn filled(secret: impl Into<Secret>) -> Result<Secret, EmptySecret> {
    let secret = secret.into();
    if secret.expose_secret().is_empty() {
        return Err(EmptySecret);
    }
    Ok(secret)
}

#[derive(Debug)]
struct Fixed(SystemTime);

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        self.0
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("secrets", &self.secrets.len())
            .field("window", &self.window)
            .field("most_bytes", &self.most_bytes)
            .finish_non_exhaustive()
    }
}
