//! The text of a message, with its mentions and styled parts.
//!
//! Ranges are kept in bytes of the text and converted to Zoom's positions when the message is sent, so that their unit
//! ([`TextUnit`]) is decided in one place. For the same reason, the methods that build a message cannot fail:
//! [`Message::check`] finds its problems, and sending calls it first.

use std::ops::Range;

mod encoding;
mod id;
mod problem;
mod recent;
mod recipient;
mod span;
mod style;

pub use encoding::Encoding;
pub(crate) use encoding::EncodingChoice;
pub use id::{
    AccountId, ChannelId, Contact, DraftId, FileId, InvalidId, Jid, MessageId, TriggerId, UserId,
};
pub use problem::InvalidMessage;
pub(crate) use problem::{MAX_CARDS, MAX_FILES};
pub(crate) use recent::{Recent, SLACK, Sending};
pub use recipient::Recipient;
pub(crate) use recipient::addressed;
pub(crate) use span::Spans;
pub use span::{RangeEnd, TextUnit};
pub use style::{Color, FontSize, Heading, Style};

/// Capacity that is reserved for the rest of a text, in bytes.
const SPARE: usize = 64;

/// A message: its text, its mentions, its rich text.
///
/// ```
/// use zoom_chat_sdk::{Message, Style};
///
/// let message = Message::new("Hi ")
///     .mention("jchill@example.com", "Jill")
///     .text(", the build is ")
///     .styled("green", [Style::Bold]);
/// assert_eq!(message.as_str(), "Hi @Jill, the build is green");
/// message.check(Default::default())?;
/// # Ok::<(), zoom_chat_sdk::InvalidMessage>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use]
pub struct Message {
    text: String,
    mentions: Vec<Mention>,
    styled: Vec<Styled>,
    problem: Option<InvalidMessage>,
}

/// A part of the text, including `@`, that mentions one person or everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) range: Range<usize>,
    pub(crate) who: Mentioned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mentioned {
    Contact(Contact),
    Everyone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Styled {
    pub(crate) range: Range<usize>,
    pub(crate) style: Style,
}

impl Message {
    /// Zoom's limit for the length of a message, in [`TextUnit`]s.
    pub const MAX_LENGTH: usize = 1024;

    /// Starts a message with `text`.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert_eq!(Message::new("Good morning").as_str(), "Good morning");
    /// ```
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Appends plain text.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert_eq!(Message::new("Good").text(" morning").as_str(), "Good morning");
    /// ```
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        self.push(text.as_ref());
        self
    }

    /// Appends `@name` as a mention of `contact` (email address or member id). An `@` at the start of `name` is not
    /// doubled.
    ///
    /// A mention is of one contact or of everyone in the channel: Zoom does not document how a message mentions a mention
    /// group of the channel.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// let message = Message::new("Thanks, ").mention("jchill@example.com", "Jill");
    /// assert_eq!(message.as_str(), "Thanks, @Jill");
    /// ```
    pub fn mention(
        mut self,
        contact: impl TryInto<Contact, Error: Into<InvalidId>>,
        name: impl AsRef<str>,
    ) -> Self {
        let range = self.push_name(name.as_ref());
        self.add_mention(contact, range)
    }

    /// Appends `@all` as a mention of everyone in the channel.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert_eq!(Message::new("Hi ").mention_everyone().as_str(), "Hi @all");
    /// ```
    pub fn mention_everyone(self) -> Self {
        self.mention_everyone_as("all")
    }

    /// Appends `@name` as a mention of everyone in the channel, for a channel in a language with another word for
    /// `all`.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert_eq!(Message::new("Hallo ").mention_everyone_as("alle").as_str(), "Hallo @alle");
    /// ```
    pub fn mention_everyone_as(mut self, name: impl AsRef<str>) -> Self {
        let range = self.push_name(name.as_ref());
        self.insert(Mention {
            range,
            who: Mentioned::Everyone,
        });
        self
    }

    /// Makes the first `@name` in the text that is not yet a mention a mention of `contact`. For complete texts that
    /// already contain `@name`s.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// let message = Message::new("@Jill: @Joe is ill").mark_mention("joe@example.com", "Joe");
    /// assert!(message.check(Default::default()).is_ok());
    /// ```
    pub fn mark_mention(
        self,
        contact: impl TryInto<Contact, Error: Into<InvalidId>>,
        name: impl AsRef<str>,
    ) -> Self {
        let name = without_at(name.as_ref());
        if name.is_empty() {
            return self.fail(InvalidMessage::MentionWithoutName);
        }
        let needle = format!("@{name}");
        let free = self
            .text
            .match_indices(&needle)
            .map(|(at, found)| at..at + found.len())
            .find(|range| {
                self.mentions
                    .iter()
                    .all(|taken| range.end <= taken.range.start || taken.range.end <= range.start)
            });
        match free {
            Some(range) => self.add_mention(contact, range),
            None => {
                let name = name.to_owned();
                self.fail(InvalidMessage::MentionNotInText { name })
            }
        }
    }

    /// Appends `text` with all of the `styles`.
    ///
    /// ```
    /// use zoom_chat_sdk::{Message, Style};
    ///
    /// let message = Message::new("The build is ").styled("green", [Style::Bold, Style::Italic]);
    /// assert_eq!(message.as_str(), "The build is green");
    /// ```
    pub fn styled(
        mut self,
        text: impl AsRef<str>,
        styles: impl IntoIterator<Item = Style>,
    ) -> Self {
        let range = self.push(text.as_ref());
        // An empty range has no inclusive end, and there is nothing to see of it.
        if !range.is_empty() {
            self.styled.extend(styles.into_iter().map(|style| Styled {
                range: range.clone(),
                style,
            }));
        }
        self
    }

    /// The whole text, mentions and styled parts included.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert_eq!(Message::new("Hi ").mention_everyone().as_str(), "Hi @all");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Checks whether Zoom would accept this message. Sending does the same first, with the `unit` of the client.
    ///
    /// ```
    /// use zoom_chat_sdk::Message;
    ///
    /// assert!(Message::new("Good morning").check(Default::default()).is_ok());
    /// assert!(Message::new("x".repeat(1025)).check(Default::default()).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidMessage`]: the first problem of the message.
    pub fn check(&self, unit: TextUnit) -> Result<(), InvalidMessage> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        if self.text.is_empty() {
            return Err(InvalidMessage::Empty);
        }
        let length = unit.measure(&self.text);
        if length > Self::MAX_LENGTH {
            return Err(InvalidMessage::TooLong { length, unit });
        }
        self.styled.iter().try_for_each(|part| part.style.check())
    }

    /// In the order of the text.
    pub(crate) fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// In the order of the text.
    pub(crate) fn styles(&self) -> &[Styled] {
        &self.styled
    }

    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        // Who appends once appends again.
        if self.text.capacity() - start < text.len() {
            self.text.reserve(text.len().max(SPARE));
        }
        self.text.push_str(text);
        start..self.text.len()
    }

    fn push_name(&mut self, name: &str) -> Range<usize> {
        let name = without_at(name);
        if name.is_empty() {
            self.note(InvalidMessage::MentionWithoutName);
        }
        let start = self.push("@").start;
        start..self.push(name).end
    }

    fn add_mention(
        mut self,
        contact: impl TryInto<Contact, Error: Into<InvalidId>>,
        range: Range<usize>,
    ) -> Self {
        match contact.try_into() {
            Ok(contact) => self.insert(Mention {
                range,
                who: Mentioned::Contact(contact),
            }),
            Err(error) => self.note(InvalidMessage::Contact(error.into())),
        }
        self
    }

    fn insert(&mut self, mention: Mention) {
        let at = self
            .mentions
            .partition_point(|other| other.range.start < mention.range.start);
        self.mentions.insert(at, mention);
    }

    fn fail(mut self, problem: InvalidMessage) -> Self {
        self.note(problem);
        self
    }

    /// Keeps the first problem; later ones may be consequences of it.
    fn note(&mut self, problem: InvalidMessage) {
        self.problem.get_or_insert(problem);
    }
}

