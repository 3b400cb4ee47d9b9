//! The messages of a client that are in flight or were sent recently.
//!
//! Equal messages to one chat differ only in their ids, so before a found message is attributed to a call, all other
//! calls must be excluded: an id that another call received is taken, and while the outcome of an equal message is
//! unknown, the found message may belong to it.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{MessageId, Recipient};

/// How long Zoom may take to accept a message whose request got no answer.
const STAYS_OPEN: Duration = Duration::from_secs(10 * 60);

/// The tolerance of the times of messages: Zoom's `Date` header has whole seconds, and the clock of the server that
/// stores the message may be a little behind.
pub(crate) const SLACK: Duration = Duration::from_secs(2);

/// The minimum interval between checks of the outcomes of equal messages, so that many equal messages cost no more than
/// others.
const PAUSE: Duration = SLACK;

/// Shared by all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    state: Mutex<State>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct State {
    /// By the values that make messages equal.
    messages: HashMap<u64, Equal>,
    /// When to check whether the messages of a key still matter: at most one time for each key.
    expiry: BTreeSet<(Instant, u64)>,
    numbers: u64,
}

/// Messages that differ only in their ids.
#[derive(Debug, Default)]
struct Equal {
    /// In the order of their numbers.
    entries: Vec<Entry>,
    /// Their time in the expiry.
    look_at: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    started: Instant,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    UnderWay,
    /// It is unknown whether it was sent.
    Open {
        until: Instant,
    },
    Sent {
        /// The hash of its id.
        id: u64,
        at: Instant,
    },
}

/// A message in flight. If this is dropped without an outcome, the outcome is unknown.
#[derive(Debug)]
pub(crate) struct Sending<'a> {
    recent: &'a Recent,
    key: u64,
    number: u64,
    is_over: bool,
}

impl Recent {
    /// A message is about to be sent.
    pub(crate) fn begin(
        &self,
        to: &Recipient,
        reply_to: Option<&MessageId>,
        text: &str,
    ) -> Sending<'_> {
        let reply_to = reply_to.map(MessageId::as_str);
        let to = (
            to.as_contact().map(AsRef::<str>::as_ref),
            to.as_channel().map(AsRef::<str>::as_ref),
        );
        let key = self.hasher.hash_one((to, reply_to, text));
        let started = Instant::now();
        let mut state = self.lock();
        state.expire(started);
        state.numbers += 1;
        let number = state.numbers;
        state.messages.entry(key).or_default().entries.push(Entry {
            number,
            started,
            outcome: Outcome::UnderWay,
        });
        Sending {
            recent: self,
            key,
            number,
            is_over: false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that runs under the lock can leave it half written.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sending<'_> {
    /// The id of `found` that belongs to this message, if it cannot belong to another one. It is taken from then on.
    pub(crate) fn claim(&mut self, found: &[MessageId]) -> Option<MessageId> {
        let state = self.recent.lock();
        let entries = &state.messages.get(&self.key)?.entries;
        let since = entries.get(self.position(entries)?)?.started;
        let mut taken = Vec::new();
        for other in entries.iter().filter(|entry| entry.number != self.number) {
            match &other.outcome {
                Outcome::UnderWay => return None,
                Outcome::Open { until } if *until > since => return None,
                Outcome::Open { .. } => {}
                Outcome::Sent { id, .. } => taken.push(*id),
            }
        }
        let is_free = |id: &&MessageId| !taken.contains(&self.recent.hasher.hash_one(id));
        let mut free = found.iter().filter(is_free);
        let id = match (free.next(), free.next()) {
            (Some(id), None) => id.clone(),
            _ => return None,
        };
        drop(state);
        self.end(Some(&id), false);
        Some(id)
    }

    /// It was sent.
    pub(crate) fn sent(&mut self, id: &MessageId) {
        self.end(Some(id), false);
    }

    /// It certainly was not sent.
    pub(crate) fn not_sent(&mut self) {
        self.end(None, true);
    }

    fn end(&mut self, id: Option<&MessageId>, is_certain: bool) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        let now = Instant::now();
        let mut state = self.recent.lock();
        let Some(equal) = state.messages.get_mut(&self.key) else {
            return;
        };
        let Some(position) = self.position(&equal.entries) else {
            return;
        };
        let outcome = match id {
            None if is_certain => None,
            None => Some(Outcome::Open {
                until: now + STAYS_OPEN,
            }),
            Some(id) => Some(Outcome::Sent {
                id: self.recent.hasher.hash_one(id),
                at: now,
            }),
        };
        let until = outcome.as_ref().and_then(Outcome::until).unwrap_or(now);
        match (outcome, equal.entries.get_mut(position)) {
            (Some(outcome), Some(entry)) => entry.outcome = outcome,
            _ => drop(equal.entries.remove(position)),
        }
        state.look_at(self.key, until);
        state.expire(now);
    }

