//! Messages that Zoom is to send later.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    time::SystemTime,
};

use super::SendMessage;
use crate::{
    Call, CallError, DraftId, InvalidId, InvalidMessage, Recipient, ZoomChat,
    call::CallOptions,
    error::Unreadable,
    message::addressed,
    requests,
    time::timestamp::{self, DAY, MINUTE},
};

/// A message about to be scheduled, made by [`SendMessage::scheduled_at`]. Awaiting it schedules it.
///
/// ```no_run
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
/// let team = Recipient::channel("825c8d2b")?;
/// let scheduled = zoom.send_message(team, "Time to go home.").scheduled_at(later).await?;
/// println!("draft {}", scheduled.draft_id);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As for [`SendMessage`], and [`InvalidMessage::ScheduledTime`] for a time that Zoom does not take.
#[derive(Debug, Clone)]
#[must_use = "nothing is scheduled until this is awaited"]
pub struct ScheduleMessage {
    send: SendMessage,
    time: SystemTime,
}

/// A message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheduled {
    /// The id of the draft. It is not a message id: Zoom creates the message at the scheduled time.
    pub draft_id: DraftId,
    /// The HTTP status of the answer.
    pub status: u16,
    /// How many requests it took.
    pub attempts: u32,
    /// The id by which Zoom's support finds the call.
    pub tracking_id: Option<String>,
}

impl ZoomChat {
    /// Cancels a message that waits to be sent to a contact or a channel (Zoom's operation `deleteScheduledMessage`).
    ///
    /// ```no_run
    /// use std::time::{Duration, SystemTime};
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let team = Recipient::channel("825c8d2b")?;
    /// let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
    /// let scheduled = zoom.send_message(team.clone(), "Time to go home.").scheduled_at(later).await?;
    /// zoom.cancel_scheduled(team, scheduled.draft_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`DeleteScheduledMessageError`](crate::errors::DeleteScheduledMessageError) for what Zoom
    /// documents, and [`ErrorKind::Id`](crate::ErrorKind::Id) for a draft that cannot be one.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as every method that takes a chat"
    )]
    pub fn cancel_scheduled(
        &self,
        chat: Recipient,
        draft: impl TryInto<DraftId, Error: Into<InvalidId>>,
    ) -> Call<requests::DeleteScheduledMessage> {
        let mut options = CallOptions::default();
        let draft = options.id(draft).map(String::from).unwrap_or_default();
        let request = requests::DeleteScheduledMessage::new(draft);
        Call::new(self.clone(), addressed!(request, chat), options)
    }
}

impl ScheduleMessage {
    pub(super) fn new(send: SendMessage, time: SystemTime) -> Self {
        Self { send, time }
    }
}

impl IntoFuture for ScheduleMessage {
    type Output = Result<Scheduled, CallError<crate::errors::SendChatMessageError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let now = timestamp::seconds(self.send.zoom.shared.clock.now());
            let time = timestamp::seconds(self.time);
            let ahead_seconds = time - now;
            if ahead_seconds <= 30 * MINUTE || ahead_seconds > 180 * DAY {
                return Err(InvalidMessage::ScheduledTime { ahead_seconds }.into());
            }
            let mut answer = self.send.send(Some(&timestamp::utc(time))).await?;
            let Some(draft_id) = answer.id.take().and_then(|id| DraftId::new(id).ok()) else {
                return Err(answer.lacks(Unreadable::NoId).into());
            };
            Ok(Scheduled {
                draft_id,
                status: answer.status(),
                attempts: answer.attempts(),
                tracking_id: answer.tracking_id().map(str::to_owned),
            })
        })
    }
}
