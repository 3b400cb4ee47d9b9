//! Listing scheduled messages: Zoom's operation `listScheduledMessages`.

use std::sync::Arc;

use zoom_chat_openapi::{operations, types::ListScheduledMessagesResponse};

use super::listing;
use crate::{
    Error, Recipient, ZoomChat,
    pages::{PageSize, Pages, Position},
};

/// A listing of the messages that wait to be sent to a contact or a channel, made by [`ZoomChat::list_scheduled`].
///
/// ```no_run
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut drafts = zoom.list_scheduled(Recipient::contact("jchill@example.com")?).items()?;
/// while let Some(draft) = drafts.next().await {
///     println!("{}", draft?.scheduled_time.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is asked for until the stream is polled"]
pub struct ListScheduled {
    zoom: ZoomChat,
    chat: Recipient,
    pub(super) page_size: PageSize,
    pub(super) position: Position,
}

listing!(ListScheduled of ListScheduledMessagesResponse);

impl ListScheduled {
    pub(crate) fn new(zoom: ZoomChat, chat: Recipient) -> Self {
        Self {
            zoom,
            chat,
            page_size: PageSize::default(),
            position: Position::default(),
        }
    }

    /// The pages.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a page size that Zoom does not take, before anything is asked for.
    pub fn pages(self) -> Result<Pages<ListScheduledMessagesResponse>, Error> {
        let page_size = self.page_size.check()?;
        let chat = Arc::new(self.chat);
        Ok(self.zoom.pages(
            &operations::LIST_SCHEDULED_MESSAGES,
            self.position,
            move |api, page_token| {
                let chat = Arc::clone(&chat);
                async move {
                    let mut request = api.list_scheduled_messages().page_size(page_size);
                    if let Some(contact) = chat.as_contact() {
                        request = request.to_contact(contact.as_str());
                    }
                    if let Some(channel) = chat.as_channel() {
                        request = request.to_channel(channel.as_str());
                    }
                    if let Some(token) = page_token {
                        request = request.next_page_token(token);
                    }
                    request.send().await
                }
            },
        ))
    }
}
