//! A filter that several processes share.

use std::{fmt, time::Duration};

use ::redis::aio::ConnectionManager;

use super::Duplicates;
use crate::{
    events::EventKey,
    receive::{InboxError, connection},
};

/// Keeps the keys in Redis (version 4 or later), each for a day unless [`keep`](Self::keep) is set. Clones share the
/// connection. See [`RedisInbox`](crate::receive::RedisInbox) for an example.
///
/// ```no_run
/// use std::time::Duration;
/// use zoom_chat_sdk::receive::{InboxError, RedisDuplicates};
///
/// # async fn example() -> Result<(), InboxError> {
/// let week = Duration::from_secs(7 * 24 * 3600);
/// let duplicates = RedisDuplicates::connect("redis://127.0.0.1/", "our-bot").await?.keep(week);
/// # drop(duplicates);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisDuplicates {
    connection: ConnectionManager,
    prefix: String,
    keep: Duration,
}

impl RedisDuplicates {
    /// The default of [`keep`](Self::keep).
    pub const KEEP: Duration = Duration::from_secs(24 * 60 * 60);

    /// Connects to the server, as in `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A broken
    /// connection is reestablished. Call this inside a Tokio runtime.
    ///
    /// All processes with the same name share the keys.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`] if the URL is invalid, or no connection can be established.
    pub async fn connect(url: &str, name: &str) -> Result<Self, InboxError> {
        let connection = connection::open(url).await?;
        Ok(Self {
            connection,
            prefix: format!("zoom-chat:{{{name}}}:handled:"),
            keep: Self::KEEP,
        })
    }

    /// How long a key is kept; at least 1 ms.
    #[must_use]
    pub fn keep(mut self, keep: Duration) -> Self {
        self.keep = keep.max(Duration::from_millis(1));
        self
    }

    fn names(&self, keys: &[EventKey]) -> Vec<String> {
        keys.iter()
            .map(|key| format!("{}{key}", self.prefix))
            .collect()
    }
}

impl Duplicates for RedisDuplicates {
    async fn is_done(&self, keys: &[EventKey]) -> Result<bool, InboxError> {
        let known: u64 = ::redis::cmd("EXISTS")
            .arg(self.names(keys))
            .query_async(&mut self.connection.clone())
            .await
            .map_err(InboxError::store)?;
        Ok(known > 0)
    }

    async fn mark_done(&self, keys: &[EventKey]) -> Result<(), InboxError> {
        let keep = u64::try_from(self.keep.as_millis()).unwrap_or(u64::MAX);
        let mut marks = ::redis::pipe();
        marks.atomic();
        for name in self.names(keys) {
            marks
                .cmd("SET")
                .arg(name)
                .arg(1)
                .arg("PX")
                .arg(keep)
                .ignore();
        }
        marks
            .exec_async(&mut self.connection.clone())
            .await
            .map_err(InboxError::store)
    }
}

impl fmt::Debug for RedisDuplicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection knows the password.
        f.debug_struct("RedisDuplicates")
            .field("prefix", &self.prefix)
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}
