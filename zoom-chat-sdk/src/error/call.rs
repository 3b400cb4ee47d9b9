//! What every error of a call knows, whatever went wrong.

use std::fmt;

use zoom_chat_openapi::Operation;

use super::Delivery;
use crate::retry::GiveUp;

/// The call that failed.
#[derive(Clone, Copy)]
pub(crate) struct FailedCall {
    pub(crate) operation: &'static Operation,
    /// How many requests were made for it.
    pub(crate) attempts: u32,
    pub(crate) delivery: Delivery,
    /// Why it was not tried once more. Set when the call is over.
    pub(crate) gave_up: Option<GiveUp>,
}

impl FailedCall {
    /// A call that failed before there was a request.
    pub(crate) fn before(operation: &'static Operation) -> Self {
        Self {
            operation,
            attempts: 0,
            delivery: Delivery::NotSent,
            gave_up: Some(GiveUp::Final),
        }
    }

    pub(crate) fn requests(&self) -> String {
        match self.attempts {
            1 => "1 request".to_owned(),
            attempts => format!("{attempts} requests"),
        }
    }

    /// Why the call was given up, where that is not plain from the error itself.
    pub(crate) fn told_reason(&self) -> Option<GiveUp> {
        self.gave_up.filter(|reason| match reason {
            GiveUp::Final | GiveUp::MayHaveBeenSent => false,
            GiveUp::Attempts => self.attempts > 1,
            _ => self.attempts > 0,
        })
    }
}

/// With the id of the operation instead of all that the document says about it.
impl fmt::Debug for FailedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailedCall")
            .field("operation", &self.operation.id)
            .field("attempts", &self.attempts)
            .field("delivery", &self.delivery)
            .field("gave_up", &self.gave_up)
            .finish()
    }
}

/// What to add to the text of an error: what is known of the effect, and why the call was given up.
impl fmt::Display for FailedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.delivery.explain())?;
        match self.told_reason() {
            None => Ok(()),
            Some(reason) => write!(f, "; given up after {}: {reason}", self.requests()),
        }
    }
}
