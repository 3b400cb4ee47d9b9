//! Chatbots: cards that they send, and what users answer.
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
//! An event is answered without a handle, since it tells who the chatbot is and where the user wrote:
//!
//! ```no_run
//! use zoom_chat_sdk::{CallError, ZoomChat, chatbot::ChatbotInput, events::Event};
//! # use zoom_chat_sdk::errors::SendChatbotMessagesError;
//!
//! # async fn example(zoom: ZoomChat, event: Event) -> Result<(), CallError<SendChatbotMessagesError>> {
//! if let Some(told) = event.chatbot()
//!     && let ChatbotInput::Command { text, .. } = &told.input
//! {
//!     zoom.answer(&told, text.as_str()).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The operations take the token of a chatbot ([`OAuthApp::chatbot`](crate::auth::OAuthApp::chatbot)); that of a user is
//! refused before anything is sent.

use crate::{AccountId, Call, InvalidId, Jid, ZoomChat, requests};

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
/// A JID or an id that cannot be one, and a card that cannot be, is an error when a call is awaited; nothing is sent then.
#[derive(Debug, Clone)]
pub struct Chatbot {
    zoom: ZoomChat,
    robot: Result<Jid, InvalidId>,
    account: Result<AccountId, InvalidId>,
    user: Option<Result<Jid, InvalidId>>,
}

impl ZoomChat {
    /// The chatbot with this JID, which its page in Zoom's marketplace tells, in the account that has it installed.
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
    pub fn chatbot<J, A>(&self, robot: J, account: A) -> Chatbot
    where
        J: TryInto<Jid>,
        J::Error: Into<InvalidId>,
        A: TryInto<AccountId>,
        A::Error: Into<InvalidId>,
    {
        Chatbot {
            zoom: self.clone(),
            robot: robot.try_into().map_err(Into::into),
            account: account.try_into().map_err(Into::into),
            user: None,
        }
    }

    /// The chatbot that an event is for. It acts on behalf of the user of the event, which Zoom needs of apps that users
    /// manage themselves.
    ///
    /// The events `team_chat.app_mention` and `team_chat.link_shared` do not tell the JID of the chatbot: it sends nothing
    /// for them, but can [unfurl](Chatbot::unfurl) a link. Use [`chatbot`](Self::chatbot) and [`Chatbot::answer`].
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(told) = event.chatbot() {
    ///     zoom.chatbot_of(&told).replace(&told, "done").await?; // the card whose button was pressed
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

    /// Answers an event: sends a card, or a text, where the user wrote or pressed (Zoom's operation
    /// `sendChatbotMessages`). The same as [`Chatbot::answer`] of [`chatbot_of`](Self::chatbot_of).
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Error, ZoomChat, chatbot::ChatbotInput, events::Event};
    ///
    /// # async fn example(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    /// if let Some(told) = event.chatbot()
    ///     && let ChatbotInput::Pressed { value, .. } = &told.input
    /// {
    ///     zoom.answer(&told, format!("You pressed {value}.")).await?;
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
