//! A server that answers every message with the same 201, and every other request with a token.
//!
//! It runs on threads of the benchmark's process, or in a process of its own where the client's open files or CPU time
//! are what matters.

use std::{
    env,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Barrier,
};

const SENT: &[u8] =
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nx-zm-trackingid: bench\r\n\
    Content-Length: 23\r\n\r\n{\"id\":\"ex35785hgdfjgt\"}";
const TOKEN: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 80\r\n\r\n\
    {\"access_token\":\"benchmark-token\",\"token_type\":\"bearer\",\"expires_in\":3600      }";

/// Starts the server on threads of this process; it lives as long as the process.
pub(crate) fn start() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free loopback port");
    let address = listener.local_addr().expect("a bound listener");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || serve(stream));
        }
    });
    address
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(16 * 1024);
    let mut chunk = [0; 16 * 1024];
    loop {
        while let Some(request) = Request::first(&buffer) {
            buffer.drain(..request.length);
            stream.write_all(request.answer)?;
        }
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        buffer.extend_from_slice(&chunk[..read]);
    }
}

struct Request {
    length: usize,
    answer: &'static [u8],
}

impl Request {
    /// The first one in `buffer`, once it is there in full.
    fn first(buffer: &[u8]) -> Option<Self> {
        let head = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(&buffer[..head]).expect("ASCII headers");
        let body: usize = text
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.trim().parse().expect("a length"));
        let length = head + body;
        let answer = if text.contains("/messages ") {
            SENT
        } else {
            TOKEN
        };
        (buffer.len() >= length).then_some(Self { length, answer })
    }
}

const HOLD: &str = "ZOOM_CHAT_BENCH_SERVER_HOLDS";

/// A server in a process of its own, ended when this is dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) host: String,
}

impl Process {
    /// Holds answers back until `held` messages wait for one, and answers them all then. With 1, answers at once.
    pub(crate) fn start(held: usize) -> Self {
        let mut child = Command::new(env::current_exe().expect("a path"))
            .env(HOLD, held.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut host = String::new();
        let output = child.stdout.take().expect("a pipe");
        BufReader::new(output)
            .read_line(&mut host)
            .expect("an address");
        Self {
            child,
            host: host.trim().to_owned(),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether this process is to be a server.
pub(crate) fn is_wanted() -> bool {
    env::var_os(HOLD).is_some()
}

pub(crate) fn run() {
    let held = env::var(HOLD).ok().and_then(|held| held.parse().ok());
    let held = Arc::new(Barrier::new(held.expect("a number")));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a free loopback port");
        println!("{}", listener.local_addr().expect("a bound listener"));
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            tokio::spawn(serve_held(stream, Arc::clone(&held)));
        }
    });
}

async fn serve_held(mut stream: tokio::net::TcpStream, held: Arc<Barrier>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        while let Some(request) = Request::first(&buffer) {
            buffer.drain(..request.length);
            if request.answer == SENT {
                held.wait().await;
            }
            stream.write_all(request.answer).await?;
        }
        if stream.read_buf(&mut buffer).await? == 0 {
            return Ok(());
        }
    }
}
