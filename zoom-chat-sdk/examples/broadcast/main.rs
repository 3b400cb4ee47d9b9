//! Sends one message to many recipients, each once, whatever happens in between.
//!
//! ```text
//! ZOOM_ACCESS_TOKEN=… cargo run --release -p zoom-chat-sdk --example broadcast -- \
//!     --file recipients.csv --plan pro "The office is closed on Monday"
//! ```
//!
//! The same command goes on where the last one ended, however that was: Ctrl-C, a crash, a loss of power. What each run
//! has done is in a journal beside the file of recipients (`journal.rs`). It never sends to anybody who has got the
//! message, or may have got it.
//!
//! Exits with 0 when all have got it, with 1 when some have not, and with 2 when nothing was tried because something
//! is wrong with the command, the file or the journal.

use std::{
    env,
    error::Error as _,
    fmt::Display,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::Instant;
use zoom_chat_sdk::{
    Error, Message, ZoomChat, auth,
    limit::{Limiter, Limits, Plan},
};

mod journal;
mod outcome;
mod recipients;
mod recorder;
mod report;
mod run;
#[path = "../send_message/stand_in.rs"]
mod stand_in;

use journal::{Event, Header};
use recipients::Unusable;
use recorder::Recorder;
use report::Report;
use run::{Broadcast, Stop};

/// Longer than Zoom blocks a channel: a message that waits for its turn has not failed.
const PATIENCE: Duration = Duration::from_secs(600);

/// Send one Zoom Team Chat message to many recipients, each once.
///
/// ZOOM_ACCESS_TOKEN is the token, ZOOM_BASE_URL where the API is (https://api.zoom.us/v2 if not set). An app is named
/// by ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET and ZOOM_ACCOUNT_ID instead. With none of them set, a stand-in for Zoom
/// answers on a loopback address, and nothing is sent.
///
/// Run again, the same command goes on where it ended.
#[derive(Parser)]
#[command(name = "broadcast")]
struct Command {
    /// A CSV file with a header and a column `to_contact` or `to_channel`, or both, of which each row fills one.
    #[arg(long, value_name = "RECIPIENTS.csv")]
    file: PathBuf,
    /// What was done so far. RECIPIENTS.csv.journal if not set.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Keep the limits of this plan, so that Zoom need not refuse. If not set, messages go as fast as they are answered.
    #[arg(long)]
    plan: Option<AccountPlan>,
    /// How many messages to have in flight at once: no more than that are unknown after a crash. If not set, as many
    /// as the plan allows in a second, or 16.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    concurrency: Option<u16>,
    /// The windows of the plan's limits are so many times shorter: for a server that does the same.
    #[arg(long, value_name = "TIMES", hide = true, requires = "plan")]
    compressed: Option<u32>,
    /// The text.
    message: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum AccountPlan {
    Free,
    Pro,
    Business,
}

impl AccountPlan {
    /// How many messages it allows in a second. An answer takes no longer, so that many in flight are enough.
    fn a_second(self) -> u16 {
        match self {
            Self::Free => 2,
            Self::Pro => 20,
            Self::Business => 60,
        }
    }
}

/// Why nothing was tried.
struct Usage(String);

impl Usage {
    fn of(path: &Path, problem: impl Display) -> Self {
        Self(format!("{}: {problem}", path.display()))
    }
}

impl From<Error> for Usage {
    fn from(error: Error) -> Self {
        let cause = error.source().map(|cause| format!(": {cause}"));
        Self(format!("{error}{}", cause.unwrap_or_default()))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match broadcast(Command::parse()).await {
        Ok(code) => code,
        Err(Usage(problem)) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

async fn broadcast(command: Command) -> Result<ExitCode, Usage> {
    let message = Message::new(command.message.as_str());
    message
        .check(zoom_chat_sdk::TextUnit::default())
        .map_err(Error::from)?;
    let listed = list(&command.file)?;
    let recipients = real(&command.file).map_err(|error| Usage::of(&command.file, error))?;
    let (zoom, api) = client(&command)?;
    let concurrency = command
        .concurrency
        .unwrap_or_else(|| command.plan.map_or(16, AccountPlan::a_second));
    let journal_path = command.journal.unwrap_or_else(|| {
        let mut path = recipients.clone().into_os_string();
        path.push(".journal");
        path.into()
    });
    let of_journal = |problem: &dyn Display| Usage::of(&journal_path, problem);
    let header = Header::new(&command.message, &recipients, &api);
    let (file, mut standing) =
        journal::open(&journal_path, &header).map_err(|error| of_journal(&error))?;
    let recorder = Recorder::new(file).map_err(|error| of_journal(&error))?;
    let mut interrupts = run::interrupts().map_err(|error| Usage(error.to_string()))?;

    let untried = |event: Option<&Event>| matches!(event, None | Some(Event::NotSent { .. }));
    let todo: Vec<_> = listed
        .iter()
        .filter(|to| untried(standing.of(to)))
        .cloned()
        .collect();
    let sent_before = |event: Option<&Event>| matches!(event, Some(Event::Sent { .. }));
    let already_sent = listed
        .iter()
        .filter(|to| sent_before(standing.of(to)))
        .count();
    eprintln!(
        "{} recipients, {} to send to; journal {}",
        listed.len(),
        todo.len(),
        journal_path.display()
    );

    // Drawn on stderr, and only where that is a terminal.
    let progress = ProgressBar::new(todo.len() as u64).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let started = Instant::now();
    let stop = Broadcast {
        zoom: &zoom,
        message: &message,
        concurrency: usize::from(concurrency),
        progress: &progress,
    }
    .run(todo, recorder.queue(), &mut standing, &mut interrupts)
    .await;
    progress.finish_and_clear();
    // A token refresh that is cut off would cost the authorization.
    zoom.close().await;
    let written = recorder.close();

    let report = Report::new(&listed, &standing, already_sent, started.elapsed());
    println!("{report}");
    if let Err(error) = &written {
        eprintln!("error: {}: {error}", journal_path.display());
    }
    if report.can_go_on() {
        if let Some(Stop::Hopeless(why)) = stop {
            eprintln!("Stopped early: {why}.");
        }
        eprintln!("To go on, run the same command again.");
    }
    let success = report.all_sent() && written.is_ok();
    Ok(if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The file itself, where `path` is a link to it: whichever link a run was given, it finds the same journal.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    if path.symlink_metadata()?.is_symlink() {
        path.canonicalize()
    } else {
        Ok(path.to_owned())
    }
}

/// The recipients of the file, each once.
fn list(file: &Path) -> Result<Vec<recipients::To>, Usage> {
    let recipients = recipients::read(file).map_err(|error| match error {
        Unusable::Unreadable(error) => Usage::of(file, error),
        Unusable::Invalid(problems) => {
            let problems: Vec<_> = problems
                .iter()
                .map(|problem| format!("{}: {problem}", file.display()))
                .collect();
            Usage(format!("{}\nNothing was sent.", problems.join("\n       ")))
        }
    })?;
    for recipients::Repeated { to, line, first } in &recipients.repeated {
        let file = file.display();
        eprintln!("{file}: line {line}: {to} again, after line {first}: it gets the message once");
    }
    Ok(recipients.listed)
}

/// The client, and what the journal calls the API.
fn client(command: &Command) -> Result<(ZoomChat, String), Usage> {
    let variable = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let mut builder = ZoomChat::builder().total_timeout(PATIENCE);
    if let Some(limits) = limits(command) {
        builder = builder.limiter(Limiter::new(limits));
    }
    let credentials = ["ZOOM_ACCESS_TOKEN", "ZOOM_CLIENT_ID"];
    if credentials.into_iter().all(|name| variable(name).is_none()) {
        let address = stand_in::start().map_err(|error| Usage(error.to_string()))?;
        eprintln!("ZOOM_ACCESS_TOKEN is not set: a stand-in for Zoom answers, and nothing is sent");
        let builder = builder.access_token("stand-in-token");
        let zoom = builder.base_url(format!("http://{address}/v2")).build()?;
        return Ok((zoom, "stand-in".to_owned()));
    }
    let source = auth::from_env().map_err(Error::from)?;
    let api = variable("ZOOM_BASE_URL").unwrap_or_else(|| "https://api.zoom.us/v2".to_owned());
    let zoom = builder
        .token_source(source)
        .base_url(api.as_str())
        .build()?;
    Ok((zoom, api))
}

fn limits(command: &Command) -> Option<Limits> {
    let limits = Limits::of(match command.plan? {
        AccountPlan::Free => Plan::Free,
        AccountPlan::Pro => Plan::Pro,
        AccountPlan::Business => Plan::Business,
    });
    Some(match command.compressed {
        // Requests are under way for as long as ever, only the windows are shorter.
        Some(times) => limits.compressed(times).arrival(Duration::from_secs(5)),
        None => limits,
    })
}
