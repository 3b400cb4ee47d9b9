//! Sends many distinct messages and says of each what became of it.
//!
//! ```text
//! cargo run --release -p zoom-chat-sdk --example soak -- \
//!     --base-url http://127.0.0.1:8080/v2 --token-url http://127.0.0.1:8080/oauth/token --messages 1000 --concurrency 50
//! ```
//!
//! Prints a JSON line per message, in the order in which they end, and a summary on stderr. Made for servers that
//! misbehave: what is called sent was sent, what is called not sent was not, and what nobody can know is unknown.
//! The token comes from a server-to-server app: ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET, or made-up
//! values where they are not set.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::{sync::mpsc, task::JoinSet, time::Instant};
use zoom_chat_sdk::{
    CallError, ChannelId, Delivery, Error, Message, Sent, ZoomChat,
    auth::{Endpoints, OAuthApp},
    errors::SendChatMessageError,
};

/// Send many distinct messages to a channel and report what became of each.
#[derive(Clone, Parser)]
#[command(name = "soak")]
struct Command {
    /// Where the API is.
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// Where tokens come from.
    #[arg(long, value_name = "URL")]
    token_url: String,
    /// How many messages to send: soak-0, soak-1 and so on.
    #[arg(long, value_name = "N")]
    messages: u64,
    /// How many to have in flight at once.
    #[arg(long, value_name = "C", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    concurrency: u64,
    /// The channel to send to.
    #[arg(long, value_name = "ID", default_value = "soak")]
    to_channel: ChannelId,
    /// How many seconds one request may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    attempt_timeout: u64,
    /// How many seconds a message may take in all.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    total_timeout: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let command = Command::parse();
    let client = match client(&command) {
        Ok(client) => client,
        Err(error) => {
            eprintln!("soak: {error}");
            return ExitCode::from(2);
        }
    };
    let outcome = soak(&command, &client).await;
    client.close().await;
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

fn client(command: &Command) -> Result<ZoomChat, Error> {
    let setting = |name: &str| env::var(name).unwrap_or_else(|_| "soak".to_owned());
    let app = OAuthApp::builder(setting("ZOOM_CLIENT_ID"))
        .client_secret(setting("ZOOM_CLIENT_SECRET"))
        .endpoints(Endpoints::at(&command.token_url)?)
        .build()?;
    ZoomChat::builder()
        .base_url(&command.base_url)
        .token_source(app.server_to_server(setting("ZOOM_ACCOUNT_ID")))
        .attempt_timeout(Duration::from_secs(command.attempt_timeout))
        .total_timeout(Duration::from_secs(command.total_timeout))
        .build()
}

/// What became of one message.
struct Report {
    message: String,
    result: Result<Sent, CallError<SendChatMessageError>>,
}

impl Report {
    fn outcome(&self) -> &'static str {
        match &self.result {
            Ok(_) => "sent",
            Err(error) => match error.delivery() {
                Delivery::Accepted => "sent",
                Delivery::NotSent => "not_sent",
                _ => "unknown",
            },
        }
    }

    fn line(&self) -> String {
        let (id, attempts, error) = match &self.result {
            Ok(sent) => (Some(sent.id.as_str()), sent.attempts, None),
            Err(error) => (None, error.attempts(), Some(error.to_string())),
        };
        json!({
            "message": self.message,
            "outcome": self.outcome(),
            "id": id,
            "attempts": attempts,
            "error": error,
        })
        .to_string()
    }
}

async fn soak(command: &Command, client: &ZoomChat) -> io::Result<()> {
    let started = Instant::now();
    let (reports, mut received) = mpsc::channel(1024);
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..command.concurrency.min(command.messages) {
        let (client, next, reports) = (client.clone(), Arc::clone(&next), reports.clone());
        let (to, messages) = (command.to_channel.clone(), command.messages);
        workers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= messages {
                    return;
                }
                let message = format!("soak-{number}");
                let to = to.clone().into();
                let result = client
                    .send_message(to, Message::new(message.as_str()))
                    .await;
                if reports.send(Report { message, result }).await.is_err() {
                    return;
                }
            }
        });
    }
    drop(reports);

    // Drawn on stderr, and only where that is a terminal.
    let progress = ProgressBar::new(command.messages).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let mut out = io::stdout().lock();
    let (mut sent, mut not_sent, mut unknown, mut attempts) = (0_u64, 0_u64, 0_u64, 0_u64);
    while let Some(report) = received.recv().await {
        match report.outcome() {
            "sent" => sent += 1,
            "not_sent" => not_sent += 1,
            _ => unknown += 1,
        }
        attempts += u64::from(match &report.result {
            Ok(sent) => sent.attempts,
            Err(error) => error.attempts(),
        });
        progress.suspend(|| writeln!(out, "{}", report.line()))?;
        progress.inc(1);
    }
    out.flush()?;
    progress.finish_and_clear();
    eprintln!(
        "{} messages in {:.1?}: {sent} sent, {not_sent} not sent, {unknown} unknown; {attempts} requests",
        command.messages,
        started.elapsed(),
    );
    Ok(())
}
