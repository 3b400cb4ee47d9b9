//! Views of the messages of events.

use super::{
    AsMessage, FileView, MentionView, MessageState, MessageView, PersonView, PlaceView, ReplyTo,
};
use crate::events::{Change, Conversation, Mention, MessageEvent, MessageFile, Person};

impl AsMessage for MessageEvent {
    fn as_message(&self) -> MessageView<'_> {
        MessageView {
            id: self.message_id.as_deref(),
            sender: PersonView {
                is_external: Some(self.by_external_user),
                ..PersonView::from(&self.sender)
            },
            place: self.conversation.as_ref().map(PlaceView::from),
            sent: self.sent,
            state: Some(match self.change {
                Change::Posted => MessageState::Sent,
                Change::Updated => MessageState::Edited,
                Change::Deleted => MessageState::Deleted,
            }),
            text: self.text.as_deref(),
            reply_to: self.reply_to.as_deref().map(|id| ReplyTo {
                id: Some(id),
                sent: None,
            }),
            mentions: self.mentions.iter().map(MentionView::from).collect(),
            files: self.files.iter().map(FileView::from).collect(),
            rich_text: &self.rich_text,
            ..MessageView::default()
        }
    }
}

impl<'m> From<&'m Person> for PersonView<'m> {
    fn from(person: &'m Person) -> Self {
        Self {
            user_id: person.id.as_deref(),
            member_id: person.member_id.as_deref(),
            email: person.email.as_deref(),
            ..Self::default()
        }
    }
}

impl<'m> From<&'m Conversation> for PlaceView<'m> {
    fn from(conversation: &'m Conversation) -> Self {
        match conversation {
            Conversation::Channel { id, name } => Self::Channel {
                id: id.as_deref(),
                name: name.as_deref(),
            },
            Conversation::Contact(person) => Self::Contact(person.into()),
        }
    }
}

impl<'m> From<&'m Mention> for MentionView<'m> {
    fn from(mention: &'m Mention) -> Self {
        Self {
            person: PersonView::from(&mention.person),
            is_everyone: mention.is_everyone,
            start: mention.start,
            end: mention.end,
        }
    }
}

impl<'m> From<&'m MessageFile> for FileView<'m> {
    fn from(file: &'m MessageFile) -> Self {
        Self {
            id: file.id.as_deref(),
            name: file.name.as_deref(),
            size: file.size,
            download_url: None,
        }
    }
}
