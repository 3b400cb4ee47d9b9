//! Messages that are rejected before they are sent.

use super::InvalidId;
use super::{Message, TextUnit};

/// The maximum number of cards of one message.
pub(crate) const MAX_CARDS: usize = 5;
/// The maximum number of files of one message.
pub(crate) const MAX_FILES: usize = 6;

/// What is wrong with a message. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMessage {
    /// An interactive card is not the JSON text of an object.
    #[error("interactive card {index} is not a JSON object: {reason}")]
    Card {
        /// The index of the card, counted from 0.
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
    /// A marked mention is not in the text, or not as often.
    #[error("the text contains no further `@{name}`")]
    MentionNotInText {
        /// The name, without `@`.
        name: String,
    },
    /// A mention has an empty name.
    #[error("a mention has no name")]
    MentionWithoutName,
    /// The text is longer than [`Message::MAX_LENGTH`].
    #[error("message is {length} {} long, Zoom's limit for `message` is {}", unit.name(), Message::MAX_LENGTH)]
    TooLong {
        /// The length of the text.
        length: usize,
        /// The unit of the length.
        unit: TextUnit,
    },
    /// There are more cards than [`SendMessage::MAX_CARDS`](crate::SendMessage::MAX_CARDS).
    #[error(
        "{count} interactive cards, Zoom's limit for `interactive_cards` is {}",
        MAX_CARDS
    )]
    TooManyCards {
        /// Their number.
        count: usize,
    },
    /// There are more files than [`SendMessage::MAX_FILES`](crate::SendMessage::MAX_FILES).
    #[error("{count} files, Zoom's limit for `file_ids` is {}", MAX_FILES)]
    TooManyFiles {
        /// Their number.
        count: usize,
    },
    /// The scheduled time is invalid: it must be more than 30 minutes and at most 180 days ahead.
    #[error(
        "`scheduled_time` is {ahead_seconds} s ahead, Zoom takes more than 30 minutes and at most 180 days"
    )]
    ScheduledTime {
        /// How many seconds the time lies ahead; negative when it has passed.
        ahead_seconds: i64,
    },
}
