//! Fields and dividers of cards.

use serde_json::{Value, json};

use super::{Items, set};
use crate::Color;

/// A name and a value.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, Field};
///
/// let card = Card::new("Build 1482").fields([
///     Field::new("Branch", "main").short(),
///     Field::new("Tests", "2,140").short(), // beside the one before
///     Field::new("Remarks", "").editable(),
/// ]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    key: String,
    value: String,
    is_short: bool,
    is_editable: bool,
}

impl Field {
    /// A field on its own line.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            is_short: false,
            is_editable: false,
        }
    }

    /// Makes it short: two consecutive short fields are shown side by side.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.is_short = true;
        self
    }

    /// Lets users edit the value, which gives [`ChatbotInput::FieldEdited`](crate::chatbot::ChatbotInput::FieldEdited).
    #[must_use]
    pub fn editable(mut self) -> Self {
        self.is_editable = true;
        self
    }
}

pub(super) fn write_fields(fields: impl IntoIterator<Item = Field>, items: &mut Items) -> Value {
    let mut written = Vec::new();
    for field in fields {
        // Zoom documents a single space for a blank value.
        let value = if field.value.is_empty() {
            " "
        } else {
            &field.value
        };
        let mut item = json!({ "key": field.key, "value": value });
        if field.is_short {
            set(&mut item, "short", true);
        }
        if field.is_editable {
            items.is_plain("an editable field");
            set(&mut item, "editable", true);
        }
        written.push(item);
    }
    json!({ "type": "fields", "items": written })
}

/// A line between items.
///
/// ```
/// use zoom_chat_sdk::{Color, chatbot::{Card, Divider}};
///
/// let grey = Color::rgb(128, 128, 128);
/// let card = Card::new("Build 1482")
///     .divider(Divider::new(grey).bold())
///     .message("green")
///     .divider(Divider::new(grey).dotted())
///     .message("12 changes");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divider {
    color: Color,
    is_bold: bool,
    is_dotted: bool,
}

impl Divider {
    /// A thin line of this colour.
    #[must_use]
    pub fn new(color: Color) -> Self {
        Self {
            color,
            is_bold: false,
            is_dotted: false,
        }
    }

    /// Makes the line thick.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.is_bold = true;
        self
    }

    /// Makes the line dotted.
    #[must_use]
    pub fn dotted(mut self) -> Self {
        self.is_dotted = true;
        self
    }

    pub(super) fn write(self) -> Value {
        let color = format!("#{}", self.color);
        let style = json!({ "bold": self.is_bold, "dotted": self.is_dotted, "color": color });
        json!({ "type": "divider", "style": style })
    }
}
