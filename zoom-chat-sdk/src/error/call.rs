//! What every error of a call knows, whatever went wrong.

use zoom_chat_openapi::Operation;

use super::Delivery;

/// The call that failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailedCall {
    pub(crate) operation: &'static Operation,
    /// How many requests were made for it.
    pub(crate) attempts: u32,
    pub(crate) delivery: Delivery,
}
