//! Uploads a file, or sends it, with a progress bar on a terminal.
//!
//! ```text
//! ZOOM_ACCESS_TOKEN=… cargo run -p zoom-chat-sdk --example upload_file -- report.pdf
//! ZOOM_ACCESS_TOKEN=… cargo run -p zoom-chat-sdk --example upload_file -- --to-channel 825c8d2b report.pdf
//! ```
//!
//! Without a token a stand-in for Zoom takes the file, and redirects it once, as Zoom does.

use std::{env, error::Error as _, path::PathBuf, process::ExitCode};

use clap::{Args, Parser};
use indicatif::{ProgressBar, ProgressStyle};
use zoom_chat_sdk::{Error, FileSource, Progress, Recipient, ZoomChat};

mod stand_in;

/// Upload a file to Zoom Team Chat, to be sent with a message later, or send it at once.
///
/// ZOOM_ACCESS_TOKEN is the token, ZOOM_BASE_URL where the API is (https://api.zoom.us/v2 if not set). Without a token
/// a stand-in for Zoom answers on a loopback address.
#[derive(Parser)]
#[command(name = "upload_file")]
struct Command {
    /// Upload for this user, not for the token's own.
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    #[command(flatten)]
    to: To,
    /// What the file is, like application/pdf.
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// Show the file in the user's personal chat, too.
    #[arg(long, conflicts_with_all = ["to_contact", "to_channel"])]
    post_to_personal_chat: bool,
    /// The file.
    file: PathBuf,
}

#[derive(Args)]
#[group(multiple = false)]
struct To {
    /// Send it to this contact.
    #[arg(long, value_name = "EMAIL")]
    to_contact: Option<String>,
    /// Send it to this channel.
    #[arg(long, value_name = "ID")]
    to_channel: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Command::parse()).await {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::from(if error.is_invalid() { 2 } else { 1 })
        }
    }
}

async fn run(command: Command) -> Result<String, Error> {
    let zoom = client()?;
    let mut file = FileSource::path(command.file);
    if let Some(content_type) = command.content_type {
        file = file.content_type(content_type);
    }
    let user = command.user.unwrap_or_else(|| "me".to_owned());
    let to = match (command.to.to_contact, command.to.to_channel) {
        (Some(contact), _) => Some(Recipient::contact(contact)?),
        (None, Some(channel)) => Some(Recipient::channel(channel)?),
        (None, None) => None,
    };
    // Drawn on stderr, and only where that is a terminal.
    let bar = ProgressBar::no_length().with_style(
        ProgressStyle::with_template(
            "{bar:40} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left{msg}",
        )
        .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let drawn = bar.clone();
    let progress = move |progress: Progress| {
        drawn.set_length(progress.total);
        drawn.set_position(progress.sent);
        if progress.request > 1 {
            drawn.set_message(format!(" (request {})", progress.request));
        }
    };
    let outcome = match to {
        Some(to) => {
            let send = zoom.send_file(to, file).as_user(user).progress(progress);
            let sent = send.await.map_err(Error::from);
            sent.map(|sent| format!("message {}", sent.id))
        }
        None => {
            let upload = zoom
                .upload_file(file)
                .as_user(user)
                .post_to_personal_chat(command.post_to_personal_chat)
                .progress(progress);
            let uploaded = upload.await.map_err(Error::from);
            uploaded.map(|uploaded| format!("file {}", uploaded.id))
        }
    };
    bar.finish_and_clear();
    outcome
}

fn client() -> Result<ZoomChat, Error> {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let builder = match (variable("ZOOM_ACCESS_TOKEN"), variable("ZOOM_BASE_URL")) {
        (Some(token), Some(base_url)) => ZoomChat::builder().access_token(token).base_url(base_url),
        (Some(token), None) => ZoomChat::builder().access_token(token),
        (None, _) => {
            let base_url = stand_in::start();
            eprintln!("ZOOM_ACCESS_TOKEN is not set: a stand-in for Zoom answers on {base_url}");
            ZoomChat::builder()
                .access_token("stand-in-token")
                .base_url(base_url)
        }
    };
    builder.build()
}
