//! What became of one message, and whether the others have a chance.

use std::error::Error as _;

use zoom_chat_sdk::{
    Delivery, Error, ErrorKind, Sent,
    limit::{LimitError, Limited},
    retry::GiveUp,
};

use crate::journal::Event;

/// What the journal says of a call that has ended.
pub(crate) fn event(result: &Result<Sent, Error>) -> Event {
    let error = match result {
        Ok(sent) => {
            return Event::Sent {
                message_id: Some(sent.id.as_str().to_owned()),
                tracking_id: sent.tracking_id.clone(),
            };
        }
        Err(error) => error,
    };
    let tracking_id = error.tracking_id().map(str::to_owned);
    match error.delivery() {
        Delivery::Accepted => Event::Sent {
            message_id: None,
            tracking_id,
        },
        Delivery::NotSent => Event::NotSent {
            reason: reason(error),
            tracking_id,
        },
        _ => Event::Unknown {
            reason: reason(error),
            tracking_id,
        },
    }
}

fn reason(error: &Error) -> String {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        reason.push_str(": ");
        reason.push_str(&cause.to_string());
        source = cause.source();
    }
    reason
}

/// Why all others would fail as this one did, if they would.
pub(crate) fn hopeless(error: &Error) -> Option<&'static str> {
    let limit = error.limit_error().and_then(LimitError::limit);
    if error.kind() == ErrorKind::Token {
        Some("no access token is available")
    } else if error.status() == Some(401) || matches!(error.code(), Some(124 | 4700 | 4711)) {
        Some("Zoom rejects the access token")
    } else if matches!(error.gave_up(), Some(GiveUp::DailyLimit { .. }))
        || matches!(limit, Some(Limited::Day(_)))
    {
        Some("the daily limit of the account is reached")
    } else if error.is_connect() {
        Some("Zoom cannot be reached")
    } else {
        None
    }
}