fn without_at(name: &str) -> &str {
    name.strip_prefix('@').unwrap_or(name)
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(message: &Message, unit: TextUnit) -> Vec<(i64, i64)> {
        let mut spans = Spans::new(message.as_str(), unit);
        message
            .mentions()
            .iter()
            .map(|mention| spans.inclusive(&mention.range))
            .collect()
    }

    #[test]
    fn a_mention_reaches_from_its_at_sign_to_its_last_character() {
        let message = Message::new("")
            .mention("s@example.com", "Shrijana")
            .text(" How are you?");
        assert_eq!(message.as_str(), "@Shrijana How are you?");
        assert_eq!(positions(&message, TextUnit::Utf16), [(0, 8)]);
    }

    #[test]
    fn an_emoji_before_a_mention_counts_by_the_unit() {
        let message = Message::new("👍 ")
            .mention_everyone()
            .text(" ")
            .mention("j@example.com", "@Jill");
        assert_eq!(message.as_str(), "👍 @all @Jill");
        assert_eq!(positions(&message, TextUnit::Utf16), [(3, 6), (8, 12)]);
        assert_eq!(positions(&message, TextUnit::CodePoint), [(2, 5), (7, 11)]);
    }

    #[test]
    fn marking_takes_the_first_occurrence_that_is_free() {
        let message = Message::new("@Jo @Jo and @Joe")
            .mark_mention("second@example.com", "Joe")
            .mark_mention("first@example.com", "Jo")
            .mark_mention("first@example.com", "@Jo");
        assert_eq!(
            positions(&message, TextUnit::Utf16),
            [(0, 2), (4, 6), (12, 15)]
        );
        assert_eq!(
            message
                .mark_mention("late@example.com", "Jo")
                .check(TextUnit::default()),
            Err(InvalidMessage::MentionNotInText {
                name: "Jo".to_owned()
            })
        );
    }

    #[test]
    fn what_zoom_would_refuse_is_refused_by_name() {
        let unit = TextUnit::default();
        assert_eq!(Message::new("").check(unit), Err(InvalidMessage::Empty));
        assert_eq!(Message::new("x".repeat(1024)).check(unit), Ok(()));
        let long = Message::new("x".repeat(1023)).text("👍");
        assert_eq!(long.check(TextUnit::CodePoint), Ok(()));
        assert_eq!(
            long.check(TextUnit::Utf16).unwrap_err().to_string(),
            "message is 1025 UTF-16 code units long, Zoom's limit for `message` is 1024"
        );
        assert_eq!(
            Message::new("a").mention("a@b", "").check(unit),
            Err(InvalidMessage::MentionWithoutName)
        );
        assert!(matches!(
            Message::new("a").mention("", "Jill").check(unit),
            Err(InvalidMessage::Contact(_))
        ));
        let link = Message::new("see ").styled("this", [Style::Link("ftp://x".to_owned())]);
        assert!(matches!(link.check(unit), Err(InvalidMessage::Link { .. })));
    }
}
