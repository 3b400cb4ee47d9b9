//! Makes foreign Markdown safe for doc comments.
//!
//! rustdoc runs every code block without a language, passes HTML through, and follows every
//! link. Descriptions, names and values of a document come from outside, so each is parsed
//! as rustdoc would parse it, and everything but plain text is defused: code blocks are
//! marked `text`, HTML is escaped, and links lead only to the web.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// How often a text is parsed again after a change, before all its markup is escaped:
/// a change may turn text that was code into markup.
const MOST_PASSES: usize = 8;

/// What marks a code block as text.
const TEXT: &str = "text";

/// A foreign text of several lines, as Markdown of which rustdoc runs nothing.
pub(crate) fn block(text: &str) -> String {
    let text = plain_lines(text);
    let closed = close_fence(defuse(text.trim_end(), Trust::Nothing));
    if edits(&closed, Trust::Nothing).is_empty() {
        closed
    } else {
        escape(&text)
    }
}

/// A foreign text within a line of ours, as a code span.
pub(crate) fn code(text: &str) -> String {
    let text = line(text).replace('`', "'");
    match text.as_str() {
        "" => "the empty text".to_owned(),
        _ => format!("`{text}`"),
    }
}

/// A foreign text on one line, without control characters.
pub(crate) fn line(text: &str) -> String {
    let text = plain_lines(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Defuses the doc comments that progenitor wrote. The foreign text in them was defused
/// before, but may stand where it means something else: behind the marker of a list, the
/// start of a fence is none, and its end starts one. The links to other items stay.
pub(crate) fn comments(file: &mut syn::File) {
    Comments.visit_file_mut(file);
}

struct Comments;

impl VisitMut for Comments {
    /// A doc comment is all its attributes, each a line or more.
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let lines: Vec<_> = attributes.iter().filter_map(doc).collect();
        let text = lines.join("\n");
        let defused = defuse(&text, Trust::Links);
        if defused == text {
            return;
        }
        attributes.retain(|attribute| doc(attribute).is_none());
        attributes.push(syn::parse_quote!(#[doc = #defused]));
    }
}

/// The text of a doc attribute.
fn doc(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(value) = &attribute.meta else {
        return None;
    };
    match &value.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if value.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Whether an event needs no change.
#[derive(Clone, Copy, PartialEq)]
enum Trust {
    Nothing,
    Links,
}

/// The line ends of Unix, no tabs, and no character that controls how others are shown.
fn plain_lines(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                plain.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\t' => plain.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => plain.push('\u{fffd}'),
            c if c.is_control() => plain.push('\u{fffd}'),
            c => plain.push(c),
        }
    }
    plain
}

fn defuse(text: &str, trust: Trust) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_PASSES {
        let edits = edits(&text, trust);
        if edits.is_empty() {
            return text;
        }
        text = apply(&text, edits);
    }
    escape(&text)
}

/// A part of the text, and its replacement.
type Edit = (Range<usize>, String);

fn edits(text: &str, trust: Trust) -> Vec<Edit> {
    let mut edits = Vec::new();
    let links = |_: BrokenLink<'_>| {
        // rustdoc takes it for the name of an item.
        (trust == Trust::Nothing).then(|| ("item:".into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(links));
    if trust == Trust::Nothing {
        let definitions = parser.reference_definitions().iter();
        edits.extend(
            definitions.filter_map(|(_, definition)| escaped(text, definition.span.start, '[')),
        );
    }
    let mut containers = 0_usize;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => containers += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => containers -= 1,
            _ => {}
        }
        match mended(text, &event, range, containers > 0, trust) {
            None => {}
            Some(mended) if mended.is_empty() => return vec![(0..text.len(), escape(text))],
            Some(mended) => edits.extend(mended),
        }
    }
    edits
}

/// The change that makes an event plain text.
fn mended(
    text: &str,
    event: &Event<'_>,
    range: Range<usize>,
    contained: bool,
    trust: Trust,
) -> Option<Vec<Edit>> {
    let edits = match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &**info != TEXT => {
            marked(text, range).into_iter().collect()
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if contained => {
            outdented(text, &range)
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => vec![fenced(text, range)],
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
            let html = text.get(range.clone()).unwrap_or_default();
            let tags = html.match_indices('<');
            let tags = tags.filter_map(|(at, _)| escaped(text, range.start + at, '<'));
            tags.collect()
        }
        Event::Start(Tag::Link { dest_url, .. })
            if trust == Trust::Nothing && !is_web(dest_url) =>
        {
            let marks = ['[', '<'].into_iter();
            marks
                .filter_map(|mark| escaped(text, range.start, mark))
                .collect()
        }
        // A picture would be loaded by everybody who reads the page.
        Event::Start(Tag::Image { .. }) => escaped(text, range.start, '!').into_iter().collect(),
        Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
            escaped(text, range.start, '[').into_iter().collect()
        }
        _ => return None,
    };
    Some(edits)
}

