//! The calls of a chatbot.

use zoom_chat_openapi::Request;

use super::{Card, Chatbot, ChatbotEvent, ChatbotInput};
use crate::{
    AccountId, Call, InvalidId, InvalidMessage, Jid, MessageId, TriggerId, UserId,
    call::CallOptions, requests,
};

/// A request with the members that all requests of a chatbot have, and with those of its card.
macro_rules! by_chatbot {
    ($request:expr, $bot:expr $(, $card:expr)?) => {{
        let mut request = $request
            .robot_jid($bot.robot.as_ref().map_or("", Jid::as_str))
            .account_id($bot.account.as_ref().map_or("", AccountId::as_str));
        if let Some(user) = &$bot.user {
            request = request.user_jid(user);
        }
        $(
            request = request.content($card.to_json());
            if $card.is_markdown() {
                request = request.is_markdown_support(true);
            }
        )?
        request
    }};
}

impl Chatbot {
    /// Sets the user on whose behalf the chatbot acts. Zoom requires it for apps that users manage themselves.
    ///
    /// ```no_run
    /// # async fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), Box<dyn std::error::Error>> {
    /// let user = "7y2mgk5xw8vqn1d4ztrhb6ce@xmpp.zoom.us";
    /// let bot = zoom.chatbot("v1kq8tz4@xmpp.zoom.us", "Hx3kTz9v").on_behalf_of(user);
    /// bot.send(user, "Hello").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn on_behalf_of(mut self, user: impl TryInto<Jid, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = Some(user);
        }
        self
    }

    /// Sends a card, or a text, to a user or a channel (Zoom's operation `sendChatbotMessages`). The call has further
    /// setters: [`reply_to`](Call::reply_to) and [`visible_to`](Call::visible_to).
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`SendChatbotMessagesError`](crate::errors::SendChatbotMessagesError) for what Zoom documents.
    pub fn send(
        &self,
        to: impl TryInto<Jid, Error: Into<InvalidId>>,
        card: impl Into<Card>,
    ) -> Call<requests::SendChatbotMessages> {
        let (card, mut options) = (card.into(), self.options.clone());
        let to = options.id(to);
        let request =
            requests::SendChatbotMessages::new().to_jid(to.as_ref().map_or("", Jid::as_str));
        self.call(by_chatbot!(request, self, card), options, card.check())
    }

    /// Replaces the card of a message that the chatbot sent (Zoom's operation `editChatbotMessage`).
    ///
    /// ```no_run
    /// # async fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmpp.zoom.us", "Hx3kTz9v");
    /// bot.edit("20260530091427123_kQ7dW1mZ_bt1", "Build 1482 is green").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`EditChatbotMessageError`](crate::errors::EditChatbotMessageError) for what Zoom documents.
    pub fn edit(
        &self,
        message: impl TryInto<MessageId, Error: Into<InvalidId>>,
        card: impl Into<Card>,
    ) -> Call<requests::EditChatbotMessage> {
        let (card, mut options) = (card.into(), self.options.clone());
        let message = options.id(message);
        let request =
            requests::EditChatbotMessage::new(message.as_ref().map_or("", MessageId::as_str));
        self.call(by_chatbot!(request, self, card), options, card.check())
    }

    /// Deletes a message that the chatbot sent (Zoom's operation `deleteChatbotMessage`).
    ///
    /// ```no_run
    /// # async fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmpp.zoom.us", "Hx3kTz9v");
    /// bot.delete("20260530091427123_kQ7dW1mZ_bt1").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`DeleteChatbotMessageError`](crate::errors::DeleteChatbotMessageError) for what Zoom documents.
    pub fn delete(
        &self,
        message: impl TryInto<MessageId, Error: Into<InvalidId>>,
    ) -> Call<requests::DeleteChatbotMessage> {
        let mut options = self.options.clone();
        let message = options.id(message);
        let request =
            requests::DeleteChatbotMessage::new(message.as_ref().map_or("", MessageId::as_str));
        self.call(by_chatbot!(request, self), options, Ok(()))
    }

    /// Answers an event with a card or a text, in the channel or chat in which it happened (Zoom's operation
    /// `sendChatbotMessages`). [`ZoomChat::answer`](crate::ZoomChat::answer) needs no [`Chatbot`].
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmpp.zoom.us", "Hx3kTz9v");
    /// if let Some(bot_event) = event.chatbot()
    ///     && let ChatbotInput::Mentioned { .. } = bot_event.input
    /// {
    ///     bot.answer(&bot_event, "You called?").await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`SendChatbotMessagesError`](crate::errors::SendChatbotMessagesError) for what Zoom documents.
    pub fn answer(
        &self,
        event: &ChatbotEvent,
        card: impl Into<Card>,
    ) -> Call<requests::SendChatbotMessages> {
        let to = match (&event.to_jid, &event.channel_id, &event.user_jid) {
            (Some(to), ..) => to.clone(),
            (None, Some(channel), _) => {
                let channel = self.channel_jid(channel.as_str());
                channel.map(String::from).unwrap_or_default()
            }
            (None, None, user) => user.clone().unwrap_or_default(),
        };
        self.send(to, card)
    }

    /// Replaces the card whose button the user pressed, or which the user edited (Zoom's operation `editChatbotMessage`).
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(bot_event) = event.chatbot()
    ///     && let ChatbotInput::Pressed { .. } = bot_event.input
    /// {
    ///     zoom.chatbot_of(&bot_event).replace(&bot_event, "Deployed").await?; // the buttons are gone
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`edit`](Self::edit).
    pub fn replace(
        &self,
        event: &ChatbotEvent,
        card: impl Into<Card>,
    ) -> Call<requests::EditChatbotMessage> {
        self.edit(event.message_id.as_deref().unwrap_or_default(), card)
    }

    /// Answers the event `team_chat.link_shared` with a preview of the link (Zoom's operation `linkUnfurls`).
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::{Card, ChatbotInput}, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(bot_event) = event.chatbot()
    ///     && let ChatbotInput::Link { url, .. } = &bot_event.input
    /// {
    ///     let card = Card::new("Build 1482").message(format!("what {url} is about"));
    ///     zoom.chatbot_of(&bot_event).unfurl(&bot_event, card).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`LinkUnfurlsError`](crate::errors::LinkUnfurlsError) for what Zoom documents. A card with
    /// [`all_markdown`](Card::all_markdown) is rejected, since the operation cannot express it; single texts can be
    /// Markdown.
    pub fn unfurl(
        &self,
        event: &ChatbotEvent,
        card: impl Into<Card>,
    ) -> Call<requests::LinkUnfurls> {
        // The robot and the account of the chatbot are not sent, so it does not matter whether they are valid.
        let (card, mut options) = (card.into(), CallOptions::default());
        let trigger = match &event.input {
            ChatbotInput::Link { trigger_id, .. } => trigger_id.as_str(),
            _ => "",
        };
        let trigger = options.id(trigger);
        let user = options.id(event.user_id.as_deref().unwrap_or_default());
        let content = serde_json::Value::Object(card.to_json()).to_string();
        let (user, trigger) = (
            user.as_ref().map_or("", UserId::as_str),
            trigger.as_ref().map_or("", TriggerId::as_str),
        );
        let request = requests::LinkUnfurls::new(user, trigger).content(content);
        let checked = card.check().and_then(|()| match card.is_markdown() {
            true => Err(InvalidMessage::MarkdownCard {
                what: "the preview of a link",
            }),
            false => Ok(()),
        });
        self.call(request, options, checked)
    }

    fn call<R: Request>(
        &self,
        request: R,
        mut options: CallOptions,
        checked: Result<(), InvalidMessage>,
    ) -> Call<R> {
        if let Err(problem) = checked {
            options.refuse_message(problem);
        }
        Call::new(self.zoom.clone(), request, options)
    }
}

/// The setters of a chatbot's message.
impl Call<requests::SendChatbotMessages> {
    /// Sends it as a reply to this message.
    ///
    /// ```no_run
    /// # async fn example(bot: zoom_chat_sdk::chatbot::Chatbot) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = "825c9e31f1064c73b394c5e4557d3447@conference.xmpp.zoom.us";
    /// bot.send(channel, "Well done!").reply_to("20260530091427123_kQ7dW1mZ_bt1").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_to(self, message: impl TryInto<MessageId, Error: Into<InvalidId>>) -> Self {
        self.with_id::<MessageId>(message, requests::SendChatbotMessages::reply_to)
    }

    /// Shows it to this user of the channel only. Only apps that administrators manage can do this. Zoom documents a user
    /// id, but its example shows a JID.
    ///
    /// ```no_run
    /// # async fn example(bot: zoom_chat_sdk::chatbot::Chatbot) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = "825c9e31f1064c73b394c5e4557d3447@conference.xmpp.zoom.us";
    /// bot.send(channel, "Only you see this.").visible_to("n4Xc8RtqS2eLwAzVj7Kp0Q").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn visible_to(self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        self.with_id::<UserId>(user, requests::SendChatbotMessages::visible_to_user)
    }
}
