//! A loopback server that takes messages, enforces Zoom's limits as Zoom does, and keeps a ledger of what it saw.
//!
//! A recipient whose name begins with `missing-` does not exist. A message to one whose name begins with `unknown-` is
//! sent, and answered with a 500 all the same.

mod enforce;
mod ledger;
mod rules;
mod serve;

pub use enforce::Limit;
pub use ledger::{Arrival, Fate, Ledger};
pub use rules::{Rules, Window};

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use tokio::{sync::watch, time::Instant};

use enforce::Counts;

use crate::listener::Listener;

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct LimitedZoom {
    listener: Listener,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    started: Instant,
    counts: Mutex<Counts>,
    ledger: watch::Sender<Ledger>,
    /// After so many answers there are none.
    answers: watch::Sender<usize>,
    /// The days that were skipped.
    days: AtomicU64,
    refuses_tokens: AtomicBool,
}

impl LimitedZoom {
    /// Starts a server on a free port of the loopback interface.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn start(rules: Rules) -> Self {
        let state = Arc::new(State {
            started: Instant::now(),
            counts: Mutex::new(Counts::new(rules)),
            ledger: watch::Sender::default(),
            answers: watch::Sender::new(usize::MAX),
            days: AtomicU64::new(0),
            refuses_tokens: AtomicBool::new(false),
        });
        let listener = Listener::start(Arc::clone(&state), serve::connection).await;
        Self { listener, state }
    }

    /// The base URL for API calls, without a trailing slash.
    pub fn base_url(&self) -> String {
        self.listener.base_url()
    }

    /// The URL that answers token requests.
    pub fn token_url(&self) -> String {
        self.listener.token_url()
    }

    /// What has happened so far.
    pub fn ledger(&self) -> Ledger {
        self.state.ledger.borrow().clone()
    }

    /// Waits until the ledger is as asked for.
    pub async fn until(&self, reached: impl FnMut(&Ledger) -> bool) {
        let mut ledger = self.state.ledger.subscribe();
        let reached = ledger.wait_for(reached).await;
        reached.expect("the ledger lives as long as the server");
    }

    /// Answers so many requests for messages in all; further ones are carried out, but their answers wait.
    pub fn answer_only(&self, requests: usize) {
        self.state.answers.send_replace(requests);
    }

    /// Lets the next day begin.
    pub fn skip_to_next_day(&self) {
        self.state.days.fetch_add(1, Ordering::SeqCst);
    }

    /// From now on no token is good, or every one again.
    pub fn refuse_tokens(&self, refuse: bool) {
        self.state.refuses_tokens.store(refuse, Ordering::SeqCst);
    }
}
