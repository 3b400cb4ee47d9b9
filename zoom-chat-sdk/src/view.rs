//! One view of chat messages, whichever operation or event they come from.
//!
//! Zoom has ten types for messages: listed, fetched, in a thread, pinned, bookmarked, forwarded, exported, scheduled or in
//! a reminder. They use different names for the same member (`id`, `msg_id`, `message_id`), and each lacks some.
//! [`AsMessage`] gives the same [`MessageView`] of all of them, and of [`MessageEvent`](crate::events::MessageEvent):
//!
//! ```
//! use zoom_chat_sdk::view::AsMessage;
//!
//! /// Takes any message: of a listing, a thread, a bookmark, an event.
//! fn line(message: &impl AsMessage) -> String {
//!     let message = message.as_message();
//!     let who = message.sender.name.or(message.sender.email).unwrap_or("unknown");
//!     let what = message.text.unwrap_or_default();
//!     let files: Vec<_> = message.files.iter().filter_map(|file| file.name).collect();
//!     format!("{who}: {what} {files:?}")
//! }
//! ```
//!
//! It is a view rather than one response type for all operations, for two reasons. One type for everything would have
//! members that an operation never returns, such as the reactions to a bookmarked message. And a member that only one
//! operation returns, such as who pinned a message, would be lost or clutter all others. So each operation keeps a type
//! with exactly the members that Zoom documents for it, and the view borrows from that type without copying text.
//!
//! The members that each operation, or event, provides:
//!
//! | | sender | place | sent | state | reply to | mentions | files | reactions | rich text, cards |
//! |---|---|---|---|---|---|---|---|---|---|
//! | `listUsersChatMessages` | yes | | yes | yes | yes | yes | yes | yes | yes |
//! | `getMessage`, `getForwardedMessage` | yes | | yes | | yes | yes | yes | yes | yes |
//! | `retrieveThread` | yes | | yes | | without id and time | yes | yes | yes | yes |
//! | `listBookmarks` | yes | yes | yes | | yes | | | | |
//! | `listPinnedHistoryMessagesOfChannel` | | | yes | | | | | | |
//! | `getChatMessageReports` | yes | receiver | yes | edited, deleted | yes | | yes | yes | rich text |
//! | `listScheduledMessages` | | | | | yes | yes | yes | | rich text |
//! | `listReminders` | | | yes | | yes | | | | |
//! | events | yes | yes | of new messages | yes | yes | yes | yes | | rich text |
//!
//! All of them provide the text and the id, except that scheduled messages have no id yet.

use std::time::SystemTime;

use zoom_chat_openapi::types::{
    GetForwardedMessageResponseMessageType as MessageType, InteractiveCard, RichText,
};

mod answers;
mod event;
mod parts;

/// A type of message that can be read as a [`MessageView`].
pub trait AsMessage {
    /// The view of this message.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, requests, view::AsMessage};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), Error> {
    /// let mut bookmarks = zoom.pages(requests::ListBookmarks::new()).items();
    /// while let Some(bookmark) = bookmarks.next().await {
    ///     let bookmark = bookmark?;
    ///     let message = bookmark.as_message();
    ///     println!("{:?} {:?} {:?}", message.place, message.sender.name, message.text);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn as_message(&self) -> MessageView<'_>;
}

/// A view of a chat message from any operation or event. A member that the message does not have is `None` or empty; so is
/// an id, a name or an address that Zoom sends as an empty string.
///
/// Made by [`AsMessage::as_message`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MessageView<'m> {
    /// The id of the message.
    pub id: Option<&'m str>,
    /// Who sent it.
    pub sender: PersonView<'m>,
    /// The chat that it is in, if the message contains it; otherwise it is the one that was requested.
    pub place: Option<PlaceView<'m>>,
    /// When it was sent, to the millisecond.
    pub sent: Option<SystemTime>,
    /// Whether it was edited or deleted, if the operation or the event tells.
    pub state: Option<MessageState>,
    /// The text. It is empty for a message that has only files and for a deleted message.
    pub text: Option<&'m str>,
    /// For a reply, the message that it replies to.
    pub reply_to: Option<ReplyTo<'m>>,
    /// Who is mentioned in the text.
    pub mentions: Vec<MentionView<'m>>,
    /// Its files. Zoom repeats the first one outside of the list; here it is contained once.
    pub files: Vec<FileView<'m>>,
    /// How users reacted to it, with Zoom's emojis and with custom ones.
    pub reactions: Vec<ReactionView<'m>>,
    /// The formatting of the text.
    pub rich_text: &'m [RichText],
    /// Its interactive cards.
    pub cards: &'m [InteractiveCard],
    /// The card of a chatbot's message.
    pub bot: Option<BotView<'m>>,
    /// Zoom's type of the message.
    pub message_type: Option<&'m MessageType>,
}

