//! What a page must tell of itself.

use serde::de::DeserializeOwned;
use zoom_chat_openapi::types;

/// An answer that is one page of a listing.
///
/// Implemented for the answers of the operations with methods of their own; implement it for another answer to list
/// its operation with [`ZoomChat::pages`](crate::ZoomChat::pages).
pub trait Page: DeserializeOwned + Send + 'static {
    /// What is listed.
    type Item: DeserializeOwned + Send + Unpin;

    /// The name of the list in JSON. By it the items of a page that cannot be read as a whole are found, to be read one
    /// by one.
    const LIST: &'static str;

    /// Zoom's token of the next page. None, or an empty one, on the last page.
    fn next_page_token(&self) -> Option<&str>;

    /// The items, in Zoom's order.
    fn into_items(self) -> Vec<Self::Item>;

    /// What tells an item from all others of the listing. Without it, a listing whose page token expires cannot go on.
    fn key(item: &Self::Item) -> Option<&str>;
}

macro_rules! pages {
    ($($answer:ident: $items:ident of $item:ident by $key:ident;)*) => {$(
        impl Page for types::$answer {
            type Item = types::$item;

            const LIST: &'static str = stringify!($items);

            fn next_page_token(&self) -> Option<&str> {
                self.next_page_token.as_deref()
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
