//! Reports of failed handlers.

use std::{
    any::Any,
    error::Error,
    fmt,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
    time::Duration,
};

use crate::events::Event;

/// A failed attempt to handle an event.
///
/// ```
/// use zoom_chat_sdk::receive::{Cause, Failure};
///
/// fn report(failure: &Failure) {
///     let name = failure.event().name();
///     match (failure.retry_in(), failure.cause()) {
///         (Some(wait), cause) => println!("{name}, attempt {}: {cause}; again in {wait:?}", failure.attempt()),
///         (None, Cause::Panic(message)) => println!("{name} is given up after a panic: {message}"),
///         (None, cause) => println!("{name} is given up: {cause}"),
///     }
///     assert_eq!(failure.is_final(), failure.retry_in().is_none());
/// }
/// ```
#[derive(Debug)]
pub struct Failure {
    pub(super) event: Event,
    pub(super) attempt: u32,
    pub(super) retry_in: Option<Duration>,
    pub(super) cause: Cause,
}

/// Why an attempt failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The handler returned this error.
    Error(Box<dyn Error + Send + Sync>),
    /// The handler panicked with this message.
    Panic(String),
}

impl Failure {
    /// The event. A final failure is the last chance to store it.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// The number of the attempt, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The wait before the next attempt; `None` after the last.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }

    /// Whether the event is given up.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.retry_in.is_none()
    }

    /// Why it failed.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.cause
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(_) => f.write_str("the handler returned an error"),
            Self::Panic(message) => write!(f, "the handler panicked: {message}"),
        }
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Error(error) => Some(&**error),
            Self::Panic(_) => None,
        }
    }
}

/// Runs a future to its end, or returns the message of its panic.
pub(super) async fn caught<F: Future>(future: F) -> Result<F::Output, String> {
    let mut future = pin!(future);
    // Nothing looks at what a panic left half done: the future is not polled again.
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(message(&*panic))),
        },
    )
    .await
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a value that is not a text").to_owned()
}
