//! The body of the request.

use zoom_chat_openapi::types::{
    SendChatMessageAtItem, SendChatMessageInteractiveCard, SendChatMessageRequest,
    SendChatMessageRichText,
};

use super::SendMessage;
use crate::message::{Mentioned, RangeEnd, Spans};

const AT_CONTACT: i64 = 1;
const AT_EVERYONE: i64 = 2;

impl SendMessage {
    /// Built anew for each attempt, from what is already checked.
    pub(super) fn body(&self, scheduled_time: Option<&str>) -> SendChatMessageRequest {
        let files = self.files.iter().map(|file| file.as_str().to_owned());
        SendChatMessageRequest {
            message: self.message.as_str().to_owned(),
            to_contact: self.to.as_contact().map(|to| to.as_str().to_owned()),
            to_channel: self.to.as_channel().map(|to| to.as_str().to_owned()),
            reply_main_message_id: self.reply_to.as_ref().map(|id| id.as_str().to_owned()),
            at_items: some(self.at_items()),
            file_ids: some(files.collect()),
            rich_text: some(self.rich_text()),
            interactive_cards: some(self.interactive_cards()),
            scheduled_time: scheduled_time.map(str::to_owned),
        }
    }

    fn at_items(&self) -> Vec<SendChatMessageAtItem> {
        let mut spans = Spans::new(self.message.as_str(), self.zoom.shared.text_unit);
        let mentions = self.message.mentions().iter();
        mentions
            .map(|mention| {
                let (start, end) = spans.inclusive(&mention.range);
                let (at_type, at_contact) = match &mention.who {
                    Mentioned::Contact(contact) => (AT_CONTACT, Some(contact.as_str().to_owned())),
                    Mentioned::Everyone => (AT_EVERYONE, None),
                };
                SendChatMessageAtItem {
                    start_position: Some(start),
                    end_position: Some(end),
                    at_type: Some(at_type),
                    at_contact,
                }
            })
            .collect()
    }

    fn rich_text(&self) -> Vec<SendChatMessageRichText> {
        let mut spans = Spans::new(self.message.as_str(), self.zoom.shared.text_unit);
        let styles = self.message.styles().iter();
        styles
            .map(|part| {
                let (start, end) = match self.zoom.shared.rich_text_end {
                    RangeEnd::Inclusive => spans.inclusive(&part.range),
                    RangeEnd::Exclusive => spans.exclusive(&part.range),
                };
                let (format_type, format_attr) = part.style.wire();
                SendChatMessageRichText {
                    start_position: Some(start),
                    end_position: Some(end),
                    format_type: Some(format_type.to_owned()),
                    format_attr: Some(format_attr.into_owned()),
                }
            })
            .collect()
    }

    fn interactive_cards(&self) -> Vec<SendChatMessageInteractiveCard> {
        let cards = self.cards.iter();
        cards
            .map(|card| SendChatMessageInteractiveCard {
                card_json: Some(card.clone()),
            })
            .collect()
    }
}

/// What there is none of is left out, as Postman leaves it out: an empty list is not the same to Zoom.
fn some<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}
