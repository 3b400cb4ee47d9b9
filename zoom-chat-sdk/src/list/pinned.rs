//! Listing pinned messages: Zoom's operation `listPinnedHistoryMessagesOfChannel`.

use std::sync::Arc;

use zoom_chat_openapi::{operations, types::ListPinnedHistoryMessagesOfChannelResponse};

use super::listing;
use crate::{
    ChannelId, Error, ZoomChat,
    pages::{PageSize, Pages, Position},
};

/// A listing of the messages that are pinned in a channel, made by [`ZoomChat::list_pinned`].
///
/// ```no_run
/// use zoom_chat_sdk::{ChannelId, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut pinned = zoom.list_pinned(ChannelId::new("825c8d2b")?).items()?;
/// while let Some(message) = pinned.next().await {
///     println!("{}", message?.message.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is asked for until the stream is polled"]
pub struct ListPinned {
    zoom: ZoomChat,
    channel: ChannelId,
    history: bool,
    pub(super) page_size: PageSize,
    pub(super) position: Position,
}

listing!(ListPinned of ListPinnedHistoryMessagesOfChannelResponse);

impl ListPinned {
    pub(crate) fn new(zoom: ZoomChat, channel: ChannelId) -> Self {
        Self {
            zoom,
            channel,
            history: false,
            page_size: PageSize::default(),
            position: Position::default(),
        }
    }

    /// Messages that are no longer pinned as well.
    pub fn with_history(mut self) -> Self {
        self.history = true;
        self
    }

    /// The pages.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a page size that Zoom does not take, before anything is asked for.
    pub fn pages(self) -> Result<Pages<ListPinnedHistoryMessagesOfChannelResponse>, Error> {
        let page_size = self.page_size.check()?;
        let (channel, history) = (Arc::new(self.channel), self.history);
        Ok(self.zoom.pages(
            &operations::LIST_PINNED_HISTORY_MESSAGES_OF_CHANNEL,
            self.position,
            move |api, page_token| {
                let channel = Arc::clone(&channel);
                async move {
                    let mut request = api
                        .list_pinned_history_messages_of_channel()
                        .channel_id(channel.as_str())
                        .page_size(page_size);
                    if history {
                        request = request.include_history(true);
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
