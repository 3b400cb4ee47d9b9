//! A bounded filter in memory.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::Duplicates;
use crate::{events::EventKey, receive::InboxError};

/// Keeps the most recent keys in the memory of this process. Clones share it. They are lost when the process ends.
///
/// ```
/// use zoom_chat_sdk::receive::MemoryDuplicates;
///
/// // An event has up to two keys, so this suffices for 100 events/s over the 85 minutes of Zoom's retries.
/// let duplicates = MemoryDuplicates::new(2 * 100 * 85 * 60);
/// ```
#[derive(Clone)]
pub struct MemoryDuplicates(Arc<Mutex<Recent>>);

struct Recent {
    keys: HashSet<EventKey>,
    oldest_first: VecDeque<EventKey>,
    most: usize,
}

impl MemoryDuplicates {
    /// The number of keys of the default filter. They take about 10 MB.
    pub const MOST: usize = 200_000;

    /// A filter for at most this number of keys. Beyond that, the oldest are removed.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Mutex::new(Recent {
            keys: HashSet::new(),
            oldest_first: VecDeque::new(),
            most,
        })))
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        // Nothing that panics is done while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryDuplicates {
    fn default() -> Self {
        Self::new(Self::MOST)
    }
}

impl Duplicates for MemoryDuplicates {
    async fn is_done(&self, keys: &[EventKey]) -> Result<bool, InboxError> {
        let recent = self.recent();
        Ok(keys.iter().any(|key| recent.keys.contains(key)))
    }

    async fn mark_done(&self, keys: &[EventKey]) -> Result<(), InboxError> {
        let mut recent = self.recent();
        for key in keys {
            if recent.keys.insert(*key) {
                recent.oldest_first.push_back(*key);
            }
        }
        while recent.oldest_first.len() > recent.most {
            if let Some(oldest) = recent.oldest_first.pop_front() {
                recent.keys.remove(&oldest);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for MemoryDuplicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recent = self.recent();
        f.debug_struct("MemoryDuplicates")
            .field("keys", &recent.keys.len())
            .field("most", &recent.most)
            .finish()
    }
}
