//! Views of the messages that operations return.

use zoom_chat_openapi::types::{
    GetChatMessageReportsDeletedMessage, GetChatMessageReportsEditedMessage,
    GetChatMessageReportsMessage, GetForwardedMessageResponse, GetMessageResponse,
    ListBookmarksItem, ListPinnedHistoryMessagesOfChannelMessage, ListRemindersItem,
    ListScheduledMessagesItem, ListUsersChatMessagesItem,
    ListUsersChatMessagesItemStatus as Status, RetrieveThreadMessage,
};

use super::{
    AsMessage, BotView, FileView, MessageState, MessageView, PersonView, PlaceView, ReactionView,
    ReplyTo,
    parts::{each, files, reply_to, said, time},
};

/// The file whose members are members of the message itself.
macro_rules! first_file {
    ($message:ident) => {
        FileView {
            id: said($message.file_id.as_ref()),
            name: said($message.file_name.as_ref()),
            size: $message.file_size,
            download_url: said($message.download_url.as_ref()),
        }
    };
}

/// For types that have the same members, some of them with different types, and the state where a type has it.
macro_rules! whole_messages {
    ($($message:ty { $($member:ident: |$it:ident| $seen:expr),* })*) => {$(
        impl AsMessage for $message {
            fn as_message(&self) -> MessageView<'_> {
                MessageView {
                    id: said(self.id.as_ref()),
                    sender: PersonView {
                        member_id: said(self.send_member_id.as_ref()),
                        email: said(self.sender.as_ref()),
                        name: said(self.sender_display_name.as_ref()),
                        ..PersonView::default()
                    },
                    place: None,
                    sent: time(self.timestamp),
                    text: self.message.as_deref(),
                    reply_to: reply_to(
                        self.reply_main_message_id.as_ref(),
                        self.reply_main_message_timestamp,
                    ),
                    mentions: each(self.at_items.as_ref()),
                    files: files(self.files.as_ref(), first_file!(self)),
                    reactions: each(self.reactions.as_ref()),
                    rich_text: self.rich_text.as_deref().unwrap_or_default(),
                    cards: self.interactive_cards.as_deref().unwrap_or_default(),
                    bot: self.bot_message.as_ref().map(BotView::from),
                    message_type: self.message_type.as_ref(),
                    $($member: {
                        let $it = self;
                        $seen
                    },)*
                    ..MessageView::default()
                }
            }
        }
    )*};
}

whole_messages! {
    GetForwardedMessageResponse {}
    GetMessageResponse {}
    ListUsersChatMessagesItem { state: |it| it.status.as_ref().and_then(state) }
}

/// Zoom's word for the state; none for a word that it does not document.
fn state(status: &Status) -> Option<MessageState> {
    match status {
        Status::Normal => Some(MessageState::Sent),
        Status::Edited => Some(MessageState::Edited),
        Status::Deleted => Some(MessageState::Deleted),
        _ => None,
    }
}

impl AsMessage for RetrieveThreadMessage {
    fn as_message(&self) -> MessageView<'_> {
        MessageView {
            id: said(self.msg_id.as_ref()),
            sender: PersonView {
                user_id: said(self.sender_user_id.as_ref()),
                member_id: said(self.sender_member_id.as_ref()),
                email: said(self.sender_email.as_ref()),
                name: said(self.sender_display_name.as_ref()),
                ..PersonView::default()
            },
            place: None,
            sent: time(self.timestamp),
            text: self.message.as_deref(),
            reply_to: (self.is_reply == Some(true)).then(ReplyTo::default),
            mentions: each(self.at_items.as_ref()),
            files: each(self.files.as_ref()),
            reactions: each(self.reactions.as_ref()),
            rich_text: self.rich_text.as_deref().unwrap_or_default(),
            cards: self.interactive_cards.as_deref().unwrap_or_default(),
            bot: self.bot_message.as_ref().map(BotView::from),
            message_type: self.message_type.as_ref(),
            ..MessageView::default()
        }
    }
}

