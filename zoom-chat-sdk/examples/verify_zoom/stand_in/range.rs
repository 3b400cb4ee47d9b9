//! Ranges of mentions and rich text, by the unit and the end that the stand-in is told.

use serde_json::Value;

use super::Answers;

/// What a position counts.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests tell it otherwise"))]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Bytes,
    Utf16,
    CodePoints,
}

impl Unit {
    pub(super) fn measure(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::CodePoints => text.chars().count(),
        }
    }
}

/// Where a range ends.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests tell it otherwise"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Inclusive,
    Exclusive,
}

/// What becomes of a range that does not lie in the text.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests tell it otherwise"))]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Misplaced {
    Dropped,
    Kept,
    Refused,
}

/// A range lies outside of the text, and is refused for it.
pub(super) struct OutOfText;

/// Takes away the ranges that are dropped.
pub(super) fn check(answers: &Answers, text: &str, message: &mut Value) -> Result<(), OutOfText> {
    let mentions = answers.mention_unit.measure(text);
    let rich_text = answers.rich_text_unit.measure(text);
    for (property, length, end) in [
        ("at_items", mentions, End::Inclusive),
        ("rich_text", rich_text, answers.rich_text_end),
    ] {
        let Some(items) = message[property].as_array_mut() else {
            continue;
        };
        if answers.needs_format_attr && property == "rich_text" {
            items.retain(|item| item.get("format_attr").is_some());
        }
        match answers.misplaced {
            Misplaced::Dropped => items.retain(|item| lies_within(item, length, end)),
            Misplaced::Kept => {}
            Misplaced::Refused if items.iter().all(|item| lies_within(item, length, end)) => {}
            Misplaced::Refused => return Err(OutOfText),
        }
    }
    Ok(())
}

fn lies_within(item: &Value, length: usize, end: End) -> bool {
    let position = |name: &str| item[name].as_u64().and_then(|it| usize::try_from(it).ok());
    let (Some(start), Some(last)) = (position("start_position"), position("end_position")) else {
        return false;
    };
    match end {
        End::Inclusive => start <= last && last < length,
        End::Exclusive => start < last && last <= length,
    }
}
