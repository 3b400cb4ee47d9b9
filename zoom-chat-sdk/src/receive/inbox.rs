//! Queues of events that wait for their handler.

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
/// [`take`](Self::take) must return the events in the order of [`put`](Self::put), each event once. An inbox that
/// outlives the process returns an event again if the process that took it stops before [`done`](Self::done).
/// [`Event::to_stored`] is the text for a database.
///
/// ```
/// use std::{collections::VecDeque, sync::Mutex};
/// use zoom_chat_sdk::{events::Event, receive::{Inbox, InboxError, Taken}};
///
/// /// A fixed batch, for a program that handles a file of events.
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

    /// Stores an event. After it returns, the event is as safe as this inbox can make it, and the delivery may be
    /// confirmed to Zoom.
    ///
    /// # Errors
    ///
    /// An [`InboxError`]: the event is not stored. Zoom should deliver it again, after status 503.
    fn put(&self, event: Event) -> impl Future<Output = Result<(), InboxError>> + Send;

    /// Waits for the next event. `None` if the inbox is closed and has no event that only this process can handle.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. The call can be retried.
    fn take(&self)
    -> impl Future<Output = Result<Option<Taken<Self::Receipt>>, InboxError>> + Send;

    /// Removes a taken event, which was handled or given up.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. The call can be retried.
    fn done(&self, receipt: &Self::Receipt) -> impl Future<Output = Result<(), InboxError>> + Send;

    /// Stops [`take`](Self::take), because the worker shuts down.
    fn close(&self);

    /// The worker has ended. Events that it took and did not finish can be given to another one at once.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. Other processes then detect it by themselves.
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

/// An error of an inbox or of a filter of duplicates.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InboxError {
    /// It holds the maximum number of events.
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
    /// An error of the database, with this source.
    ///
    /// ```
    /// use zoom_chat_sdk::receive::InboxError;
    ///
    /// fn insert(row: &str) -> Result<(), InboxError> {
    ///     std::fs::write("/no/such/folder/row", row).map_err(InboxError::store)
    /// }
    ///
    /// assert!(matches!(insert("{}"), Err(InboxError::Store(_))));
    /// ```
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
