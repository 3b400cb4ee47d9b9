//! The options of one call, common to every kind of call.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use zoom_chat_openapi::Operation;

use super::{Hook, Timeouts};
use crate::{
    ChannelId, Error, InvalidId, InvalidMessage, InvalidSetting,
    error::{Cause, FailedCall},
    retry::RetryPolicy,
};

/// The longest time limit. Adding it to the current time never overflows.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The options of one call. The client's settings apply where one is not set.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// Shared by all attempts.
    pub(super) headers: Option<Arc<HeaderMap>>,
    pub(super) hook: Option<Arc<Hook>>,
    pub(super) channel: Option<ChannelId>,
    /// The first invalid option. Setters return no errors, so it is kept until the call.
    problem: Option<Problem>,
}

#[derive(Clone, Debug)]
enum Problem {
    Header(String),
    Id(InvalidId),
    Message(InvalidMessage),
    Setting(InvalidSetting),
}

impl CallOptions {
    pub(crate) fn set_attempt_timeout(&mut self, limit: Duration) {
        self.attempt_timeout = self.limit("attempt_timeout", limit);
    }

    pub(crate) fn set_total_timeout(&mut self, limit: Duration) {
        self.total_timeout = self.limit("total_timeout", limit);
    }

    pub(crate) fn set_retry(&mut self, policy: RetryPolicy) {
        self.retry = Some(policy);
    }

    pub(crate) fn set_hook(&mut self, hook: Arc<Hook>) {
        self.hook = Some(hook);
    }

    pub(crate) fn set_channel(&mut self, channel: impl TryInto<ChannelId, Error: Into<InvalidId>>) {
        if let Some(channel) = self.id(channel) {
            self.channel = Some(channel);
        }
    }

    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => {
                Arc::make_mut(self.headers.get_or_insert_default()).append(name, value);
            }
            Err(problem) => self.refuse(Problem::Header(problem)),
        }
    }

    fn limit(&mut self, setting: &'static str, limit: Duration) -> Option<Duration> {
        if limit.is_zero() {
            self.refuse(Problem::Setting(InvalidSetting::new(
                setting,
                "must not be zero",
            )));
        }
        Some(limit.min(YEAR))
    }

    /// The id that a setter of the call was given, unless it is invalid: that fails the call.
    pub(crate) fn id<I>(&mut self, id: impl TryInto<I, Error: Into<InvalidId>>) -> Option<I> {
        match id.try_into() {
            Ok(id) => Some(id),
            Err(error) => {
                self.refuse(Problem::Id(error.into()));
                None
            }
        }
    }

    /// Keeps what is wrong with the message of the call.
    pub(crate) fn refuse_message(&mut self, error: InvalidMessage) {
        self.refuse(Problem::Message(error));
    }

    fn refuse(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// The time limits of a call. `client` are those of the client.
    pub(super) fn timeouts(&self, client: Timeouts) -> Timeouts {
        Timeouts {
            attempt: self.attempt_timeout.unwrap_or(client.attempt),
            total: self.total_timeout.unwrap_or(client.total),
        }
    }

    /// The error of a call of `operation` with an invalid option.
    pub(crate) fn check(&self, operation: &'static Operation) -> Result<(), Error> {
        match &self.problem {
            None => Ok(()),
            Some(Problem::Id(error)) => Err(error.clone().into()),
            Some(Problem::Message(error)) => Err(error.clone().into()),
            Some(Problem::Setting(error)) => Err(error.clone().into()),
            Some(Problem::Header(problem)) => {
                let cause = Cause::Request(problem.clone());
                Err(Error::new(cause, FailedCall::before(operation)))
            }
        }
    }
}

/// A header that a caller may add, or why it cannot be added. The text does not contain the value, which may be a
/// secret.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    /// Headers that the client or the HTTP library sets.
    const OWN: [HeaderName; 7] = [
        AUTHORIZATION,
        CONNECTION,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        HOST,
        PROXY_AUTHORIZATION,
        TRANSFER_ENCODING,
    ];
    let Ok(parsed) = HeaderName::try_from(name) else {
        return Err(format!("{name:?} is not the name of a header"));
    };
    if OWN.contains(&parsed) {
        return Err(format!(
            "the client sets the header `{parsed}`, so a call cannot"
        ));
    }
    let Ok(mut value) = HeaderValue::try_from(value) else {
        return Err(format!("the value of the header `{parsed}` is not valid"));
    };
    value.set_sensitive(true);
    Ok((parsed, value))
}

