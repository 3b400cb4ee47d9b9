//! Listing bookmarked messages: Zoom's operation `listBookmarks`.

use std::sync::Arc;

use zoom_chat_openapi::{operations, types::ListBookmarksResponse};

use super::listing;
use crate::{
    Error, Recipient, ZoomChat,
    pages::{PageSize, Pages, Position},
};

/// A listing of the messages that the user has bookmarked, made by [`ZoomChat::list_bookmarks`].
///
/// ```no_run
/// # async fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut bookmarks = zoom.list_bookmarks().items()?;
/// while let Some(bookmark) = bookmarks.next().await {
///     println!("{}", bookmark?.message.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is asked for until the stream is polled"]
pub struct ListBookmarks {
    zoom: ZoomChat,
    chat: Option<Recipient>,
    pub(super) page_size: PageSize,
    pub(super) position: Position,
}

listing!(ListBookmarks of ListBookmarksResponse);

impl ListBookmarks {
    pub(crate) fn new(zoom: ZoomChat) -> Self {
        Self {
            zoom,
            chat: None,
            page_size: PageSize::default(),
            position: Position::default(),
        }
    }

    /// Only those in the chat with this contact, or in this channel.
    pub fn chat(mut self, chat: Recipient) -> Self {
        self.chat = Some(chat);
        self
    }

    /// The pages.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a page size that Zoom does not take, before anything is asked for.
    pub fn pages(self) -> Result<Pages<ListBookmarksResponse>, Error> {
        let page_size = self.page_size.check()?;
        let chat = Arc::new(self.chat);
        Ok(self.zoom.pages(
            &operations::LIST_BOOKMARKS,
            self.position,
            move |api, page_token| {
                let chat = Arc::clone(&chat);
                async move {
                    let mut request = api.list_bookmarks().page_size(page_size);
                    if let Some(contact) = chat.as_ref().as_ref().and_then(Recipient::as_contact) {
                        request = request.to_contact(contact.as_str());
                    }
                    if let Some(channel) = chat.as_ref().as_ref().and_then(Recipient::as_channel) {
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
