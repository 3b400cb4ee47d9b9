//! Foreign text, made safe to show.

use std::fmt::{self, Write as _};

/// Text of a server, for terminals and logs: its control characters (among them ESC and
/// line ends) and those that reorder or hide text are written as escapes.
///
/// ```
/// use zoom_chat_openapi::Shown;
///
/// assert_eq!(Shown("a\r\n\u{1b}[2Jb\u{202e}c").to_string(), r"a\r\n\u{1b}[2Jb\u{202e}c");
/// assert_eq!(Shown("größer \\ 大").to_string(), "größer \\ 大");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_hazard(c) {
                write!(f, "{}", c.escape_debug())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

/// Whether a character affects the text around it instead of being visible.
fn is_hazard(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_acts() {
        let mut shown = 0;
        for c in '\0'..=char::MAX {
            let text = Shown(c.encode_utf8(&mut [0; 4])).to_string();
            assert!(!text.contains(is_hazard), "{c:?}");
            if is_hazard(c) {
                assert!(text.starts_with('\\') && text.is_ascii(), "{c:?} {text}");
            } else {
                assert_eq!(text, c.to_string());
                shown += 1;
            }
        }
        assert!(shown > 1_000_000);
        for c in [
            '\u{1b}', '\r', '\n', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}',
        ] {
            assert!(is_hazard(c), "{c:?}");
        }
    }
}
