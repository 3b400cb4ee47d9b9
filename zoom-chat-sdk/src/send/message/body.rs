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
    /// Of what is already checked.
    pub(super) fn body(&self, scheduled_time: Option<&str>) -> SendChatMessageRequest {
        let files = self.files.iter().map(|file| file.as_str().to_owned());
        let mut body = SendChatMessageRequest::default();
        body.message = Some(self.message.as_str().to_owned());
        body.to_contact = self.to.as_contact().map(String::from);
        body.to_channel = self.to.as_channel().map(String::from);
        body.reply_main_message_id = self.reply_to.as_ref().map(String::from);
        body.at_items = some(self.at_items());
        body.file_ids = some(files.collect());
        body.rich_text = some(self.rich_text());
        body.interactive_cards = some(self.interactive_cards());
        body.scheduled_time = scheduled_time.map(str::to_owned);
        body
    }

    fn at_items(&self) -> Vec<SendChatMessageAtItem> {
        let mut spans = Spans::new(self.message.as_str(), self.zoom.shared.text_unit);
        let mentions = self.message.mentions().iter();
        mentions
            .map(|mention| {
                let (start, end) = spans.inclusive(&mention.range);
                let item = SendChatMessageAtItem::new()
                    .start_position(start)
                    .end_position(end);
                match &mention.who {
                    Mentioned::Contact(contact) => item.at_type(AT_CONTACT).at_contact(contact),
                    Mentioned::Everyone => item.at_type(AT_EVERYONE),
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
                SendChatMessageRichText::new()
                    .start_position(start)
                    .end_position(end)
                    .format_type(format_type.into())
                    .format_attr(format_attr)
            })
            .collect()
    }

    fn interactive_cards(&self) -> Vec<SendChatMessageInteractiveCard> {
        let cards = self.cards.iter();
        cards
            .map(|card| SendChatMessageInteractiveCard::new().card_json(card))
            .collect()
    }
}

/// What there is none of is left out, as Postman leaves it out: an empty list is not the same to Zoom.
fn some<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}
