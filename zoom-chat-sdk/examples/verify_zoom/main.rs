//! Tries the facts on which Zoom's own sources disagree or say nothing, and prints what it saw.
//!
//! ```text
//! ZOOM_ACCESS_TOKEN=… ZOOM_TEST_CHANNEL=825c8d2b cargo run -p zoom-chat-sdk --example verify_zoom
//! ```
//!
//! | variable | what it is |
//! |---|---|
//! | `ZOOM_ACCESS_TOKEN`, or those of `auth::from_env` | the credentials: scopes to send, read, edit and delete messages |
//! | `ZOOM_TEST_CHANNEL` | the id of a channel for tests. Everyone in it is mentioned a few times |
//! | `ZOOM_TEST_USER` | the user who sends; `me` if not set |
//! | `ZOOM_BASE_URL` | where the API is; `https://api.zoom.us/v2` if not set |
//!
//! About twenty messages are sent, one a second, and removed at the end, also after an error or Ctrl-C. The table names
//! no id, token or person. With `--pause` the messages stay until Enter is pressed, to be looked at in Zoom.
//!
//! Without credentials a stand-in answers on a loopback address. That shows the program and proves nothing about Zoom.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value indexed by a name is null where there is no such member"
)]

use std::{env, error::Error as _, io::stdin, process::ExitCode, thread, time::Duration};

use clap::Parser;
use tokio::sync::oneshot;
use zoom_chat_sdk::{ChannelId, Error, UserId, ZoomChat, auth};

mod channel;
mod editing;
mod encoding;
mod finding;
mod length;
mod page_token;
mod position;
mod property;
mod stand_in;
#[cfg(test)]
mod tests;

use channel::{Removed, TestChannel};
use finding::{Finding, Table};

/// Zoom blocks a sender who sends 30 messages to a channel within 10 s.
const PAUSE: Duration = Duration::from_secs(1);

/// Try the facts that Zoom's sources dispute, with ZOOM_ACCESS_TOKEN and ZOOM_TEST_CHANNEL, or against a stand-in.
#[derive(Parser)]
#[command(name = "verify_zoom")]
struct Command {
    /// Wait for Enter before the messages are removed.
    #[arg(long)]
    pause: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let command = Command::parse();
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let outcome = if set("ZOOM_ACCESS_TOKEN").or(set("ZOOM_CLIENT_ID")).is_some() {
        match set("ZOOM_TEST_CHANNEL") {
            Some(channel) => with_credentials(channel, set("ZOOM_TEST_USER"), command.pause).await,
            None => {
                eprintln!("error: ZOOM_TEST_CHANNEL is not set");
                return ExitCode::from(2);
            }
        }
    } else {
        with_stand_in().await
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {}", chain(&error));
            ExitCode::from(if error.is_invalid() { 2 } else { 1 })
        }
    }
}

/// Whether the channel is as it was before.
async fn with_credentials(
    channel: String,
    user: Option<String>,
    pause: bool,
) -> Result<bool, Error> {
    let mut builder = ZoomChat::builder().token_source(auth::from_env()?);
    if let Ok(base_url) = env::var("ZOOM_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let zoom = builder.build()?;
    let user = user.map_or(Ok(UserId::ME), UserId::new)?;
    let mut channel = TestChannel::new(&zoom, ChannelId::new(channel)?, user, PAUSE);
    let mut table = Table::default();
    tokio::select! {
        () = verify(&mut channel, &mut table) => {}
        _ = tokio::signal::ctrl_c() => eprintln!("interrupted"),
    }
    print!("{table}");
    if pause {
        eprintln!("Look at the messages in Zoom, then press Enter to remove them.");
        enter().await;
    }
    let removed = channel.remove_all().await;
    zoom.close().await;
    println!("{}", summary(&table, &removed));
    Ok(removed.left == 0 && removed.listed)
}

/// Waits for Enter; Ctrl-C and the end of the input count as one.
async fn enter() {
    let (pressed, wait) = oneshot::channel::<()>();
    // The runtime would wait for a blocking task of tokio before the program ends.
    thread::spawn(move || {
        drop(stdin().read_line(&mut String::new()));
        drop(pressed);
    });
    tokio::select! {
        _ = wait => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn with_stand_in() -> Result<bool, Error> {
    let stand_in = match stand_in::start(stand_in::Answers::default()).await {
        Ok(stand_in) => stand_in,
        Err(error) => {
            eprintln!("error: the stand-in cannot listen on a loopback address: {error}");
            return Ok(false);
        }
    };
    eprintln!("ZOOM_ACCESS_TOKEN is not set: a stand-in for Zoom answers on a loopback address");
    let (table, removed) = against(&stand_in).await?;
    print!("{table}");
    println!("{}", summary(&table, &removed));
    println!(
        "All answers were the stand-in's: they show this program and prove nothing about Zoom."
    );
    Ok(table.is_complete() && removed.left == 0)
}

async fn against(stand_in: &stand_in::StandIn) -> Result<(Table, Removed), Error> {
    let zoom = ZoomChat::builder()
        .access_token(stand_in::TOKEN)
        .base_url(stand_in.base_url())
        .build()?;
    let channel = ChannelId::new(stand_in::CHANNEL)?;
    let mut channel = TestChannel::new(&zoom, channel, UserId::ME, Duration::ZERO);
    let mut table = Table::default();
    verify(&mut channel, &mut table).await;
    let removed = channel.remove_all().await;
    Ok((table, removed))
}

/// Tries one fact after the other. An error ends the trial of its facts alone.
async fn verify(channel: &mut TestChannel, table: &mut Table) {
    table.add(&encoding::FACTS, encoding::verify(channel).await, channel);
    for mark in [position::Mark::Mention, position::Mark::RichText] {
        let found = position::unit(channel, mark).await;
        table.add(&[mark.unit_fact()], found, channel);
    }
    table.add(&position::END_FACTS, position::end(channel).await, channel);
    table.add(&property::FACTS, property::verify(channel).await, channel);
    table.add(&length::FACTS, length::verify(channel).await, channel);
    table.add(&editing::FACTS, editing::verify(channel).await, channel);
    table.add(
        &page_token::FACTS,
        page_token::verify(channel).await,
        channel,
    );
}

fn summary(table: &Table, removed: &Removed) -> String {
    let mut text = format!(
        "{} of {} facts seen; {} messages removed",
        table.seen(),
        table.len(),
        removed.removed
    );
    if removed.left > 0 || !removed.listed {
        text += &format!(
            "; {} could not be removed{}: look for {} in the channel",
            removed.left,
            if removed.listed {
                ""
            } else {
                ", and the channel could not be listed"
            },
            removed.prefix
        );
    }
    text
}

/// An error with its causes.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

/// What the trial of some facts gives.
type Findings = Result<Vec<Finding>, Error>;
