//! An authorization server on loopback that does what a test tells it to, and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use zoom_chat_sdk::{
    auth::{BoxFuture, Endpoints, OAuthApp},
    time::{Clock, TokioClock},
};

/// A token request, as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) target: String,
    pub(crate) authorization: Option<String>,
    pub(crate) form: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let field = self.form.iter().find(|(key, _)| key == name);
        field.map(|(_, value)| value.as_str())
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Answer(u16, String),
    /// Like `Answer`, with a header more.
    With(&'static str, String, u16, String),
    /// The connection is closed before the end of the body.
    BreakOff(u16, String),
    /// The body does not end.
    Stall(u16, String),
    /// The connection is closed without an answer.
    Close,
    /// No answer ever.
    Silence,
}

pub(crate) fn ok(body: impl Into<String>) -> Reply {
    Reply::Answer(200, body.into())
}

pub(crate) fn error(status: u16, error: &str) -> Reply {
    Reply::Answer(
        status,
        format!(r#"{{"reason":"Because.","error":"{error}"}}"#),
    )
}

/// A token answer as Zoom writes it.
pub(crate) fn token(access: &str, more: &str) -> Reply {
    ok(format!(
        r#"{{"access_token":"{access}","token_type":"bearer","expires_in":3600,"scope":"chat_message:write imchat:bot"{more}}}"#
    ))
}

type Handler = dyn Fn(Request) -> BoxFuture<'static, Reply> + Send + Sync;

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// A server that answers at once.
    pub(crate) async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_async(move |request| {
            let reply = reply(&request);
            Box::pin(async { reply })
        })
        .await
    }

    pub(crate) async fn start_async(
        handler: impl Fn(Request) -> BoxFuture<'static, Reply> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::default();
        let handler: Arc<Handler> = Arc::new(handler);
        let accepting = tokio::spawn(accept(listener, handler, Arc::clone(&requests)));
        Self {
            address,
            requests,
            accepting,
        }
    }

    pub(crate) fn endpoints(&self) -> Endpoints {
        Endpoints::at(&format!("http://{}/oauth/token", self.address)).unwrap()
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// A confidential app that asks here, on tokio's clock.
    pub(crate) fn app(&self) -> OAuthApp {
        self.app_with(Arc::new(clock()))
    }

    pub(crate) fn app_with(&self, clock: Arc<dyn Clock>) -> OAuthApp {
        OAuthApp::builder("the-id")
            .client_secret("the-secret")
            .endpoints(self.endpoints())
            .clock(clock)
            .http_client(http_client)
            .build()
            .unwrap()
    }
}

/// Keeps no connections: on a paused clock, the time until one is dropped would pass at once.
pub(crate) fn http_client(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.pool_max_idle_per_host(0)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// 2026-01-01, and from there on with tokio's clock.
pub(crate) fn clock() -> TokioClock {
    TokioClock::starting_at(start())
}

pub(crate) fn start() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

/// Lets everything run that can run without time passing: several rounds through the scheduler and the sockets.
pub(crate) async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

async fn accept(listener: TcpListener, handler: Arc<Handler>, requests: Arc<Mutex<Vec<Request>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&handler), Arc::clone(&requests)));
    }
}

/// More than any test asks for. On a clock that stands still no time limit would end one that asks for ever.
const MOST_REQUESTS: usize = 1000;

async fn serve(mut stream: TcpStream, handler: Arc<Handler>, requests: Arc<Mutex<Vec<Request>>>) {
    while let Some(request) = read(&mut stream).await {
        requests.lock().unwrap().push(request.clone());
        if requests.lock().unwrap().len() > MOST_REQUESTS {
            eprintln!("the authorization server is asked for ever: {request:?}");
            std::process::exit(101);
        }
        let (header, status, body) = match handler(request).await {
            Reply::Answer(status, body) => (String::new(), status, body),
            Reply::With(name, value, status, body) => {
                (format!("{name}: {value}\r\n"), status, body)
            }
            Reply::BreakOff(status, body) => return begin(&mut stream, status, &body).await,
            Reply::Stall(status, body) => {
                begin(&mut stream, status, &body).await;
                std::future::pending().await
            }
            Reply::Close => return,
            Reply::Silence => std::future::pending().await,
        };
        let answer = format!(
            "HTTP/1.1 {status} \r\n{header}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The beginning of a longer answer.
async fn begin(stream: &mut TcpStream, status: u16, body: &str) {
    let answer = format!("HTTP/1.1 {status} \r\ncontent-length: 100000\r\n\r\n{body}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let header = |name: &str| {
                head.lines().find_map(|line| {
                    let (key, value) = line.split_once(": ")?;
                    key.eq_ignore_ascii_case(name).then(|| value.to_owned())
                })
            };
            let length = header("content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                let url = reqwest::Url::parse(&format!("x:?{body}")).unwrap();
                return Some(Request {
                    target: head.split(' ').nth(1).unwrap().to_owned(),
                    authorization: header("authorization"),
                    form: url.query_pairs().into_owned().collect(),
                });
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
