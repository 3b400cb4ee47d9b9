//! How errors are shown: `Display`, `Debug` and the source.

use std::{
    error::Error as StdError,
    fmt::{self, Write},
};

use zoom_chat_openapi::Shown;

use super::{Cause, Delivery, Error, FailedCall, Failure};
use crate::{
    answer::FieldError,
    retry::GiveUp,
    time::{
        RetryAfter,
        timestamp::{seconds, utc},
    },
};

/// What happened; the effect, if it does not follow from that; why there was no further retry; what to do next.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(call) = self.call() else {
            return self.happened(f, "");
        };
        let (mut happened, mut follows) = (String::new(), String::new());
        self.happened(&mut happened, call.operation.id)?;
        self.follows(&mut follows, call)?;
        if !follows.is_empty() && happened.ends_with('.') {
            happened.pop();
        }
        write!(f, "{happened}{follows}")
    }
}

/// Why the call was given up, if that does not follow from the error itself.
fn told_reason(call: &FailedCall) -> Option<GiveUp> {
    call.gave_up.filter(|reason| match reason {
        GiveUp::Final | GiveUp::MayHaveBeenSent => false,
        GiveUp::Attempts => call.attempts > 1,
        _ => call.attempts > 0,
    })
}

impl Error {
    fn follows(&self, f: &mut impl Write, call: &FailedCall) -> fmt::Result {
        if self.is_cut_open() {
            f.write_str("; the answer broke off")?;
        }
        if let Some(error) = self.paging_error() {
            write!(f, "; {error}")?;
        }
        match (call.delivery, self.cause()) {
            // It follows from what happened.
            (
                Delivery::NotSent,
                Cause::Api | Cause::File(..) | Cause::Paging(_) | Cause::Request(_),
            ) => {}
            (Delivery::NotSent, _) => f.write_str("; nothing was sent")?,
            (Delivery::Unknown, _) => f.write_str("; it may have taken effect")?,
            (Delivery::Accepted, _) => f.write_str("; it took effect")?,
        }
        if let Some(reason) = told_reason(call) {
            let plural = if call.attempts == 1 { "" } else { "s" };
            let attempts = call.attempts;
            write!(f, "; given up after {attempts} request{plural}: {reason}")?;
        }
        self.advise(f, call)
    }

    fn happened(&self, f: &mut impl Write, operation: &str) -> fmt::Result {
        let status = self.status().unwrap_or_default();
        match self.cause() {
            Cause::Answer(problem) => write!(f, "the answer {status} to {operation} {problem}"),
            Cause::Paging(error) if self.answer().is_none() => write!(f, "{error}"),
            Cause::Api | Cause::Paging(_) => self.refused(f, operation),
            Cause::File(problem, file) => {
                write!(f, "{operation} cannot send {}: {problem}", Shown(file))
            }
            Cause::Hook => write!(f, "the before-request hook of {operation} failed"),
            Cause::Id(error) => write!(f, "{error}"),
            Cause::Limit(error) => write!(f, "the rate limiter rejected {operation}: {error}"),
            Cause::Message(error) => write!(f, "{error}"),
            Cause::Redirect(refusal) => {
                write!(
                    f,
                    "the redirect {status} of {operation} was not followed, as it {refusal}"
                )
            }
            Cause::Request(reason) => {
                write!(
                    f,
                    "the request for {operation} is invalid: {}",
                    Shown(reason)
                )
            }
            Cause::Setting(error) => write!(f, "{error}"),
            Cause::Token(error) => {
                write!(
                    f,
                    "no access token for {operation}: {}",
                    Shown(&error.to_string())
                )
            }
            Cause::Transport(Failure::Connect) => {
                write!(f, "no connection to Zoom for {operation}")
            }
            Cause::Transport(Failure::Interrupted) => {
                write!(f, "the connection broke before Zoom answered {operation}")
            }
            Cause::Transport(Failure::Refused) => {
                write!(
                    f,
                    "the server closed the stream of {operation} before it read the request"
                )
            }
            Cause::Transport(Failure::AttemptTimeout(limit)) => {
                write!(f, "no answer from Zoom to {operation} within {limit:?}")
            }
            Cause::Transport(Failure::Stalled(limit)) => {
                write!(f, "the upload of {operation} stalled for {limit:?}")
            }
            Cause::Transport(Failure::TotalTimeout(limit)) => {
                write!(f, "{operation} took longer than {limit:?} in total")
            }
        }
    }

    /// The error answer of Zoom or a gateway.
    fn refused(&self, f: &mut impl Write, operation: &str) -> fmt::Result {
        let Some(answer) = self.answer() else {
            return Ok(());
        };
        write!(f, "{operation} answered {}", answer.status.as_u16())?;
        let message = self.message().unwrap_or_default();
        match self.code() {
            Some(code) => write!(f, ", code {code}")?,
            None if message.is_empty() => {
                let reason = answer.status.canonical_reason();
                write!(f, " {}", reason.unwrap_or("without a text"))?;
            }
            None => {}
        }
        if !message.is_empty() {
            write!(f, ": {}", Shown(message))?;
        }
        for FieldError { field, message } in self.field_errors() {
            write!(f, " [{}: {}]", Shown(field), Shown(message))?;
        }
        Ok(())
    }

    fn advise(&self, f: &mut impl Write, call: &FailedCall) -> fmt::Result {
        let operation = call.operation;
        if !self.missing_scopes().is_empty() {
            let scopes = operation.scopes.iter().chain(operation.granular_scopes);
            let scopes = scopes.copied().collect::<Vec<_>>().join(", ");
            return write!(f, "; {} needs one of the scopes {scopes}", operation.id);
        }
        match (call.delivery, self.cause(), self.retry_after()) {
            (Delivery::Accepted, ..) if !operation.repeatable => f.write_str("; do not repeat it"),
            (Delivery::Unknown, ..) if !operation.repeatable => {
                f.write_str("; check in Zoom before repeating it")
            }
            (_, Cause::Token(error), _) if !error.is_transient() => Ok(()),
            (_, Cause::Api | Cause::Token(_), Some(RetryAfter::Delay(wait))) => {
                write!(f, "; retry after {wait:?}")
            }
            (_, Cause::Api, Some(RetryAfter::At(time))) => {
                write!(f, "; retry after {}", utc(seconds(time)))
            }
            (_, Cause::Api, None) if self.is_auth() => f.write_str("; check the access token"),
            (_, Cause::Transport(_), _) => f.write_str("; retry later"),
            _ if self.is_server_error() => f.write_str("; retry later"),
            _ => Ok(()),
        }
    }
}

/// Without headers and body, which may repeat secrets of the request.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("cause", self.cause());
        if let Some(call) = self.call() {
            shown.field("call", call);
        }
        if let Some(answer) = self.answer() {
            shown.field("status", &answer.status.as_u16());
            shown.field("said", &answer.said);
        }
        if let Some(source) = &self.0.source {
            shown.field("source", source);
        }
        shown.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.cause() {
            // `Display` shows the detail itself.
            Cause::File(problem, _) => problem.source(),
            Cause::Limit(error) => error.source(),
            Cause::Token(error) => error.source(),
            _ => self.0.source.as_deref().map(|source| source as _),
        }
    }
}
