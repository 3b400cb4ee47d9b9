//! The broadcast itself: so many calls at once, each in the journal before its request leaves, until there are no more,
//! or no use, or somebody says stop.

use std::io;

use indicatif::ProgressBar;
use tokio::{sync::mpsc, task::JoinSet};
use zoom_chat_sdk::{Error, ErrorKind, Message, ZoomChat};

use crate::{
    journal::{Entry, Event, Standing},
    outcome,
    recipients::To,
    recorder::{Broken, Queue},
};

/// That many in a row whose outcome nobody knows, and Zoom is in a state in which more would only become as many more.
const MANY_UNKNOWN: u32 = 10;

/// Why no more messages are started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    Interrupted,
    Hopeless(&'static str),
    JournalBroken,
}

pub(crate) struct Broadcast<'a> {
    pub(crate) zoom: &'a ZoomChat,
    pub(crate) message: &'a Message,
    pub(crate) concurrency: usize,
    pub(crate) progress: &'a ProgressBar,
}

impl Broadcast<'_> {
    /// Sends to each of `todo`, and keeps journal and `standing` up to date. Says why, if it stopped before the end.
    ///
    /// An interrupt lets what is in flight finish; another one does not, and what was in flight stays started.
    pub(crate) async fn run(
        &self,
        todo: Vec<To>,
        journal: &Queue,
        standing: &mut Standing,
        interrupts: &mut Interrupts,
    ) -> Option<Stop> {
        let mut todo = todo.into_iter();
        let mut calls = JoinSet::new();
        let (starting, mut started) = mpsc::unbounded_channel();
        let started = &mut started;
        let mut stop = None;
        let mut unknown_in_a_row = 0;
        loop {
            while stop.is_none()
                && calls.len() < self.concurrency
                && let Some(to) = todo.next()
            {
                calls.spawn(call(
                    self.zoom.clone(),
                    to,
                    self.message.clone(),
                    Begin {
                        journal: journal.clone(),
                        starting: starting.clone(),
                    },
                ));
            }
            let ended = tokio::select! {
                biased;
                Some(()) = interrupts.recv() => {
                    if stop.is_some() {
                        break;
                    }
                    stop = self.stopping(Stop::Interrupted, calls.len());
                    continue;
                }
                ended = calls.join_next() => ended,
            };
            let called = match ended {
                None => break,
                // Nothing in it panics; if it did, what it had started would stay started.
                Some(Err(_)) => continue,
                Some(Ok(Err(Broken))) => {
                    stop = stop.or_else(|| self.stopping(Stop::JournalBroken, calls.len()));
                    continue;
                }
                Some(Ok(Ok(called))) => called,
            };
            self.progress.inc(1);
            unknown_in_a_row = match called.entry.event {
                Event::Unknown { .. } => unknown_in_a_row + 1,
                _ => 0,
            };
            let many = (unknown_in_a_row >= MANY_UNKNOWN)
                .then_some("the outcome of too many messages in a row is unknown");
            let written = journal.record(&called.entry);
            let cause = match (called.hopeless.or(many), written) {
                (_, Err(Broken)) => Some(Stop::JournalBroken),
                (hopeless, Ok(())) => hopeless.map(Stop::Hopeless),
            };
            stop = stop.or_else(|| self.stopping(cause?, calls.len()));
            standing.apply_all(started);
            standing.apply(called.entry);
        }
        calls.shutdown().await;
        standing.apply_all(started);
        stop
    }

    fn stopping(&self, stop: Stop, in_flight: usize) -> Option<Stop> {
        let why = match stop {
            Stop::Interrupted => "interrupted",
            Stop::Hopeless(why) => why,
            Stop::JournalBroken => "the journal cannot be written",
        };
        self.progress.suspend(|| {
            eprintln!(
                "stopping: {why}; waiting for the {in_flight} messages in flight (Ctrl-C does not wait)"
            );
        });
        Some(stop)
    }
}

struct Called {
    entry: Entry,
    hopeless: Option<&'static str>,
}

/// What is done when the request for a recipient is about to leave.
struct Begin {
    journal: Queue,
    starting: mpsc::UnboundedSender<Entry>,
}

impl Begin {
    /// Comes back when the journal knows about it.
    fn run(&self, to: &To) -> impl Future<Output = Result<(), Broken>> + use<> {
        let entry = Entry {
            to: to.clone(),
            event: Event::Sending,
        };
        let durable = self.journal.durably(&entry);
        // Nobody listens any more when the run is over, and then this call is over, too.
        let _ = self.starting.send(entry);
        durable
    }
}

async fn call(zoom: ZoomChat, to: To, message: Message, begin: Begin) -> Result<Called, Broken> {
    let result = match to.recipient() {
        Ok(recipient) => {
            let to = to.clone();
            zoom.send_message(recipient, message)
                .before_each_request(move || begin.run(&to))
                .await
                .map_err(Error::from)
        }
        Err(error) => Err(error.into()),
    };
    if result
        .as_ref()
        .is_err_and(|error| error.kind() == ErrorKind::Hook)
    {
        return Err(Broken);
    }
    let hopeless = result
        .as_ref()
        .err()
        .and_then(|error: &Error| outcome::hopeless(error));
    let event = outcome::event(&result);
    let entry = Entry { to, event };
    Ok(Called { entry, hopeless })
}

/// The interrupts of this process, none lost between two looks.
#[cfg(unix)]
pub(crate) type Interrupts = tokio::signal::unix::Signal;
#[cfg(windows)]
pub(crate) type Interrupts = tokio::signal::windows::CtrlC;

#[cfg(unix)]
pub(crate) fn interrupts() -> io::Result<Interrupts> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
pub(crate) fn interrupts() -> io::Result<Interrupts> {
    tokio::signal::windows::ctrl_c()
}
