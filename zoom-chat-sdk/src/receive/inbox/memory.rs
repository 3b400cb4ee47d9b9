//! A bounded queue in memory.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::{Inbox, InboxError, Taken};
use crate::events::Event;

/// A queue in the memory of this process. Clones share it.
///
/// A crash loses its events, and Zoom does not deliver them again, since their delivery was confirmed. Use `RedisInbox`
/// if that matters.
///
/// It is bounded in events and in bytes, and an event counts until its handler has finished. A full inbox rejects
/// events with [`InboxError::Full`], which the server answers with 503, after which Zoom retries three times within 85
/// minutes.
///
/// ```
/// use zoom_chat_sdk::receive::MemoryInbox;
///
/// let inbox = MemoryInbox::new(10_000).most_bytes(16 * 1024 * 1024);
/// assert!(inbox.is_empty());
/// ```
#[derive(Clone)]
pub struct MemoryInbox(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    changed: Notify,
}

struct Queue {
    events: VecDeque<Event>,
    /// Waiting or taken.
    held: usize,
    held_bytes: usize,
    most_events: usize,
    most_bytes: usize,
    is_closed: bool,
}

/// Identifies an event that was taken from a [`MemoryInbox`].
#[derive(Debug)]
pub struct MemoryReceipt {
    bytes: usize,
}

impl MemoryInbox {
    /// The default of [`most_bytes`](Self::most_bytes): 64 MiB.
    pub const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// An empty inbox for at most this number of events.
    ///
    /// ```
    /// use zoom_chat_sdk::receive::MemoryInbox;
    ///
    /// let inbox = MemoryInbox::new(10_000);
    /// assert!(inbox.is_empty());
    /// assert_eq!(inbox.len(), 0);
    /// ```
    #[must_use]
    pub fn new(most_events: usize) -> Self {
        Self(Arc::new(Shared {
            queue: Mutex::new(Queue {
                events: VecDeque::new(),
                held: 0,
                held_bytes: 0,
                most_events,
                most_bytes: Self::MOST_BYTES,
                is_closed: false,
            }),
            changed: Notify::new(),
        }))
    }

    /// The maximum size of all events together, in bytes.
    ///
    /// ```
    /// use zoom_chat_sdk::receive::MemoryInbox;
    ///
    /// let inbox = MemoryInbox::new(10_000).most_bytes(16 * 1024 * 1024);
    /// # drop(inbox);
    /// ```
    #[must_use]
    pub fn most_bytes(self, most_bytes: usize) -> Self {
        self.queue().most_bytes = most_bytes;
        self
    }

    /// The number of events that wait or are being handled.
    #[must_use]
    pub fn len(&self) -> usize {
        self.queue().held
    }

    /// Whether no event waits or is being handled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing that panics is done while it is locked.
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox for MemoryInbox {
    type Receipt = MemoryReceipt;

    async fn put(&self, event: Event) -> Result<(), InboxError> {
        let mut queue = self.queue();
        if queue.is_closed {
            return Err(InboxError::Closed);
        }
        let bytes = queue.held_bytes.saturating_add(event.raw().len());
        if queue.held >= queue.most_events || bytes > queue.most_bytes {
            return Err(InboxError::Full);
        }
        queue.held += 1;
        queue.held_bytes = bytes;
        queue.events.push_back(event);
        drop(queue);
        self.0.changed.notify_one();
        Ok(())
    }

    async fn take(&self) -> Result<Option<Taken<MemoryReceipt>>, InboxError> {
        loop {
            // Made before the look at the queue, so that nothing is missed in between.
            let changed = self.0.changed.notified();
            {
                let mut queue = self.queue();
                if let Some(event) = queue.events.pop_front() {
                    let bytes = event.raw().len();
                    let receipt = MemoryReceipt { bytes };
                    return Ok(Some(Taken { event, receipt }));
                }
                if queue.is_closed {
                    return Ok(None);
                }
            }
            changed.await;
        }
    }

    async fn done(&self, receipt: &MemoryReceipt) -> Result<(), InboxError> {
        let mut queue = self.queue();
        queue.held = queue.held.saturating_sub(1);
        queue.held_bytes = queue.held_bytes.saturating_sub(receipt.bytes);
        Ok(())
    }

    /// Rejects further events. Those that it holds are still taken, since no other process has them.
    fn close(&self) {
        self.queue().is_closed = true;
        self.0.changed.notify_waiters();
    }
}

impl fmt::Debug for MemoryInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queue = self.queue();
        f.debug_struct("MemoryInbox")
            .field("events", &queue.held)
            .field("bytes", &queue.held_bytes)
            .field("is_closed", &queue.is_closed)
            .finish_non_exhaustive()
    }
}
