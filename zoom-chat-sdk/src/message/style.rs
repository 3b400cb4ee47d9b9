//! Rich text styles.

use std::{borrow::Cow, fmt};

use super::InvalidMessage;

/// The style of a part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Background colour.
    Background(Color),
    /// Bold.
    Bold,
    /// Bulleted list.
    BulletedList,
    /// Text colour.
    Color(Color),
    /// Heading.
    Heading(Heading),
    /// Indentation from the left, in pixels.
    Indent(u32),
    /// Italic.
    Italic,
    /// Link to an `http` or `https` URL.
    Link(String),
    /// Numbered list.
    NumberedList,
    /// Block quote.
    Quote,
    /// Font size.
    Size(FontSize),
    /// Strikethrough.
    Strikethrough,
    /// Underline.
    Underline,
}

impl Style {
    /// Zoom's name of the format and its attribute. Zoom silently ignores a format without attribute, so there always
    /// is one, even if it is empty.
    pub(crate) fn wire(&self) -> (&'static str, Cow<'_, str>) {
        match self {
            Self::Background(color) => ("BackgroundColor", color.to_string().into()),
            Self::Bold => ("Bold", "".into()),
            Self::BulletedList => ("BulletedList", "".into()),
            Self::Color(color) => ("FontColor", color.to_string().into()),
            Self::Heading(level) => ("Paragraph", level.wire().into()),
            Self::Indent(pixels) => ("LeftIndent", pixels.to_string().into()),
            Self::Italic => ("Italic", "".into()),
            Self::Link(url) => ("AddLink", url.as_str().into()),
            Self::NumberedList => ("NumberedList", "".into()),
            Self::Quote => ("Quote", "".into()),
            Self::Size(size) => ("FontSize", size.wire().into()),
            Self::Strikethrough => ("Strikethrough", "".into()),
            Self::Underline => ("Underline", "".into()),
        }
    }

    pub(crate) fn check(&self) -> Result<(), InvalidMessage> {
        match self {
            Self::Link(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
                Err(InvalidMessage::Link { url: url.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// A colour of red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color([u8; 3]);

impl Color {
    /// A colour from red, green and blue, each 0 to 255.
    ///
    /// ```
    /// use zoom_chat_sdk::{Color, Message, Style};
    ///
    /// let message = Message::new("The build is ").styled("red", [Style::Color(Color::rgb(0xC0, 0x10, 0x10))]);
    /// # drop(message);
    /// ```
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }
}

/// As Zoom writes it: six hexadecimal digits.
impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "{red:02X}{green:02X}{blue:02X}")
    }
}

/// A font size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FontSize {
    /// Smaller than usual.
    Small,
    /// As usual.
    Medium,
    /// Larger than usual.
    Large,
}

impl FontSize {
    fn wire(self) -> &'static str {
        match self {
            Self::Small => "s",
            Self::Medium => "m",
            Self::Large => "l",
        }
    }
}

/// The level of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Heading {
    /// The highest.
    H1,
    /// The second.
    H2,
    /// The third and last.
    H3,
}

impl Heading {
    fn wire(self) -> &'static str {
        match self {
            Self::H1 => "h1",
            Self::H2 => "h2",
            Self::H3 => "h3",
        }
    }
}
