//! Zoom's side: signed requests over several connections, from a thread of its own.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use hmac_sha256::HMAC;
use serde_json::json;
use tokio::time::Instant;
use zoom_chat_sdk::time::{Clock, SystemClock};

pub(crate) const SECRET: &str = "benchmark-secret";

/// Ready requests, each with an event of its own.
#[derive(Clone)]
pub(crate) struct Requests(Arc<[Vec<u8>]>);

impl Requests {
    pub(crate) fn signed(many: usize) -> Self {
        Self((0..many).map(request).collect())
    }
}

fn request(number: usize) -> Vec<u8> {
    let event = json!({
        "event": "team_chat.channel_message_posted",
        "event_ts": 1_780_128_000_000_u64 + number as u64,
        "payload": {
            "account_id": "Hx3kTz9vQ1mRnLb5YcWs0g",
            "operator": "kim@example.com",
            "operator_id": "kT9xQ2mLRfOaVw3zNbYcHg",
            "operator_member_id": "m8ZtWc1YQdKpX5uJrVnEaw",
            "object": {
                "message_id": format!("8f3c5b1e7a924d06b1e4c2d9{number:08}"),
                "session_id": "5d0a9c7e31b84f62a1f7",
                "date_time": "2026-05-30T08:00:00Z",
                "timestamp": 1_780_128_000_000_u64,
                "channel_id": format!("2b7c4d91e05f4a6c8d3390fae1c75{:03}", number % 100),
                "channel_name": "Release planning",
                "message": "The build is green 🦀, and the release can go out this afternoon",
                "at_items": [],
                "files": [],
            },
        },
    });
    let body = event.to_string();
    let now = SystemClock
        .now()
        .duration_since(UNIX_EPOCH)
        .expect("a time after 1970");
    let timestamp = now.as_secs();
    let mac = HMAC::mac(format!("v0:{timestamp}:{body}"), SECRET);
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json; charset=utf-8\r\n\
         user-agent: Zoom Marketplace/1.0a\r\nx-zm-request-timestamp: {timestamp}\r\n\
         x-zm-signature: v0={hex}\r\nx-zm-request-id: 6f1c2d3e_{number:08}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// All requests, over so many connections.
pub(crate) struct Load {
    requests: Requests,
    connections: usize,
}

impl Load {
    pub(crate) fn new(requests: &Requests, connections: usize) -> Self {
        Self {
            requests: requests.clone(),
            connections,
        }
    }

    pub(crate) fn events(&self) -> usize {
        self.requests.0.len()
    }

    /// Sends the requests, one on each connection at a time, and tells how long each answer took.
    pub(crate) fn run(self, address: SocketAddr) -> Vec<Duration> {
        let connect = |_| {
            let stream = TcpStream::connect(address).expect("a connection");
            stream.set_nodelay(true).expect("no delay");
            stream
        };
        let mut connections: Vec<_> = (0..self.connections).map(connect).collect();
        let mut latencies = Vec::with_capacity(self.events());
        for requests in self.requests.0.chunks(self.connections) {
            let started = Instant::now();
            for (connection, request) in connections.iter_mut().zip(requests) {
                connection.write_all(request).expect("a request");
            }
            for (connection, _) in connections.iter_mut().zip(requests) {
                read_answer(connection);
                latencies.push(started.elapsed());
            }
        }
        latencies
    }
}

/// Reads an answer, which has no body.
fn read_answer(connection: &mut TcpStream) {
    let mut answer = Vec::new();
    let mut chunk = [0; 1024];
    while !answer.ends_with(b"\r\n\r\n") {
        let read = connection.read(&mut chunk).expect("an answer");
        assert!(read > 0, "the server has closed the connection");
        answer.extend_from_slice(&chunk[..read]);
    }
    assert!(
        answer.starts_with(b"HTTP/1.1 200 OK"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
}
