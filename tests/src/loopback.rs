//! A loopback server that answers from a script, byte by byte, and keeps what it was sent, byte by byte.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
};

use zoom_chat_sdk::ZoomChat;

use crate::{listener::Listener, virtual_time::skip_retry_waits};

/// What one request is answered with.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These bytes; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, perhaps none; then the connection closes.
    BytesThenClose(Vec<u8>),
    /// These bytes, perhaps none; then nothing, on an open connection.
    BytesThenSilence(Vec<u8>),
}

impl Answer {
    /// A whole answer with a JSON body.
    pub fn json(status: u16, body: &str) -> Self {
        Self::with(status, "Content-Type: application/json\r\n", body)
    }

    /// A whole answer with these header lines, each with its line end, beside Content-Length.
    pub fn with(status: u16, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Bytes(
            format!("HTTP/1.1 {status} Answer\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
                .into(),
        )
    }

    /// The answer to a message that was sent.
    pub fn sent(id: &str) -> Self {
        Self::json(201, &format!("{{\"id\":\"{id}\"}}"))
    }
}

/// One request, as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Request line and headers, with the empty line that ends them.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// Method and path.
    pub fn target(&self) -> &str {
        self.head.split(" HTTP/1.1").next().unwrap_or_default()
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text body")
    }
}

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct Loopback {
    listener: Listener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    script: Mutex<Vec<Answer>>,
    received: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    arrival: Notify,
}

impl Loopback {
    /// Answers requests in the order of the script, whatever their connection. Beyond its end every request gets a 599,
    /// which no test expects.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn answering(script: impl IntoIterator<Item = Answer>) -> Self {
        let mut script: Vec<_> = script.into_iter().collect();
        script.reverse();
        let shared = Arc::new(Shared {
            script: Mutex::new(script),
            received: Mutex::default(),
            connections: AtomicUsize::new(0),
            arrival: Notify::new(),
        });
        let listener = Listener::start(Arc::clone(&shared), serve).await;
        Self { listener, shared }
    }

    /// The base URL for API calls, without a trailing slash.
    pub fn base_url(&self) -> String {
        self.listener.base_url()
    }

    /// A client of this server, with the access token `t0ken`.
    pub fn client(&self) -> ZoomChat {
        ZoomChat::builder()
            .access_token("t0ken")
            .base_url(self.base_url())
            .build()
            .unwrap()
    }

    /// The same, but what it waits before it repeats a request passes at once: see [`skip_retry_waits`].
    pub fn client_without_waits(&self) -> ZoomChat {
        ZoomChat::builder()
            .access_token("t0ken")
            .base_url(self.base_url())
            .on_event(skip_retry_waits())
            .build()
            .unwrap()
    }

    /// What came so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared
            .received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The only request that came.
    ///
    /// # Panics
    ///
    /// If there were none, or more.
    pub fn only_request(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received.remove(0)
    }

    /// Waits until another request has come whole.
    pub async fn arrival(&self) {
        self.shared.arrival.notified().await;
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) -> std::io::Result<()> {
    shared.connections.fetch_add(1, Ordering::SeqCst);
    while let Some(request) = read(&mut stream).await? {
        shared
            .received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        let answer = shared
            .script
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        shared.arrival.notify_one();
        match answer.unwrap_or_else(|| Answer::with(599, "", "beyond the script")) {
            Answer::Bytes(bytes) => stream.write_all(&bytes).await?,
            Answer::BytesThenClose(bytes) => return stream.write_all(&bytes).await,
            Answer::BytesThenSilence(bytes) => {
                stream.write_all(&bytes).await?;
                return std::future::pending().await;
            }
        }
    }
    Ok(())
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Option<Received>> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let mut body = bytes.split_off(head_end);
    let mut request = Received {
        head: String::from_utf8_lossy(&bytes).into_owned(),
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    request.body = body;
    Ok(Some(request))
}
