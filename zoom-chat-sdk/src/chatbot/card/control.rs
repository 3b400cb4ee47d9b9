//! The controls of sections.

use serde_json::{Value, json};

use super::{action::choice, set};

/// Radio buttons, of which one is selected. Part of a [`Section`](super::Section).
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, RadioButtons, Section};
///
/// let size = RadioButtons::new("size", [("Small", "s"), ("Large", "l")]).selected("Small", "s");
/// let card = Card::default().section(Section::new().radio_buttons(size));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RadioButtons(Value);

impl RadioButtons {
    /// Radio buttons for these choices, each with a text and a value. `action_id` identifies the control to the chatbot.
    pub fn new<T, V>(
        action_id: impl Into<String>,
        choices: impl IntoIterator<Item = (T, V)>,
    ) -> Self
    where
        T: Into<String>,
        V: Into<String>,
    {
        let options: Vec<_> = choices.into_iter().map(choice).collect();
        Self(json!({ "type": "radio_buttons", "action_id": action_id.into(), "options": options }))
    }

    /// Sets the choice that is selected initially.
    #[must_use]
    pub fn selected(mut self, text: impl Into<String>, value: impl Into<String>) -> Self {
        set(&mut self.0, "initial_option", choice((text, value)));
        self
    }

    pub(super) fn write(self) -> Value {
        self.0
    }
}

/// Checkboxes, of which any number is ticked. Part of a [`Section`](super::Section).
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, Checkboxes, Section};
///
/// let tell = Checkboxes::new("tell").option("By mail", "mail").selected_option("Here", "chat");
/// let card = Card::default().section(Section::new().checkboxes(tell));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Checkboxes {
    action_id: String,
    options: Vec<Value>,
}

impl Checkboxes {
    /// A group without boxes. `action_id` identifies the control to the chatbot.
    pub fn new(action_id: impl Into<String>) -> Self {
        Self {
            action_id: action_id.into(),
            options: Vec::new(),
        }
    }

    /// Adds a box.
    #[must_use]
    pub fn option(mut self, text: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.push(choice((text, value)));
        self
    }

    /// Adds a box that is ticked initially.
    #[must_use]
    pub fn selected_option(mut self, text: impl Into<String>, value: impl Into<String>) -> Self {
        let mut option = choice((text, value));
        set(&mut option, "initial_selected", true);
        self.options.push(option);
        self
    }

    pub(super) fn write(self) -> Value {
        json!({ "type": "checkboxes", "action_id": self.action_id, "options": self.options })
    }
}
