//! Converts HTML in descriptions to Markdown.

use std::{borrow::Cow, collections::HashMap};

use super::{
    code::code_blocks,
    html::{ENTITIES, Tag, decode},
};

/// Rewrites the HTML that descriptions are sprinkled with as CommonMark, which is what OpenAPI reads. All text stays.
///
/// Tags with a Markdown form take it, tags that only style disappear, tables and preformatted blocks stay as they are,
/// and what merely looks like a tag (`<string>`) is escaped so that it shows. Entities become their characters, except
/// those that guard a character with a meaning in HTML. Code spans and code blocks are left alone.
#[must_use]
pub fn to_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    let mut from = 0;
    for block in code_blocks(text) {
        let before = text.get(from..block.start).unwrap_or_default();
        tidy(&rewritten(before), &mut markdown);
        markdown.push_str(text.get(block.clone()).unwrap_or_default());
        markdown.push('\n');
        // The line end after it is written already.
        let rest = text.get(block.end..).unwrap_or_default();
        let after = rest
            .trim_start_matches([' ', '\t', '\r'])
            .strip_prefix('\n');
        from = text.len() - after.unwrap_or(rest).len();
    }
    tidy(
        &rewritten(text.get(from..).unwrap_or_default()),
        &mut markdown,
    );
    markdown.truncate(markdown.trim_end().len());
    markdown
}

/// A text without code blocks, with its HTML as Markdown.
fn rewritten(text: &str) -> Cow<'_, str> {
    if !text.contains(['`', '<', '&']) {
        return text.into();
    }
    let mut writer = Writer {
        is_row: text.trim_start().starts_with('|'),
        last_ticks: last_ticks(text),
        ..Writer::default()
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let step = match c {
            '`' => writer.code(rest),
            '<' => writer.tag(rest),
            '&' if writer.verbatim == 0 => writer.entity(rest),
            '\n' => {
                // Of this line alone: looking past blank ones for each of them would take quadratic time.
                let next = rest.get(1..).unwrap_or_default();
                writer.is_row = next.trim_start_matches([' ', '\t']).starts_with('|');
                0
            }
            _ => 0,
        };
        let step = if step > 0 {
            step
        } else {
            writer.out.push(c);
            c.len_utf8()
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    while let Some(open) = writer.open.pop() {
        writer.close(&open);
    }
    writer.out.into()
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Open>,
    /// Inside how many elements that stay HTML.
    verbatim: usize,
    /// Whether the line is a row of a table.
    is_row: bool,
    /// Ends that were looked for and do not occur any more: looking once keeps this linear.
    lacking: Vec<String>,
    /// By the length of a run of backquotes, how much text is left where the last one begins. Runs of as many lengths as
    /// one likes may have no counterpart, which is known without looking for it.
    last_ticks: HashMap<usize, usize>,
}

fn last_ticks(text: &str) -> HashMap<usize, usize> {
    let mut last = HashMap::new();
    let mut rest = text;
    while let Some((_, run)) = rest.find('`').and_then(|at| rest.split_at_checked(at)) {
        rest = run.trim_start_matches('`');
        last.insert(run.len() - rest.len(), run.len());
    }
    last
}

/// How many inline elements may be open at once; more is no prose.
const MOST_OPEN: usize = 32;

/// An element whose end is still to come.
struct Open {
    name: String,
    /// Where in the output its content begins.
    start: usize,
    /// What ends it.
    end: String,
}

impl Writer {
    /// A code span or fence, copied with its content; 0 if the backquotes have no counterpart.
    fn code(&mut self, rest: &str) -> usize {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let (marker, after) = rest.split_at(ticks);
        let is_last = self
            .last_ticks
            .get(&ticks)
            .is_none_or(|left| *left >= rest.len());
        let mut from = 0;
        while !is_last && let Some(found) = after.get(from..).and_then(|tail| tail.find(marker)) {
            let at = from + found;
            let run = after
                .get(at..)
                .map_or(0, |tail| tail.len() - tail.trim_start_matches('`').len());
            if run == ticks {
                let length = ticks + at + run;
                self.out.push_str(rest.get(..length).unwrap_or_default());
                return length;
            }
            from = at + run;
        }
        self.out.push_str(marker);
        ticks
    }

    /// A tag, or a `<` that is none.
    fn tag(&mut self, rest: &str) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return self.find(comment, "-->").map_or(0, |end| end + 7);
        }
        let Some(tag) = Tag::parse(rest) else {
            let is_markup = rest.get(1..).is_some_and(|next| {
                next.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
            });
            if is_markup && self.verbatim == 0 && !is_autolink(rest) {
                self.out.push('\\');
            }
            return 0;
        };
        if self.verbatim > 0 && tag.name != "table" {
            return 0;
        }
        let length = self.element(&tag, rest);
        if length == 0 || !self.out.ends_with('\n') {
            return length;
        }
        // Spaces at the start of a line would mean something in Markdown.
        let after = rest.get(length..).unwrap_or_default();
        length + after.len() - after.trim_start_matches([' ', '\t']).len()
    }

    /// What a tag comes to, and how much of `rest` that takes: nothing if it is text.
    fn element(&mut self, tag: &Tag<'_>, rest: &str) -> usize {
        let length = tag.length;
        match (tag.name.as_str(), tag.is_end) {
            ("br", _) if !self.is_row => self.out.push_str("  \n"),
            ("hr", _) => self.out.push_str("\n\n---\n\n"),
            ("p" | "div" | "section" | "ul" | "ol", _) => self.out.push_str("\n\n"),
            ("li", false) => self.out.push_str("\n* "),
            ("li", true) => self.out.push('\n'),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.out.push_str("\n\n#### "),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.out.push_str("\n\n"),
            ("b" | "strong", false) => self.begin(&tag.name, "**", "**".to_owned()),
            ("i" | "em", false) => self.begin(&tag.name, "*", "*".to_owned()),
            ("a", false) => match tag.attribute("href") {
                Some(target) if !target.is_empty() => {
                    self.begin(&tag.name, "[", format!("]({})", destination(target)));
                }
                _ => self.begin(&tag.name, "", String::new()),
            },
            ("b" | "strong" | "i" | "em" | "a", true) => self.end(&tag.name),
            ("code" | "tt" | "kbd", false) => match self.find(rest, &format!("</{}>", tag.name)) {
                Some(end) => {
                    let content = rest.get(length..end).unwrap_or_default();
                    self.out.push_str(&code_span(&decode(content)));
                    return end + tag.name.len() + 3;
                }
                None => return length,
            },
            ("img", _) => self.image(tag),
            ("table", is_end) => {
                self.verbatim = match is_end {
                    true => self.verbatim.saturating_sub(1),
                    false => self.verbatim + 1,
                };
                self.out.push_str(rest.get(..length).unwrap_or_default());
            }
            (
                "code" | "tt" | "kbd" | "span" | "font" | "u" | "small" | "big" | "center"
                | "article" | "sub" | "sup",
                _,
            ) => {}
            ("br", _) => self.out.push_str("<br>"),
            ("script", _) => {
                // Linters look for the tag itself, escaped or not.
                self.out.push_str("&lt;");
                return 1;
            }
            _ => {
                self.out.push('\\');
                return 0;
            }
        }
        length
    }

    /// Ends an inline element. Those that overlap are closed where the outer one ends.
    fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            while self.open.len() > at {
                if let Some(open) = self.open.pop() {
                    self.close(&open);
                }
            }
        }
    }

    fn image(&mut self, tag: &Tag<'_>) {
        let alt = tag.attribute("alt").unwrap_or_default();
        let source = destination(tag.attribute("src").unwrap_or_default());
        self.out.push_str(&format!("![{alt}]({source})"));
    }

    fn entity(&mut self, rest: &str) -> usize {
        let Some((name, character)) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name))
        else {
            return 0;
        };
        self.out.push_str(character);
        name.len()
    }

    /// Begins an inline element. Markdown's markers must touch the content, so spaces are moved out.
    fn begin(&mut self, name: &str, marker: &str, end: String) {
        if self.open.len() == MOST_OPEN {
            return;
        }
        self.out.push_str(marker);
        self.open.push(Open {
            name: name.to_owned(),
            start: self.out.len(),
            end,
        });
    }

    fn close(&mut self, open: &Open) {
        let content = self.out.split_off(open.start.min(self.out.len()));
        let marker_length = match open.end.as_str() {
            "" => 0,
            end if end.starts_with(']') => 1,
            end => end.len(),
        };
        let marker = self.out.split_off(self.out.len() - marker_length);
        let inner = content.trim();
        if inner.is_empty() {
            self.out.push_str(&content);
            return;
        }
        let lead = content.len() - content.trim_start().len();
        let tail = content.trim_end().len();
        if !self.out.ends_with(char::is_whitespace) {
            self.out.push_str(content.get(..lead).unwrap_or_default());
        }
        self.out.push_str(&marker);
        self.out.push_str(inner);
        self.out.push_str(&open.end);
        self.out.push_str(content.get(tail..).unwrap_or_default());
    }

    fn find(&mut self, text: &str, end: &str) -> Option<usize> {
        if self.lacking.iter().any(|lacking| lacking == end) {
            return None;
        }
        let found = text.find(end);
        if found.is_none() {
            self.lacking.push(end.to_owned());
        }
        found
    }
}