impl AsMessage for ListBookmarksItem {
    fn as_message(&self) -> MessageView<'_> {
        let peer = PersonView {
            user_id: said(self.peer_contact_user_id.as_ref()),
            member_id: said(self.peer_contact_member_id.as_ref()),
            name: said(self.peer_contact_name.as_ref()),
            ..PersonView::default()
        };
        let channel = (
            said(self.channel_id.as_ref()),
            said(self.channel_name.as_ref()),
        );
        let mut sender = PersonView {
            user_id: said(self.sender_user_id.as_ref()),
            member_id: said(self.sender_member_id.as_ref()),
            name: said(self.sender_display_name.as_ref()),
            ..PersonView::default()
        };
        // In a one-to-one conversation, Zoom names only the contact, who is the sender unless the token's user is.
        if sender == PersonView::default()
            && channel == (None, None)
            && self.is_sent_by_user == Some(false)
        {
            sender = peer;
        }
        sender.is_me = self.is_sent_by_user;
        MessageView {
            id: said(self.message_id.as_ref()),
            sender,
            place: match channel {
                (None, None) if peer == PersonView::default() => None,
                (None, None) => Some(PlaceView::Contact(peer)),
                (id, name) => Some(PlaceView::Channel { id, name }),
            },
            sent: time(self.message_timestamp),
            text: self.message.as_deref(),
            reply_to: reply_to(
                self.reply_main_message_id.as_ref(),
                self.reply_main_message_timestamp,
            ),
            ..MessageView::default()
        }
    }
}

impl AsMessage for ListPinnedHistoryMessagesOfChannelMessage {
    fn as_message(&self) -> MessageView<'_> {
        MessageView {
            id: said(self.message_id.as_ref()),
            sent: time(self.message_timestamp),
            text: self.message.as_deref(),
            ..MessageView::default()
        }
    }
}

/// For the messages of a report: first the common members, then those that only some of them have.
macro_rules! reported_messages {
    ($($message:ty { $($member:ident: |$it:ident| $seen:expr),* })*) => {$(
        impl AsMessage for $message {
            fn as_message(&self) -> MessageView<'_> {
                MessageView {
                    id: said(self.id.as_ref()),
                    sender: PersonView {
                        member_id: said(self.sender_member_id.as_ref()),
                        email: said(self.sender.as_ref()),
                        name: said(self.sender_display_name.as_ref()),
                        is_external: self.is_sender_external,
                        ..PersonView::default()
                    },
                    place: said(self.receiver.as_ref()).map(PlaceView::Receiver),
                    sent: time(self.timestamp),
                    text: self.message.as_deref(),
                    reply_to: reply_to(
                        self.reply_main_message_id.as_ref(),
                        self.reply_main_message_timestamp,
                    ),
                    files: each(self.files.as_ref()),
                    rich_text: self.rich_text.as_deref().unwrap_or_default(),
                    $($member: {
                        let $it = self;
                        $seen
                    },)*
                    ..MessageView::default()
                }
            }
        }
    )*};
}

/// The reactions of a message of a report, which lists those with custom emojis separately.
macro_rules! reported_reactions {
    ($message:ident) => {{
        let mut reactions: Vec<ReactionView<'_>> = each($message.reactions.as_ref());
        reactions.append(&mut each($message.custom_emoji_reactions.as_ref()));
        reactions
    }};
}

reported_messages! {
    GetChatMessageReportsDeletedMessage {
        reactions: |it| reported_reactions!(it),
        state: |_it| Some(MessageState::Deleted)
    }
    GetChatMessageReportsEditedMessage { state: |_it| Some(MessageState::Edited) }
    GetChatMessageReportsMessage {
        reactions: |it| reported_reactions!(it),
        bot: |it| it.bot_message.as_ref().map(BotView::from)
    }
}

impl AsMessage for ListScheduledMessagesItem {
    fn as_message(&self) -> MessageView<'_> {
        MessageView {
            text: self.message.as_deref(),
            reply_to: reply_to(
                self.reply_main_message_id.as_ref(),
                self.reply_main_message_timestamp,
            ),
            mentions: each(self.at_items.as_ref()),
            files: files(self.files.as_ref(), first_file!(self)),
            rich_text: self.rich_text.as_deref().unwrap_or_default(),
            ..MessageView::default()
        }
    }
}

impl AsMessage for ListRemindersItem {
    fn as_message(&self) -> MessageView<'_> {
        MessageView {
            id: said(self.message_id.as_ref()),
            sent: time(self.message_timestamp),
            text: self.content.as_deref(),
            reply_to: reply_to(self.main_message_id.as_ref(), self.main_message_timestamp),
            ..MessageView::default()
        }
    }
}
