//! Code blocks in descriptions, which contain no facts and are not rewritten.

use std::{borrow::Cow, ops::Range};

/// `text` with line ends in the place of code blocks; every other byte stays where it is.
pub(crate) fn without_code(text: &str) -> Cow<'_, str> {
    let blocks = code_blocks(text);
    match blocks.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(blank(text, blocks.into_iter(), "\n")),
    }
}

/// `text` with each range filled with `filler`, which is one byte long.
pub(super) fn blank(
    text: &str,
    ranges: impl Iterator<Item = Range<usize>>,
    filler: &str,
) -> String {
    let mut blanked = String::with_capacity(text.len());
    for range in ranges {
        blanked.push_str(text.get(blanked.len()..range.start).unwrap_or_default());
        blanked.push_str(&filler.repeat(range.end.saturating_sub(blanked.len())));
    }
    blanked.push_str(text.get(blanked.len()..).unwrap_or_default());
    blanked
}

/// The code blocks of `text` in their order: fenced by backquotes or tildes, indented, or `<pre>`. A block reaches from the
/// start of a line (`<pre>`: from the tag) to before a line's end (`</pre>`: the tag's). One that is never closed reaches to the end of the text, as in CommonMark.
pub(super) fn code_blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Blocks::default();
    if !text.contains(['\n', '`', '~', '<']) {
        return blocks.found;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        blocks.line(at, content);
        at += line.len();
    }
    blocks.end(text.len());
    blocks.found
}

#[derive(Default)]
struct Blocks {
    found: Vec<Range<usize>>,
    open: Option<Open>,
    /// Whether the line before was blank.
    is_after_blank: bool,
    /// Whether indented lines continue an item of a list.
    is_in_list: bool,
}

/// A block whose end is still to come.
enum Open {
    /// Since the first byte, with this marker and so many of it.
    Fence(usize, char, usize),
    /// `<pre>`, since this byte.
    Preformatted(usize),
    /// Indented lines, and where the last of them ends.
    Indented(Range<usize>),
}

impl Blocks {
    fn line(&mut self, at: usize, line: &str) {
        let end = at + line.len();
        match &mut self.open {
            Some(Open::Fence(start, marker, length)) => {
                let run = run(line.trim(), *marker);
                if run >= *length && run == line.trim().len() {
                    self.found.push(*start..end);
                    self.open = None;
                }
            }
            Some(Open::Preformatted(_)) => self.preformatted(at, line, 0),
            Some(Open::Indented(range)) if is_indented(line) => range.end = end,
            Some(Open::Indented(_)) if line.trim().is_empty() => {}
            Some(Open::Indented(_)) | None => {
                self.close();
                self.begin(at, line);
            }
        }
        self.is_after_blank = line.trim().is_empty();
    }

    /// A line outside of blocks, which may open one.
    fn begin(&mut self, at: usize, line: &str) {
        let content = line.trim_start();
        let is_item = is_item(content);
        let fence = match is_item {
            true => content.get(1..).unwrap_or_default().trim_start(),
            false => content,
        };
        if let Some((marker, length)) = opening(fence) {
            self.open = Some(Open::Fence(at, marker, length));
        } else if is_indented(line) && self.is_after_blank && !self.is_in_list && at > 0 {
            self.open = Some(Open::Indented(at..at + line.len()));
        } else {
            self.preformatted(at, line, 0);
        }
        let is_paragraph = self.is_after_blank && line.len() - content.len() < 2;
        if is_item {
            self.is_in_list = true;
        } else if is_paragraph && !content.is_empty() {
            self.is_in_list = false;
        }
    }

    /// Opens and closes `<pre>` in a line, from its byte `from` on.
    fn preformatted(&mut self, at: usize, line: &str, mut from: usize) {
        if !line.contains('<') {
            return;
        }
        let lower = line.to_ascii_lowercase();
        loop {
            let rest = lower.get(from..).unwrap_or_default();
            if let Some(Open::Preformatted(start)) = self.open {
                let Some(found) = rest.find("</pre>") else {
                    return;
                };
                from += found + "</pre>".len();
                self.found.push(start..at + from);
                self.open = None;
            } else {
                let mut tags = rest.match_indices("<pre").filter(|(found, tag)| {
                    let after = rest.get(found + tag.len()..).unwrap_or_default();
                    after.starts_with(['>', ' ', '\t', '/']) || after.is_empty()
                });
                let Some((found, tag)) = tags.next() else {
                    return;
                };
                self.open = Some(Open::Preformatted(at + from + found));
                from += found + tag.len();
            }
        }
    }

    fn close(&mut self) {
        if let Some(Open::Indented(range)) = self.open.take() {
            self.found.push(range);
        }
    }

    fn end(&mut self, end: usize) {
        match self.open.take() {
            Some(Open::Fence(start, ..) | Open::Preformatted(start)) => self.found.push(start..end),
            Some(Open::Indented(range)) => self.found.push(range),
            None => {}
        }
    }
}

/// How often `marker` stands at the beginning.
fn run(text: &str, marker: char) -> usize {
    text.len() - text.trim_start_matches(marker).len()
}

/// The marker of a fence that opens here, and its length. Backquotes after it make it a code span.
fn opening(line: &str) -> Option<(char, usize)> {
    ['`', '~'].into_iter().find_map(|marker| {
        let length = run(line, marker);
        let info = line.get(length..).unwrap_or_default();
        let is_fence = length >= 3 && (marker == '~' || !info.contains('`'));
        is_fence.then_some((marker, length))
    })
}

fn is_indented(line: &str) -> bool {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    (blanks >= 4
        || line
            .get(blanks..)
            .is_some_and(|rest| rest.starts_with('\t')))
        && !line.trim().is_empty()
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = line.get(digits..).unwrap_or_default();
    let marker = match digits {
        0 => rest.strip_prefix(['*', '-', '+', '•']),
        1..=3 => rest.strip_prefix(['.', ')']),
        _ => None,
    };
    marker.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::code_blocks;

    #[test]
    fn finds_code_blocks_of_every_kind() {
        for (text, expected) in [
            ("a\n```json\n{}\n```\nb", &["```json\n{}\n```"][..]),
            ("~~~~\n~~~\n~~~~ \nb", &["~~~~\n~~~\n~~~~ "]),
            ("```\nnever closed\n", &["```\nnever closed\n"]),
            ("* ```\n  a\n  ```\n* b", &["* ```\n  a\n  ```"]),
            ("a\n\n    b\n\n    c\n\nd", &["    b\n\n    c"]),
            ("a\n\n\tb\r\nc", &["\tb"]),
            (
                "a <pre>b\n\nc</pre> d <PRE>e</PRE>",
                &["<pre>b\n\nc</pre>", "<PRE>e</PRE>"],
            ),
            ("<pre class=\"x\">\na", &["<pre class=\"x\">\na"]),
            ("```inline``` and `span`", &[]),
            ("a\n    wrapped", &[]),
            ("* a\n\n    of the item", &[]),
            ("1. a\n\n    of the item\n\nb\n\n    code", &["    code"]),
            ("    first line", &[]),
            ("<prefix> <pretty>", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = code_blocks(text)
                .into_iter()
                .map(|range| text.get(range).unwrap())
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
