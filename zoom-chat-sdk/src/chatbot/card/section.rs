//! Sections of cards.

use serde_json::{Map, Value, json};

use super::{
    Actions, Attachment, Checkboxes, Field, Items, RadioButtons, Select, Text, items, write_fields,
};
use crate::Color;

/// A group of items, with a coloured bar beside it and a footer.
///
/// ```
/// use zoom_chat_sdk::{Color, chatbot::{Button, Card, Section}};
///
/// let checks = Section::new()
///     .sidebar_color(Color::rgb(0, 128, 0))
///     .message("All checks passed")
///     .date_picker("deploy-on", "2026/10/10")
///     .actions([Button::new("Deploy", "deploy").primary()])
///     .footer("release crew");
/// let card = Card::new("Build 1482").section(checks);
/// ```
///
/// ```
/// use zoom_chat_sdk::chatbot::{Checkboxes, RadioButtons, Section};
///
/// let form = Section::new()
///     .horizontal()
///     .time_picker("deploy-at", "09:30")
///     .radio_buttons(RadioButtons::new("where", [("Staging", "stg"), ("Production", "prd")]))
///     .checkboxes(Checkboxes::new("tell").option("By mail", "mail"))
///     .footer_icon("https://example.com/crew.png")
///     .timestamp(1_780_128_000);
/// # drop(form);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    members: Map<String, Value>,
    items: Items,
    footer_icon: Option<String>,
}

impl Section {
    /// A section without items.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the colour of the bar beside it.
    #[must_use]
    pub fn sidebar_color(self, color: Color) -> Self {
        self.member("sidebar_color", json!(format!("#{color}")))
    }

    /// Shows its items side by side.
    #[must_use]
    pub fn horizontal(self) -> Self {
        self.member("layout", json!("horizontal"))
    }

    items!(items);

    /// Adds a control for a date. Zoom's example writes the first date as `2010/10/10`.
    #[must_use]
    pub fn date_picker(
        mut self,
        action_id: impl Into<String>,
        initial_date: impl Into<String>,
    ) -> Self {
        let (action_id, date) = (action_id.into(), initial_date.into());
        let picker = json!({ "type": "datepicker", "action_id": action_id, "initial_date": date });
        self.items.written.push(picker);
        self
    }

    /// Adds a control for a time of day.
    #[must_use]
    pub fn time_picker(
        mut self,
        action_id: impl Into<String>,
        initial_time: impl Into<String>,
    ) -> Self {
        let (action_id, time) = (action_id.into(), initial_time.into());
        let picker = json!({ "type": "timepicker", "action_id": action_id, "initial_time": time });
        self.items.written.push(picker);
        self
    }

    /// Adds radio buttons, of which one is selected.
    #[must_use]
    pub fn radio_buttons(mut self, buttons: RadioButtons) -> Self {
        self.items.written.push(buttons.write());
        self
    }

    /// Adds checkboxes, of which any number is ticked.
    #[must_use]
    pub fn checkboxes(mut self, boxes: Checkboxes) -> Self {
        self.items.written.push(boxes.write());
        self
    }

    /// Sets the small text below the items.
    #[must_use]
    pub fn footer(self, text: impl Into<String>) -> Self {
        self.member("footer", json!(text.into()))
    }

    /// Adds a picture before the footer, by its `http` or `https` URL.
    #[must_use]
    pub fn footer_icon(mut self, url: impl Into<String>) -> Self {
        self.footer_icon = Some(url.into());
        self
    }

    /// Adds a Unix time after the footer. Zoom does not document whether it is in seconds or milliseconds.
    #[must_use]
    pub fn timestamp(self, unix_time: i64) -> Self {
        self.member("ts", json!(unix_time))
    }

    fn member(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    pub(super) fn write(self, items: &mut Items) -> Value {
        let mut section = self.members;
        section.insert("type".to_owned(), json!("section"));
        section.insert(
            "sections".to_owned(),
            Value::Array(items.absorb(self.items)),
        );
        if let Some(icon) = self.footer_icon {
            items.link(&icon);
            section.insert("footer_icon".to_owned(), json!(icon));
        }
        Value::Object(section)
    }
}
