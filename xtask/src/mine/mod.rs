//! Facts in prose: descriptions and names of responses, in the usual forms of API references.
//!
//! Each miner takes one text and gives the facts it is sure of, each with the byte range it was read from, and the
//! rest of the text as clean Markdown. A fact leaves the text only where the text would repeat it as a mere label
//! (`(Required)`, a scope list, an error code); an enumeration that explains its values stays readable.
//! Miners prefer silence to guessing: a false enumeration refuses valid calls, a missing one costs nothing.

mod apply;
mod code;
mod default;
mod enumeration;
mod facts;
mod field;
mod html;
mod limit;
mod mark;
mod markdown;
mod operation;
mod prose;
mod readings;
mod response;
mod subject;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

pub use apply::{Disagreement, apply};
pub(crate) use code::without_code;
pub use facts::FieldFacts;
pub use field::field;
pub use mark::deprecated_name;
pub use markdown::to_markdown;
pub use operation::{OperationFacts, operation};
pub(crate) use readings::Readings;
pub use response::{ResponseFacts, response};

/// A fact with the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The fact.
    pub fact: T,
    /// Bytes of the text given to the miner.
    pub range: Range<usize>,
}

/// A regular expression for prose. Its classes (`\w`, `\d`, `\s`, `\b`) are those of ASCII, with the no-break
/// space: those of Unicode take ten times as long to compile, which every run would pay.
#[expect(
    clippy::expect_used,
    reason = "the patterns are constants, and a test compiles each of them"
)]
pub(crate) fn pattern(text: &str) -> Regex {
    let text = text
        .replace(r"\w", "[0-9A-Za-z_]")
        .replace(r"\d", "[0-9]")
        .replace(r"\s", r"[\t\n\r\f\x20\xA0]")
        .replace(r"\b", r"(?-u:\b)");
    Regex::new(&text).expect("a valid pattern")
}

/// Whether `word` stands in a text, in any case. Most texts lack the words that patterns are about, and a look for one
/// costs much less than a pattern does. `word` is in lower case, without the letters `s` and `k`: patterns take signs
/// beyond ASCII for these.
pub(crate) fn mentions(text: &str, word: &str) -> bool {
    debug_assert!(!word.contains(['s', 'k']), "{word}");
    let word = word.as_bytes();
    let mut parts = text.as_bytes().windows(word.len());
    parts.any(|part| part.eq_ignore_ascii_case(word))
}

/// Whether `pattern`, which matches nothing shorter than two bytes, matches in `words`: often there are none, and the
/// pattern need not be compiled.
fn matches(pattern: &LazyLock<Regex>, words: &str) -> bool {
    words.len() > 1 && pattern.is_match(words)
}

/// `text` without the ranges that were claimed, each replaced by a line end so that nothing runs together.
pub(crate) fn without(text: &str, mut claimed: Vec<Range<usize>>) -> String {
    claimed.sort_by_key(|range| range.start);
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for range in claimed {
        rest.push_str(text.get(from..range.start).unwrap_or_default());
        if !rest.is_empty() {
            rest.push('\n');
        }
        from = range.end.max(from);
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}
