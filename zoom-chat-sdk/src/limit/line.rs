//! The queue of waiting requests.
//!
//! Requests are permitted in the order of their arrival, except that none waits for a request that is blocked by a
//! limit that does not concern it. So requests with equal demands wait in one lane, of which only the head is
//! considered. A lane is parked while its channel is full, and all lanes of a label are held while the label is full.
//!
//! One waiting request has the turn: the first of all heads that are neither parked nor held. It asks the store for
//! itself; there is no background task. A request that leaves the queue, for whatever reason, passes the turn on. Every
//! blocked head sleeps until its block ends, so that one always wakes in time to pass the turn on.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{sync::Notify, time::Instant};
use zoom_chat_openapi::RateLimitLabel;

use super::{
    demand::{Demand, LimitScope},
    error::Limited,
};

/// Arrivals in order.
type Ticket = u64;

type Label = Option<RateLimitLabel>;

#[derive(Debug, Default)]
pub(super) struct Line(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: Ticket,
    /// Incremented whenever a request may have become permitted, so that earlier answers of the store are not used
    /// afterwards.
    changes: u64,
    lanes: HashMap<Arc<LaneKey>, Lane>,
    /// The parked lanes, by the time to ask again.
    parked: BTreeSet<(Instant, Arc<LaneKey>)>,
    labels: BTreeMap<Label, Labelled>,
    turn: Option<(Ticket, Label)>,
}

/// The demand that all requests of a lane have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct LaneKey {
    label: Label,
    upload: Option<&'static str>,
    channel: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct Lane {
    waiting: BTreeMap<Ticket, Arc<Notify>>,
    parked: Option<Hold>,
}

#[derive(Debug, Default)]
struct Labelled {
    /// The first of each lane that is not parked.
    heads: BTreeMap<Ticket, Arc<LaneKey>>,
    held: Option<Hold>,
}

/// The scope that denied the request.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    pub(super) limited: Limited,
    /// When it is free, as far as known.
    pub(super) free_at: Instant,
    /// When to ask again.
    pub(super) ask_at: Instant,
}

/// The next step of a waiting request.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// It has the turn: ask the store.
    Ask(Changes),
    /// Wait until it is time to ask again, or until notified.
    Sleep(Hold),
    /// Wait until notified.
    Wait,
}

/// A point in the history of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Changes(u64);

/// A place in the queue, which is left on drop.
#[derive(Debug)]
pub(super) struct Place<'a> {
    line: &'a Line,
    ticket: Ticket,
    lane: Arc<LaneKey>,
    notify: Arc<Notify>,
    ahead: usize,
}

impl Line {
    /// Whether no waiting request would be overtaken by asking the store directly. Does not allocate.
    pub(super) fn is_free(&self, demand: &Demand<'_>, now: Instant) -> bool {
        let mut state = self.state();
        if state.lanes.is_empty() {
            return true;
        }
        state.elect(now);
        let labelled = state.labels.get(&demand.label);
        labelled.is_none_or(|labelled| labelled.heads.is_empty())
            && !state.lanes.keys().any(|lane| lane.is_for(demand))
    }

    /// Joins the end of the queue.
    pub(super) fn join(&self, demand: &Demand<'_>, now: Instant) -> Place<'_> {
        let lane = Arc::new(LaneKey {
            label: demand.label,
            upload: demand.upload,
            channel: demand.channel.map(Into::into),
        });
        let notify = Arc::new(Notify::new());
        let mut state = self.state();
        let ticket = state.next;
        state.next += 1;
        let alike = state.lanes.entry(Arc::clone(&lane)).or_default();
        let ahead = alike.waiting.len();
        alike.waiting.insert(ticket, Arc::clone(&notify));
        if ahead == 0 {
            state.add_head(ticket, &lane);
        }
        state.elect(now);
        Place {
            line: self,
            ticket,
            lane,
            notify,
            ahead,
        }
    }

    /// Permits of these scopes became free: earlier answers of the store are outdated.
    pub(super) fn changed<'a>(&self, scopes: impl Iterator<Item = LimitScope<'a>>, now: Instant) {
        let mut state = self.state();
        if state.lanes.is_empty() {
            return;
        }
        state.changes += 1;
        for scope in scopes {
            state.free(scope);
        }
        state.elect(now);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    #[cfg(feature = "__test")]
    pub(super) fn is_empty(&self) -> bool {
        let state = self.state();
        let mut labels = state.labels.values();
        state.lanes.is_empty()
            && state.parked.is_empty()
            && state.turn.is_none()
            && labels.all(|labelled| labelled.heads.is_empty())
    }
}

impl Place<'_> {
    /// The number of requests ahead with the same demand.
    pub(super) fn ahead(&self) -> usize {
        self.ahead
    }

    pub(super) fn step(&self, now: Instant) -> Step {
        let mut state = self.line.state();
        state.elect(now);
        if state.turn.is_some_and(|(turn, _)| turn == self.ticket) {
            return Step::Ask(Changes(state.changes));
        }
        match state.lanes.get(&self.lane) {
            Some(lane) if lane.head() == Some(self.ticket) => {
                let held = || state.labels.get(&self.lane.label)?.held.as_ref();
                let kept = lane.parked.as_ref().or_else(held);
                kept.cloned().map_or(Step::Wait, Step::Sleep)
            }
            _ => Step::Wait,
        }
    }

    /// The store denied the request because of this scope, when asked at that point in the history.
    pub(super) fn denied(&self, asked: Changes, scope: LimitScope<'_>, hold: Hold, now: Instant) {
        let mut state = self.line.state();
        if asked != Changes(state.changes) {
            return;
        }
        match scope {
            LimitScope::Label(_) | LimitScope::Day(_) => state.hold(self.lane.label, hold),
            LimitScope::Upload(_) | LimitScope::Channel(_) => {
                state.park(self.ticket, &self.lane, hold);
            }
        }
        state.elect(now);
    }