/// Whether a message was changed after it had been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageState {
    /// It is as it was sent.
    Sent,
    /// It was edited. The view has the new text.
    Edited,
    /// It was deleted. Listings and events have no text of it; reports do.
    Deleted,
}

/// A user, with the members that the message contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonView<'m> {
    /// The user id.
    pub user_id: Option<&'m str>,
    /// The member id.
    pub member_id: Option<&'m str>,
    /// The e-mail address. Users of other accounts have none.
    pub email: Option<&'m str>,
    /// The name that Zoom shows.
    pub name: Option<&'m str>,
    /// Whether the user belongs to another account.
    pub is_external: Option<bool>,
    /// Whether it is the token's user. Only `listBookmarks` returns it, for the sender.
    pub is_me: Option<bool>,
}

/// The chat that a message is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlaceView<'m> {
    /// In a channel.
    #[non_exhaustive]
    Channel {
        /// The id of the channel.
        id: Option<&'m str>,
        /// The name of the channel.
        name: Option<&'m str>,
    },
    /// In the chat with this user.
    Contact(PersonView<'m>),
    /// The e-mail address of a user or the name of a channel. Reports do not distinguish them.
    Receiver(&'m str),
}

/// The message that a reply belongs to: the first of its thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyTo<'m> {
    /// The id of the message. The messages of `retrieveThread` do not contain it: it is the one whose thread was requested.
    pub id: Option<&'m str>,
    /// When it was sent, to the millisecond.
    pub sent: Option<SystemTime>,
}

/// A mention in the text of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MentionView<'m> {
    /// Who is mentioned. Empty if everyone is.
    pub person: PersonView<'m>,
    /// Whether everyone in the channel is mentioned.
    pub is_everyone: bool,
    /// The position in the text at which the mention starts, in Zoom's unit.
    pub start: Option<i64>,
    /// The position in the text at which the mention ends, in Zoom's unit.
    pub end: Option<i64>,
}

/// A file of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileView<'m> {
    /// The id of the file.
    pub id: Option<&'m str>,
    /// The name of the file.
    pub name: Option<&'m str>,
    /// The size, in bytes.
    pub size: Option<i64>,
    /// The URL to download it from, with a token of the user.
    pub download_url: Option<&'m str>,
}

/// The reactions to a message with one emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReactionView<'m> {
    /// The emoji: `U+` and the code points in hexadecimal, or the id of a custom emoji.
    pub emoji: Option<&'m str>,
    /// The name of a custom emoji.
    pub name: Option<&'m str>,
    /// How many users reacted with it.
    pub count: Option<i64>,
    /// The user ids of these users.
    pub user_ids: Vec<&'m str>,
    /// The member ids of these users.
    pub member_ids: Vec<&'m str>,
    /// Whether the token's user is one of them. Only `retrieveThread` returns it.
    pub by_me: Option<bool>,
}

/// The card of a chatbot's message.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BotView<'m> {
    /// The name of the chatbot.
    pub source: Option<&'m str>,
    /// The card, as the chatbot sent it.
    pub content: Option<&'m serde_json::Map<String, serde_json::Value>>,
    /// Whether the texts of the card are Markdown.
    pub is_markdown: Option<bool>,
    /// The e-mail address of a sender outside of Zoom.
    pub external_sender_email: Option<&'m str>,
}
