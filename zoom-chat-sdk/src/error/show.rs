//! How errors are shown, and their source.

use std::{error::Error as StdError, fmt};

use zoom_chat_openapi::Shown;

use super::{Cause, Delivery, Error, FailedCall, PagingError};
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
            return f.write_str(&self.happened(""));
        };
        let mut sentence = self.happened(call.operation.id);
        let is_cut = self
            .is_cut_open()
            .then(|| "the answer broke off".to_owned());
        let parts = [is_cut, self.effect(call), reason(call), self.advice(call)];
        for (at, part) in parts.iter().flatten().enumerate() {
            if at == 0 && sentence.ends_with('.') {
                sentence.pop();
            }
            sentence += "; ";
            sentence += part;
        }
        f.write_str(&sentence)
    }
}

/// Why the call was given up, if that does not follow from the error itself.
fn reason(call: &FailedCall) -> Option<String> {
    let attempts = call.attempts;
    let reason = call.gave_up.filter(|reason| match reason {
        GiveUp::Final | GiveUp::MayHaveBeenSent => false,
        GiveUp::Attempts => attempts > 1,
        _ => attempts > 0,
    })?;
    let plural = if attempts == 1 { "" } else { "s" };
    Some(format!(
        "given up after {attempts} request{plural}: {reason}"
    ))
}

impl Error {
    /// The effect of the call, if it does not follow from what happened.
    fn effect(&self, call: &FailedCall) -> Option<String> {
        let effect = match (call.delivery, self.cause()) {
            (
                Delivery::NotSent,
                Cause::Api | Cause::File(..) | Cause::Paging(_) | Cause::Request(_),
            ) => return None,
            (Delivery::NotSent, _) => "nothing was sent",
            (Delivery::Unknown, _) => "it may have taken effect",
            (Delivery::Accepted, _) => "it took effect",
        };
        Some(effect.to_owned())
    }

    /// Why a listing ended, after the answer that ended it.
    pub(super) fn ended(&self, operation: &str, problem: &PagingError) -> String {
        if self.answer().is_none() {
            return problem.to_string();
        }
        let answer = self.answered_with();
        let answer = answer.strip_suffix('.').unwrap_or(&answer);
        format!("{operation} answered {answer}; {problem}")
    }

    /// Status, code and text of an error answer of Zoom or a gateway, and the fields that were rejected.
    pub(super) fn answered_with(&self) -> String {
        let Some(answer) = self.answer() else {
            return String::new();
        };
        let message = self.message().unwrap_or_default();
        let status = answer.status.as_u16();
        let mut text = match self.code() {
            Some(code) => format!("{status}, code {code}"),
            None if !message.is_empty() => status.to_string(),
            None => {
                let reason = answer.status.canonical_reason();
                format!("{status} {}", reason.unwrap_or("without a text"))
            }
        };
        if !message.is_empty() {
            text += &format!(": {}", Shown(message));
        }
        for FieldError { field, message } in self.field_errors() {
            text += &format!(" [{}: {}]", Shown(field), Shown(message));
        }
        text
    }

    fn advice(&self, call: &FailedCall) -> Option<String> {
        let operation = call.operation;
        if !self.missing_scopes().is_empty() {
            let scopes = [operation.scopes, operation.granular_scopes]
                .concat()
                .join(", ");
            return Some(format!("{} needs one of the scopes {scopes}", operation.id));
        }
        let is_transport = matches!(self.cause(), Cause::Transport(_));
        let advice = match (call.delivery, self.cause(), self.retry_after()) {
            (Delivery::Accepted, ..) if !operation.repeatable => "do not repeat it",
            (Delivery::Unknown, ..) if !operation.repeatable => "check in Zoom before repeating it",
            (_, Cause::Token(error), _) if !error.is_transient() => return None,
            (_, Cause::Api | Cause::Token(_), Some(RetryAfter::Delay(wait))) => {
                return Some(format!("retry after {wait:?}"));
            }
            (_, Cause::Api, Some(RetryAfter::At(time))) => {
                return Some(format!("retry after {}", utc(seconds(time))));
            }
            (_, Cause::Api, None) if self.is_auth() => "check the access token",
            _ if is_transport || self.is_server_error() => "retry later",
            _ => return None,
        };
        Some(advice.to_owned())
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
