//! One queue for each conversation whose events are being handled.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The queues. Each exists only while its conversation is worked on.
pub(super) struct Lanes<J>(Mutex<HashMap<String, VecDeque<J>>>);

impl<J> Lanes<J> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// Queues a job, unless its lane is free. Then the job is returned, and the caller works on the lane until
    /// [`next`](Self::next) returns `None`.
    pub(super) fn enter(&self, key: &str, job: J) -> Option<J> {
        let mut lanes = self.lanes();
        if let Some(waiting) = lanes.get_mut(key) {
            waiting.push_back(job);
            return None;
        }
        lanes.insert(key.to_owned(), VecDeque::new());
        Some(job)
    }

    /// The next job of a lane. Without one the lane is free.
    pub(super) fn next(&self, key: &str) -> Option<J> {
        let mut lanes = self.lanes();
        let next = lanes.get_mut(key).and_then(VecDeque::pop_front);
        if next.is_none() {
            lanes.remove(key);
        }
        next
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<String, VecDeque<J>>> {
        // Nothing that panics is done while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