/// What rustdoc reads of Markdown.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

fn is_web(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        target
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }) || is_address(target)
}

/// An e-mail address, which Markdown links without a scheme.
fn is_address(target: &str) -> bool {
    target.contains('@') && !target.contains(':')
}

fn escaped(text: &str, at: usize, mark: char) -> Option<Edit> {
    let found = text.get(at..)?.starts_with(mark);
    found.then(|| {
        let escape = match mark {
            '<' => "&lt;".to_owned(),
            mark => format!("\\{mark}"),
        };
        (at..at + mark.len_utf8(), escape)
    })
}

/// The opening line of a fence with `text` behind it.
fn marked(text: &str, range: Range<usize>) -> Option<Edit> {
    let block = text.get(range.clone())?;
    let fence = block.chars().next()?;
    let end = block.find('\n').unwrap_or(block.len());
    let after = block.find(|c| c != fence).unwrap_or(end);
    Some((range.start + after..range.start + end, TEXT.to_owned()))
}

/// An indented block between fences.
fn fenced(text: &str, range: Range<usize>) -> Edit {
    let start = line_start(text, range.start);
    let block = text.get(start..range.end).unwrap_or_default();
    let code = block.trim_end();
    let after = block.get(code.len()..).filter(|rest| rest.contains('\n'));
    let longest = code.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let lines = code
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line.trim_start()));
    let code = lines.collect::<Vec<_>>().join("\n");
    let after = after.unwrap_or("\n");
    (
        start..range.end,
        format!("{fence}{TEXT}\n{code}\n{fence}{after}"),
    )
}

/// An indented block in a quote or a list, where fences would need the markers of both: as a
/// paragraph, with one blank for the indentation of each line.
fn outdented(text: &str, range: &Range<usize>) -> Vec<Edit> {
    let start = line_start(text, range.start);
    let mut at = start;
    let block = text.get(start..range.end).unwrap_or_default();
    let lines = block.split_inclusive('\n').map(|line| {
        let from = at;
        at += line.len();
        (from, line)
    });
    lines
        .filter_map(|(from, line)| {
            // The markers of the first line stand before the block.
            let markers = range.start.saturating_sub(from);
            let markers = line.get(..markers).map_or(0, |it| it.trim_end().len());
            let rest = line.get(markers..)?;
            let quotes = if from > range.start {
                let quotes = rest.len() - rest.trim_start_matches([' ', '>']).len();
                rest.get(..quotes)?.rfind('>').map_or(0, |at| at + 1)
            } else {
                0
            };
            let rest = rest.get(quotes..)?;
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let from = from + markers + quotes;
            (blanks > 1).then(|| (from..from + blanks, " ".to_owned()))
        })
        .collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1)
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut edited = String::with_capacity(text.len() + edits.len() * 4);
    let mut done = 0;
    for (range, instead) in edits {
        if range.start < done {
            // Within another change: seen again in the next pass.
            continue;
        }
        edited.push_str(text.get(done..range.start).unwrap_or_default());
        edited.push_str(&instead);
        done = range.end;
    }
    edited.push_str(text.get(done..).unwrap_or_default());
    edited
}

/// All markup as text.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        for c in line.trim().chars() {
            if c.is_ascii_punctuation() {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped.push('\n');
    }
    escaped.truncate(escaped.trim_end().len());
    escaped
}

/// `text` with an end to a fence that has none, so that it does not swallow what follows.
fn close_fence(mut text: String) -> String {
    let mut open = None;
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event
            && range.end == text.len()
        {
            let block = text.get(range).unwrap_or_default();
            let mark = block.chars().next().unwrap_or('`');
            let width = block.len() - block.trim_start_matches(mark).len();
            let last = block
                .lines()
                .skip(1)
                .last()
                .unwrap_or_default()
                .trim_start_matches([' ', '>'])
                .trim_end();
            let is_closed = last.len() >= width && last.chars().all(|c| c == mark);
            open = (!is_closed).then(|| mark.to_string().repeat(width));
        }
    }
    if let Some(fence) = open {
        text.push('\n');
        text.push_str(&fence);
    }
    text
}
