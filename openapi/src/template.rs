//! Matching an error text against its documented template.
//!
//! A template alternates literals with holes. Literals are searched from left to
//! right, each after the one before, so the work is linear in the text. The texts
//! that Zoom sends differ from the documented ones in case, spacing and the closing
//! full stop; these never distinguish two errors, so they are ignored.

use std::ops::Range;

/// The values of the holes of `template`, or `None` when `text` does not fit.
///
/// `literals` has one more element than there are holes. They are in lower case,
/// their white space is collapsed to single spaces, and the first and the last carry
/// none next to a hole, since values are trimmed.
pub fn capture<const HOLES: usize>(literals: &[&str], text: &str) -> Option<[String; HOLES]> {
    let text = Folded::new(text);
    let (first, rest) = literals.split_first()?;
    let mut end = text.folded.len();
    let mut at = text.folded.starts_with(first).then_some(first.len())?;
    let mut values = std::array::from_fn(|_| String::new());
    if let Some((last, between)) = rest.split_last() {
        // The end is settled first: a value may contain what closes the text.
        end = text.folded.strip_suffix(last)?.len();
        if end < at {
            return None;
        }
        let mut holes = values.iter_mut();
        for literal in between {
            let found = at + text.folded.get(at..end)?.find(literal)?;
            *holes.next()? = text.original(at..found)?;
            at = found + literal.len();
        }
        *holes.next()? = text.original(at..end)?;
        at = end;
    }
    (at == end).then_some(values)
}

/// A text in lower case with collapsed spaces and without its closing full stop,
/// which remembers where its bytes came from.
struct Folded<'a> {
    source: &'a str,
    folded: String,
    /// For each byte of `folded` where in `source` its character starts, and at last
    /// where the text ends.
    origin: Vec<usize>,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Self {
        let source = text.trim().trim_end_matches('.').trim_end();
        let mut folded = String::with_capacity(source.len());
        let mut origin = Vec::with_capacity(source.len() + 1);
        let mut spaced = false;
        for (at, c) in source.char_indices() {
            let space = c.is_whitespace();
            if space && spaced {
                continue;
            }
            spaced = space;
            folded.push(if space { ' ' } else { c.to_ascii_lowercase() });
            origin.resize(folded.len(), at);
        }
        origin.push(source.len());
        Self {
            source,
            folded,
            origin,
        }
    }

    fn original(&self, range: Range<usize>) -> Option<String> {
        let start = *self.origin.get(range.start)?;
        let end = *self.origin.get(range.end)?;
        Some(self.source.get(start..end)?.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::capture;

    #[test]
    fn literal_text_matches_whatever_its_case_spacing_and_full_stop() {
        for text in [
            "Message sending failed.",
            " message  sending\nfailed",
            "MESSAGE SENDING FAILED...",
        ] {
            assert_eq!(capture::<0>(&["message sending failed"], text), Some([]));
        }
        assert_eq!(
            capture::<0>(&["message sending failed"], "Message sending failed twice."),
            None
        );
        assert_eq!(capture::<0>(&["message sending failed"], ""), None);
    }

    #[test]
    fn a_value_keeps_its_own_spelling() {
        let template = ["user does not exist:", ""];
        assert_eq!(
            capture(&template, "User does not exist: Jill@Example.com."),
            Some(["Jill@Example.com".to_owned()])
        );
        assert_eq!(
            capture(&template, "User does not exist: ."),
            Some([String::new()])
        );
        assert_eq!(capture(&template, "User does not"), None::<[String; 1]>);
        assert_eq!(
            capture(&template, "User does not exist: é ß."),
            Some(["é ß".to_owned()])
        );
    }

    #[test]
    fn several_holes_and_literals_that_occur_in_values() {
        let template = ["file", " is over ", "bytes"];
        assert_eq!(
            capture(&template, "File a is over b is over 3 bytes bytes."),
            Some(["a".to_owned(), "b is over 3 bytes".to_owned()])
        );
        assert_eq!(capture(&template, "File bytes"), None::<[String; 2]>);
        assert_eq!(
            capture(&["", ""], "anything"),
            Some(["anything".to_owned()])
        );
        assert_eq!(capture(&["a", "a"], "a"), None::<[String; 1]>);
        assert_eq!(
            capture(&["", "", ""], "xy"),
            Some([String::new(), "xy".to_owned()])
        );
    }

    #[test]
    fn too_few_holes_are_no_panic() {
        assert_eq!(capture::<0>(&["a", ""], "a b"), None);
        assert_eq!(capture::<0>(&[], "a b"), None);
    }
}
