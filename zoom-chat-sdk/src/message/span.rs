//! Zoom's positions in a text.
//!
//! Zoom documents neither the unit of its positions nor, for rich text, whether an end is inclusive. Both are decided
//! here and nowhere else. The defaults are UTF-16 code units, as in Zoom's clients (JavaScript, Java), and inclusive
//! ends, as the reference shows for mentions and users measured for rich text. The units differ only outside the Basic
//! Multilingual Plane, in practice after an emoji.

use std::ops::Range;

/// The unit of Zoom's text positions and of its limit for the length of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum TextUnit {
    /// UTF-16 code units: an emoji is two or more.
    #[default]
    Utf16,
    /// Unicode code points: a simple emoji is one.
    CodePoint,
}

impl TextUnit {
    /// The length of `text` in this unit.
    ///
    /// ```
    /// use zoom_chat_sdk::TextUnit;
    ///
    /// assert_eq!(TextUnit::Utf16.measure("🎉"), 2);
    /// assert_eq!(TextUnit::CodePoint.measure("🎉"), 1);
    /// ```
    #[must_use]
    pub fn measure(self, text: &str) -> usize {
        if text.is_ascii() {
            return text.len();
        }
        match self {
            Self::Utf16 => text.encode_utf16().count(),
            Self::CodePoint => text.chars().count(),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16 code units",
            Self::CodePoint => "code points",
        }
    }
}

/// The end of a rich-text range. Mentions always end on their last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RangeEnd {
    /// On the last character.
    #[default]
    Inclusive,
    /// After the last character.
    Exclusive,
}

/// Converts byte ranges of one text into positions, reading the text once if the ranges are in order.
pub(crate) struct Spans<'a> {
    text: &'a str,
    unit: TextUnit,
    byte: usize,
    position: usize,
}

impl<'a> Spans<'a> {
    pub(crate) fn new(text: &'a str, unit: TextUnit) -> Self {
        Self {
            text,
            unit,
            byte: 0,
            position: 0,
        }
    }

    /// Start and last position of `range`, which must not be empty and must lie on character boundaries of the text.
    pub(crate) fn inclusive(&mut self, range: &Range<usize>) -> (i64, i64) {
        let (start, end) = self.exclusive(range);
        (start, end - 1)
    }

    /// Start of `range` and the position after it.
    pub(crate) fn exclusive(&mut self, range: &Range<usize>) -> (i64, i64) {
        if range.start < self.byte {
            (self.byte, self.position) = (0, 0);
        }
        self.position += self.measure(self.byte..range.start);
        self.byte = range.start;
        let end = self.position + self.measure(range.clone());
        (signed(self.position), signed(end))
    }

    fn measure(&self, range: Range<usize>) -> usize {
        self.text
            .get(range)
            .map_or(0, |part| self.unit.measure(part))
    }
}

/// A string is never longer than `isize::MAX` bytes, so this loses nothing.
fn signed(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
