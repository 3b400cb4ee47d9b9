//! Texts of inputs as a terminal can show them.
//!
//! Names and values come from files that others wrote. A control character among them could hide a message or forge one,
//! and a name can be as long as a file.

use std::{borrow::Cow, fmt::Write as _};

/// The longest text that is shown whole, in characters.
const LONGEST: usize = 400;

/// How much of a longer one is shown: of its beginning, and of its end.
const SHOWN: (usize, usize) = (300, 60);

/// A text of several lines, with escapes for what would control the terminal.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_control(c) && !matches!(c, '\n' | '\t'))
}

/// A text on one line, shortened if it is long.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    let shortened = match text.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let start = text.char_indices().nth(SHOWN.0).map_or(0, |(at, _)| at);
            let end = text
                .char_indices()
                .nth_back(SHOWN.1)
                .map_or(0, |(at, _)| at);
            let [start, end] = [text.get(..start), text.get(end..)].map(Option::unwrap_or_default);
            format!("{start}…{end}").into()
        }
    };
    match shortened {
        Cow::Borrowed(text) => escaped(text, is_control),
        Cow::Owned(text) => escaped(&text, is_control).into_owned().into(),
    }
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match is_escaped(c) {
            // Writing to a String cannot fail.
            true => drop(write!(shown, "{}", c.escape_default())),
            false => shown.push(c),
        }
    }
    shown.into()
}

/// Whether a character controls a terminal, ends a line, or changes the order in which text is shown.
fn is_control(c: char) -> bool {
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || reorders || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, line, visible};

    #[test]
    fn what_controls_a_terminal_is_escaped() {
        for (text, on_one_line, on_several) in [
            ("Bücher 📚", "Bücher 📚", "Bücher 📚"),
            ("a\tb\nc", "a\\tb\\nc", "a\tb\nc"),
            ("a\u{1b}[31m", "a\\u{1b}[31m", "a\\u{1b}[31m"),
            (
                "a\r\u{7}\u{9b}\u{7f}",
                "a\\r\\u{7}\\u{9b}\\u{7f}",
                "a\\r\\u{7}\\u{9b}\\u{7f}",
            ),
            (
                "a\u{202e}b\u{2028}",
                "a\\u{202e}b\\u{2028}",
                "a\\u{202e}b\\u{2028}",
            ),
        ] {
            assert_eq!(line(text), on_one_line);
            assert_eq!(visible(text), on_several);
        }
    }

    #[test]
    fn a_long_text_is_shortened_in_the_middle() {
        let long = "ä".repeat(LONGEST) + "end";
        let shown = line(&long);
        assert!(shown.starts_with("ää") && shown.contains('…') && shown.ends_with("end"));
        assert!(shown.chars().count() <= LONGEST, "{}", shown.len());
        assert_eq!(line(&"ä".repeat(LONGEST)), "ä".repeat(LONGEST));
    }
}
