//! Lists of allowed values in prose.
//!
//! References list values in few forms, but list much else in the same forms: parameters to choose from, examples,
//! permissions. So a list counts only under words that introduce values, and only if it is written in code or quotes
//! throughout.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, pattern};

/// Words before a list that say its entries are something else, or that several may be given at once.
static NOT_VALUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:notes?|examples?|e\.g|i\.e|such\s+as|parameters?|properties|permissions?|scopes?|privileges?|headers?|errors?|events|comma|separated|delimited|multiple|combin\w+|any\s+of|one\s+or\s+more|formats?|patterns?|if\s+you|must\s+(?:also|provide|include)|at\s+least|supports?\s+the\s+following\s+(?:fields|features)|not\b)",
    )
});

/// One entry of a list with a line to each: `` * `value` — explanation ``.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?xi)^ [\ \t]* (?: [*+•-] [\ \t]+ | <li> )? (?: `(?P<code>[^`\n]+)` | "(?P<quoted>[^"\n]+)" | \*\*(?P<bold>[^*\s:]+)\*\* | <code>(?P<html>[^<\n]+)</code> )
        [\ \t]* (?P<after> $ | [:=–—-] | &[mn]dash; | \. (?:\s|$) | \( | , [\ \t]* $ | </li> )"#,
    )
});

/// Words after which values stand in the sentence itself.
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) (?: \b (?: allowed | possible | valid | accepted | permitted | available | supported ) (?: \s+ (?: values? | options? ) )? (?: \s+ (?: are | is | include ) (?: \s+ only )? )? \s* (?:\*\*)? \s* (?P<colon> : )? (?:\*\*)?
            | \b (?: be | is | are | values? \s* : ) \s+ (?: either (?: \s+ of )? | (?: only \s+ )? one \s+ of (?: \s+ (?: the \s+ )? (?: following | these ) )? (?: \s+ (?: two|three|four|five|six|seven|eight|nine|\d+ ) )? (?: \s+ (?: values? | options? ) )? ) \s* :?
            | (?: ^ | [.:\n] \s* ) one \s+ of \s* :? ) \s*",
    )
});

/// One value in a sentence.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?:`(?P<code>[^`\n]+)`|"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'|<code>(?P<html>[^<\n]+)</code>|(?P<plain>[\w+./-]*\w))"#,
    )
});

static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:,\s*(?:or|and)\b|,|\||┃|/|\bor\b|\band\b)\s*"));

static CLOSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:$|[.;)\]]|\n|<br)"));

/// The values that `text` lists as the only ones, at least two.
pub(super) fn enumeration(text: &str) -> Option<Found<Vec<String>>> {
    listed(text).or_else(|| inline(text))
}

/// A line to each value, under words that end in a colon. Lines that directly follow an entry continue it.
fn listed(text: &str) -> Option<Found<Vec<String>>> {
    let mut list = List::default();
    let mut introduction = "";
    let mut is_continued = false;
    for (at, line) in lines(text) {
        if line.trim().is_empty() {
            is_continued = false;
        } else if list.push(at, line, introduction) {
            is_continued = true;
        } else if !is_continued {
            if list.is_complete() {
                break;
            }
            list = List::default();
            // The first value may share the line with the words that introduce it.
            if let Some((words, _)) = line.split_once(": `") {
                let split = words.len() + 2;
                is_continued = list.push(at + split, line.get(split..)?, line.get(..split)?);
            }
            introduction = line;
        }
    }
    list.is_complete().then_some(())?;
    let range = list.start..list.end;
    checked(list.values).map(|fact| Found { fact, range })
}

#[derive(Default)]
struct List {
    values: Vec<String>,
    is_introduced: bool,
    start: usize,
    end: usize,
}

impl List {
    /// Takes `line` as an entry, if it is one.
    fn push(&mut self, at: usize, line: &str, introduction: &str) -> bool {
        let entry = ENTRY.captures(line);
        let value = entry.and_then(|entry| {
            ["code", "quoted", "bold", "html"]
                .iter()
                .find_map(|name| entry.name(name))
        });
        let Some(value) = value else { return false };
        if self.values.is_empty() {
            self.is_introduced = introduces_values(introduction);
            self.start = at;
        }
        self.values.push(value.as_str().trim().to_owned());
        self.end = at + line.len();
        true
    }

    fn is_complete(&self) -> bool {
        self.is_introduced && self.values.len() > 1
    }
}

/// Lines, or what `<br>` separates, with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    static BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\n|<br\s*/?>|</?ul>|</p>"));
    let mut breaks = BREAK.find_iter(text);
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let found = breaks.next();
        from = found.map(|found| found.end());
        let line = text
            .get(start..found.map_or(text.len(), |found| found.start()))
            .unwrap_or_default();
        Some((start, line))
    })
}

fn introduces_values(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['*', ' ']);
    let sentence = line
        .trim_end_matches(':')
        .rsplit(['.', '\n'])
        .next()
        .unwrap_or_default();
    line.ends_with(':') && !NOT_VALUES.is_match(sentence)
}

/// Values within a sentence: "one of `a`, `b` or `c`."
fn inline(text: &str) -> Option<Found<Vec<String>>> {
    INTRODUCTION.captures_iter(text).find_map(|introduction| {
        let whole = introduction.get(0)?;
        let before = sentence_before(text, whole.start());
        let mut at = whole.end();
        let mut values = Vec::new();
        let mut is_plain = false;
        loop {
            let rest = text.get(at..)?;
            let value = VALUE.captures(rest)?;
            let group = ["code", "double", "single", "html", "plain"]
                .iter()
                .find_map(|name| value.name(name))?;
            is_plain |= value.name("plain").is_some();
            values.push(group.as_str().trim().to_owned());
            at += value.get(0)?.end();
            let rest = text.get(at..)?;
            match SEPARATOR.find(rest) {
                Some(separator) => at += separator.end(),
                None if CLOSE.is_match(rest) => break,
                None => return None,
            }
        }
        // Bare words are values only where a label says so.
        if (is_plain && introduction.name("colon").is_none()) || NOT_VALUES.is_match(before) {
            return None;
        }
        checked(values).map(|fact| Found {
            fact,
            range: whole.start()..at,
        })
    })
}

/// The beginning of the sentence that goes on at `end`, as far as it matters.
fn sentence_before(text: &str, end: usize) -> &str {
    const FAR: usize = 200;
    let start = (end.saturating_sub(FAR)..end)
        .find(|start| text.is_char_boundary(*start))
        .unwrap_or(end);
    let before = text.get(start..end).unwrap_or_default();
    before.rsplit(['.', '\n', ';']).next().unwrap_or_default()
}

/// The longest text that is taken for a value.
const LONGEST: usize = 64;

/// At least two values, none twice.
fn checked(values: Vec<String>) -> Option<Vec<String>> {
    let distinct: std::collections::HashSet<&String> = values.iter().collect();
    let are_values = values
        .iter()
        .all(|value| (1..=LONGEST).contains(&value.len()));
    (are_values && values.len() > 1 && distinct.len() == values.len()).then_some(values)
}