/// Without the values of headers, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().flat_map(|it| it.keys()).collect();
        f.debug_struct("CallOptions")
            .field("attempt_timeout", &self.attempt_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("headers", &headers)
            .field("hook", &self.hook.is_some())
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// The setters of the options, for a type that keeps them in the given field.
macro_rules! call_options {
    ($($field:ident).+) => {
        /// How long one request may take, from its start to the end of the answer, instead of the client's
        /// [`attempt_timeout`](crate::ZoomChatBuilder::attempt_timeout). Zero is an error when the call is awaited.
        ///
        /// ```
        /// use std::time::Duration;
        /// use zoom_chat_sdk::{ZoomChat, requests};
        ///
        /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
        /// zoom.call(requests::ListBookmarks::new()).attempt_timeout(Duration::from_secs(5)).await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn attempt_timeout(mut self, limit: std::time::Duration) -> Self {
            self.$($field).+.set_attempt_timeout(limit);
            self
        }

        /// How long a call may take in all, retries and waits included, instead of the client's
        /// [`total_timeout`](crate::ZoomChatBuilder::total_timeout). Zero is an error when the call is awaited.
        ///
        /// ```
        /// use std::time::Duration;
        /// use zoom_chat_sdk::{ZoomChat, requests};
        ///
        /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
        /// zoom.call(requests::ListBookmarks::new()).total_timeout(Duration::from_secs(30)).await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn total_timeout(mut self, limit: std::time::Duration) -> Self {
            self.$($field).+.set_total_timeout(limit);
            self
        }

        /// How often and how long a call is retried, instead of the client's
        /// [`retry`](crate::ZoomChatBuilder::retry). A request that may have had an effect is never repeated unless its
        /// operation allows it, whatever is set here.
        ///
        /// ```
        /// use zoom_chat_sdk::{ZoomChat, requests, retry::RetryPolicy};
        ///
        /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
        /// zoom.call(requests::ListBookmarks::new()).retry(RetryPolicy::none()).await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn retry(mut self, policy: crate::retry::RetryPolicy) -> Self {
            self.$($field).+.set_retry(policy);
            self
        }

        /// Adds a header to each request. Headers that the client sets itself, such as `Authorization` or
        /// `Content-Type`, and what is not a valid header are an error when the call is awaited; nothing is sent then.
        ///
        /// ```
        /// use zoom_chat_sdk::{ZoomChat, requests};
        ///
        /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
        /// zoom.call(requests::ListBookmarks::new()).header("x-request-source", "release-bot").await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.$($field).+.add_header(name.as_ref(), value.as_ref());
            self
        }

        /// Runs `hook` before each request leaves, retries included: after the token and the permit of the rate limiter
        /// are available. When it fails, that request is not sent and the call ends with
        /// [`ErrorKind::Hook`](crate::ErrorKind::Hook).
        ///
        /// A journal of sent requests can be written here: after a crash, a request that is not in the journal was
        /// certainly not sent. The hook should be quick: a limiter expects the request to arrive within
        /// [`Limits::arrival`](crate::limit::Limits::arrival), and the total timeout keeps running.
        ///
        /// ```
        /// use std::{fs::File, io::{self, Write}, sync::Arc};
        /// use zoom_chat_sdk::{Error, Recipient, ZoomChat};
        ///
        /// fn begin(mut journal: &File, contact: &str) -> io::Result<()> {
        ///     writeln!(journal, "{contact}")?;
        ///     journal.sync_data()
        /// }
        ///
        /// async fn send(zoom: &ZoomChat, journal: Arc<File>, contact: &'static str) -> Result<(), Error> {
        ///     zoom.send_message(Recipient::contact(contact)?, "The office is closed on Monday")
        ///         .before_each_request(move || {
        ///             let journal = Arc::clone(&journal);
        ///             let begun = tokio::task::spawn_blocking(move || begin(&journal, contact));
        ///             async { begun.await.map_err(io::Error::other)? }
        ///         })
        ///         .await?;
        ///     Ok(())
        /// }
        /// ```
        pub fn before_each_request<H, F, E>(mut self, hook: H) -> Self
        where
            H: Fn() -> F + Send + Sync + 'static,
            F: Future<Output = Result<(), E>> + Send + 'static,
            E: Into<Box<dyn std::error::Error + Send + Sync>>,
        {
            self.$($field).+.set_hook(crate::call::hook(hook));
            self
        }

        /// Counts each request against the limits that Zoom has for messages to this channel. The methods that send to
        /// a [`Recipient`](crate::Recipient) do so by themselves.
        ///
        /// ```
        /// use zoom_chat_sdk::{ZoomChat, requests};
        ///
        /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
        /// zoom.call(requests::ListBookmarks::new()).in_channel("825c8d2b").await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn in_channel(
            mut self,
            channel: impl TryInto<crate::ChannelId, Error: Into<crate::InvalidId>>,
        ) -> Self {
            self.$($field).+.set_channel(channel);
            self
        }
    };
}
pub(crate) use call_options;
