//! A server with one chat of many messages, listed in pages, some of them empty, with faults where a test wants them.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::json;
use tokio::net::TcpStream;

use crate::{
    http::{Answer, read_request},
    listener::Listener,
};

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered with this status, and nothing of Zoom's.
    Fails(u16),
    /// All page tokens that were given out are forgotten before it is answered.
    TokensExpire,
}

/// The chat: its messages have the ids `m0`, `m1` and so on.
#[derive(Clone, Debug, Default)]
pub struct LongChat {
    /// How many messages there are.
    pub messages: usize,
    /// An empty page stands before each so many pages. 0 for none.
    pub empty_every: usize,
    /// The page from which on the next page is always the second.
    pub circle_at: Option<usize>,
    /// What happens to requests, counted from 0.
    pub faults: BTreeMap<usize, Fault>,
}

#[derive(Debug)]
struct Shared {
    chat: LongChat,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    queries: Vec<String>,
    generation: usize,
}

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    shared: Arc<Shared>,
}

/// Where a page begins: what its token says.
#[derive(Clone, Copy)]
struct Start {
    generation: usize,
    page: usize,
    message: usize,
}

impl Start {
    fn parse(token: &str) -> Option<Self> {
        let mut numbers = token.split("%2C").map(|number| number.parse().ok());
        Some(Self {
            generation: numbers.next()??,
            page: numbers.next()??,
            message: numbers.next()??,
        })
    }

    fn token(self) -> String {
        format!("{},{},{}", self.generation, self.page, self.message)
    }
}

impl LongChat {
    /// Starts a server.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn serve(self) -> Server {
        let shared = Arc::new(Shared {
            chat: self,
            state: Mutex::default(),
        });
        let listener = Listener::start(Arc::clone(&shared), serve).await;
        Server { listener, shared }
    }

    fn page(&self, start: Start, size: usize) -> Answer {
        let is_empty = self.empty_every > 0 && start.page.is_multiple_of(self.empty_every);
        let end = if is_empty {
            start.message
        } else {
            self.messages.min(start.message + size)
        };
        let messages: Vec<_> = (start.message..end)
            .map(|number| json!({ "id": format!("m{number}"), "message": "Hello" }))
            .collect();
        let next = Start {
            page: start.page + 1,
            message: end,
            ..start
        };
        let next = match self.circle_at {
            Some(page) if next.page > page => Start {
                page: 1,
                message: size,
                ..next
            },
            _ => next,
        };
        let token = if end == self.messages {
            String::new()
        } else {
            next.token()
        };
        let page = json!({ "messages": messages, "next_page_token": token, "page_size": size });
        Answer::json(200, page.to_string())
    }
}

impl Shared {
    fn answer(&self, path: &str) -> Answer {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let parameter = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = self.chat.faults.get(&state.queries.len());
        state.queries.push(query.to_owned());
        match fault {
            Some(Fault::Fails(status)) => return Answer::html(*status, "<h1>No</h1>"),
            Some(Fault::TokensExpire) => state.generation += 1,
            None => {}
        }
        let first = Start {
            generation: state.generation,
            page: 0,
            message: 0,
        };
        let start = match parameter("next_page_token") {
            None => Some(first),
            Some(token) => Start::parse(token).filter(|start| start.generation == state.generation),
        };
        let size = parameter("page_size").and_then(|size| size.parse().ok());
        match (start, size) {
            (Some(start), Some(size)) => self.chat.page(start, size),
            _ => Answer::json(
                400,
                r#"{"code":300,"message":"The next page token is invalid or expired."}"#,
            ),
        }
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await? {
        shared.answer(&request.path).write(&mut stream).await?;
    }
    Ok(())
}

impl Server {
    /// The base URL for API calls, without a trailing slash.
    pub fn base_url(&self) -> String {
        self.listener.base_url()
    }

    /// The queries of all requests so far.
    pub fn queries(&self) -> Vec<String> {
        let state = self.shared.state.lock();
        state
            .unwrap_or_else(PoisonError::into_inner)
            .queries
            .clone()
    }
}
