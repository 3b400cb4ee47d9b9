//! A loopback server that answers "Send a chat message" and token requests with every kind of fault, and keeps a
//! ledger of what it accepted.
//!
//! Which fault meets which message is drawn from a seed, the message's text and the number of the attempt, so a run
//! can be repeated whatever the order in which concurrent requests arrive. The server runs on the caller's runtime:
//! on a current-thread runtime with a paused clock, client and server share one virtual time.

mod fault;
mod http1;
mod http2;
mod ledger;
mod serve;
mod tokens;

pub use fault::{Fault, Faults};
pub use ledger::Ledger;

use std::sync::Arc;

use ledger::LedgerState;
use tokens::Tokens;

use crate::listener::Listener;

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct FaultyZoom {
    listener: Listener,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    faults: Faults,
    ledger: LedgerState,
    tokens: Tokens,
}

impl State {
    fn new(faults: Faults) -> Self {
        Self {
            tokens: Tokens::new(faults.calls_per_token),
            faults,
            ledger: LedgerState::default(),
        }
    }
}

impl FaultyZoom {
    /// Starts a server of HTTP/1.1 on a free port of the loopback interface.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn start(faults: Faults) -> Self {
        let state = Arc::new(State::new(faults));
        let listener = Listener::start(Arc::clone(&state), http1::connection).await;
        Self { listener, state }
    }

    /// The same over HTTP/2, for clients that know beforehand.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn start_http2(faults: Faults) -> Self {
        let state = Arc::new(State::new(faults));
        let listener = Listener::start(Arc::clone(&state), http2::connection).await;
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
        self.state
            .ledger
            .snapshot(self.state.tokens.issued(), self.state.tokens.expired())
    }
}
