//! What every server of the tests does the same: listen on the loopback interface, for as long as it is wanted.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Listens on a free port of the loopback interface until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Listener {
    /// Serves each connection in a task of its own.
    pub(crate) async fn start<S, F>(state: Arc<S>, serve: fn(TcpStream, Arc<S>) -> F) -> Self
    where
        S: Send + Sync + 'static,
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free loopback port");
        let address = listener.local_addr().expect("a bound listener");
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = serve(stream, Arc::clone(&state));
                // A client that goes away in the middle of an answer is part of the test.
                tokio::spawn(async move { served.await.ok() });
            }
        });
        Self { address, accepting }
    }

    /// The base URL for API calls, without a trailing slash.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The URL that answers token requests, where there is one.
    pub(crate) fn token_url(&self) -> String {
        format!("http://{}/oauth/token", self.address)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
