//! Looking for a message of which nobody knows whether it was sent.
//!
//! Zoom gives a message no mark of ours, so it is known by its text, its recipient, what it replies to, and its time.
//! Clocks differ, so the time is measured on Zoom's: the answer to the search tells what it is there now, and how long
//! ago the call began is known here.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use zoom_chat_openapi::typed::types::{
    ListUsersChatMessagesMessage, ListUsersChatMessagesResponse,
};

use super::{SendMessage, Sent};
use crate::{
    Error, MessageId, Response,
    recipient::addressed,
    requests,
    retry::server_date,
    timestamp::{self, DAY},
};

/// Before each search: a message may take a moment to show.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// Zoom's largest page.
const PAGE_SIZE: i64 = 50;
/// A search ends after so many pages; nobody writes more in the time of one call.
const MAX_PAGES: usize = 10;
/// The `Date` header has whole seconds, and the message may bear the time of a server whose clock is a little behind.
const SLACK: Duration = Duration::from_secs(2);

impl SendMessage {
    pub(super) async fn send_and_verify(&self) -> Result<Sent, Error> {
        let started = Instant::now();
        match self.send_now().await {
            Err(error) if error.delivery().may_have_been_sent() => {
                self.look_up(started, error).await
            }
            outcome => outcome,
        }
    }

    /// The message, if exactly one is found; else `unknown`, the error of the call that began at `started`.
    async fn look_up(&self, started: Instant, unknown: Error) -> Result<Sent, Error> {
        for pause in PAUSES {
            sleep(pause).await;
            let Ok(found) = self.search(started).await else {
                return Err(unknown);
            };
            if let [id] = found.as_slice() {
                return Ok(Sent {
                    id: id.clone(),
                    status: unknown.status(),
                    attempts: unknown.attempts(),
                    tracking_id: unknown.tracking_id().map(str::to_owned),
                });
            }
            if !found.is_empty() {
                return Err(unknown);
            }
        }
        Err(unknown)
    }

    async fn search(&self, started: Instant) -> Result<Vec<MessageId>, Error> {
        let mut found = Vec::new();
        let mut page_token = None;
        for _ in 0..MAX_PAGES {
            let page = self.page(page_token.as_deref()).await?;
            let now = server_date(page.headers()).unwrap_or_else(|| self.zoom.shared.clock.now());
            let since = now
                .checked_sub(started.elapsed() + SLACK)
                .map_or(0, timestamp::milliseconds);
            let page = page.into_inner();
            let messages = page.messages.unwrap_or_default();
            found.extend(
                messages
                    .iter()
                    .filter_map(|message| self.recognise(message, since)),
            );
            page_token = page.next_page_token.filter(|token| !token.is_empty());
            if page_token.is_none() {
                break;
            }
        }
        Ok(found)
    }

    async fn page(
        &self,
        token: Option<&str>,
    ) -> Result<Response<ListUsersChatMessagesResponse>, Error> {
        // A day to either side takes care of any clock and of Zoom's idea of today.
        let today = timestamp::seconds(self.zoom.shared.clock.now());
        let (from, to) = (timestamp::utc(today - DAY), timestamp::utc(today + DAY));
        let mut request = requests::ListUsersChatMessages::new()
            .user_id(&self.user)
            .from(from)
            .to(to)
            .page_size(PAGE_SIZE);
        if let Some(token) = token {
            request = request.next_page_token(token);
        }
        Ok(self.zoom.call(addressed!(request, self.to)).await?)
    }

    /// The id of `message`, if it is this one.
    fn recognise(&self, message: &ListUsersChatMessagesMessage, since: i64) -> Option<MessageId> {
        let some = |text: &Option<String>| {
            text.as_deref()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let same_text = message.message.as_deref() == Some(self.message.as_str());
        let late_enough = message
            .timestamp
            .is_some_and(|timestamp| timestamp >= since);
        let same_main = some(&message.reply_main_message_id).as_deref()
            == self.reply_to.as_ref().map(MessageId::as_str);
        // In a chat with one contact, what the contact wrote is not ours.
        let theirs = self.to.as_contact().is_some_and(|contact| {
            [&message.sender, &message.send_member_id]
                .into_iter()
                .any(|sender| sender.as_deref() == Some(contact.as_str()))
        });
        if !(same_text && late_enough && same_main) || theirs {
            return None;
        }
        MessageId::new(message.id.clone()?).ok()
    }
}
