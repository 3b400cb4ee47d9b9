//! What a failure means for retrying the call.

use tokio::time::Instant;
use zoom_chat_openapi::TokenKind;

use super::{Run, refused_token::is_about_something_else};
use crate::{
    Error,
    error::{Cause, Delivery, Unreadable},
    retry::{Outcome, Progress},
};

impl Run<'_> {
    /// What a failure means for repeating the call.
    pub(super) fn outcome(&self, error: &Error) -> Outcome {
        match error.cause() {
            // The rest of the answer might have said otherwise.
            Cause::Api if error.is_cut_open() => Outcome::Interrupted,
            Cause::Api if self.encodings_left > 0 && wants_json(error) => Outcome::EncodingRefused,
            Cause::Api => self.outcome_of_answer(error),
            Cause::Token(error) => error.into(),
            Cause::Transport(_) if error.delivery() == Delivery::NotSent => Outcome::NotConnected,
            Cause::Transport(_) | Cause::Answer(Unreadable::BrokeOff | Unreadable::Endless) => {
                Outcome::Interrupted
            }
            // Errors of the limiter are final as well: its deadline was that of the call.
            _ => Outcome::Final,
        }
    }

    fn outcome_of_answer(&self, error: &Error) -> Outcome {
        let Some(answer) = error.answer() else {
            return Outcome::Final;
        };
        let (status, code) = (answer.status.as_u16(), answer.said.code);
        let text = answer.said.message.as_deref().unwrap_or_default();
        let now = self.shared.clock.now();
        match Outcome::of_answer(status, code, text, &answer.headers, now) {
            // No code distinguishes an expired token of a chatbot from other reasons.
            _ if status == 401 && !self.operation.takes(TokenKind::User) => Outcome::TokenRefused,
            Outcome::TokenRefused if is_about_something_else(self.operation, status, code) => {
                Outcome::Final
            }
            outcome => outcome,
        }
    }

    pub(super) fn progress(&self) -> Progress {
        let time_left = self.end().saturating_duration_since(Instant::now());
        let mut progress = Progress::new(self.operation.repeatable, time_left);
        progress.attempts = self.tries;
        progress.changed_token = self.token_exchanged;
        progress.changed_encoding = self.encoding_changed;
        progress
    }
}

/// Whether Zoom expects JSON and did not read the body that it got, so that nothing was sent.
fn wants_json(error: &Error) -> bool {
    match (error.status(), error.code()) {
        (Some(415), _) => true,
        (Some(400), Some(300)) => {
            let text = error.message().unwrap_or_default();
            !error.is_cut_open() && text.contains("should be a valid JSON object")
        }
        _ => false,
    }
}
