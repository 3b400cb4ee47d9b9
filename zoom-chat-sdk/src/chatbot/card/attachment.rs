//! Previews and files that cards link to.

use serde_json::{Value, json};

use super::{Items, Label, set};

/// A preview of a linked resource.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Attachment, Card};
///
/// let plan = Attachment::new("https://example.com/plan.pdf", "Plan", "of the release")
///     .image("https://example.com/plan.png")
///     .file_type("pdf")
///     .size(48_213);
/// let card = Card::default().attachment(plan);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    resource_url: String,
    title: Label,
    description: Label,
    image: Option<String>,
    file_type: Option<String>,
    size: Option<u64>,
}

impl Attachment {
    /// A preview that links to this `http` or `https` URL.
    pub fn new(
        resource_url: impl Into<String>,
        title: impl Into<Label>,
        description: impl Into<Label>,
    ) -> Self {
        Self {
            resource_url: resource_url.into(),
            title: title.into(),
            description: description.into(),
            image: None,
            file_type: None,
            size: None,
        }
    }

    /// Adds a picture, by its `http` or `https` URL.
    #[must_use]
    pub fn image(mut self, url: impl Into<String>) -> Self {
        self.image = Some(url.into());
        self
    }

    /// Sets the type of the file, such as `pdf`, which determines the icon.
    #[must_use]
    pub fn file_type(mut self, extension: impl Into<String>) -> Self {
        self.file_type = Some(extension.into());
        self
    }

    /// Sets the size of the file, in bytes.
    #[must_use]
    pub fn size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    pub(super) fn write(self, items: &mut Items) -> Value {
        items.link(&self.resource_url);
        let information = json!({
            "title": self.title.write(items), "description": self.description.write(items),
        });
        let mut attachment = json!({
            "type": "attachments", "resource_url": self.resource_url, "information": information,
        });
        if let Some(image) = self.image {
            items.link(&image);
            set(&mut attachment, "img_url", image);
        }
        if let Some(file_type) = self.file_type {
            set(&mut attachment, "ext", file_type);
        }
        if let Some(size) = self.size {
            set(&mut attachment, "size", size);
        }
        attachment
    }
}

/// A linked file.
///
/// ```
/// use zoom_chat_sdk::chatbot::{Card, LinkedFile};
///
/// let notes = LinkedFile::new("Notes", "https://example.com/notes.txt", "https://example.com/icon.png", "of build 1482");
/// let card = Card::default().file(notes);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedFile {
    title: String,
    url: String,
    icon_url: String,
    description: String,
}

impl LinkedFile {
    /// A file and its icon, each by its `http` or `https` URL.
    pub fn new(
        title: impl Into<String>,
        url: impl Into<String>,
        icon_url: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            url: url.into(),
            icon_url: icon_url.into(),
            description: description.into(),
        }
    }

    pub(super) fn write(self, items: &mut Items) -> Value {
        items.link(&self.url);
        items.link(&self.icon_url);
        json!({
            "type": "file", "icon_url": self.icon_url,
            "title": { "text": self.title, "file_url": self.url },
            "description": { "text": self.description },
        })
    }
}
