//! What one "Send a chat message" costs: the facade against the reqwest code that a careful person writes by hand,
//! against the generated client, and against bare hyper with a ready body.
//!
//! ```text
//! cargo bench -p zoom-chat-sdk --bench send_message
//! ```
//!
//! The server answers from a thread of its own and what is measured is the CPU time of the client's thread alone, so
//! neither the server nor another process on the machine counts. Before Criterion's runs a table gives, for each
//! contender, the allocations of one call and its CPU time as a ratio to hand-written reqwest: medians over rounds in
//! which all take turns, so that a machine that changes its speed changes it for all.

#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)]

mod server;

use std::{hint::black_box, time::Duration};

use allocation_counter::measure;
use bytes::Bytes;
use cpu_time::ThreadTime;
use criterion::{
    BenchmarkGroup, Criterion,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::{net::TcpStream, runtime::Runtime};
use zoom_chat_sdk::{
    Message, Recipient, ZoomChat,
    api::Client,
    types::{SendChatMessageAtItem, SendChatMessageRequest},
};

const TOKEN: &str = "benchmark-token";
const CHANNEL: &str = "825c9e31f1064c73b394c5e4557d3447";
const CONTACT: &str = "jchill@example.com";
const TEXT: &str = "Hi @Jill, the build is green";

/// Calls between two looks at the clock: its resolution must not matter.
const BATCH: u32 = 200;
const ROUNDS: usize = 31;

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Serialize)]
struct AtItem {
    start_position: i64,
    end_position: i64,
    at_type: i64,
    at_contact: &'static str,
}

/// The reqwest code that a careful person writes by hand.
async fn by_hand(client: &reqwest::Client, base: &str) -> String {
    let mentions = [AtItem {
        start_position: 3,
        end_position: 7,
        at_type: 1,
        at_contact: CONTACT,
    }];
    let form = reqwest::multipart::Form::new()
        .text("message", TEXT)
        .text("to_channel", CHANNEL)
        .text(
            "at_items",
            serde_json::to_string(&mentions).expect("plain data"),
        );
    let response = client
        .post(format!("{base}/chat/users/{}/messages", "me"))
        .bearer_auth(TOKEN)
        .timeout(Duration::from_secs(30))
        .multipart(form)
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 201);
    let tracking_id = response.headers().get("x-zm-trackingid").cloned();
    let body = response.bytes().await.expect("a body");
    black_box(tracking_id);
    serde_json::from_slice::<Created>(&body).expect("an id").id
}

async fn generated(client: &Client) -> String {
    let body = SendChatMessageRequest::builder()
        .message(TEXT)
        .to_channel(CHANNEL.to_owned())
        .at_items(vec![SendChatMessageAtItem {
            start_position: Some(3),
            end_position: Some(7),
            at_type: Some(1),
            at_contact: Some(CONTACT.to_owned()),
        }]);
    let answer = client
        .send_chat_message()
        .user_id("me")
        .body(body)
        .send()
        .await;
    answer.expect("an answer").into_inner().id.expect("an id")
}

async fn facade(zoom: &ZoomChat) -> String {
    let message = Message::new("Hi ")
        .mention(CONTACT, "Jill")
        .text(", the build is green");
    let to = Recipient::channel(CHANNEL).expect("an id");
    let sent = zoom.send_message(to, message).await.expect("an answer");
    sent.id.into()
}

async fn bare_hyper(sender: &mut SendRequest<Full<Bytes>>, host: &str, body: &Bytes) -> Bytes {
    let request = hyper::Request::post("/v2/chat/users/me/messages")
        .header("host", host)
        .header("authorization", "Bearer benchmark-token")
        .header("content-type", "multipart/form-data; boundary=ready")
        .body(Full::new(body.clone()))
        .expect("a request");
    sender.ready().await.expect("an open connection");
    let response = sender.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 201);
    response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes()
}

/// As large as the other contenders' bodies.
fn ready_body() -> Bytes {
    let part = |name: &str, value: &str| {
        format!("--ready\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mentions =
        r#"[{"start_position":3,"end_position":7,"at_type":1,"at_contact":"jchill@example.com"}]"#;
    let parts = [
        part("message", TEXT),
        part("to_channel", CHANNEL),
        part("at_items", mentions),
    ];
    (parts.concat() + "--ready--\r\n").into()
}

/// The contenders, each with a connection of its own.
struct Contenders {
    runtime: Runtime,
    base: String,
    host: String,
    http: reqwest::Client,
    client: Client,
    zoom: ZoomChat,
    sender: SendRequest<Full<Bytes>>,
    body: Bytes,
}

const NAMES: [&str; 4] = [
    "bare hyper",
    "reqwest by hand",
    "generated client",
    "facade",
];
const BY_HAND: usize = 1;

impl Contenders {
    fn new() -> Self {
        let host = server::start().to_string();
        let base = format!("http://{host}/v2");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let sender = runtime.block_on(async {
            let stream = TcpStream::connect(&host).await.expect("a connection");
            let (sender, connection) = http1::handshake(TokioIo::new(stream))
                .await
                .expect("a connection");
            tokio::spawn(connection);
            sender
        });
        let zoom = || {
            let builder = ZoomChat::builder().access_token(TOKEN).base_url(&base);
            builder.build().expect("good settings")
        };
        Self {
            client: runtime.block_on(zoom().api()).expect("a token"),
            runtime,
            http: reqwest::Client::new(),
            zoom: zoom(),
            sender,
            body: ready_body(),
            base,
            host,
        }
    }

    fn call(&mut self, contender: usize, times: u32) {
        self.runtime.block_on(async {
            for _ in 0..times {
                match contender {
                    0 => drop(black_box(
                        bare_hyper(&mut self.sender, &self.host, &self.body).await,
                    )),
                    1 => drop(black_box(by_hand(&self.http, &self.base).await)),
                    2 => drop(black_box(generated(&self.client).await)),
                    _ => drop(black_box(facade(&self.zoom).await)),
                }
            }
        });
    }
}

fn table(contenders: &mut Contenders) {
    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (contender, times) in rounds.iter_mut().enumerate() {
            let start = ThreadTime::now();
            contenders.call(contender, BATCH);
            times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(BATCH));
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!(
        "{:18} {:>12} {:>22} {:>12}",
        "", "CPU µs/call", "ratio to reqwest", "allocations"
    );
    for (contender, name) in NAMES.iter().enumerate() {
        let ratios = rounds[contender]
            .iter()
            .zip(&rounds[BY_HAND])
            .map(|(mine, theirs)| mine / theirs);
        let ratio = median(ratios.collect());
        let counted = measure(|| contenders.call(contender, BATCH));
        println!(
            "{name:18} {:>12.1} {ratio:>22.3} {:>12.1}",
            median(rounds[contender].clone()),
            counted.count_total as f64 / f64::from(BATCH),
        );
    }
    println!();
}

/// The CPU time of the calling thread.
struct ThreadCpu;

impl Measurement for ThreadCpu {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn main() {
    let mut contenders = Contenders::new();
    for contender in 0..NAMES.len() {
        contenders.call(contender, BATCH);
    }
    table(&mut contenders);

    let mut criterion = Criterion::default()
        .with_measurement(ThreadCpu)
        .configure_from_args();
    let mut group: BenchmarkGroup<'_, ThreadCpu> = criterion.benchmark_group("send_message");
    for (contender, name) in NAMES.iter().enumerate() {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| contenders.call(contender, 1));
        });
    }
    group.finish();
    criterion.final_summary();
}
