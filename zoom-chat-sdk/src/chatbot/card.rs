//! Message cards.

use serde_json::{Map, Value, json};

use crate::{Color, InvalidMessage};

mod action;
mod attachment;
mod control;
mod item;
mod section;
mod text;

pub use action::{Actions, Button, Select};
pub use attachment::{Attachment, LinkedFile};
pub use control::{Checkboxes, RadioButtons};
pub use item::{Divider, Field};
pub use section::Section;
pub use text::{Label, Text};

use item::write_fields;

/// A message card: a head, and below it a body of items.
///
/// ```
/// use zoom_chat_sdk::{Color, chatbot::{Button, Card, Field, Section, Text}};
///
/// let card = Card::new("Build 1482")
///     .sub_head("main")
///     .message(Text::new("All checks passed").bold().color(Color::rgb(0, 128, 0)))
///     .fields([Field::new("Tests", "2,140").short(), Field::new("Warnings", "0").short()])
///     .section(Section::new().markdown("by *Kim*").footer("release crew"))
///     .actions([Button::new("Deploy", "deploy").primary(), Button::new("Discard", "discard").danger()]);
/// assert!(card.check().is_ok());
/// ```
///
/// A string converts into a card with that text as its only message: `"Done".into()`.
///
/// Combinations that Zoom does not allow cannot be expressed: a button in a head, a list of choices together with a
/// source of choices, a style on Markdown. The rest is checked before anything is sent ([`check`](Self::check)). Zoom's
/// reference has no limits for the length of texts and the number of buttons, so there are none here. Its guides for coding
/// assistants name some, which nothing else confirms: 4096 characters for a text, 40 for a button, 256 for the key and the value
/// of a field, 5 buttons and 100 choices.
///
/// ```
/// use zoom_chat_sdk::{Color, chatbot::{Attachment, Card, Divider, LinkedFile, Select}};
///
/// let grey = Color::rgb(128, 128, 128);
/// let card = Card::new("Deployment")
///     .sidebar_color(grey)
///     .split_sidebar(true)
///     .progress(40)
///     .divider(Divider::new(grey))
///     .select(Select::members("Who watches it"))
///     .attachment(Attachment::new("https://example.com/1482", "Build 1482", "12 changes"))
///     .file(LinkedFile::new("Log", "https://example.com/1482.txt", "https://example.com/log.png", "of the build"));
/// assert!(card.check().is_ok());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    head: Option<Value>,
    settings: Map<String, Value>,
    items: Items,
    is_markdown: bool,
}

/// Items in Zoom's JSON, and what was found wrong with them.
#[derive(Debug, Clone, Default, PartialEq)]
struct Items {
    written: Vec<Value>,
    /// The first problem. Setters return no errors, so it is kept.
    problem: Option<InvalidMessage>,
    /// Something that cannot be in a card whose texts are all Markdown.
    plain: Option<&'static str>,
}

impl Items {
    fn link(&mut self, url: &str) {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            let url = url.to_owned();
            self.problem.get_or_insert(InvalidMessage::Link { url });
        }
    }

    fn is_plain(&mut self, what: &'static str) {
        self.plain.get_or_insert(what);
    }

    /// Takes over the problems of inner items, and returns the items in Zoom's JSON.
    fn absorb(&mut self, inner: Self) -> Vec<Value> {
        if let Some(problem) = inner.problem {
            self.problem.get_or_insert(problem);
        }
        if let Some(what) = inner.plain {
            self.is_plain(what);
        }
        inner.written
    }
}

/// Sets a member of an object.
fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
}

/// The setters that cards and sections have in common.
macro_rules! items {
    ($items:ident) => {
        /// Adds a text.
        #[must_use]
        pub fn message(mut self, text: impl Into<Text>) -> Self {
            let text = text.into().write(&mut self.$items);
            self.$items.written.push(text);
            self
        }

        /// Adds a text in Zoom's Markdown: `*bold*`, `_italic_`, `~struck~`, `` `code` ``, `<https://example.com|label>`.
        #[must_use]
        pub fn markdown(mut self, text: impl Into<String>) -> Self {
            self.$items.written.push(json!({
                "type": "message", "text": text.into(), "is_markdown_support": true,
            }));
            self
        }

        /// Adds a table of names and values.
        #[must_use]
        pub fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
            let fields = write_fields(fields, &mut self.$items);
            self.$items.written.push(fields);
            self
        }

        /// Adds a row of buttons. Pressing one is
        /// [`ChatbotInput::Pressed`](crate::chatbot::ChatbotInput::Pressed).
        #[must_use]
        pub fn actions(mut self, actions: impl Into<Actions>) -> Self {
            self.$items.written.push(actions.into().write());
            self
        }

        /// Adds a list to choose from. A choice is [`ChatbotInput::Chosen`](crate::chatbot::ChatbotInput::Chosen).
        #[must_use]
        pub fn select(mut self, select: Select) -> Self {
            self.$items.written.push(select.write());
            self
        }

        /// Adds a preview of a linked resource.
        #[must_use]
        pub fn attachment(mut self, attachment: Attachment) -> Self {
            let attachment = attachment.write(&mut self.$items);
            self.$items.written.push(attachment);
            self
        }

        /// Adds an item that has no setter here, in Zoom's JSON: its `type` and its members. It is not checked.
        ///
        /// ```
        /// use serde_json::json;
        /// use zoom_chat_sdk::chatbot::Card;
        ///
        /// let video = json!({ "type": "video", "url": "https://example.com/1482.mp4" });
        /// let card = Card::new("Build 1482").item(video.as_object().cloned().unwrap_or_default());
        /// assert_eq!(card.to_json()["body"][0], video);
        /// ```
        #[must_use]
        pub fn item(mut self, item: Map<String, Value>) -> Self {
            self.$items.written.push(Value::Object(item));
            self
        }
    };
}
use items;

