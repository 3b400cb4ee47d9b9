//! A loopback server that speaks HTTP/2 frame by frame, to end streams and connections as no library would.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::listener::Listener;

const PREFACE: usize = 24;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
const MAX_CONCURRENT_STREAMS: [u8; 2] = [0, 3];

/// What one request is answered with.
#[derive(Clone, Debug)]
pub enum Reply {
    /// 201 with this JSON body.
    Created(String),
    /// RST_STREAM with this error code.
    Reset(u32),
    /// GOAWAY with this error code and debug data; then the connection closes.
    GoAway {
        /// Whether the last stream that was looked at is this one, or the one before.
        includes_this: bool,
        /// The error code.
        code: u32,
        /// The debug data.
        debug: String,
    },
    /// Nothing.
    Silence,
}

/// A running server; it stops when this value is dropped.
#[derive(Debug)]
pub struct Frames {
    listener: Listener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    script: Mutex<Vec<Reply>>,
    requests: Mutex<usize>,
    max_streams: Option<u32>,
}

impl Frames {
    /// Answers requests that came whole in the order of the script, and those beyond its end with nothing.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn answering(script: impl IntoIterator<Item = Reply>) -> Self {
        Self::start(script, None).await
    }

    /// The same, with so many streams at once at most.
    ///
    /// # Panics
    ///
    /// If the loopback interface cannot be listened on.
    pub async fn with_streams(script: impl IntoIterator<Item = Reply>, max_streams: u32) -> Self {
        Self::start(script, Some(max_streams)).await
    }

    async fn start(script: impl IntoIterator<Item = Reply>, max_streams: Option<u32>) -> Self {
        let mut script: Vec<_> = script.into_iter().collect();
        script.reverse();
        let shared = Arc::new(Shared {
            script: Mutex::new(script),
            requests: Mutex::new(0),
            max_streams,
        });
        let listener = Listener::start(Arc::clone(&shared), serve).await;
        Self { listener, shared }
    }

    /// The base URL for API calls, without a trailing slash.
    pub fn base_url(&self) -> String {
        self.listener.base_url()
    }

    /// How many requests came whole.
    pub fn requests(&self) -> usize {
        *self
            .shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// What the request that has come is answered with.
    fn next(&self) -> Reply {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script.pop().unwrap_or(Reply::Silence)
    }
}

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

async fn serve(mut connection: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    connection.read_exact(&mut [0; PREFACE]).await?;
    let mut settings = Vec::new();
    if let Some(streams) = shared.max_streams {
        settings.extend(MAX_CONCURRENT_STREAMS);
        settings.extend(streams.to_be_bytes());
    }
    write(&mut connection, SETTINGS, 0, 0, &settings).await?;
    loop {
        let frame = read(&mut connection).await?;
        match frame.kind {
            SETTINGS if frame.flags & ACK == 0 => {
                write(&mut connection, SETTINGS, ACK, 0, &[]).await?;
            }
            PING if frame.flags & ACK == 0 => {
                write(&mut connection, PING, ACK, 0, &frame.payload).await?;
            }
            DATA | HEADERS if frame.flags & END_STREAM != 0 => {
                let goes_on = answer(&mut connection, &shared, frame.stream).await?;
                if !goes_on {
                    return Ok(());
                }
            }
            _ => {}
        }
    }
}

/// Whether the connection goes on.
async fn answer(connection: &mut TcpStream, shared: &Shared, stream: u32) -> io::Result<bool> {
    let reply = shared.next();
    match reply {
        Reply::Created(body) => {
            // `:status` is the eighth of the names that HPACK knows.
            let head = b"\x08\x03201";
            write(connection, HEADERS, END_HEADERS, stream, head).await?;
            write(connection, DATA, END_STREAM, stream, body.as_bytes()).await?;
        }
        Reply::Reset(code) => {
            write(connection, RST_STREAM, 0, stream, &code.to_be_bytes()).await?;
        }
        Reply::GoAway {
            includes_this,
            code,
            debug,
        } => {
            let last = if includes_this { stream } else { stream - 1 };
            let mut payload = last.to_be_bytes().to_vec();
            payload.extend(code.to_be_bytes());
            payload.extend(debug.as_bytes());
            write(connection, GOAWAY, 0, 0, &payload).await?;
            connection.shutdown().await?;
            return Ok(false);
        }
        Reply::Silence => {}
    }
    Ok(true)
}

async fn read(connection: &mut TcpStream) -> io::Result<Frame> {
    let mut head = [0; 9];
    connection.read_exact(&mut head).await?;
    let [a, b, c, kind, flags, stream @ ..] = head;
    let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
    connection.read_exact(&mut payload).await?;
    Ok(Frame {
        kind,
        flags,
        stream: u32::from_be_bytes(stream) & (u32::MAX >> 1),
        payload,
    })
}

async fn write(
    connection: &mut TcpStream,
    kind: u8,
    flags: u8,
    stream: u32,
    payload: &[u8],
) -> io::Result<()> {
    let length = u32::try_from(payload.len()).map_err(io::Error::other)?;
    let mut frame = length.to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    connection.write_all(&frame).await
}
