//! A chatbot that repeats what it is told.
//!
//! ```text
//! cargo run -p zoom-chat-sdk --features axum --example echo_bot
//! ```
//!
//! Without credentials it plays both sides on loopback: a stand-in for Zoom signs events, delivers them, some of them
//! in ways that must be refused, and shows what the bot answers. With `ZOOM_CLIENT_ID`, `ZOOM_CLIENT_SECRET` and
//! `ZOOM_WEBHOOK_SECRET` of a chatbot it serves at `/zoom` of `ECHO_BOT_LISTEN` (127.0.0.1:3000 if not set) until Ctrl-C.

use std::{env, error::Error, process::ExitCode};

use tokio::net::TcpListener;
use zoom_chat_sdk::{
    ZoomChat,
    auth::OAuthApp,
    receive::{MemoryInbox, Worker, serve},
    webhook::Webhook,
};

mod bot;
mod stand_in;

const CREDENTIALS: [&str; 3] = [
    "ZOOM_CLIENT_ID",
    "ZOOM_CLIENT_SECRET",
    "ZOOM_WEBHOOK_SECRET",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = match CREDENTIALS.map(|name| env::var(name).ok().filter(|it| !it.is_empty())) {
        [Some(id), Some(secret), Some(webhook_secret)] => run(id, secret, webhook_secret).await,
        [None, None, None] => demonstrate().await,
        some => {
            for (name, _) in CREDENTIALS.iter().zip(&some).filter(|(_, it)| it.is_none()) {
                eprintln!("error: {name} is not set");
            }
            return ExitCode::from(2);
        }
    };
    outcome.map_or_else(
        |error| {
            eprintln!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Serves until Ctrl-C.
async fn run(id: String, secret: String, webhook_secret: String) -> Result<(), Box<dyn Error>> {
    let app = OAuthApp::builder(id).client_secret(secret).build()?;
    let zoom = ZoomChat::builder().token_source(app.chatbot()).build()?;
    let inbox = MemoryInbox::new(10_000);
    let worker = start(&zoom, &inbox);
    let router = bot::router(Webhook::new(webhook_secret)?, inbox, worker.readiness());
    let address = env::var("ECHO_BOT_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("serving at http://{}/zoom", listener.local_addr()?);
    axum::serve(listener, router)
        .with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) })
        .await?;
    // No delivery comes any more; the events that were confirmed are handled.
    let counts = worker.shutdown().await;
    zoom.close().await;
    println!(
        "{} events handled, {} given up",
        counts.handled, counts.given_up
    );
    Ok(())
}

/// Plays both sides, and ends.
async fn demonstrate() -> Result<(), Box<dyn Error>> {
    eprintln!(
        "{} are not set: a stand-in for Zoom plays the other side",
        CREDENTIALS.join(", ")
    );
    let api = stand_in::start_api().await?;
    let zoom = ZoomChat::builder()
        .access_token("stand-in-token")
        .base_url(format!("http://{api}/v2"))
        .build()?;
    let inbox = MemoryInbox::new(100);
    let worker = start(&zoom, &inbox);
    let webhook = Webhook::new(stand_in::SECRET)?.most_bytes(stand_in::MOST_BYTES);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}/zoom", listener.local_addr()?);
    let router = bot::router(webhook, inbox, worker.readiness());
    tokio::spawn(async { axum::serve(listener, router).await });
    let refused = stand_in::deliver_all(&url).await?;
    let counts = worker.shutdown().await;
    if counts.given_up + counts.unfinished > 0 {
        return Err("the bot did not handle every event".into());
    }
    println!("{} events handled, {refused} refused", counts.handled);
    Ok(())
}

fn start(zoom: &ZoomChat, inbox: &MemoryInbox) -> Worker {
    let zoom = zoom.clone();
    serve(inbox.clone(), move |event| bot::handle(zoom.clone(), event))
        .on_failure(|failure| {
            eprintln!("attempt {} failed: {}", failure.attempt(), failure.cause());
        })
        .start()
}
