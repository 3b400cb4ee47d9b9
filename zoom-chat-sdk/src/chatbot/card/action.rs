//! Buttons and lists of cards.

use serde_json::{Map, Value, json};

use super::set;

/// A button.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Actions, Button, Card};
///
/// let buttons = [
///     Button::new("Deploy", "deploy").primary(),
///     Button::new("Show log", "log"),
///     Button::new("Discard", "discard").danger(),
///     Button::new("Undo", "undo").disabled(),
/// ];
/// let card = Card::new("Build 1482").actions(Actions::new(buttons).limit(2)); // the others are in a menu
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    text: String,
    value: String,
    style: &'static str,
}

impl Button {
    /// A button with this text. When it is pressed, the chatbot receives text and value.
    pub fn new(text: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: value.into(),
            style: "Default",
        }
    }

    /// Highlights it as the default action.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.style = "Primary";
        self
    }

    /// Marks it as an action that cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.style = "Danger";
        self
    }

    /// Disables it: users cannot press it.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.style = "Disabled";
        self
    }
}

/// A row of buttons. An array or a `Vec` of buttons converts into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actions {
    buttons: Vec<Button>,
    limit: Option<u32>,
}

impl Actions {
    /// A row of these buttons.
    pub fn new(buttons: impl IntoIterator<Item = Button>) -> Self {
        Self {
            buttons: buttons.into_iter().collect(),
            limit: None,
        }
    }

    /// Sets how many buttons are shown. The others are in a menu.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    pub(super) fn write(self) -> Value {
        let buttons = self.buttons.into_iter();
        let buttons: Vec<_> = buttons
            .map(|it| json!({ "text": it.text, "value": it.value, "style": it.style }))
            .collect();
        let mut actions = json!({ "type": "actions", "items": buttons });
        if let Some(limit) = self.limit {
            set(&mut actions, "limit", limit);
        }
        actions
    }
}

impl<const N: usize> From<[Button; N]> for Actions {
    fn from(buttons: [Button; N]) -> Self {
        Self::new(buttons)
    }
}

impl From<Vec<Button>> for Actions {
    fn from(buttons: Vec<Button>) -> Self {
        Self::new(buttons)
    }
}

/// A list from which users select one choice.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, Select};
///
/// let card = Card::new("Deploy")
///     .select(Select::new("Where", [("Staging", "stg"), ("Production", "prd")]).selected("Staging", "stg"))
///     .select(Select::members("Who watches it"))
///     .select(Select::channels("Where it is announced"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Select(Map<String, Value>);

impl Select {
    /// A list of these choices: each the text that is shown, and the value that the chatbot receives.
    pub fn new<T, V>(text: impl Into<String>, choices: impl IntoIterator<Item = (T, V)>) -> Self
    where
        T: Into<String>,
        V: Into<String>,
    {
        let choices = choices.into_iter().map(choice).collect();
        Self::of(text, "select_items", choices)
    }

    /// A list of the members of the account.
    pub fn members(text: impl Into<String>) -> Self {
        Self::of(text, "static_source", json!("members"))
    }

    /// A list of the channels of the user.
    pub fn channels(text: impl Into<String>) -> Self {
        Self::of(text, "static_source", json!("channels"))
    }

    fn of(text: impl Into<String>, name: &str, choices: Value) -> Self {
        let members = [
            ("type", json!("select")),
            ("text", json!(text.into())),
            (name, choices),
        ];
        Self(
            members
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect(),
        )
    }

    /// Sets the choice that is selected initially.
    #[must_use]
    pub fn selected(mut self, text: impl Into<String>, value: impl Into<String>) -> Self {
        let selected = choice((text, value));
        self.0.insert("selected_item".to_owned(), selected);
        self
    }

    pub(super) fn write(self) -> Value {
        Value::Object(self.0)
    }
}

pub(super) fn choice((text, value): (impl Into<String>, impl Into<String>)) -> Value {
    json!({ "text": text.into(), "value": value.into() })
}
