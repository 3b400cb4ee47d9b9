//! The worker: it takes events from an inbox and gives them to a handler.

mod dispatch;
mod failure;
mod lanes;
mod worker;

use std::{error::Error, fmt, future::Future, sync::Arc, time::Duration};

pub use failure::{Cause, Failure};
pub use worker::{Counts, Readiness, Worker};

use super::{Duplicates, Inbox, MemoryDuplicates};
use crate::events::Event;

/// Handles the events of an inbox. [`Serve::start`] starts it.
///
/// The handler gets one event at a time of each conversation, in order, and events of different conversations in
/// parallel. An event for which it returns an error, or panics, is retried with exponential backoff; the events of the
/// same conversation wait meanwhile, the others do not. After the last attempt the event is given up: it is removed
/// from the inbox and reported to [`on_failure`](Serve::on_failure), but not marked as handled, so a further delivery
/// gets a new chance. Panics are caught unless the program is built with `panic = "abort"`.
///
/// ```
/// use std::time::Duration;
/// use zoom_chat_sdk::{events::Event, receive::{MemoryInbox, serve}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// async fn handle(event: Event) -> Result<(), std::io::Error> {
///     println!("{}", event.name());
///     Ok(())
/// }
///
/// let worker = serve(MemoryInbox::new(10_000), handle)
///     .parallel(16)
///     .attempts(3)
///     .backoff(Duration::from_millis(500), Duration::from_secs(30))
///     .on_failure(|failure| {
///         if failure.is_final() {
///             eprintln!("{} is lost: {}", failure.event().name(), failure.cause());
///         }
///     })
///     .start();
/// assert!(worker.readiness().is_ready());
/// # worker.shutdown().await;
/// # }
/// ```
pub fn serve<I, H, F, E>(inbox: I, handler: H) -> Serve<I, H>
where
    I: Inbox,
    H: Fn(Event) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    Serve {
        inbox,
        handler,
        duplicates: MemoryDuplicates::default(),
        settings: Settings::default(),
    }
}

/// A worker that is not started yet: see [`serve`].
///
/// ```
/// use std::time::Duration;
/// use zoom_chat_sdk::{events::Event, receive::{MemoryDuplicates, MemoryInbox, serve}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // A small worker: little memory, and a quick end.
/// let worker = serve(MemoryInbox::new(100), |_: Event| async { Ok::<_, std::io::Error>(()) })
///     .backlog(16)
///     .duplicates(MemoryDuplicates::new(1_000))
///     .drain(Duration::from_secs(5))
///     .start();
/// # worker.shutdown().await;
/// # }
/// ```
#[must_use = "nothing is handled before `start`"]
pub struct Serve<I, H, D = MemoryDuplicates> {
    inbox: I,
    handler: H,
    duplicates: D,
    settings: Settings,
}

/// The settings of a [`Serve`].
#[derive(Clone)]
struct Settings {
    parallel: usize,
    backlog: usize,
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    drain: Duration,
    on_failure: Option<OnFailure>,
}

type OnFailure = Arc<dyn Fn(&Failure) + Send + Sync>;

impl Default for Settings {
    fn default() -> Self {
        Self {
            parallel: 64,
            backlog: 1024,
            attempts: 5,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            drain: Duration::from_secs(30),
            on_failure: None,
        }
    }
}

impl Settings {
    /// How long to wait after the attempt of this number, counted from 1; `None` after the last.
    fn wait(&self, attempt: u32) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        Some(
            self.first_wait
                .saturating_mul(factor)
                .min(self.longest_wait),
        )
    }
}

impl<I, H, D> Serve<I, H, D> {
    /// How many handlers may run at once; 64 unless set, at least 1.
    pub fn parallel(mut self, parallel: usize) -> Self {
        self.settings.parallel = parallel.max(1);
        self
    }

    /// How many events may be taken from the inbox and be unfinished, including those that wait for others of their
    /// conversation; 1024 unless set, at least 1.
    pub fn backlog(mut self, backlog: usize) -> Self {
        self.settings.backlog = backlog.max(1);
        self
    }

    /// How many times an event is given to the handler in all; 5 unless set, at least 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.settings.attempts = attempts.max(1);
        self
    }

    /// The wait after the first failed attempt, which doubles with each further one, and the longest wait; 1 s and 60 s
    /// unless set.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.first_wait = first;
        self.settings.longest_wait = longest;
        self
    }

    /// How long a shutdown waits for the events that were taken; 30 s unless set. After that their handlers are
    /// cancelled.
    pub fn drain(mut self, drain: Duration) -> Self {
        self.settings.drain = drain;
        self
    }

    /// Calls `on_failure` after each failed attempt. It should not block. Without it, failures are only logged, without
    /// the text of the error, which may contain text of users.
    pub fn on_failure(mut self, on_failure: impl Fn(&Failure) + Send + Sync + 'static) -> Self {
        self.settings.on_failure = Some(Arc::new(on_failure));
        self
    }

    /// Sets the filter of duplicates. The default is a [`MemoryDuplicates`] of this worker alone.
    pub fn duplicates<E: Duplicates>(self, duplicates: E) -> Serve<I, H, E> {
        Serve {
            inbox: self.inbox,
            handler: self.handler,
            duplicates,
            settings: self.settings,
        }
    }

    /// Starts it. Call this inside a Tokio runtime.
    pub fn start<F, E>(self) -> Worker
    where
        I: Inbox,
        D: Duplicates,
        H: Fn(Event) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>> + 'static,
    {
        Worker::start(self)
    }
}

impl<I: fmt::Debug, H, D: fmt::Debug> fmt::Debug for Serve<I, H, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("inbox", &self.inbox)
            .field("duplicates", &self.duplicates)
            .field("parallel", &self.settings.parallel)
            .field("backlog", &self.settings.backlog)
            .field("attempts", &self.settings.attempts)
            .finish_non_exhaustive()
    }
}
