//! What a page must tell of itself.

use zoom_chat_openapi::types;

/// An answer that is one page of a listing.
///
/// Implemented for the answers of the operations with methods of their own; implement it for another answer to list
/// its operation with [`ZoomChat::pages`](crate::ZoomChat::pages).
pub trait Page: Send + 'static {
    /// What is listed.
    type Item: Send + Unpin;

    /// Zoom's token of the next page. None, or an empty one, on the last page.
    fn next_page_token(&self) -> Option<&str>;

    /// Whether the answer holds a list at all, be it an empty one. One that does not is no page: it may be an error that
    /// is not told as one, so a listing gives an error for it instead of nothing.
    fn has_items(&self) -> bool;

    /// The items, in Zoom's order.
    fn into_items(self) -> Vec<Self::Item>;

    /// What tells an item from all others of the listing. Without it, a listing whose page token expires cannot go on.
    fn key(item: &Self::Item) -> Option<&str>;
}

macro_rules! pages {
    ($($answer:ident: $items:ident of $item:ident by $key:ident;)*) => {$(
        impl Page for types::$answer {
            type Item = types::$item;

            fn next_page_token(&self) -> Option<&str> {
                self.next_page_token.as_deref()
            }

            fn has_items(&self) -> bool {
                self.$items.is_some()
            }

            fn into_items(self) -> Vec<types::$item> {
                self.$items.unwrap_or_default()
            }

            fn key(item: &types::$item) -> Option<&str> {
                item.$key.as_deref()
            }
        }
    )*};
}

pages! {
    ListBookmarksResponse: bookmarks of ListBookmarksBookmark by message_id;
    ListPinnedHistoryMessagesOfChannelResponse: messages of ListPinnedHistoryMessagesOfChannelMessage by message_id;
    ListScheduledMessagesResponse: messages of ListScheduledMessagesMessage by draft_id;
    ListUsersChatMessagesResponse: messages of ListUsersChatMessagesMessage by id;
}
