//! One view of chat messages, whichever operation answered with them and whichever event told of them.
//!
//! Zoom has ten shapes of one thing: a message that is listed, got, found in a thread, pinned, bookmarked, forwarded,
//! exported, scheduled or reminded of. They call the same facts by different names (`id`, `msg_id`, `message_id`), and
//! each leaves out others. [`AsMessage`] gives the same [`MessageView`] of all of them, and of
//! [`MessageEvent`](crate::events::MessageEvent):
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
//! It is a view and not one type that all operations answer with, for two reasons. A type that holds everything would
//! claim for each operation what that operation never tells, such as the reactions to a bookmarked message; and what only
//! one operation tells, such as who pinned a message, would be lost or be in everyone's way. So each operation keeps a
//! type with exactly what Zoom documents for it, and the view borrows from it and copies no text.
//!
//! | | sender | place | sent | reply to | mentions | files | reactions | rich text, cards |
//! |---|---|---|---|---|---|---|---|---|
//! | `listUsersChatMessages`, `getMessage`, `getForwardedMessage` | yes | | yes | yes | yes | yes | yes | yes |
//! | `retrieveThread` | yes | | yes | whether | yes | yes | yes | yes |
//! | `listBookmarks` | yes | yes | yes | yes | | | | |
//! | `listPinnedHistoryMessagesOfChannel` | | | yes | | | | | |
//! | `getChatMessageReports` | yes | receiver | yes | yes | | yes | yes | rich text |
//! | `listScheduledMessages` | | | | yes | yes | yes | | rich text |
//! | `listReminders` | | | yes | yes | | | | |
//! | events | yes | yes | | yes | yes | yes | | |
//!
//! All of them tell the text, and all but scheduled messages, which have no id yet, the id.

use std::time::SystemTime;

use zoom_chat_openapi::types::{
    GetForwardedMessageResponseMessageType as MessageType, InteractiveCard, RichText,
};

mod answers;
mod event;
mod parts;

/// A message that [`MessageView`] is a view of.
pub trait AsMessage {
    /// The message, as all messages are read.
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

/// A chat message, as all operations and events can tell of one. What is not told is `None` or empty; so is an id, a
/// name or an address that Zoom gives as the empty text.
///
/// Made by [`AsMessage::as_message`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MessageView<'m> {
    /// The id of the message.
    pub id: Option<&'m str>,
    /// Who sent it.
    pub sender: PersonView<'m>,
    /// Where it is, if the message itself tells; otherwise it is where it was asked for.
    pub place: Option<PlaceView<'m>>,
    /// When it was sent, to the millisecond.
    pub sent: Option<SystemTime>,
    /// The text. It is empty for a message of files alone and for a deleted one.
    pub text: Option<&'m str>,
    /// The message that it replies to, if it is a reply.
    pub reply_to: Option<ReplyTo<'m>>,
    /// Who is mentioned in the text.
    pub mentions: Vec<MentionView<'m>>,
    /// Its files. Zoom repeats the first one beside the list of all; here it is once.
    pub files: Vec<FileView<'m>>,
    /// How users reacted to it, with Zoom's emojis and with custom ones.
    pub reactions: Vec<ReactionView<'m>>,
    /// How parts of the text look.
    pub rich_text: &'m [RichText],
    /// Its interactive cards.
    pub cards: &'m [InteractiveCard],
    /// What a chatbot sent.
    pub bot: Option<BotView<'m>>,
    /// What kind of message Zoom takes it for.
    pub message_type: Option<&'m MessageType>,
}

/// A user, as far as a message tells.
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
}

/// Where a message is.
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
    /// The e-mail address of a user or the name of a channel. Reports do not tell which.
    Receiver(&'m str),
}

/// The message that a reply replies to: the first of its thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyTo<'m> {
    /// The id of the message. A thread does not tell it: it is the one whose thread was asked for.
    pub id: Option<&'m str>,
    /// When it was sent, to the millisecond.
    pub sent: Option<SystemTime>,
}

/// A mention in the text of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MentionView<'m> {
    /// Who is mentioned; nobody in particular if it is everyone.
    pub person: PersonView<'m>,
    /// Whether everyone in the channel is mentioned.
    pub is_everyone: bool,
    /// Where the mention starts in the text, counted as Zoom counts.
    pub start: Option<i64>,
    /// Where the mention ends in the text, counted as Zoom counts.
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
    /// Where to download it, with a token of the user.
    pub download_url: Option<&'m str>,
}

/// The reactions to a message with one emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReactionView<'m> {
    /// `U+` and the code points in hexadecimal, or the id of a custom emoji.
    pub emoji: Option<&'m str>,
    /// The name of a custom emoji.
    pub name: Option<&'m str>,
    /// How many users reacted with it.
    pub count: Option<i64>,
    /// The user ids of those who did.
    pub user_ids: Vec<&'m str>,
    /// The member ids of those who did.
    pub member_ids: Vec<&'m str>,
    /// Whether the user who asked is one of them. Only threads tell.
    pub by_me: Option<bool>,
}

/// What a chatbot sent.
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
