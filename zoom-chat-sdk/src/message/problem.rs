//! Why a message is refused before anything is sent.

use super::InvalidId;
use super::{Message, TextUnit};

/// The most cards of one message.
pub(crate) const MAX_CARDS: usize = 5;
/// The most files of one message.
pub(crate) const MAX_FILES: usize = 6;

/// What is wrong with a message. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMessage {
    /// An interactive card is not the JSON text of an object.
    #[error("interactive card {index} is not a JSON object: {reason}")]
    Card {
        /// Which card, counted from 0.
        index: usize,
        /// The error of the JSON parser.
        reason: String,
    },
    /// A mention has an invalid contact.
    #[error("a mention's {0}")]
    Contact(InvalidId),
    /// A chatbot's card has neither a head nor a body.
    #[error("the card has neither a head nor a body")]
    EmptyCard,
    /// All texts of a chatbot's card are Markdown, and something cannot be.
    #[error("a card whose texts are all Markdown cannot be or have {what}")]
    MarkdownCard {
        /// What cannot be Markdown, such as `an editable text`.
        what: &'static str,
    },
    /// There is no text. Zoom requires some, even beside files and cards.
    #[error("message is empty, Zoom requires a text")]
    Empty,
    /// A link is not an `http` or `https` URL.
    #[error("a link in a message must be an http or https URL, not `{url}`")]
    Link {
        /// The link.
        url: String,
    },
    /// A mention is marked that the text does not contain, or not as often.
    #[error("the text contains no further `@{name}`")]
    MentionNotInText {
        /// The name, without `@`.
        name: String,
    },
    /// A mention without a name would be a bare `@`.
    #[error("a mention has no name")]
    MentionWithoutName,
    /// The text is over [`Message::MAX_LENGTH`].
    #[error("message is {length} {} long, Zoom's limit for `message` is {}", unit.name(), Message::MAX_LENGTH)]
    TooLong {
        /// How long the text is.
        length: usize,
        /// In what it was measured.
        unit: TextUnit,
    },
    /// There are more cards than [`SendMessage::MAX_CARDS`](crate::SendMessage::MAX_CARDS).
    #[error(
        "{count} interactive cards, Zoom's limit for `interactive_cards` is {}",
        MAX_CARDS
    )]
    TooManyCards {
        /// How many there are.
        count: usize,
    },
    /// There are more files than [`SendMessage::MAX_FILES`](crate::SendMessage::MAX_FILES).
    #[error("{count} files, Zoom's limit for `file_ids` is {}", MAX_FILES)]
    TooManyFiles {
        /// How many there are.
        count: usize,
    },
    /// The message is scheduled for a time that Zoom does not take: it must be more than 30 minutes and at most 180
    /// days ahead.
    #[error(
        "`scheduled_time` is {ahead_seconds} s ahead, Zoom takes more than 30 minutes and at most 180 days"
    )]
    ScheduledTime {
        /// How many seconds the time lies ahead; negative when it has passed.
        ahead_seconds: i64,
    },
}
