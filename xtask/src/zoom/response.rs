//! Names of saved answers: the error codes that they document.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::{
    mine::{Found, pattern, to_markdown, without},
    vendor::DocumentedError,
};

/// What the name of a saved answer documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The rest of the name.
    pub rest: String,
    /// The documented error codes in their order; one code may have several texts, then it occurs as often. Placeholders
    /// in a text, such as `$to_contact`, are as written.
    pub errors: Vec<Found<DocumentedError>>,
}

/// `**HTTP Status Code:** 404`, in bold anywhere or plain where a line starts. The codes are optional for error codes,
/// whose list may follow on the next lines.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)
        (?: (?:\*\*|__|<(?:b|strong)>) \s* | (?:\A|\n|<br\s*/?>) [\ \t]* (?:[*+•-][\ \t]+)? )
        (?: HTTP \s+ )? (?P<kind> status | error ) \s+ codes? \s*
        (?: : \s* (?:\*\*|__|</(?:b|strong)>)? | (?:\*\*|__|</(?:b|strong)>) \s* :? ) [\ \t]*
        (?P<codes> `? -?\d+ `? (?: \s* (?: , | / | \| | \b or \b | \b and \b ) \s* `? -?\d+ `? )* )?
        (?: \*\* )? ",
    )
});

/// An entry of a list under one `**Error Codes:**`.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[*+•-]\s+)?(?:\*\*)?`?(?P<code>-?\d{2,})`?(?:\*\*)?\s*(?:$|[:–—-]|&[mn]dash;)\s*",
    )
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"-?\d+"));
static BREAK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)<br\s*/?>|</?p\b[^<>]*>|\n[ \t]*\n|\n[ \t]*[*+•-]\s|\n"));

/// Reads the name of a saved answer.
///
/// An error code's text reaches to the next label. A break, a blank line or a bullet in it begins a further text of the
/// same code.
pub(super) fn response(name: &str) -> Answer {
    let mut errors = Vec::new();
    let mut claimed = Vec::new();
    let mut labels = LABEL.captures_iter(name).peekable();
    while let Some(label) = labels.next() {
        let (Some(whole), Some(kind)) = (label.get(0), label.name("kind")) else {
            continue;
        };
        if kind.as_str().eq_ignore_ascii_case("status") {
            continue;
        }
        let end = labels
            .peek()
            .and_then(|label| label.get(0))
            .map_or(name.len(), |label| label.start());
        let text = whole.end()..end;
        let before = errors.len();
        match label.name("codes") {
            Some(codes) => {
                let codes: Vec<i64> = NUMBER
                    .find_iter(codes.as_str())
                    .filter_map(|code| code.as_str().parse().ok())
                    .collect();
                push_errors(&mut errors, name, &codes, whole.start(), text);
            }
            None => push_list(&mut errors, name, whole.start(), text),
        }
        if errors.len() > before {
            claimed.push(whole.start()..end);
        }
    }
    Answer {
        rest: without(name, claimed),
        errors,
    }
}

/// The errors that one label states: every code with every text.
fn push_errors(
    errors: &mut Vec<Found<DocumentedError>>,
    name: &str,
    codes: &[i64],
    start: usize,
    text: Range<usize>,
) {
    let texts = texts(name.get(text.clone()).unwrap_or_default());
    for &code in codes {
        for message in &texts {
            errors.push(Found {
                fact: DocumentedError {
                    code,
                    message: message.clone(),
                },
                range: start..text.end,
            });
        }
    }
}

/// The entries under a label without a code, if what follows the label is such a list.
fn push_list(
    errors: &mut Vec<Found<DocumentedError>>,
    name: &str,
    start: usize,
    text: Range<usize>,
) {
    let mut entries: Vec<(i64, Range<usize>, usize)> = Vec::new();
    let mut from = text.start;
    let body = name.get(text.clone()).unwrap_or_default();
    let breaks = BREAK
        .find_iter(body)
        .map(|found| (text.start + found.start(), text.start + found.end()));
    for (line_end, next) in breaks.chain([(text.end, text.end)]) {
        let line = name.get(from..line_end).unwrap_or_default();
        match ENTRY.captures(line).and_then(|entry| {
            Some((
                entry.name("code")?.as_str().parse().ok()?,
                entry.get(0)?.end(),
            ))
        }) {
            Some((code, skip)) => entries.push((code, from + skip..line_end, from)),
            None if line.trim().is_empty() => {}
            None => match entries.last_mut() {
                Some((_, range, _)) => range.end = line_end,
                None => return,
            },
        }
        from = next;
    }
    for (index, (code, range, entry_start)) in entries.iter().enumerate() {
        push_errors(
            errors,
            name,
            &[*code],
            if index == 0 { start } else { *entry_start },
            range.clone(),
        );
    }
}

fn on_one_line(text: &str) -> String {
    let markdown = to_markdown(text);
    markdown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts that bullets part within a line: `No header. * Invalid token.`
fn bullets(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let bullet = text.match_indices(" * ").find(|(at, bullet)| {
            let after = text.get(at + bullet.len()..).unwrap_or_default();
            after.starts_with(char::is_uppercase)
        });
        let (first, after) = match bullet {
            Some((at, bullet)) => (text.get(..at), text.get(at + bullet.len()..)),
            None => (Some(text), None),
        };
        rest = after;
        first
    })
}

/// The texts of one code; a single empty one if there is none.
fn texts(text: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut from = 0;
    let mut is_continued = false;
    let text = text.trim_start_matches([':', '-', '–', '—', ' ', '\t']);
    let breaks = BREAK
        .find_iter(text)
        .map(|found| (found.start(), found.end(), found.as_str()));
    for (end, next, mark) in breaks.chain([(text.len(), text.len(), "")]) {
        let piece = text.get(from..end).unwrap_or_default().trim();
        let piece = piece
            .strip_prefix("* ")
            .or(piece.strip_prefix("- "))
            .unwrap_or(piece);
        let mut bullets = bullets(piece);
        if let Some(piece) = bullets.next().filter(|piece| !piece.is_empty()) {
            let piece = on_one_line(piece);
            match texts.last_mut() {
                Some(last) if is_continued => {
                    last.push(' ');
                    last.push_str(&piece);
                }
                _ => texts.push(piece),
            }
        }
        texts.extend(bullets.map(on_one_line).filter(|text| !text.is_empty()));
        // A line end alone is only a line end, unless the break before it was more.
        is_continued = mark == "\n" && (is_continued || !piece.is_empty());
        from = next;
    }
    if texts.is_empty() {
        texts.push(String::new());
    }
    texts
}
