//! Operations on a message that was sent.

use std::time::SystemTime;

use zoom_chat_openapi::{Request, types};

use crate::{
    Call, InvalidId, Message, MessageId, Recipient, SendMessage, UserId, ZoomChat,
    call::CallOptions, message::addressed, requests, time::timestamp,
};

/// A message of a chat, made by [`ZoomChat::message`]: what can be done with it is a method.
///
/// ```no_run
/// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat, message_id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
/// let message = zoom.message(Recipient::channel("825c8d2b")?, message_id);
/// message.edit("The build is green again.").await?;
/// message.react("U+1F389").await?;
/// message.pin().await?;
/// let sent = message.reply("Well done!").await?;
/// println!("{}", sent.id);
/// # Ok(())
/// # }
/// ```
///
/// An id that cannot be one is an error when a call is awaited; nothing is sent then.
#[derive(Debug, Clone)]
pub struct ChatMessage {
    zoom: ZoomChat,
    chat: Recipient,
    /// None when it is invalid, which `options` knows.
    id: Option<MessageId>,
    user: UserId,
    options: CallOptions,
}

impl ZoomChat {
    /// A message of a chat: what can be done with it is a method of [`ChatMessage`].
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, message_id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(Recipient::channel("825c8d2b")?, message_id).react("U+1F389").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn message(
        &self,
        chat: Recipient,
        id: impl TryInto<MessageId, Error: Into<InvalidId>>,
    ) -> ChatMessage {
        let mut options = CallOptions::default();
        ChatMessage {
            zoom: self.clone(),
            chat,
            id: options.id(id),
            user: UserId::ME,
            options,
        }
    }
}

