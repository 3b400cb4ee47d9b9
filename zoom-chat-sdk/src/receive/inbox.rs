//! Where events wait for their handler.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::{error::Error, future::Future, sync::Arc};

pub use memory::{MemoryInbox, MemoryReceipt};
#[cfg(feature = "redis")]
pub use redis::{RedisInbox, RedisReceipt};

use crate::events::Event;

/// A queue of events between the server and the worker.
///
/// What has been put must be given out by [`take`](Self::take) in the same order, each event once. An inbox that
/// outlives the process gives an event out again if whoever took it stops before [`done`](Self::done).
/// [`Event::to_stored`] is the text for a database.
///
/// ```
/// use std::{collections::VecDeque, sync::Mutex};
/// use zoom_chat_sdk::{events::Event, receive::{Inbox, InboxError, Taken}};
///
/// /// What there is, and no more: for a program that handles a file of events.
/// struct Batch(Mutex<VecDeque<Event>>);
///
/// impl Inbox for Batch {
///     type Receipt = ();
///
///     async fn put(&self, _: Event) -> Result<(), InboxError> {
///         Err(InboxError::Closed)
///     }
///
///     async fn take(&self) -> Result<Option<Taken<()>>, InboxError> {
///         let event = self.0.lock().unwrap().pop_front();
///         Ok(event.map(|event| Taken { event, receipt: () }))
///     }
///
///     async fn done(&self, _: &()) -> Result<(), InboxError> {
///         Ok(())
///     }
///
///     fn close(&self) {
///         self.0.lock().unwrap().clear();
///     }
/// }
/// ```
pub trait Inbox: Send + Sync + 'static {
    /// Identifies a taken event to [`done`](Self::done).
    type Receipt: Send + Sync + 'static;

    /// Stores an event. When this has returned, the event is as safe as this inbox can keep it, and Zoom may be told
    /// that it has arrived.
    ///
    /// # Errors
    ///
    /// An [`InboxError`]: the event is not stored. Zoom should deliver it again, after status 503.
    fn put(&self, event: Event) -> impl Future<Output = Result<(), InboxError>> + Send;

    /// Waits for the next event. `None` if the inbox is closed and nothing is left that only this process could handle.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. Taking can be tried again.
    fn take(&self)
    -> impl Future<Output = Result<Option<Taken<Self::Receipt>>, InboxError>> + Send;

    /// Removes an event that was taken: it was handled, or given up.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. It can be tried again.
    fn done(&self, receipt: &Self::Receipt) -> impl Future<Output = Result<(), InboxError>> + Send;

    /// Ends taking: the worker shuts down.
    fn close(&self);

    /// The worker has ended. What it took without finishing can be given to another one at once.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. The others must find out by themselves then.
    fn leave(&self) -> impl Future<Output = Result<(), InboxError>> + Send {
        async { Ok(()) }
    }
}

/// An event that was taken from an inbox.
#[derive(Debug)]
pub struct Taken<R> {
    /// The event.
    pub event: Event,
    /// For [`Inbox::done`].
    pub receipt: R,
}

/// An inbox, or a filter of duplicates, could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InboxError {
    /// It holds as many events as it may.
    #[error("the inbox is full")]
    Full,
    /// It is closed.
    #[error("the inbox is closed")]
    Closed,
    /// The database behind it failed.
    #[error("the store of the inbox failed")]
    Store(#[source] Box<dyn Error + Send + Sync>),
}

impl InboxError {
    /// The database behind an inbox failed because of this.
    pub fn store(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Store(source.into())
    }
}

impl<I: Inbox> Inbox for Arc<I> {
    type Receipt = I::Receipt;

    fn put(&self, event: Event) -> impl Future<Output = Result<(), InboxError>> + Send {
        (**self).put(event)
    }

    fn take(
        &self,
    ) -> impl Future<Output = Result<Option<Taken<Self::Receipt>>, InboxError>> + Send {
        (**self).take()
    }

    fn done(&self, receipt: &Self::Receipt) -> impl Future<Output = Result<(), InboxError>> + Send {
        (**self).done(receipt)
    }

    fn close(&self) {
        (**self).close();
    }

    fn leave(&self) -> impl Future<Output = Result<(), InboxError>> + Send {
        (**self).leave()
    }
}