fn code_span(content: &str) -> String {
    if content.trim().is_empty() {
        return content.to_owned();
    }
    let longest = content
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{ticks}{space}{content}{space}{ticks}")
}

/// A link's target as Markdown writes it.
fn destination(target: &str) -> String {
    if target.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) {
        format!("<{target}>")
    } else {
        target.to_owned()
    }
}

/// `<https://…>` and `<name@host>` are links in Markdown.
fn is_autolink(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('<') else {
        return false;
    };
    let end = inner.find(|c: char| matches!(c, '<' | '>') || c.is_whitespace());
    let (inner, rest) = inner.split_at(end.unwrap_or_default());
    rest.starts_with('>') && (inner.contains("://") || inner.contains('@'))
}

/// Adds `text` line by line: at most one blank line, none at the start; spaces at line ends only where they break the line.
fn tidy(text: &str, tidied: &mut String) {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let content = line.trim_end();
        let is_broken = line
            .get(content.len()..)
            .is_some_and(|end| end.starts_with("  "));
        // A single space in front says nothing in Markdown; two may continue a list item.
        let content = content
            .strip_prefix(' ')
            .filter(|rest| !rest.starts_with(' '))
            .unwrap_or(content);
        if content.is_empty() {
            if !tidied.is_empty() && !tidied.ends_with("\n\n") {
                tidied.push('\n');
            }
            continue;
        }
        tidied.push_str(content);
        if is_broken && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            tidied.push_str("  ");
        }
        tidied.push('\n');
    }
}
