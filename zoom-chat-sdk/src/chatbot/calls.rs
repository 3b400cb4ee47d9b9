//! The calls of a chatbot.

use zoom_chat_openapi::Request;

use super::{Card, Chatbot, ChatbotEvent, ChatbotInput};
use crate::{
    AccountId, Call, InvalidId, InvalidMessage, Jid, MessageId, TriggerId, UserId,
    call::CallOptions, requests,
};

impl Chatbot {
    /// The user on whose behalf the chatbot acts. Zoom needs it of apps that users manage themselves.
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
    pub fn on_behalf_of<J>(mut self, user: J) -> Self
    where
        J: TryInto<Jid>,
        J::Error: Into<InvalidId>,
    {
        self.user = Some(user.try_into().map_err(Into::into));
        self
    }

    /// Sends a card, or a text, to a user or a channel (Zoom's operation `sendChatbotMessages`). The call has further
    /// setters: [`reply_to`](Call::reply_to) and [`visible_to`](Call::visible_to).
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`SendChatbotMessagesError`](crate::errors::SendChatbotMessagesError) for what Zoom documents.
    pub fn send<J>(&self, to: J, card: impl Into<Card>) -> Call<requests::SendChatbotMessages>
    where
        J: TryInto<Jid>,
        J::Error: Into<InvalidId>,
    {
        let card = card.into();
        let to = to.try_into().map_err(Into::into);
        let mut request = requests::SendChatbotMessages::new()
            .robot_jid(self.robot())
            .to_jid(to.as_ref().map_or("", Jid::as_str))
            .account_id(self.account())
            .content(card.to_json());
        if let Some(user) = self.user() {
            request = request.user_jid(user);
        }
        if card.is_markdown() {
            request = request.is_markdown_support(true);
        }
        self.call(
            request,
            [self.robot.as_ref().err(), to.as_ref().err()],
            card.check(),
        )
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
    pub fn edit<M>(&self, message: M, card: impl Into<Card>) -> Call<requests::EditChatbotMessage>
    where
        M: TryInto<MessageId>,
        M::Error: Into<InvalidId>,
    {
        let card = card.into();
        let message = message.try_into().map_err(Into::into);
        let id = message.as_ref().map_or("", MessageId::as_str);
        let mut request = requests::EditChatbotMessage::new(id)
            .robot_jid(self.robot())
            .account_id(self.account())
            .content(card.to_json());
        if let Some(user) = self.user() {
            request = request.user_jid(user);
        }
        if card.is_markdown() {
            request = request.is_markdown_support(true);
        }
        let problems = [self.robot.as_ref().err(), message.as_ref().err()];
        self.call(request, problems, card.check())
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
    pub fn delete<M>(&self, message: M) -> Call<requests::DeleteChatbotMessage>
    where
        M: TryInto<MessageId>,
        M::Error: Into<InvalidId>,
    {
        let message = message.try_into().map_err(Into::into);
        let id = message.as_ref().map_or("", MessageId::as_str);
        let mut request = requests::DeleteChatbotMessage::new(id)
            .robot_jid(self.robot())
            .account_id(self.account());
        if let Some(user) = self.user() {
            request = request.user_jid(user);
        }
        let problems = [self.robot.as_ref().err(), message.as_ref().err()];
        self.call(request, problems, Ok(()))
    }

    /// Answers an event with a card or a text, where the user wrote or pressed: the channel, or the chat with the chatbot
    /// (Zoom's operation `sendChatbotMessages`). [`ZoomChat::answer`](crate::ZoomChat::answer) does it without a handle.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// let bot = zoom.chatbot("v1kq8tz4@xmpp.zoom.us", "Hx3kTz9v");
    /// if let Some(told) = event.chatbot()
    ///     && let ChatbotInput::Mentioned { .. } = told.input
    /// {
    ///     bot.answer(&told, "You called?").await?;
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
        let to = event.to_jid.clone().map(Ok);
        let channel = || {
            Some(
                self.channel_jid(event.channel_id.as_deref()?)
                    .map(String::from),
            )
        };
        let to = to.or_else(channel).or(event.user_jid.clone().map(Ok));
        match to {
            Some(Ok(to)) => self.send(to, card),
            Some(Err(_)) | None => self.send("", card),
        }
    }

    /// Replaces the card that an event is about: the one whose button was pressed, or that was edited (Zoom's operation
    /// `editChatbotMessage`).
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(told) = event.chatbot()
    ///     && let ChatbotInput::Pressed { .. } = told.input
    /// {
    ///     zoom.chatbot_of(&told).replace(&told, "Deployed").await?; // the buttons are gone
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
    /// if let Some(told) = event.chatbot()
    ///     && let ChatbotInput::Link { url, .. } = &told.input
    /// {
    ///     let card = Card::new("Build 1482").message(format!("what {url} is about"));
    ///     zoom.chatbot_of(&told).unfurl(&told, card).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`LinkUnfurlsError`](crate::errors::LinkUnfurlsError) for what Zoom documents. A card that is all
    /// Markdown is refused, since this operation has no setting for it; single texts can be Markdown.
    pub fn unfurl(
        &self,
        event: &ChatbotEvent,
        card: impl Into<Card>,
    ) -> Call<requests::LinkUnfurls> {
        let card = card.into();
        let trigger = match &event.input {
            ChatbotInput::Link { trigger_id, .. } => TriggerId::new(trigger_id),
            _ => TriggerId::new(""),
        };
        let user = UserId::new(event.user_id.as_deref().unwrap_or_default());
        let content = serde_json::Value::Object(card.to_json()).to_string();
        let request = requests::LinkUnfurls::new(trigger.as_ref().map_or("", TriggerId::as_str))
            .user_id(user.as_ref().map_or("", UserId::as_str))
            .content(content);
        let checked = card.check().and_then(|()| {
            let what = "the preview of a link";
            (!card.is_markdown())
                .then_some(())
                .ok_or(InvalidMessage::MarkdownCard { what })
        });
        let problems = [trigger.err(), user.err()].into_iter().flatten();
        Call::new(self.zoom.clone(), request, refusing(problems, checked))
    }

    fn robot(&self) -> &str {
        self.robot.as_ref().map_or("", Jid::as_str)
    }

    fn account(&self) -> &str {
        self.account.as_ref().map_or("", AccountId::as_str)
    }

    fn user(&self) -> Option<&str> {
        self.user.as_ref()?.as_ref().ok().map(Jid::as_str)
    }

    fn call<R: Request>(
        &self,
        request: R,
        problems: [Option<&InvalidId>; 2],
        checked: Result<(), InvalidMessage>,
    ) -> Call<R> {
        let user = self.user.as_ref().and_then(|user| user.as_ref().err());
        let own = [self.account.as_ref().err(), user];
        let problems = problems.into_iter().chain(own).flatten().cloned();
        Call::new(self.zoom.clone(), request, refusing(problems, checked))
    }
}

/// The options of a call that fails with the first of these problems, if there is one.
fn refusing(
    ids: impl IntoIterator<Item = InvalidId>,
    message: Result<(), InvalidMessage>,
) -> CallOptions {
    let mut options = CallOptions::default();
    for problem in ids {
        options.refuse_id(problem);
    }
    if let Err(problem) = message {
        options.refuse_message(problem);
    }
    options
}

/// What only a chatbot's message has.
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

    /// Shows it to this user of the channel only. Apps that administrators manage have it. Zoom documents the id of the
    /// user, and shows a JID in its example.
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
