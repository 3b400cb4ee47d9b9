//! What positions in a text count, and where a formatted range ends.
//!
//! Zoom documents neither. A range that goes past the end of the text shows whether Zoom checks ranges at all: where it
//! keeps that one, the others prove nothing.

use serde_json::{Value, json};
use zoom_chat_sdk::Error;

use crate::{
    Findings,
    channel::{Taken, TestChannel},
    finding::Finding,
};

pub(crate) const END_FACTS: [&str; 1] = ["end of a formatted range"];

/// Far enough apart that a position in a larger unit lies past the text in a smaller one.
const EMOJI: &str = "🎉🎉🎉🎉🎉🎉🎉🎉";
const NAME: &str = "@all";
const FAR: usize = 400;

/// What is placed by positions.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    Mention,
    RichText,
}

impl Mark {
    pub(crate) fn unit_fact(self) -> &'static str {
        match self {
            Self::Mention => "unit of positions of mentions",
            Self::RichText => "unit of positions of rich text",
        }
    }

    fn property(self) -> &'static str {
        match self {
            Self::Mention => "at_items",
            Self::RichText => "rich_text",
        }
    }

    fn at(self, start: usize, end: usize) -> Value {
        let item = match self {
            Self::Mention => json!({"at_type": 2, "start_position": start, "end_position": end}),
            Self::RichText => json!({
                "format_type": "Bold", "format_attr": "", "start_position": start, "end_position": end,
            }),
        };
        json!({ self.property(): [item] })
    }
}

/// The unit is the largest one by which a range behind emoji still lies in the text.
pub(crate) async fn unit(channel: &mut TestChannel, mark: Mark) -> Findings {
    let text = format!("{EMOJI}{NAME}");
    let before = channel.prefix().len();
    let mut saw = Vec::new();
    let mut means = None;
    for (unit, count, meaning) in [
        (
            "past the end",
            FAR,
            "Zoom does not check positions: use --pause and look",
        ),
        ("bytes", EMOJI.len(), "bytes: the SDK cannot count so"),
        (
            "UTF-16",
            EMOJI.encode_utf16().count(),
            "TextUnit::Utf16, the default",
        ),
        (
            "code points",
            EMOJI.chars().count(),
            "set TextUnit::CodePoint",
        ),
    ] {
        // The inclusive end: by either meaning of it the range lies in the text.
        let start = before + count;
        let kept = keeps(channel, &text, mark, start, start + NAME.len() - 1).await?;
        if kept.is_kept() {
            means = means.or(Some(meaning));
        }
        saw.push(format!("{unit} {}", kept.name()));
    }
    let means = means.unwrap_or("none is kept: no unit is shown");
    Ok(vec![Finding::new(mark.unit_fact(), saw.join(", "), means)])
}

/// One letter at the end of the text: with exclusive ends a range that starts where it ends is empty, with inclusive
/// ones the position behind it lies past the text.
pub(crate) async fn end(channel: &mut TestChannel) -> Findings {
    let at = channel.prefix().len();
    let mut kept = Vec::new();
    for end in [at, at + 1, at + FAR] {
        kept.push(keeps(channel, "A", Mark::RichText, at, end).await?);
    }
    let means = match kept.iter().map(Kept::is_kept).collect::<Vec<_>>()[..] {
        [true, false, false] => "RangeEnd::Inclusive, the default",
        [false, true, false] => "set RangeEnd::Exclusive",
        [true, true, false] => "both are kept: use --pause and look",
        [_, _, true] => "Zoom does not check positions: use --pause and look",
        _ => "none is kept: no end is shown",
    };
    let names = ["on the letter", "behind it", "past the end"];
    let saw = names
        .iter()
        .zip(&kept)
        .map(|(name, kept)| format!("{name} {}", kept.name()));
    let [fact] = END_FACTS;
    Ok(vec![Finding::new(
        fact,
        saw.collect::<Vec<_>>().join(", "),
        means,
    )])
}

/// What became of a range.
#[derive(Debug)]
enum Kept {
    AsSent,
    Moved,
    Dropped,
    Refused(String),
}

impl Kept {
    fn is_kept(&self) -> bool {
        matches!(self, Self::AsSent)
    }

    fn name(&self) -> &str {
        match self {
            Self::AsSent => "kept",
            Self::Moved => "moved",
            Self::Dropped => "dropped",
            Self::Refused(how) => how,
        }
    }
}

async fn keeps(
    channel: &mut TestChannel,
    text: &str,
    mark: Mark,
    start: usize,
    end: usize,
) -> Result<Kept, Error> {
    let id = match channel.send(text, mark.at(start, end)).await? {
        Taken::As(id) => id,
        Taken::Refused(how) => return Ok(Kept::Refused(how)),
    };
    let read = channel.read(&id).await?;
    let place = |start: Option<i64>, end: Option<i64>| (start.unwrap_or(0), end.unwrap_or(0));
    let places: Vec<_> = match mark {
        Mark::Mention => {
            let items = read.at_items.into_iter().flatten();
            items
                .map(|item| place(item.start_position, item.end_position))
                .collect()
        }
        Mark::RichText => {
            let items = read.rich_text.into_iter().flatten();
            items
                .map(|item| place(item.start_position, item.end_position))
                .collect()
        }
    };
    let sent = (
        i64::try_from(start).unwrap_or(0),
        i64::try_from(end).unwrap_or(0),
    );
    Ok(match places[..] {
        [] => Kept::Dropped,
        [place] if place == sent => Kept::AsSent,
        _ => Kept::Moved,
    })
}
