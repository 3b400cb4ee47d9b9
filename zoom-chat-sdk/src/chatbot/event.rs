//! The events for chatbots: the input of users.

use crate::events::{Event, Kind};

/// An event for a chatbot, from [`Event::chatbot`]. A member that the event does not contain is `None`.
///
/// [`ZoomChat::answer`](crate::ZoomChat::answer) answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChatbotEvent {
    /// What the user did.
    pub input: ChatbotInput,
    /// The account.
    pub account_id: Option<String>,
    /// The JID of the chatbot.
    pub robot_jid: Option<String>,
    /// The JID of the channel, or of the user's chat with the chatbot.
    pub to_jid: Option<String>,
    /// The id of the channel, if the event contains it instead of the JID.
    pub channel_id: Option<String>,
    /// The name of the channel.
    pub channel_name: Option<String>,
    /// The JID of the user.
    pub user_jid: Option<String>,
    /// The user id.
    pub user_id: Option<String>,
    /// The name of the user.
    pub user_name: Option<String>,
    /// The id of the message: the card that was used, or the message that mentions the chatbot or contains the link.
    pub message_id: Option<String>,
}

/// What a user did. A text that the event does not contain is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChatbotInput {
    /// Installed the chatbot (`bot_installed`).
    Installed,
    /// Wrote a slash command, or a message to the chatbot (`bot_notification`).
    #[non_exhaustive]
    Command {
        /// The text after the command.
        text: String,
    },
    /// Pressed a button (`interactive_message_actions`).
    #[non_exhaustive]
    Pressed {
        /// The text of the button.
        text: String,
        /// The value of the button.
        value: String,
    },
    /// Selected from a list (`interactive_message_select`).
    #[non_exhaustive]
    Chosen {
        /// The selected values.
        values: Vec<String>,
    },
    /// Edited a text (`interactive_message_editable`).
    #[non_exhaustive]
    Edited {
        /// The text before.
        from: String,
        /// The text now.
        to: String,
    },
    /// Edited a field (`interactive_message_fields_editable`).
    #[non_exhaustive]
    FieldEdited {
        /// The name of the field.
        key: String,
        /// The value before.
        from: String,
        /// The value now.
        to: String,
    },
    /// Mentioned the chatbot in a channel (`team_chat.app_mention`).
    #[non_exhaustive]
    Mentioned {
        /// The whole text.
        text: String,
    },
    /// Shared a link (`team_chat.link_shared`), which [`Chatbot::unfurl`](crate::chatbot::Chatbot::unfurl) answers.
    #[non_exhaustive]
    Link {
        /// The link.
        url: String,
        /// The id by which [`Chatbot::unfurl`](crate::chatbot::Chatbot::unfurl) refers to this event.
        trigger_id: String,
    },
}

impl ChatbotEvent {
    fn new(input: ChatbotInput) -> Self {
        Self {
            input,
            account_id: None,
            robot_jid: None,
            to_jid: None,
            channel_id: None,
            channel_name: None,
            user_jid: None,
            user_id: None,
            user_name: None,
            message_id: None,
        }
    }
}

/// The members of events with the JID of the conversation.
macro_rules! in_conversation {
    ($payload:ident, $message_id:expr, $input:expr) => {
        ChatbotEvent {
            account_id: $payload.account_id,
            robot_jid: $payload.robot_jid,
            to_jid: $payload.to_jid,
            channel_name: $payload.channel_name,
            user_jid: $payload.user_jid,
            user_id: $payload.user_id,
            user_name: $payload.user_name,
            message_id: $message_id,
            ..ChatbotEvent::new($input)
        }
    };
}

/// The members of events with the id of a channel.
macro_rules! in_channel {
    ($payload:ident, $object:ident, $input:expr) => {
        ChatbotEvent {
            account_id: $payload.account_id,
            channel_id: $object.channel_id,
            channel_name: $object.channel_name,
            user_id: $payload.operator_id,
            message_id: $object.message_id,
            ..ChatbotEvent::new($input)
        }
    };
}

impl Event {
    /// The input for the chatbot, if it is one of the eight events for chatbots.
    ///
    /// ```
    /// use zoom_chat_sdk::{chatbot::ChatbotInput, events::Event};
    ///
    /// fn is_for_deployment(event: &Event) -> bool {
    ///     let bot_event = event.chatbot();
    ///     bot_event.is_some_and(|bot_event| match bot_event.input {
    ///         ChatbotInput::Command { text, .. } => text.starts_with("deploy"),
    ///         ChatbotInput::Pressed { value, .. } => value == "deploy",
    ///         _ => false,
    ///     })
    /// }
    /// ```
    #[must_use]
    pub fn chatbot(&self) -> Option<ChatbotEvent> {
        let bot_event = match self.kind() {
            Kind::BotInstalled(event) => {
                let it = event.payload.unwrap_or_default();
                ChatbotEvent {
                    account_id: it.account_id,
                    robot_jid: it.robot_jid,
                    user_jid: it.user_jid,
                    user_id: it.user_id,
                    user_name: it.user_name,
                    ..ChatbotEvent::new(ChatbotInput::Installed)
                }
            }
            Kind::BotNotification(event) => {
                let it = event.payload.unwrap_or_default();
                let text = it.cmd.unwrap_or_default();
                in_conversation!(it, None, ChatbotInput::Command { text })
            }
            Kind::InteractiveMessageActions(event) => {
                let it = event.payload.unwrap_or_default();
                let item = it.action_item.unwrap_or_default();
                let (text, value) = (item.text, item.value);
                in_conversation!(
                    it,
                    it.message_id,
                    ChatbotInput::Pressed {
                        text: text.unwrap_or_default(),
                        value: value.unwrap_or_default(),
                    }
                )
            }
            Kind::InteractiveMessageSelect(event) => {
                let it = event.payload.unwrap_or_default();
                let items = it.selected_items.into_iter().flatten();
                let values = items.filter_map(|item| item.value).collect();
                in_conversation!(it, it.message_id, ChatbotInput::Chosen { values })
            }
            Kind::InteractiveMessageEditable(event) => {
                let it = event.payload.unwrap_or_default();
                let item = it.edit_item.unwrap_or_default();
                let from = item.origin.unwrap_or_default();
                let to = item.target.unwrap_or_default();
                in_conversation!(it, it.message_id, ChatbotInput::Edited { from, to })
            }
            Kind::InteractiveMessageFieldsEditable(event) => {
                let it = event.payload.unwrap_or_default();
                let item = it.field_edit_item.unwrap_or_default();
                let key = item.key.unwrap_or_default();
                let from = item.current_value.unwrap_or_default();
                let to = item.new_value.unwrap_or_default();
                in_conversation!(
                    it,
                    it.message_id,
                    ChatbotInput::FieldEdited { key, from, to }
                )
            }
            Kind::TeamChatAppMention(event) => {
                let it = event.payload.unwrap_or_default();
                let object = it.object.unwrap_or_default();
                let text = object.message.unwrap_or_default();
                in_channel!(it, object, ChatbotInput::Mentioned { text })
            }
            Kind::TeamChatLinkShared(event) => {
                let it = event.payload.unwrap_or_default();
                let object = it.object.unwrap_or_default();
                let url = object.link.unwrap_or_default();
                let trigger_id = object.trigger_id.unwrap_or_default();
                in_channel!(it, object, ChatbotInput::Link { url, trigger_id })
            }
            _ => return None,
        };
        Some(bot_event)
    }
}
