//! Sending messages and files, and operations on messages that were sent.

mod chat_message;
mod file;
mod message;
mod upload;

use zoom_chat_openapi::Operation;

use crate::{
    Error, FileSource,
    error::{Cause, FailedCall},
    file::{Observer, Transfer},
};

pub use chat_message::ChatMessage;
pub use file::SendFile;
pub use message::{ScheduleMessage, Scheduled, SendMessage, Sent};
pub use upload::{UploadFile, Uploaded};

/// The file of a call about to be made, if it can be sent.
async fn prepare(
    operation: &'static Operation,
    file: FileSource,
    limit: u64,
    observer: Option<Observer>,
) -> Result<Transfer, Error> {
    match Transfer::prepare(file.clone(), limit, observer).await {
        Ok(transfer) => Ok(transfer),
        Err(problem) => {
            let cause = Cause::File(problem, file.to_string());
            Err(Error::new(cause, FailedCall::before(operation)))
        }
    }
}