impl Card {
    /// A card with this head. [`Card::default`] has none.
    pub fn new(head: impl Into<Label>) -> Self {
        let mut card = Self::default();
        let head = head.into().write(&mut card.items);
        card.head = Some(head);
        card
    }

    /// The second, smaller line of the head.
    #[must_use]
    pub fn sub_head(mut self, text: impl Into<Label>) -> Self {
        let text = text.into().write(&mut self.items);
        let head = self.head.get_or_insert_with(|| json!({ "text": "" }));
        set(head, "sub_head", text);
        self
    }

    /// Sets the colour of the bar beside the card. Sections can override it.
    #[must_use]
    pub fn sidebar_color(mut self, color: Color) -> Self {
        let color = json!(format!("#{color}"));
        self.settings
            .insert("default_sidebar_color".to_owned(), color);
        self
    }

    /// Sets whether each item has its own bar beside it.
    #[must_use]
    pub fn split_sidebar(mut self, is_split: bool) -> Self {
        self.settings
            .insert("is_split_sidebar".to_owned(), json!(is_split));
        self
    }

    /// Treats all texts as Markdown: the head, messages, values of fields and footers. Then no text can be editable, be a
    /// link or have a style. [`markdown`](Self::markdown) is for a single text.
    #[must_use]
    pub fn all_markdown(mut self) -> Self {
        self.is_markdown = true;
        self
    }

    items!(items);

    /// Adds a group of items.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        let section = section.write(&mut self.items);
        self.items.written.push(section);
        self
    }

    /// Adds a line between items.
    #[must_use]
    pub fn divider(mut self, divider: Divider) -> Self {
        self.items.written.push(divider.write());
        self
    }

    /// Adds a linked file.
    #[must_use]
    pub fn file(mut self, file: LinkedFile) -> Self {
        let file = file.write(&mut self.items);
        self.items.written.push(file);
        self
    }

    /// Adds a progress bar. Zoom does not document the range of `value`; its examples are percentages.
    #[must_use]
    pub fn progress(mut self, value: u32) -> Self {
        self.items
            .written
            .push(json!({ "type": "progress_bar", "value": value }));
        self
    }

    /// Checks the card against Zoom's documentation. Every call does this before it sends the card.
    ///
    /// ```
    /// use zoom_chat_sdk::{InvalidMessage, chatbot::{Card, Text}};
    ///
    /// let card = Card::new("*Build*").all_markdown().message(Text::new("Edit me").editable());
    /// assert!(matches!(card.check(), Err(InvalidMessage::MarkdownCard { .. })));
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidMessage`]: the card has neither head nor body, a link in it is not an `http` or `https` URL, or it has
    /// [`all_markdown`](Self::all_markdown) together with a text that cannot be Markdown.
    pub fn check(&self) -> Result<(), InvalidMessage> {
        if let Some(problem) = &self.items.problem {
            return Err(problem.clone());
        }
        if self.head.is_none() && self.items.written.is_empty() {
            return Err(InvalidMessage::EmptyCard);
        }
        match self.items.plain {
            Some(what) if self.is_markdown => Err(InvalidMessage::MarkdownCard { what }),
            _ => Ok(()),
        }
    }

    /// The card in Zoom's JSON: the `content` of a chatbot's message.
    ///
    /// ```
    /// use serde_json::json;
    /// use zoom_chat_sdk::chatbot::Card;
    ///
    /// let card = Card::new("Build").message("green").to_json();
    /// let expected = json!({ "head": { "text": "Build" }, "body": [{ "type": "message", "text": "green" }] });
    /// assert_eq!(serde_json::Value::Object(card), expected);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut card = Map::new();
        if !self.settings.is_empty() {
            card.insert("settings".to_owned(), Value::Object(self.settings.clone()));
        }
        if let Some(head) = &self.head {
            card.insert("head".to_owned(), head.clone());
        }
        if !self.items.written.is_empty() {
            card.insert("body".to_owned(), Value::Array(self.items.written.clone()));
        }
        card
    }

    pub(super) fn is_markdown(&self) -> bool {
        self.is_markdown
    }
}

impl From<&str> for Card {
    fn from(text: &str) -> Self {
        Self::default().message(text)
    }
}

impl From<String> for Card {
    fn from(text: String) -> Self {
        Self::default().message(text)
    }
}

impl From<Text> for Card {
    fn from(text: Text) -> Self {
        Self::default().message(text)
    }
}