impl ChatMessage {
    /// Acts for this user instead of the token's user. This requires an account-level app and a role with the permission.
    /// Zoom's operations for bookmarks and pins have no such parameter: they act for the token's user.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).as_user("jchill@example.com").delete().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn as_user(mut self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = user;
        }
        self
    }

    /// Replaces the text (Zoom's operation `updateMessage`). Mentions and formatting cannot be changed.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).edit("The build is green again").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`UpdateMessageError`](crate::errors::UpdateMessageError) for what Zoom documents.
    pub fn edit(&self, text: impl Into<String>) -> Call<requests::UpdateMessage> {
        let request = requests::UpdateMessage::new(self.id())
            .user_id(self.user())
            .message(text);
        self.call(addressed!(request, self.chat))
    }

    /// Deletes the message (Zoom's operation `deleteMessage`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).delete().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`DeleteMessageError`](crate::errors::DeleteMessageError) for what Zoom documents.
    pub fn delete(&self) -> Call<requests::DeleteMessage> {
        let request = requests::DeleteMessage::new(self.id()).user_id(self.user());
        self.call(addressed!(request, self.chat))
    }

    /// Adds a reaction (Zoom's operation `reactToChatMessage`): an emoji by its Unicode code points, such as `U+1F389`.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).react("U+1F389").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`ReactToChatMessageError`](crate::errors::ReactToChatMessageError) for what Zoom documents.
    pub fn react(&self, emoji: impl Into<String>) -> Call<requests::ReactToChatMessage> {
        self.reaction(types::ReactToChatMessageRequestAction::Add, emoji.into())
    }

    /// Takes a reaction of the user away (Zoom's operation `reactToChatMessage`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).unreact("U+1F389").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`ReactToChatMessageError`](crate::errors::ReactToChatMessageError) for what Zoom documents.
    pub fn unreact(&self, emoji: impl Into<String>) -> Call<requests::ReactToChatMessage> {
        self.reaction(types::ReactToChatMessageRequestAction::Remove, emoji.into())
    }

    fn reaction(
        &self,
        action: types::ReactToChatMessageRequestAction,
        emoji: String,
    ) -> Call<requests::ReactToChatMessage> {
        let request = requests::ReactToChatMessage::new(self.id())
            .user_id(self.user())
            .action(action)
            .emoji(emoji);
        self.call(addressed!(request, self.chat))
    }

    /// Pins the message in its channel (Zoom's operation `performOperationsOnMessageOfChannel`). In a chat with a contact
    /// there are no pins: awaiting it is an error then, and nothing is sent.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).pin().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`PerformOperationsOnMessageOfChannelError`] for what Zoom documents.
    ///
    /// [`PerformOperationsOnMessageOfChannelError`]: crate::errors::PerformOperationsOnMessageOfChannelError
    pub fn pin(&self) -> Call<requests::PerformOperationsOnMessageOfChannel> {
        self.pinning(types::PerformOperationsOnMessageOfChannelRequestMethod::Pin)
    }

    /// Unpins the message in its channel, as [`pin`](Self::pin) pins it.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).unpin().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`pin`](Self::pin).
    pub fn unpin(&self) -> Call<requests::PerformOperationsOnMessageOfChannel> {
        self.pinning(types::PerformOperationsOnMessageOfChannelRequestMethod::Unpin)
    }

    fn pinning(
        &self,
        method: types::PerformOperationsOnMessageOfChannelRequestMethod,
    ) -> Call<requests::PerformOperationsOnMessageOfChannel> {
        let mut request = requests::PerformOperationsOnMessageOfChannel::new()
            .method(method)
            .message_id(self.id());
        if let Some(channel) = self.chat.as_channel() {
            request = request.channel_id(channel);
        }
        self.call(request)
    }

    /// Bookmarks the message for the user (Zoom's operation `addOrRemoveBookmark`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).bookmark().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`AddOrRemoveBookmarkError`](crate::errors::AddOrRemoveBookmarkError) for what Zoom documents.
    pub fn bookmark(&self) -> Call<requests::AddOrRemoveBookmark> {
        self.bookmarking(types::AddOrRemoveBookmarkRequestAction::AddBookmark)
    }

    /// Removes the user's bookmark (Zoom's operation `addOrRemoveBookmark`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).unbookmark().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`AddOrRemoveBookmarkError`](crate::errors::AddOrRemoveBookmarkError) for what Zoom documents.
    pub fn unbookmark(&self) -> Call<requests::AddOrRemoveBookmark> {
        self.bookmarking(types::AddOrRemoveBookmarkRequestAction::RemoveBookmark)
    }

    fn bookmarking(
        &self,
        action: types::AddOrRemoveBookmarkRequestAction,
    ) -> Call<requests::AddOrRemoveBookmark> {
        let request = requests::AddOrRemoveBookmark::new()
            .message_id(self.id())
            .action(action);
        self.call(addressed!(request, self.chat))
    }

    /// Marks the message as read (Zoom's operation `markMessageReadOrUnread`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).mark_read().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`MarkMessageReadOrUnreadError`](crate::errors::MarkMessageReadOrUnreadError) for what Zoom
    /// documents.
    pub fn mark_read(&self) -> Call<requests::MarkMessageReadOrUnread> {
        self.marking(types::MarkMessageReadOrUnreadRequestAction::Read)
    }

    /// Marks the message as unread (Zoom's operation `markMessageReadOrUnread`).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).mark_unread().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`MarkMessageReadOrUnreadError`](crate::errors::MarkMessageReadOrUnreadError) for what Zoom
    /// documents.
    pub fn mark_unread(&self) -> Call<requests::MarkMessageReadOrUnread> {
        self.marking(types::MarkMessageReadOrUnreadRequestAction::Unread)
    }

    fn marking(
        &self,
        action: types::MarkMessageReadOrUnreadRequestAction,
    ) -> Call<requests::MarkMessageReadOrUnread> {
        let request = requests::MarkMessageReadOrUnread::new(self.id())
            .user_id(self.user())
            .action(action);
        self.call(addressed!(request, self.chat))
    }

    /// Reads the replies to the message that were sent at `from` or later, to the second (Zoom's operation
    /// `retrieveThread`). Zoom gives the 10 latest of them; [`requests::RetrieveThread`] has further settings.
    ///
    /// ```
    /// use std::time::UNIX_EPOCH;
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// let thread = zoom.message(channel, id).thread(UNIX_EPOCH).await?;
    /// println!("{:?}", thread.into_inner());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`RetrieveThreadError`](crate::errors::RetrieveThreadError) for what Zoom documents.
    pub fn thread(&self, from: SystemTime) -> Call<requests::RetrieveThread> {
        let request = requests::RetrieveThread::new(self.id())
            .user_id(self.user())
            .from(timestamp::utc(timestamp::seconds(from)));
        self.call(addressed!(request, self.chat))
    }

    /// Replies to the message (Zoom's operation `sendChatMessage`). It has to be a main message: a reply cannot be
    /// replied to.
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(channel, id).reply("Well done!").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`SendMessage`].
    pub fn reply(&self, message: impl Into<Message>) -> SendMessage {
        let (zoom, chat, options) = (&self.zoom, &self.chat, &self.options);
        let send = SendMessage::new(zoom.clone(), chat.clone(), message.into(), options.clone());
        let send = send.as_user(&self.user);
        match &self.id {
            Some(id) => send.reply_to(id),
            None => send,
        }
    }

    fn id(&self) -> &str {
        self.id.as_ref().map_or("", MessageId::as_str)
    }

    fn user(&self) -> &str {
        self.user.as_str()
    }

    fn call<R: Request>(&self, request: R) -> Call<R> {
        Call::new(self.zoom.clone(), request, self.options.clone())
    }
}
