//! A stream in Redis that several processes share.

use std::{
    fmt,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use ::redis::{Script, aio::ConnectionManager};
use tokio::{
    sync::Notify,
    task::AbortHandle,
    time::{MissedTickBehavior, interval, timeout},
};

use super::{Inbox, InboxError, Taken};
use crate::{events::Event, receive::connection};

/// How often an empty stream is polled.
const POLL: Duration = Duration::from_millis(100);

macro_rules! script {
    ($file:literal) => {
        LazyLock::new(|| {
            Script::new(concat!(
                include_str!("redis/prelude.lua"),
                include_str!($file)
            ))
        })
    };
}

static PUT: LazyLock<Script> = script!("redis/put.lua");
static TAKE: LazyLock<Script> = script!("redis/take.lua");
static DONE: LazyLock<Script> = script!("redis/done.lua");

/// A stream in Redis (version 5 or later) that several processes share. Clones share the connection.
///
/// It outlives the processes: events that a worker took and did not finish before it ended or crashed are given to
/// another one. A worker counts as gone if it does not renew its [`lease`](Self::lease), so a process that is
/// suspended, or disconnected from Redis, for longer may handle an event that another one handles as well.
///
/// A conversation with unfinished events belongs to one worker, which gets its further events, so that they are handled
/// in the order of arrival over all processes.
///
/// The events are stored in plain text, with the tokens that some of them contain. To lose none if Redis itself
/// crashes, it must write to disk before it answers (`appendonly yes`, `appendfsync always`). A full inbox rejects
/// events as a [`MemoryInbox`](crate::receive::MemoryInbox) does.
///
/// ```no_run
/// use zoom_chat_sdk::{events::Event, receive::{InboxError, RedisDuplicates, RedisInbox, Worker, serve}};
///
/// # async fn handle(event: Event) -> Result<(), std::io::Error> { Ok(()) }
/// # async fn example() -> Result<Worker, InboxError> {
/// let url = "redis://127.0.0.1/";
/// let inbox = RedisInbox::connect(url, "our-bot").await?;
/// let duplicates = RedisDuplicates::connect(url, "our-bot").await?;
/// let worker = serve(inbox.clone(), handle).duplicates(duplicates).start();
/// # Ok(worker)
/// # }
/// ```
#[derive(Clone)]
pub struct RedisInbox {
    shared: Arc<Shared>,
    most_events: usize,
    lease: Duration,
}

struct Shared {
    connection: ConnectionManager,
    stream: String,
    worker: String,
    /// Locked while an event is requested from Redis.
    turns: tokio::sync::Mutex<Turns>,
    /// An event was put by this process, or the inbox was closed.
    changed: Notify,
    is_closed: AtomicBool,
    heartbeat: Mutex<Option<AbortHandle>>,
}

/// The number of requests to Redis for an event, and the number of the last one that it has answered. Redis stores the
/// same numbers, so it returns an event again if its answer was lost.
#[derive(Default)]
struct Turns {
    asked: u64,
    answered: u64,
}

/// Identifies an event that was taken from a [`RedisInbox`].
#[derive(Debug)]
pub struct RedisReceipt {
    id: String,
    conversation: String,
}

impl RedisInbox {
    /// The default of [`most_events`](Self::most_events).
    pub const MOST_EVENTS: usize = 100_000;
    /// The default of [`lease`](Self::lease).
    pub const LEASE: Duration = Duration::from_secs(30);

    /// Connects to the server, as in `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A broken
    /// connection is reestablished. Call this inside a Tokio runtime.
    ///
    /// All processes with the same name share the stream.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`] if the URL is invalid, or no connection can be established.
    pub async fn connect(url: &str, name: &str) -> Result<Self, InboxError> {
        let connection = connection::open(url).await?;
        let worker = getrandom::u64().map_err(InboxError::store)?;
        Ok(Self {
            shared: Arc::new(Shared {
                connection,
                stream: format!("zoom-chat:{{{name}}}:inbox"),
                worker: format!("{worker:016x}"),
                turns: tokio::sync::Mutex::default(),
                changed: Notify::new(),
                is_closed: AtomicBool::new(false),
                heartbeat: Mutex::new(None),
            }),
            most_events: Self::MOST_EVENTS,
            lease: Self::LEASE,
        })
    }

    /// The maximum number of events that wait or are being handled, in all processes together.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use zoom_chat_sdk::receive::{InboxError, RedisInbox};
    ///
    /// # async fn example() -> Result<(), InboxError> {
    /// let inbox = RedisInbox::connect("redis://127.0.0.1/", "our-bot")
    ///     .await?
    ///     .most_events(10_000) // then Zoom is told to deliver again later
    ///     .lease(Duration::from_secs(10)); // then others take over
    /// # drop(inbox);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn most_events(mut self, most_events: usize) -> Self {
        self.most_events = most_events;
        self
    }

    /// How long after its last renewal of the lease a worker counts as gone, so that its events are given to others; at
    /// least 1 s. A worker renews it three times in this time.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.max(Duration::from_secs(1));
        self
    }

    fn lease_millis(&self) -> u64 {
        u64::try_from(self.lease.as_millis()).unwrap_or(u64::MAX)
    }

    async fn take_one(&self) -> Result<Option<Taken<RedisReceipt>>, InboxError> {
        let shared = &*self.shared;
        let mut turns = shared.turns.lock().await;
        loop {
            // Counted first: this future can be dropped while it waits.
            turns.asked += 1;
            let taken: Option<(String, String, String)> = TAKE
                .key(&shared.stream)
                .arg(&shared.worker)
                .arg(self.lease_millis())
                .arg(turns.asked)
                .arg(turns.answered)
                .invoke_async(&mut shared.connection.clone())
                .await
                .map_err(InboxError::store)?;
            turns.answered = turns.asked;
            let Some((id, conversation, text)) = taken else {
                return Ok(None);
            };
            let receipt = RedisReceipt { id, conversation };
            if let Ok(event) = Event::from_stored(&text) {
                return Ok(Some(Taken { event, receipt }));
            }
            tracing::error!(
                id = receipt.id,
                "an entry of the stream is not an event; it is removed"
            );
            self.done(&receipt).await?;
        }
    }

    /// Renews the lease as long as this process holds the inbox, however long the handlers take.
    fn start_heartbeat(&self) {
        let mut heartbeat = self.heartbeat();
        if heartbeat.is_some() {
            return;
        }
        let (alive, lease) = (self.shared.alive(), self.lease_millis());
        let mut connection = self.shared.connection.clone();
        let mut beats = interval(self.lease / 3);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let task = tokio::spawn(async move {
            loop {
                beats.tick().await;
                let beat = ::redis::cmd("SET")
                    .arg(&alive)
                    .arg(1)
                    .arg("PX")
                    .arg(lease)
                    .exec_async(&mut connection)
                    .await;
                if beat.is_err() {
                    tracing::warn!("the lease of this worker was not renewed");
                }
            }
        });
        *heartbeat = Some(task.abort_handle());
    }

    fn heartbeat(&self) -> std::sync::MutexGuard<'_, Option<AbortHandle>> {
        let heartbeat = self.shared.heartbeat.lock();
        heartbeat.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn alive(&self) -> String {
        format!("{}:alive:{}", self.stream, self.worker)
    }
}

