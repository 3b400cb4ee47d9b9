//! Chatbots: the cards that they send, and the input of users.
//!
//! ```no_run
//! use zoom_chat_sdk::{ZoomChat, auth::OAuthApp, chatbot::{Button, Card}};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
//! let zoom = ZoomChat::builder().token_source(app.chatbot()).build()?;
//! let bot = zoom.chatbot("v1kq8tz4mxr2wn7cplh5ygd9@xmpp.zoom.us", "Hx3kTz9vQ1mRnLb5YcWs0g");
//!
//! let card = Card::new("Build 1482").message("green").actions([Button::new("Deploy", "deploy").primary()]);
//! let sent = bot.send(bot.channel_jid("825c9e31f1064c73b394c5e4557d3447")?, card).await?;
//! if let Some(message_id) = &sent.message_id {
//!     bot.edit(message_id, "deployed").await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Answering an event needs no [`Chatbot`], since the event contains the JIDs of the chatbot and of the conversation:
//!
//! ```no_run
//! use zoom_chat_sdk::{CallError, ZoomChat, chatbot::ChatbotInput, events::Event};
//! # use zoom_chat_sdk::errors::SendChatbotMessagesError;
//!
//! # async fn example(zoom: ZoomChat, event: Event) -> Result<(), CallError<SendChatbotMessagesError>> {
//! if let Some(bot_event) = event.chatbot()
//!     && let ChatbotInput::Command { text, .. } = &bot_event.input
//! {
//!     zoom.answer(&bot_event, text.as_str()).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The operations require the token of a chatbot ([`OAuthApp::chatbot`](crate::auth::OAuthApp::chatbot)). A user's token
//! is rejected before anything is sent.

use crate::{AccountId, Call, InvalidId, Jid, ZoomChat, call::CallOptions, requests};

mod calls;
mod card;
mod event;
mod jid;

pub use card::{
    Actions, Attachment, Button, Card, Checkboxes, Divider, Field, Label, LinkedFile, RadioButtons,
    Section, Select, Text,
};
pub use event::{ChatbotEvent, ChatbotInput};

/// A chatbot in an account, made by [`ZoomChat::chatbot`] or [`ZoomChat::chatbot_of`].
///
/// An invalid JID, id or card is an error when a call is awaited; nothing is sent then.
#[derive(Debug, Clone)]
pub struct Chatbot {
    zoom: ZoomChat,
    /// None when it is invalid, as the account: `options` has the error.
    robot: Option<Jid>,
    account: Option<AccountId>,
    user: Option<Jid>,
    options: CallOptions,
}

impl ZoomChat {
    /// The chatbot with this JID, in the account that has it installed. Its page in Zoom's marketplace shows the JID.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, chatbot::Card};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), Box<dyn std::error::Error>> {
    /// let bot = zoom.chatbot("v1kq8tz4mxr2wn7cplh5ygd9@xmpp.zoom.us", "Hx3kTz9vQ1mRnLb5YcWs0g");
    /// bot.send(bot.user_jid("n4Xc8RtqS2eLwAzVj7Kp0Q")?, Card::new("Build 1482").message("green")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn chatbot(
        &self,
        robot: impl TryInto<Jid, Error: Into<InvalidId>>,
        account: impl TryInto<AccountId, Error: Into<InvalidId>>,
    ) -> Chatbot {
        let mut options = CallOptions::default();
        Chatbot {
            zoom: self.clone(),
            robot: options.id(robot),
            account: options.id(account),
            user: None,
            options,
        }
    }

    /// The chatbot that received an event. It acts on behalf of the user of the event, which Zoom requires for apps that
    /// users manage themselves.
    ///
    /// The events `team_chat.app_mention` and `team_chat.link_shared` do not contain the JID of the chatbot, so for them it
    /// can [unfurl](Chatbot::unfurl) a link, but not send a message. Use [`chatbot`](Self::chatbot) and
    /// [`Chatbot::answer`] instead.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(bot_event) = event.chatbot() {
    ///     zoom.chatbot_of(&bot_event).replace(&bot_event, "done").await?; // the card whose button was pressed
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn chatbot_of(&self, event: &ChatbotEvent) -> Chatbot {
        let bot = self.chatbot(
            event.robot_jid.as_deref().unwrap_or_default(),
            event.account_id.as_deref().unwrap_or_default(),
        );
        match event.user_jid.as_deref() {
            Some(user) => bot.on_behalf_of(user),
            None => bot,
        }
    }

    /// Answers an event with a card or a text, in the channel or chat in which it happened (Zoom's operation
    /// `sendChatbotMessages`). A shorthand for [`chatbot_of`](Self::chatbot_of) and [`Chatbot::answer`].
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(bot_event) = event.chatbot()
    ///     && let ChatbotInput::Pressed { value, .. } = &bot_event.input
    /// {
    ///     zoom.answer(&bot_event, format!("You pressed {value}.")).await?;
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
        self.chatbot_of(event).answer(event, card)
    }
}
