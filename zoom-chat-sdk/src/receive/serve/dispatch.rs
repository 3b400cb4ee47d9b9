//! Takes events from the inbox, and handles each in the queue of its conversation.

use std::{
    error::Error,
    future::{Future, poll_fn},
    pin::pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    task::Poll,
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::sleep,
};

use super::{
    Serve, Settings,
    failure::{Cause, Failure, caught},
    lanes::Lanes,
    worker::State,
};
use crate::{
    events::Event,
    receive::{Duplicates, Inbox, InboxError, Taken},
};

/// The first and the longest wait before a failed store is called again.
const STORE_WAIT: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// How long [`Inbox::leave`] may take.
const LEAVING: Duration = Duration::from_secs(2);

pub(super) struct Dispatcher<I: Inbox, H, D> {
    inbox: I,
    handler: H,
    duplicates: D,
    settings: Settings,
    state: Arc<State>,
    lanes: Lanes<Job<I::Receipt>>,
    /// One permit for each event that may be taken and unfinished.
    backlog: Arc<Semaphore>,
    /// One permit for each handler that may run.
    running: Semaphore,
}

struct Job<R> {
    taken: Taken<R>,
    /// Given back with the job.
    _permit: OwnedSemaphorePermit,
}

impl<I, H, D, F, E> Dispatcher<I, H, D>
where
    I: Inbox,
    D: Duplicates,
    H: Fn(Event) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    pub(super) fn new(serve: Serve<I, H, D>, state: Arc<State>) -> Arc<Self> {
        let most = |permits: usize| permits.min(Semaphore::MAX_PERMITS);
        let backlog = most(serve.settings.backlog).min(u32::MAX as usize);
        Arc::new(Self {
            lanes: Lanes::new(),
            backlog: Arc::new(Semaphore::new(backlog)),
            running: Semaphore::new(most(serve.settings.parallel)),
            inbox: serve.inbox,
            handler: serve.handler,
            duplicates: serve.duplicates,
            settings: Settings {
                backlog,
                ..serve.settings
            },
            state,
        })
    }

    /// Runs until the inbox is closed and all taken events are finished, or a shutdown takes too long.
    pub(super) async fn run(self: Arc<Self>, stopped: watch::Receiver<bool>) {
        let mut tasks = JoinSet::new();
        {
            let mut all = pin!(self.take_all(&mut tasks));
            let mut cut_off = pin!(self.cut_off(stopped));
            poll_fn(|context| match all.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(()),
                Poll::Pending => cut_off.as_mut().poll(context),
            })
            .await;
        }
        tasks.shutdown().await;
        self.state.is_stopping.store(true, Relaxed);
        let left = tokio::time::timeout(LEAVING, self.inbox.leave()).await;
        if !matches!(left, Ok(Ok(()))) {
            tracing::warn!("the inbox does not know that its worker has ended");
        }
    }

    async fn take_all(self: &Arc<Self>, tasks: &mut JoinSet<()>) {
        // Neither this semaphore nor the other is ever closed.
        while let Ok(permit) = Arc::clone(&self.backlog).acquire_owned().await {
            while tasks.try_join_next().is_some() {}
            let Some(taken) = self.until_it_works(|| self.inbox.take()).await else {
                break;
            };
            self.state.taken.fetch_add(1, Relaxed);
            let key = taken.event.ordering_key();
            let job = Job {
                taken,
                _permit: permit,
            };
            if let Some(job) = self.lanes.enter(&key, job) {
                tasks.spawn(Arc::clone(self).work(key, job));
            }
        }
        // All permits are available when no job is left.
        let all = u32::try_from(self.settings.backlog).unwrap_or(u32::MAX);
        let _ = self.backlog.acquire_many(all).await;
    }

    /// Closes the inbox once a shutdown begins, and ends when it has lasted long enough.
    async fn cut_off(&self, mut stopped: watch::Receiver<bool>) {
        // Fails if the worker's handle is gone, which begins the shutdown as well.
        let _ = stopped.wait_for(|stopped| *stopped).await;
        self.state.is_stopping.store(true, Relaxed);
        self.inbox.close();
        sleep(self.settings.drain).await;
    }

    /// Works on one lane until it is empty.
    async fn work(self: Arc<Self>, key: String, first: Job<I::Receipt>) {
        let mut next = Some(first);
        while let Some(job) = next {
            if caught(self.finish(&job.taken)).await.is_err() {
                // The handler's own panics are caught before.
                tracing::error!("the inbox, the filter of duplicates or `on_failure` panicked");
            }
            drop(job);
            next = self.lanes.next(&key);
        }
    }

    async fn finish(&self, taken: &Taken<I::Receipt>) {
        let keys = taken.event.keys();
        let is_repeat = self.until_it_works(|| self.duplicates.is_done(&keys)).await;
        let count = if is_repeat {
            &self.state.duplicates
        } else if self.handle(&taken.event).await {
            self.until_it_works(|| self.duplicates.mark_done(&keys))
                .await;
            &self.state.handled
        } else {
            &self.state.given_up
        };
        self.until_it_works(|| self.inbox.done(&taken.receipt))
            .await;
        count.fetch_add(1, Relaxed);
    }

    /// Calls the handler up to the maximum number of attempts, and returns whether it has succeeded.
    async fn handle(&self, event: &Event) -> bool {
        let mut attempt = 1;
        loop {
            let outcome = {
                let _permit = self.running.acquire().await;
                let handle = async { (self.handler)(event.clone()).await.map_err(Into::into) };
                caught(handle).await
            };
            let cause = match outcome {
                Ok(Ok(())) => return true,
                Ok(Err(error)) => Cause::Error(error),
                Err(panic) => Cause::Panic(panic),
            };
            let retry_in = self.settings.wait(attempt);
            self.tell(&Failure {
                event: event.clone(),
                attempt,
                retry_in,
                cause,
            });
            let Some(wait) = retry_in else {
                return false;
            };
            sleep(wait).await;
            attempt += 1;
        }
    }

    fn tell(&self, failure: &Failure) {
        self.state.failures.fetch_add(1, Relaxed);
        tracing::warn!(
            event = failure.event.name(),
            request_id = failure.event.request_id(),
            attempt = failure.attempt,
            retry_in = ?failure.retry_in,
            panicked = matches!(failure.cause, Cause::Panic(_)),
            "the handler of an event failed"
        );
        if let Some(on_failure) = &self.settings.on_failure {
            on_failure(failure);
        }
    }

    /// Calls a store again until it succeeds. Events wait meanwhile, in the inbox or in their lane.
    async fn until_it_works<T, A>(&self, ask: impl Fn() -> A) -> T
    where
        A: Future<Output = Result<T, InboxError>>,
    {
        let (mut wait, longest) = STORE_WAIT;
        loop {
            match ask().await {
                Ok(answer) => {
                    self.state.is_store_failing.store(false, Relaxed);
                    return answer;
                }
                Err(error) => {
                    self.state.is_store_failing.store(true, Relaxed);
                    tracing::warn!(%error, retry_in = ?wait, "the inbox or the filter of duplicates failed; events wait for it");
                }
            }
            sleep(wait).await;
            wait = wait.saturating_mul(2).min(longest);
        }
    }
}
