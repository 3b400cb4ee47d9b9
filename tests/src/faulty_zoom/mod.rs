//! A loopback server that answers "Send a chat message" and token requests with every kind of fault, and keeps a
//! ledger of what it accepted.
//!
//! Which fault meets which message is drawn from a seed, the message's text and the number of the attempt, so a run
//! can be repeated whatever the order in which concurrent requests arrive. The server runs on the caller's runtime:
//! on a current-thread runtime with a paused clock, client and server share one virtual time.

mod fault;
mod ledger;
mod serve;
mod tokens;

pub use fault::{Fault, Faults};
pub use ledger::Ledger;

use std::{net::SocketAddr, sync::Arc};

use tokio::{net::TcpListener, task::JoinHandle};

use ledger::LedgerState;
use tokens::Tokens;

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct FaultyZoom {
    address: SocketAddr,
    state: Arc<State>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct State {
    faults: Faults,
    ledger: LedgerState,
    tokens: Tokens,
}

impl FaultyZoom {
    /// Starts a server on a free port of the loopback interface.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn start(faults: Faults) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free loopback port");
        let address = listener.local_addr().expect("a bound listener");
        let tokens = Tokens::new(faults.calls_per_token);
        let state = Arc::new(State {
            faults,
            ledger: LedgerState::default(),
            tokens,
        });
        let accepting = tokio::spawn(serve::accept(listener, Arc::clone(&state)));
        Self {
            address,
            state,
            accepting,
        }
    }

    /// The base URL for API calls, without a trailing slash.
    pub fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The URL that answers token requests.
    pub fn token_url(&self) -> String {
        format!("http://{}/oauth/token", self.address)
    }

    /// What has happened so far.
    pub fn ledger(&self) -> Ledger {
        self.state
            .ledger
            .snapshot(self.state.tokens.issued(), self.state.tokens.expired())
    }
}

impl Drop for FaultyZoom {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
