//! Filters of events that were handled already.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::{future::Future, sync::Arc};

pub use memory::MemoryDuplicates;
#[cfg(feature = "redis")]
pub use redis::RedisDuplicates;

use super::InboxError;
use crate::events::EventKey;

/// A filter of duplicates. It holds the keys of the events whose handler has succeeded.
///
/// Zoom's retries come within 85 minutes, so keys should be kept at least that long.
pub trait Duplicates: Send + Sync + 'static {
    /// Whether one of the keys ([`Event::keys`](crate::events::Event::keys)) was marked.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. The event waits, and the call is retried.
    fn is_done(&self, keys: &[EventKey]) -> impl Future<Output = Result<bool, InboxError>> + Send;

    /// Marks all of the keys.
    ///
    /// # Errors
    ///
    /// [`InboxError::Store`]. The call is retried.
    fn mark_done(&self, keys: &[EventKey]) -> impl Future<Output = Result<(), InboxError>> + Send;
}

impl<D: Duplicates> Duplicates for Arc<D> {
    fn is_done(&self, keys: &[EventKey]) -> impl Future<Output = Result<bool, InboxError>> + Send {
        (**self).is_done(keys)
    }

    fn mark_done(&self, keys: &[EventKey]) -> impl Future<Output = Result<(), InboxError>> + Send {
        (**self).mark_done(keys)
    }
}
