//! Looking for a message whose outcome is unknown.
//!
//! Zoom gives a message no mark of ours, so it is known by its text, its sender, its recipient, what it replies to, and
//! its time. Clocks differ, so the time is measured on Zoom's: the answer to the search tells what it is there now, and how long
//! ago the call began is known here.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use zoom_chat_openapi::types::{ListUsersChatMessagesItem, ListUsersChatMessagesResponse};

use super::{SendMessage, Sent};
use crate::{
    Error, MessageId, Response, UserId,
    error::Unreadable,
    message::{SLACK, Sending, addressed},
    requests,
    retry::server_date,
    time::timestamp::{self, DAY},
};

/// Before each search: a message may take a moment to show.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// Zoom's largest page.
const PAGE_SIZE: i64 = 50;
/// The maximum number of pages of a search. A user does not write more during one call.
const MAX_PAGES: usize = 10;

impl SendMessage {
    /// The message, if exactly one is found that can be no other; else `unknown`, the error of the call that began at
    /// `started`.
    pub(super) async fn look_up(
        &self,
        sender: &UserId,
        started: Instant,
        unknown: Error,
        sending: &mut Sending<'_>,
    ) -> Result<Sent, Error> {
        for pause in PAUSES {
            sleep(pause).await;
            let Ok(found) = self.search(sender, started).await else {
                return Err(unknown);
            };
            if let Some(id) = sending.claim(&found) {
                return Ok(Sent {
                    id,
                    is_found: true,
                    status: None,
                    attempts: unknown.attempts(),
                    tracking_id: unknown.tracking_id().map(str::to_owned),
                });
            }
        }
        Err(unknown)
    }

    async fn search(&self, sender: &UserId, started: Instant) -> Result<Vec<MessageId>, Error> {
        let mut found = Vec::new();
        let mut page_token = None;
        for _ in 0..MAX_PAGES {
            let page = self.page(page_token.as_deref()).await?;
            let now = server_date(page.headers()).unwrap_or_else(|| self.zoom.shared.clock.now());
            let since = now
                .checked_sub(started.elapsed() + SLACK)
                .map_or(0, timestamp::milliseconds);
            let Some(messages) = &page.messages else {
                return Err(page.lacks(Unreadable::NoList));
            };
            found.extend(
                messages
                    .iter()
                    .filter_map(|message| self.recognise(message, sender, since)),
            );
            page_token = page.into_inner().next_page_token;
            page_token = page_token.filter(|token| !token.is_empty());
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
    fn recognise(
        &self,
        message: &ListUsersChatMessagesItem,
        sender: &UserId,
        since: i64,
    ) -> Option<MessageId> {
        let main = message.reply_main_message_id.as_deref();
        let main = main.filter(|main| !main.is_empty());
        let is_sender = |name: &Option<String>| {
            let name = name.as_deref();
            name.is_some_and(|name| name.eq_ignore_ascii_case(sender.as_str()))
        };
        let is_this = message.message.as_deref() == Some(self.message.as_str())
            && message.timestamp.is_some_and(|time| time >= since)
            && main == self.reply_to.as_ref().map(MessageId::as_str)
            && (is_sender(&message.sender) || is_sender(&message.send_member_id));
        let id = message.id.as_deref().filter(|_| is_this)?;
        MessageId::new(id).ok()
    }
}
