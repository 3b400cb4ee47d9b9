//! The messages of a client that are under way or were sent of late.
//!
//! Equal messages to one chat differ by nothing but their ids, so before a message that was found counts as that of a
//! call, all others that it could be have to be ruled out: an id that another call got is taken, and while the outcome
//! of an equal message is open, what is found may be that one.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{SendMessage, verify::SLACK};
use crate::MessageId;

/// A message that got no answer may still be taken by Zoom after that.
const STAYS_OPEN: Duration = Duration::from_secs(10 * 60);

/// Shared by all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    state: Mutex<State>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct State {
    /// By what makes messages equal.
    messages: HashMap<u64, Vec<Entry>>,
    /// When to look whether those of a key still matter.
    expiry: BTreeSet<(Instant, u64)>,
    numbers: u64,
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
    /// Nobody knows whether it was sent.
    Open {
        until: Instant,
    },
    Sent {
        id: MessageId,
        at: Instant,
    },
}

/// A message under way. Dropped without an outcome, its outcome is open.
#[derive(Debug)]
pub(super) struct Sending<'a> {
    recent: &'a Recent,
    key: u64,
    number: u64,
    is_over: bool,
}

impl Recent {
    pub(super) fn begin(&self, message: &SendMessage) -> Sending<'_> {
        let reply_to = message.reply_to.as_ref().map(MessageId::as_str);
        let to = (
            message.to.as_contact().map(AsRef::<str>::as_ref),
            message.to.as_channel().map(AsRef::<str>::as_ref),
        );
        let key = self
            .hasher
            .hash_one((to, reply_to, message.message.as_str()));
        let started = Instant::now();
        let mut state = self.lock();
        state.expire(started);
        state.numbers += 1;
        let number = state.numbers;
        state.messages.entry(key).or_default().push(Entry {
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
    /// The one of `found` that is this message, if it can be no other; it is taken from then on.
    pub(super) fn claim(&mut self, found: &[MessageId]) -> Option<MessageId> {
        let mut state = self.recent.lock();
        let entries = state.messages.get_mut(&self.key)?;
        let since = entries
            .iter()
            .find(|entry| entry.number == self.number)?
            .started;
        let mut taken = Vec::new();
        for other in entries.iter().filter(|entry| entry.number != self.number) {
            match &other.outcome {
                Outcome::UnderWay => return None,
                Outcome::Open { until } if *until > since => return None,
                Outcome::Open { .. } => {}
                Outcome::Sent { id, .. } => taken.push(id),
            }
        }
        let mut free = found.iter().filter(|id| !taken.contains(id));
        let id = match (free.next(), free.next()) {
            (Some(id), None) => id.clone(),
            _ => return None,
        };
        drop(state);
        self.end(Some(&id), false);
        Some(id)
    }

    /// It was sent.
    pub(super) fn sent(&mut self, id: &MessageId) {
        self.end(Some(id), false);
    }

    /// It certainly was not sent.
    pub(super) fn not_sent(&mut self) {
        self.end(None, true);
    }

    fn end(&mut self, id: Option<&MessageId>, is_certain: bool) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        let now = Instant::now();
        let mut state = self.recent.lock();
        let Some(entries) = state.messages.get_mut(&self.key) else {
            return;
        };
        let until = match id {
            None if is_certain => {
                entries.retain(|entry| entry.number != self.number);
                now
            }
            _ => {
                let outcome = match id {
                    Some(id) => Outcome::Sent {
                        id: id.clone(),
                        at: now,
                    },
                    None => Outcome::Open {
                        until: now + STAYS_OPEN,
                    },
                };
                let until = outcome.until();
                if let Some(entry) = entries.iter_mut().find(|it| it.number == self.number) {
                    entry.outcome = outcome;
                }
                until.unwrap_or(now)
            }
        };
        state.expiry.insert((until, self.key));
        state.expire(now);
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.end(None, false);
    }
}

impl Outcome {
    /// Until when a call that begins has to mind it.
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
    /// Forgets what matters to nobody any more.
    fn expire(&mut self, now: Instant) {
        while let Some((until, key)) = self.expiry.first().copied()
            && until <= now
        {
            self.expiry.pop_first();
            let Some(entries) = self.messages.get_mut(&key) else {
                continue;
            };
            let oldest = entries
                .iter()
                .filter(|entry| entry.outcome.until().is_none())
                .map(|entry| entry.started)
                .min()
                .map_or(now, |started| started.min(now));
            entries.retain(|entry| entry.outcome.until().is_none_or(|until| until > oldest));
            if entries.is_empty() {
                self.messages.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;
    use crate::{Recipient, ZoomChat};

    fn message(text: &str) -> SendMessage {
        ZoomChat::builder()
            .access_token("t0ken")
            .build()
            .unwrap()
            .send_message(Recipient::channel("c").unwrap(), text)
    }

    fn id(id: &str) -> MessageId {
        MessageId::new(id).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_id_is_given_out_once() {
        let (recent, hello) = (Recent::default(), message("Hello"));
        recent.begin(&hello).sent(&id("a"));
        assert_eq!(recent.begin(&hello).claim(&[id("a")]), None);
        let mut next = recent.begin(&message("Hello, you"));
        assert_eq!(next.claim(&[id("x")]), Some(id("x")), "another text");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_taken_is_no_candidate() {
        let (recent, hello) = (Recent::default(), message("Hello"));
        let mut ours = recent.begin(&hello);
        recent.begin(&hello).sent(&id("a"));
        assert_eq!(ours.claim(&[id("a")]), None);
        assert_eq!(ours.claim(&[id("a"), id("b"), id("c")]), None);
        assert_eq!(ours.claim(&[id("a"), id("b")]), Some(id("b")));
        assert_eq!(recent.begin(&hello).claim(&[id("b")]), None);
    }

    #[tokio::test(start_paused = true)]
    async fn while_an_equal_one_is_open_nothing_is_claimed() {
        let (recent, hello) = (Recent::default(), message("Hello"));
        let mut ours = recent.begin(&hello);
        let mut other = recent.begin(&hello);
        assert_eq!(ours.claim(&[id("a")]), None, "under way");
        other.not_sent();
        drop(other);
        drop(recent.begin(&hello));
        assert_eq!(ours.claim(&[id("a")]), None, "open");
        advance(STAYS_OPEN + Duration::from_secs(1)).await;
        assert_eq!(ours.claim(&[id("a")]), None, "it was open when ours began");
        drop(ours);
        advance(STAYS_OPEN + Duration::from_secs(1)).await;
        assert_eq!(recent.begin(&hello).claim(&[id("a")]), Some(id("a")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_certainly_not_sent_is_in_nobodys_way() {
        let (recent, hello) = (Recent::default(), message("Hello"));
        let mut ours = recent.begin(&hello);
        recent.begin(&hello).not_sent();
        assert_eq!(ours.claim(&[id("a")]), Some(id("a")));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_for_ever() {
        let (recent, hello) = (Recent::default(), message("Hello"));
        for number in 0..1000 {
            recent.begin(&hello).sent(&id(&format!("{number}")));
            drop(recent.begin(&message(&format!("open {number}"))));
            advance(Duration::from_secs(1)).await;
        }
        let kept = |recent: &Recent| {
            let state = recent.lock();
            let entries: usize = state.messages.values().map(Vec::len).sum();
            (entries, state.expiry.len())
        };
        let (entries, expiry) = kept(&recent);
        assert!(entries < 610 && expiry < 610, "{entries} {expiry}");
        advance(STAYS_OPEN).await;
        recent.begin(&hello).not_sent();
        let (entries, expiry) = kept(&recent);
        assert_eq!((entries, expiry), (0, 0));
    }
}
