//! Texts with a style.

use serde_json::{Map, Value, json};

use super::{Items, set};
use crate::Color;

/// The text of a head or a title, with a style. A string converts into one without a style.
///
/// ```
/// use zoom_chat_sdk::{Color, chatbot::{Card, Label}};
///
/// let card = Card::new(Label::new("Build 1482").bold().color(Color::rgb(0, 128, 0)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    text: String,
    style: Map<String, Value>,
}

/// The text of a message, with a style. A string converts into one without a style.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, Text};
///
/// let card = Card::default()
///     .message(Text::new("Release notes").link("https://example.com/notes"))
///     .message(Text::new("No remarks yet").italic().editable());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    label: Label,
    is_editable: bool,
    link: Option<String>,
}

impl Label {
    /// A text without a style.
    pub fn new(text: impl Into<String>) -> Self {
        let (text, style) = (text.into(), Map::new());
        Self { text, style }
    }

    /// Bold. Zoom shows styles on Windows and macOS only.
    #[must_use]
    pub fn bold(self) -> Self {
        self.style("bold", json!(true))
    }

    /// Italic.
    #[must_use]
    pub fn italic(self) -> Self {
        self.style("italic", json!(true))
    }

    /// The colour of the text.
    #[must_use]
    pub fn color(self, color: Color) -> Self {
        self.style("color", json!(format!("#{color}")))
    }

    fn style(mut self, name: &str, value: Value) -> Self {
        self.style.insert(name.to_owned(), value);
        self
    }

    pub(super) fn write(self, items: &mut Items) -> Value {
        let mut label = json!({ "text": self.text });
        if !self.style.is_empty() {
            items.is_plain("a text with a style");
            set(&mut label, "style", Value::Object(self.style));
        }
        label
    }
}

impl Text {
    /// A text without a style.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            label: Label::new(text),
            is_editable: false,
            link: None,
        }
    }

    /// Bold. Zoom shows styles on Windows and macOS only.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.label = self.label.bold();
        self
    }

    /// Italic.
    #[must_use]
    pub fn italic(mut self) -> Self {
        self.label = self.label.italic();
        self
    }

    /// The colour of the text.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.label = self.label.color(color);
        self
    }

    /// Lets users edit it, which gives [`ChatbotInput::Edited`](crate::chatbot::ChatbotInput::Edited).
    #[must_use]
    pub fn editable(mut self) -> Self {
        self.is_editable = true;
        self
    }

    /// Makes the whole text a link to this `http` or `https` URL.
    #[must_use]
    pub fn link(mut self, url: impl Into<String>) -> Self {
        self.link = Some(url.into());
        self
    }

    pub(super) fn write(self, items: &mut Items) -> Value {
        let mut message = self.label.write(items);
        set(&mut message, "type", "message");
        if self.is_editable {
            items.is_plain("an editable text");
            set(&mut message, "editable", true);
        }
        if let Some(link) = self.link {
            items.link(&link);
            items.is_plain("a text that is a link");
            set(&mut message, "link", link);
        }
        message
    }
}

macro_rules! from_texts {
    ($($text:ty),*) => {$(
        impl From<&str> for $text {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $text {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }
    )*};
}

from_texts!(Label, Text);