impl Inbox for RedisInbox {
    type Receipt = RedisReceipt;

    async fn put(&self, event: Event) -> Result<(), InboxError> {
        let shared = &*self.shared;
        let is_stored: bool = PUT
            .key(&shared.stream)
            .arg(self.most_events)
            .arg(event.ordering_key())
            .arg(event.to_stored())
            .invoke_async(&mut shared.connection.clone())
            .await
            .map_err(InboxError::store)?;
        if !is_stored {
            return Err(InboxError::Full);
        }
        shared.changed.notify_one();
        Ok(())
    }

    async fn take(&self) -> Result<Option<Taken<RedisReceipt>>, InboxError> {
        loop {
            // Made before the look at the stream, so that nothing is missed in between.
            let changed = self.shared.changed.notified();
            if self.shared.is_closed.load(Relaxed) {
                return Ok(None);
            }
            self.start_heartbeat();
            if let Some(taken) = self.take_one().await? {
                return Ok(Some(taken));
            }
            // Events that other processes put do not notify this one.
            let _ = timeout(POLL, changed).await;
        }
    }

    async fn done(&self, receipt: &RedisReceipt) -> Result<(), InboxError> {
        DONE.key(&self.shared.stream)
            .arg(&receipt.id)
            .arg(&receipt.conversation)
            .invoke_async(&mut self.shared.connection.clone())
            .await
            .map_err(InboxError::store)
    }

    /// Stops taking events. Waiting events are left to other processes, and events can still be put.
    fn close(&self) {
        self.shared.is_closed.store(true, Relaxed);
        self.shared.changed.notify_waiters();
    }

    async fn leave(&self) -> Result<(), InboxError> {
        if let Some(heartbeat) = self.heartbeat().as_ref() {
            heartbeat.abort();
        }
        ::redis::cmd("DEL")
            .arg(self.shared.alive())
            .exec_async(&mut self.shared.connection.clone())
            .await
            .map_err(InboxError::store)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let heartbeat = self.heartbeat.get_mut();
        if let Some(heartbeat) = heartbeat.unwrap_or_else(PoisonError::into_inner) {
            heartbeat.abort();
        }
    }
}

impl fmt::Debug for RedisInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection knows the password.
        f.debug_struct("RedisInbox")
            .field("stream", &self.shared.stream)
            .field("most_events", &self.most_events)
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}