    fn position(&self, entries: &[Entry]) -> Option<usize> {
        entries
            .binary_search_by_key(&self.number, |entry| entry.number)
            .ok()
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.end(None, false);
    }
}

impl Outcome {
    /// Until when a new call has to take it into account.
    fn until(&self) -> Option<Instant> {
        match self {
            Self::UnderWay => None,
            Self::Open { until } => Some(*until),
            // As far back as a search looks.
            Self::Sent { at, .. } => Some(*at + SLACK),
        }
    }
}

impl State {
    /// Schedules a check of the messages of this key at that time, unless an earlier one is scheduled.
    fn look_at(&mut self, key: u64, at: Instant) {
        let Some(equal) = self.messages.get_mut(&key) else {
            return;
        };
        if let Some(planned) = equal.look_at {
            if planned <= at {
                return;
            }
            self.expiry.remove(&(planned, key));
        }
        equal.look_at = Some(at);
        self.expiry.insert((at, key));
    }

    /// Removes messages that no longer matter.
    fn expire(&mut self, now: Instant) {
        while let Some((at, key)) = self.expiry.first().copied()
            && at <= now
        {
            self.expiry.pop_first();
            let Some(equal) = self.messages.get_mut(&key) else {
                continue;
            };
            equal.look_at = None;
            let entries = &mut equal.entries;
            let oldest = entries
                .iter()
                .filter(|entry| entry.outcome.until().is_none())
                .map(|entry| entry.started)
                .min()
                .map_or(now, |started| started.min(now));
            entries.retain(|entry| entry.outcome.until().is_none_or(|until| until > oldest));
            let next = entries.iter().filter_map(|it| it.outcome.until()).min();
            if entries.is_empty() {
                self.messages.remove(&key);
            } else if let Some(next) = next {
                self.look_at(key, next.max(now + PAUSE));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn begin<'a>(recent: &'a Recent, text: &str) -> Sending<'a> {
        recent.begin(&Recipient::channel("c").unwrap(), None, text)
    }

    fn id(id: &str) -> MessageId {
        MessageId::new(id).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_id_is_given_out_once() {
        let (recent, hello) = (Recent::default(), "Hello");
        begin(&recent, hello).sent(&id("a"));
        assert_eq!(begin(&recent, hello).claim(&[id("a")]), None);
        let mut next = begin(&recent, "Hello, you");
        assert_eq!(next.claim(&[id("x")]), Some(id("x")), "another text");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_taken_is_no_candidate() {
        let (recent, hello) = (Recent::default(), "Hello");
        let mut ours = begin(&recent, hello);
        begin(&recent, hello).sent(&id("a"));
        assert_eq!(ours.claim(&[id("a")]), None);
        assert_eq!(ours.claim(&[id("a"), id("b"), id("c")]), None);
        assert_eq!(ours.claim(&[id("a"), id("b")]), Some(id("b")));
        assert_eq!(begin(&recent, hello).claim(&[id("b")]), None);
    }

    #[tokio::test(start_paused = true)]
    async fn while_an_equal_one_is_open_nothing_is_claimed() {
        let (recent, hello) = (Recent::default(), "Hello");
        let mut ours = begin(&recent, hello);
        let mut other = begin(&recent, hello);
        assert_eq!(ours.claim(&[id("a")]), None, "under way");
        other.not_sent();
        drop(other);
        drop(begin(&recent, hello));
        assert_eq!(ours.claim(&[id("a")]), None, "open");
        advance(STAYS_OPEN + Duration::from_secs(1)).await;
        assert_eq!(ours.claim(&[id("a")]), None, "it was open when ours began");
        drop(ours);
        advance(STAYS_OPEN + Duration::from_secs(1)).await;
        assert_eq!(begin(&recent, hello).claim(&[id("a")]), Some(id("a")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_certainly_not_sent_is_in_nobodys_way() {
        let (recent, hello) = (Recent::default(), "Hello");
        let mut ours = begin(&recent, hello);
        begin(&recent, hello).not_sent();
        assert_eq!(ours.claim(&[id("a")]), Some(id("a")));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_for_ever() {
        let (recent, hello) = (Recent::default(), "Hello");
        for number in 0..1000 {
            begin(&recent, hello).sent(&id(&format!("{number}")));
            drop(begin(&recent, &format!("open {number}")));
            advance(Duration::from_secs(1)).await;
        }
        let kept = |recent: &Recent| {
            let state = recent.lock();
            let entries: usize = state.messages.values().map(|it| it.entries.len()).sum();
            (entries, state.expiry.len())
        };
        let (entries, expiry) = kept(&recent);
        assert!(entries < 610 && expiry < 610, "{entries} {expiry}");
        advance(STAYS_OPEN).await;
        begin(&recent, hello).not_sent();
        let (entries, expiry) = kept(&recent);
        assert_eq!((entries, expiry), (0, 0));
    }
}
