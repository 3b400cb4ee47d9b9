//! Sends one message and prints what Zoom answers.
//!
//! ```text
//! ZOOM_ACCESS_TOKEN=… cargo run -p zoom-chat-sdk --example send_message -- \
//!     --to-channel 825c8d2b --mention jchill@example.com=Jill "Hi @Jill, the build is green"
//! ```
//!
//! Without a token a stand-in for Zoom answers. Without arguments, too, it shows a message sent and every documented
//! error decoded.

use std::{env, error::Error as _, io, net::SocketAddr, process::ExitCode};

use clap::{Args, Parser, ValueEnum};
use serde_json::{Value, json};
use zoom_chat_sdk::{
    CallError, Encoding, Error, Message, Recipient, Sent, ZoomChat, errors::SendChatMessageError,
    operations::SEND_CHAT_MESSAGE,
};

mod stand_in;

/// Send a Zoom Team Chat message.
///
/// ZOOM_ACCESS_TOKEN is the token, ZOOM_BASE_URL where the API is (https://api.zoom.us/v2 if not set). Without a token
/// a stand-in for Zoom answers on a loopback address.
#[derive(Parser)]
#[command(name = "send_message")]
struct Command {
    /// Send on behalf of this user, not of the token's own.
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    #[command(flatten)]
    to: To,
    /// Reply to this main message.
    #[arg(long, value_name = "ID")]
    reply_to: Option<String>,
    /// Make the first @NAME in the message that is not yet a mention one of CONTACT. May be given several times.
    #[arg(long, value_name = "CONTACT=NAME", value_parser = mention)]
    mention: Vec<(String, String)>,
    /// Pin the encoding of the body.
    #[arg(long)]
    encoding: Option<BodyEncoding>,
    /// The text.
    message: String,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct To {
    /// Send to this contact.
    #[arg(long, value_name = "EMAIL")]
    to_contact: Option<String>,
    /// Send to this channel.
    #[arg(long, value_name = "ID")]
    to_channel: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum BodyEncoding {
    Multipart,
    Json,
}

/// The last `=` divides: a member id may end in some, a name hardly does.
fn mention(text: &str) -> Result<(String, String), &'static str> {
    let (contact, name) = text
        .rsplit_once('=')
        .ok_or("it has no `=` between contact and name")?;
    Ok((contact.to_owned(), name.to_owned()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let command = (env::args_os().len() > 1).then(Command::parse);
    let token = env::var("ZOOM_ACCESS_TOKEN")
        .ok()
        .filter(|token| !token.is_empty());
    let outcome = match (command, token) {
        (Some(command), Some(token)) => {
            let base_url = env::var("ZOOM_BASE_URL").ok();
            run(command, token, base_url).await
        }
        // Prints how it is used, as nothing says whom to send to.
        (None, Some(token)) => run(Command::parse(), token, None).await,
        (command, None) => {
            let address = match announce_stand_in() {
                Ok(address) => address,
                Err(error) => {
                    eprintln!("error: the stand-in cannot listen on a loopback address: {error}");
                    return ExitCode::FAILURE;
                }
            };
            let (token, base_url) = ("stand-in-token".to_owned(), format!("http://{address}/v2"));
            match command {
                Some(command) => run(command, token, Some(base_url)).await,
                None => demonstrate(token, base_url).await,
            }
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            eprintln!("  because: {cause}");
            source = cause.source();
        }
        ExitCode::from(if error.is_invalid() { 2 } else { 1 })
    })
}

async fn run(command: Command, token: String, base_url: Option<String>) -> Result<ExitCode, Error> {
    let zoom = client(token, base_url, command.encoding)?;
    let to = match (command.to.to_contact, command.to.to_channel) {
        (Some(contact), _) => Recipient::contact(contact)?,
        (None, channel) => Recipient::channel(channel.unwrap_or_default())?,
    };
    let message = command
        .mention
        .into_iter()
        .fold(Message::new(command.message), |message, (contact, name)| {
            message.mark_mention(contact, name)
        });
    let mut send = zoom.send_message(to, message);
    if let Some(user) = command.user {
        send = send.as_user(user);
    }
    if let Some(main_message) = command.reply_to {
        send = send.reply_to(main_message);
    }
    report(send.await)
}

/// What a fresh machine can show: a message sent, then every documented error.
async fn demonstrate(token: String, base_url: String) -> Result<ExitCode, Error> {
    let zoom = client(token, Some(base_url), None)?;
    let message = Message::new("Hi ")
        .mention("jchill@example.com", "Jill")
        .text(", the build is green");
    println!("\n> {}", message.as_str());
    report(
        zoom.send_message(Recipient::channel("825c8d2b")?, message)
            .await,
    )?;
    for documented in SEND_CHAT_MESSAGE.errors {
        let to = format!("error-{}-{}", documented.status, documented.code);
        let to = if documented.message.contains("to_contact") {
            Recipient::contact(to)?
        } else {
            Recipient::channel(to)?
        };
        println!(
            "\n> Zoom refuses with {} and code {}",
            documented.status, documented.code
        );
        report(zoom.send_message(to, "Is anybody there?").await)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn client(
    token: String,
    base_url: Option<String>,
    encoding: Option<BodyEncoding>,
) -> Result<ZoomChat, Error> {
    let mut builder = ZoomChat::builder().access_token(token);
    if let Some(base_url) = base_url {
        builder = builder.base_url(base_url);
    }
    builder = match encoding {
        Some(BodyEncoding::Multipart) => builder.encoding(Encoding::Multipart),
        Some(BodyEncoding::Json) => builder.encoding(Encoding::Json),
        None => builder,
    };
    builder.build()
}

fn announce_stand_in() -> io::Result<SocketAddr> {
    let address = stand_in::start()?;
    eprintln!("ZOOM_ACCESS_TOKEN is not set: a stand-in for Zoom answers on http://{address}/v2");
    Ok(address)
}

/// Prints an answer. What is no answer is the caller's to tell.
fn report(outcome: Result<Sent, CallError<SendChatMessageError>>) -> Result<ExitCode, Error> {
    let error = match outcome {
        Ok(sent) => {
            println!("Response Body:\n{:#}", json!({ "id": sent.id }));
            println!("Response Status Code = {}", sent.status.unwrap_or(201));
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => error,
    };
    let (Some(status), Some(headers), Some(body)) = (error.status(), error.headers(), error.body())
    else {
        return Err(error.into());
    };
    match serde_json::from_slice::<Value>(body) {
        Ok(json) => println!("Response Body:\n{json:#}"),
        Err(_) => println!("Response Body:\n{}", String::from_utf8_lossy(body)),
    }
    println!("Response Status Code = {status}");
    println!("Response Header:");
    for (name, value) in headers {
        println!("{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    match error.documented() {
        Some(documented) => println!("{documented:?}: {error}"),
        None => println!("{error}"),
    }
    println!("Failed.");
    Ok(ExitCode::FAILURE)
}