    /// The known block of this request.
    pub(super) fn kept_by(&self) -> Option<Hold> {
        let state = self.line.state();
        let lane = state.lanes.get(&self.lane);
        let parked = lane.and_then(|lane| lane.parked.as_ref());
        let labelled = state.labels.get(&self.lane.label);
        let held = labelled.and_then(|labelled| labelled.held.as_ref());
        let holds = parked.into_iter().chain(held);
        holds.max_by_key(|hold| hold.free_at).cloned()
    }

    pub(super) async fn notified(&self) {
        self.notify.notified().await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.line.state();
        state.leave(self.ticket, &self.lane);
        state.elect(Instant::now());
    }
}

impl State {
    /// Gives the turn to the first request that may be permitted.
    fn elect(&mut self, now: Instant) {
        while let Some((ask_at, _)) = self.parked.first()
            && *ask_at <= now
            && let Some((_, lane)) = self.parked.pop_first()
        {
            self.unpark(&lane);
        }
        for labelled in self.labels.values_mut() {
            labelled.held.take_if(|hold| hold.ask_at <= now);
        }
        let free = self.labels.iter().filter(|(_, other)| other.held.is_none());
        let turn = free
            .filter_map(|(label, other)| Some((other.head()?, *label)))
            .min();
        if self.turn != turn {
            self.turn = turn;
            if let Some((ticket, label)) = turn {
                self.notify_head(ticket, label);
            }
        }
    }

    fn notify_head(&self, ticket: Ticket, label: Label) {
        let lane = self
            .labels
            .get(&label)
            .and_then(|labelled| labelled.heads.get(&ticket))
            .and_then(|lane| self.lanes.get(lane));
        if let Some(notify) = lane.and_then(|lane| lane.waiting.get(&ticket)) {
            notify.notify_one();
        }
    }

    fn add_head(&mut self, ticket: Ticket, lane: &Arc<LaneKey>) {
        let labelled = self.labels.entry(lane.label).or_default();
        labelled.heads.insert(ticket, Arc::clone(lane));
    }

    fn remove_head(&mut self, ticket: Ticket, label: Label) -> bool {
        let labelled = self.labels.get_mut(&label);
        labelled.is_some_and(|labelled| labelled.heads.remove(&ticket).is_some())
    }

    fn hold(&mut self, label: Label, hold: Hold) {
        if let Some(labelled) = self.labels.get_mut(&label) {
            labelled.held = Some(hold);
        }
    }

    fn park(&mut self, ticket: Ticket, key: &Arc<LaneKey>, hold: Hold) {
        if self.remove_head(ticket, key.label)
            && let Some(lane) = self.lanes.get_mut(key)
        {
            self.parked.insert((hold.ask_at, Arc::clone(key)));
            lane.parked = Some(hold);
        }
    }

    fn unpark(&mut self, key: &Arc<LaneKey>) {
        if let Some(lane) = self.lanes.get_mut(key) {
            lane.parked = None;
            if let Some(head) = lane.head() {
                self.add_head(head, key);
            }
        }
    }

    fn free(&mut self, scope: LimitScope<'_>) {
        let parked = |scoped: &dyn Fn(&LaneKey) -> bool| -> Vec<_> {
            let parked = self.parked.iter();
            parked.filter(|(_, lane)| scoped(lane)).cloned().collect()
        };
        let parked = match scope {
            LimitScope::Upload(operation) => parked(&|lane| lane.upload == Some(operation)),
            LimitScope::Channel(channel) => {
                parked(&|lane| lane.channel.as_deref() == Some(channel))
            }
            LimitScope::Label(label) => {
                if let Some(labelled) = self.labels.get_mut(&Some(label)) {
                    labelled.held = None;
                }
                return;
            }
            LimitScope::Day(_) => {
                for labelled in self.labels.values_mut() {
                    labelled.held = None;
                }
                return;
            }
        };
        for parked in parked {
            self.parked.remove(&parked);
            self.unpark(&parked.1);
        }
    }

    fn leave(&mut self, ticket: Ticket, key: &Arc<LaneKey>) {
        self.remove_head(ticket, key.label);
        let Some(lane) = self.lanes.get_mut(key) else {
            return;
        };
        lane.waiting.remove(&ticket);
        match (lane.waiting.first_key_value(), &lane.parked) {
            (None, parked) => {
                if let Some(hold) = parked {
                    self.parked.remove(&(hold.ask_at, Arc::clone(key)));
                }
                self.lanes.remove(key);
            }
            // The new head has to sleep now.
            (Some((_, notify)), Some(_)) => notify.notify_one(),
            (Some((head, _)), None) => {
                let head = *head;
                self.add_head(head, key);
            }
        }
        let labelled = self.labels.get(&key.label);
        match labelled.map(|labelled| (labelled.head(), &labelled.held)) {
            // It has to sleep now, if the one who left did so for all.
            Some((Some(head), Some(_))) => self.notify_head(head, key.label),
            Some((None, _)) => drop(self.labels.remove(&key.label)),
            _ => {}
        }
    }
}

impl LaneKey {
    fn is_for(&self, demand: &Demand<'_>) -> bool {
        self.label == demand.label
            && self.upload == demand.upload
            && self.channel.as_deref() == demand.channel
    }
}

impl Lane {
    fn head(&self) -> Option<Ticket> {
        self.waiting.keys().next().copied()
    }
}

impl Labelled {
    fn head(&self) -> Option<Ticket> {
        self.heads.keys().next().copied()
    }
}
