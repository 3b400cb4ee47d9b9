//! The members that the types of messages have in common.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use zoom_chat_openapi::types::{
    AtItem, File, GetChatMessageReportsBotMessage, GetChatMessageReportsCustomEmojiReaction,
    ListUsersChatMessagesReaction, Reaction, RetrieveThreadReaction,
};

use super::{BotView, FileView, MentionView, PersonView, ReactionView, ReplyTo};

/// A text that is not empty: Zoom sends an empty string for a member that does not apply.
pub(super) fn said(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

/// The views of all items of a list that may be missing.
pub(super) fn each<'m, T, V: From<&'m T>>(list: Option<&'m Vec<T>>) -> Vec<V> {
    list.into_iter().flatten().map(V::from).collect()
}

pub(super) fn time(millis: Option<i64>) -> Option<SystemTime> {
    let millis = u64::try_from(millis?).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}

pub(super) fn reply_to(id: Option<&String>, millis: Option<i64>) -> Option<ReplyTo<'_>> {
    let reply = ReplyTo {
        id: said(id),
        sent: time(millis),
    };
    (reply != ReplyTo::default()).then_some(reply)
}

/// The files of a list, preceded by the one outside of the list, unless the list contains it.
pub(super) fn files<'m>(list: Option<&'m Vec<File>>, beside: FileView<'m>) -> Vec<FileView<'m>> {
    let mut files: Vec<FileView<'m>> = each(list);
    let is_same = |file: &FileView<'_>| match (file.id, beside.id) {
        (Some(listed), Some(id)) => listed == id,
        _ => *file == beside,
    };
    if beside != FileView::default() && !files.iter().any(is_same) {
        files.insert(0, beside);
    }
    files
}

impl<'m> From<&'m File> for FileView<'m> {
    fn from(file: &'m File) -> Self {
        Self {
            id: said(file.file_id.as_ref()),
            name: said(file.file_name.as_ref()),
            size: file.file_size,
            download_url: said(file.download_url.as_ref()),
        }
    }
}

impl<'m> From<&'m AtItem> for MentionView<'m> {
    fn from(item: &'m AtItem) -> Self {
        let contact = said(item.at_contact.as_ref());
        let is_email = contact.is_some_and(|contact| contact.contains('@'));
        Self {
            person: PersonView {
                user_id: contact.filter(|_| !is_email),
                email: contact.filter(|_| is_email),
                member_id: said(item.at_contact_member_id.as_ref()),
                ..PersonView::default()
            },
            is_everyone: item.at_type == Some(2),
            start: item.start_position,
            end: item.end_position,
        }
    }
}

impl<'m> From<&'m Reaction> for ReactionView<'m> {
    fn from(reaction: &'m Reaction) -> Self {
        Self {
            emoji: said(reaction.emoji.as_ref()),
            count: reaction.total_count,
            user_ids: each_text(reaction.user_ids.as_ref()),
            member_ids: each_text(reaction.member_ids.as_ref()),
            ..Self::default()
        }
    }
}

impl<'m> From<&'m GetChatMessageReportsCustomEmojiReaction> for ReactionView<'m> {
    fn from(reaction: &'m GetChatMessageReportsCustomEmojiReaction) -> Self {
        Self {
            emoji: said(reaction.custom_emoji_file_id.as_ref()),
            name: said(reaction.custom_emoji_name.as_ref()),
            count: reaction.total_count,
            user_ids: each_text(reaction.user_ids.as_ref()),
            member_ids: each_text(reaction.member_ids.as_ref()),
            ..Self::default()
        }
    }
}

impl<'m> From<&'m ListUsersChatMessagesReaction> for ReactionView<'m> {
    fn from(reaction: &'m ListUsersChatMessagesReaction) -> Self {
        let senders = || reaction.senders.iter().flatten();
        Self {
            emoji: said(reaction.emoji.as_ref()),
            count: reaction.total_count,
            user_ids: senders()
                .filter_map(|it| said(it.user_id.as_ref()))
                .collect(),
            member_ids: senders()
                .filter_map(|it| said(it.member_id.as_ref()))
                .collect(),
            ..Self::default()
        }
    }
}

impl<'m> From<&'m RetrieveThreadReaction> for ReactionView<'m> {
    fn from(reaction: &'m RetrieveThreadReaction) -> Self {
        Self {
            emoji: said(reaction.emoji_id.as_ref()),
            count: reaction.count,
            by_me: reaction.is_sender,
            ..Self::default()
        }
    }
}

fn each_text(list: Option<&Vec<String>>) -> Vec<&str> {
    list.into_iter().flatten().map(String::as_str).collect()
}

impl<'m> From<&'m GetChatMessageReportsBotMessage> for BotView<'m> {
    fn from(message: &'m GetChatMessageReportsBotMessage) -> Self {
        Self {
            source: said(message.source.as_ref()),
            content: message.content.as_ref(),
            is_markdown: message.is_markdown_support,
            external_sender_email: said(message.external_sender_email.as_ref()),
        }
    }
}

impl<'m> From<&'m Value> for BotView<'m> {
    /// Outside of reports, Zoom documents an object without members, so each of them may be missing.
    fn from(message: &'m Value) -> Self {
        let text = |name: &str| message.get(name)?.as_str().filter(|text| !text.is_empty());
        Self {
            source: text("source"),
            content: message.get("content").and_then(Value::as_object),
            is_markdown: message.get("is_markdown_support").and_then(Value::as_bool),
            external_sender_email: text("external_sender_email"),
        }
    }
}
