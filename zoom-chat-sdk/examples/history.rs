//! Prints the messages of a chat, one line of JSON for each.
//!
//! ```text
//! ZOOM_ACCESS_TOKEN=… cargo run -p zoom-chat-sdk --example history -- --to-channel 825c8d2b --days 30
//! ```
//!
//! When it ends before the last message, it says how to go on.

use std::{
    env,
    error::Error,
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser};
use zoom_chat_sdk::{
    Recipient, ZoomChat, auth,
    pages::Position,
    time::{Clock, SystemClock},
};

/// Print the messages of a Zoom Team Chat, one line of JSON for each.
///
/// ZOOM_ACCESS_TOKEN is the token, ZOOM_BASE_URL where the API is (https://api.zoom.us/v2 if not set). An app is named
/// by ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET and ZOOM_ACCOUNT_ID instead.
#[derive(Parser)]
#[command(name = "history")]
struct Command {
    #[command(flatten)]
    chat: Chat,
    /// How many days to go back; Zoom keeps six months.
    #[arg(long, value_name = "N", default_value_t = 1)]
    days: u32,
    /// Go on where another run ended: what that one has printed at its end.
    #[arg(long, value_name = "POSITION")]
    resume: Option<Position>,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Chat {
    /// The chat with this contact.
    #[arg(long, value_name = "EMAIL")]
    to_contact: Option<String>,
    /// This channel.
    #[arg(long, value_name = "ID")]
    to_channel: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match print(Command::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn print(command: Command) -> Result<(), Box<dyn Error>> {
    let mut builder = ZoomChat::builder().token_source(auth::from_env()?);
    if let Ok(base_url) = env::var("ZOOM_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let zoom = builder.build()?;
    let outcome = print_messages(&zoom, command).await;
    // A token refresh that is cut off would cost the authorization.
    zoom.close().await;
    outcome
}

async fn print_messages(zoom: &ZoomChat, command: Command) -> Result<(), Box<dyn Error>> {
    let chat = match (command.chat.to_contact, command.chat.to_channel) {
        (Some(contact), _) => Recipient::contact(contact)?,
        (None, channel) => Recipient::channel(channel.unwrap_or_default())?,
    };
    let now = SystemClock.now();
    let days = Duration::from_secs(24 * 60 * 60) * command.days;
    let mut messages = zoom
        .list_messages(chat)
        .from(now - days)
        .to(now)
        .resume(command.resume.unwrap_or_default())
        .items()?;
    let mut out = io::stdout().lock();
    while let Some(message) = messages.next().await {
        match message {
            Ok(message) => writeln!(out, "{}", serde_json::to_string(&message)?)?,
            Err(error) => {
                if let Some(position) = messages.position() {
                    eprintln!("to go on: --resume '{position}'");
                }
                return Err(error.into());
            }
        }
    }
    Ok(())
}
