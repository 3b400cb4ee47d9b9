//! A running worker.

use std::{
    error::Error,
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use tokio::{sync::watch, task::JoinHandle};

use super::{Serve, dispatch::Dispatcher};
use crate::{
    events::Event,
    receive::{Duplicates, Inbox},
};

/// A worker that handles events. Dropping it begins its shutdown without waiting for the end.
///
/// ```
/// use zoom_chat_sdk::{events::Event, receive::{MemoryInbox, serve}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let worker = serve(MemoryInbox::new(100), |_: Event| async { Ok::<_, std::io::Error>(()) }).start();
/// let readiness = worker.readiness(); // for the probe of a server
/// assert!(readiness.is_ready());
/// assert_eq!(worker.counts().unfinished, 0);
///
/// let counts = worker.shutdown().await;
/// assert!(!readiness.is_ready());
/// println!("{} handled, {} given up", counts.handled, counts.given_up);
/// # }
/// ```
#[must_use = "dropping the worker shuts it down"]
pub struct Worker {
    state: Arc<State>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Whether a worker handles events. Cheap to clone, for the readiness probe of a server.
#[derive(Clone)]
pub struct Readiness(Arc<State>);

/// What a worker has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Events whose handler has succeeded.
    pub handled: u64,
    /// Events that had been handled before, so their handler was not called.
    pub duplicates: u64,
    /// Attempts that failed.
    pub failures: u64,
    /// Events that were given up after their last attempt.
    pub given_up: u64,
    /// Events that were taken and are not finished. After a shutdown: those that were cut off.
    pub unfinished: u64,
}

/// What the worker and its handles share.
#[derive(Default)]
pub(super) struct State {
    pub(super) taken: AtomicU64,
    pub(super) handled: AtomicU64,
    pub(super) duplicates: AtomicU64,
    pub(super) failures: AtomicU64,
    pub(super) given_up: AtomicU64,
    /// The inbox or the filter of duplicates failed the last time.
    pub(super) is_store_failing: AtomicBool,
    pub(super) is_stopping: AtomicBool,
}

impl State {
    fn counts(&self) -> Counts {
        let (handled, duplicates, given_up) = (
            self.handled.load(Relaxed),
            self.duplicates.load(Relaxed),
            self.given_up.load(Relaxed),
        );
        let finished = handled + duplicates + given_up;
        Counts {
            handled,
            duplicates,
            failures: self.failures.load(Relaxed),
            given_up,
            unfinished: self.taken.load(Relaxed).saturating_sub(finished),
        }
    }

    fn is_ready(&self) -> bool {
        !self.is_stopping.load(Relaxed) && !self.is_store_failing.load(Relaxed)
    }
}

impl Worker {
    pub(super) fn start<I, H, D, F, E>(serve: Serve<I, H, D>) -> Self
    where
        I: Inbox,
        D: Duplicates,
        H: Fn(Event) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>> + 'static,
    {
        let state = Arc::new(State::default());
        let (stop, stopped) = watch::channel(false);
        let dispatcher = Dispatcher::new(serve, Arc::clone(&state));
        let task = tokio::spawn(dispatcher.run(stopped));
        Self { state, stop, task }
    }

    /// Whether it handles events, for the readiness probe of a server. It is not ready once its shutdown has begun, and
    /// as long as the inbox or the filter of duplicates fails.
    pub fn readiness(&self) -> Readiness {
        Readiness(Arc::clone(&self.state))
    }

    /// What it has done so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.state.counts()
    }

    /// Closes the inbox, waits for the events that were taken from it (at most [`Serve::drain`]), and returns the final
    /// counts. The events that a [`MemoryInbox`](crate::receive::MemoryInbox) still holds are handled first. Stop the
    /// server before, so that no delivery is rejected in between.
    pub async fn shutdown(mut self) -> Counts {
        self.stop.send_replace(true);
        // It fails only if the runtime itself ends.
        let _ = (&mut self.task).await;
        self.counts()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("counts", &self.counts())
            .field("is_ready", &self.state.is_ready())
            .finish_non_exhaustive()
    }
}

impl Readiness {
    /// Whether the worker handles events.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.0.is_ready()
    }
}

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Readiness").field(&self.is_ready()).finish()
    }
}
