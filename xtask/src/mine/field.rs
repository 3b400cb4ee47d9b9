//! Descriptions of parameters, form fields and properties.

use std::ops::Range;
use std::sync::LazyLock;

use indexmap::IndexSet;
use regex::Regex;

use super::{
    Found, default::default, enumeration::enumeration, limit, mark, mentions, pattern,
    prose::Prose, to_markdown, without,
};

/// The facts in the description of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// The rest, as Markdown.
    pub description: String,
    /// What other descriptions of the same value say, each once.
    pub further: IndexSet<String>,
    /// A `(Required)` prefix.
    pub required: Option<Found<()>>,
    /// A leading "Deprecated" mark. It stays in the description.
    pub deprecated: Option<Found<()>>,
    /// Described as a list that is not written in a single text.
    pub list: Option<Found<()>>,
    /// Described as the bytes of a file.
    pub binary: Option<Found<()>>,
    /// Said to be one of several kinds of text, such as an email address or an ID: no one format holds.
    pub mixed: Option<Found<()>>,
    /// The only values allowed, as written, without quotes.
    pub enumeration: Option<Found<Vec<String>>>,
    /// The value that stands if none is given, as written.
    pub default: Option<Found<String>>,
    /// Another default, that another description of the same value states.
    pub other_default: Option<Found<String>>,
    /// Smallest number.
    pub minimum: Option<Found<i64>>,
    /// Largest number.
    pub maximum: Option<Found<i64>>,
    /// Fewest characters.
    pub min_length: Option<Found<u64>>,
    /// Most characters.
    pub max_length: Option<Found<u64>>,
    /// Fewest items.
    pub min_items: Option<Found<u64>>,
    /// Most items.
    pub max_items: Option<Found<u64>>,
}

impl FieldFacts {
    /// All that descriptions say in words, the first one first.
    pub(crate) fn words(&self) -> String {
        let further = self.further.iter().map(String::as_str);
        let all: Vec<&str> = std::iter::once(self.description.as_str())
            .chain(further)
            .collect();
        all.join("\n\n")
    }

    /// Adds what another description of the same value says. Where both state a restriction, the wider one holds. The
    /// order of the two decides nothing but that of their words.
    pub(crate) fn merge(&mut self, other: Self) {
        for words in std::iter::once(other.description).chain(other.further) {
            if self.description.is_empty() {
                self.description = words;
            } else if !words.is_empty() && words != self.description {
                self.further.insert(words);
            }
        }
        self.required = self.required.take().or(other.required);
        self.deprecated = self.deprecated.take().or(other.deprecated);
        self.list = self.list.take().or(other.list);
        self.binary = self.binary.take().or(other.binary);
        self.mixed = self.mixed.take().or(other.mixed);
        let defaults = [self.default.take(), self.other_default.take()];
        let defaults = defaults.into_iter().flatten();
        let mut defaults: Vec<_> = defaults
            .chain(other.default)
            .chain(other.other_default)
            .collect();
        defaults.sort_by(|one, other| one.fact.cmp(&other.fact));
        defaults.dedup_by(|one, other| one.fact == other.fact);
        let mut defaults = defaults.into_iter();
        (self.default, self.other_default) = (defaults.next(), defaults.next_back());
        match (&mut self.enumeration, other.enumeration) {
            (Some(mine), Some(theirs)) if mine.fact == theirs.fact => {}
            (Some(mine), Some(theirs)) => {
                mine.fact.extend(theirs.fact);
                mine.fact.sort();
                mine.fact.dedup();
            }
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
        lower(&mut self.minimum, other.minimum);
        lower(&mut self.min_length, other.min_length);
        lower(&mut self.min_items, other.min_items);
        raise(&mut self.maximum, other.maximum);
        raise(&mut self.max_length, other.max_length);
        raise(&mut self.max_items, other.max_items);
    }
}

/// Keeps the lower one.
fn lower<T: Ord>(bound: &mut Option<Found<T>>, other: Option<Found<T>>) {
    let both = bound.take().into_iter().chain(other);
    *bound = both.min_by(|one, other| one.fact.cmp(&other.fact));
}

/// Keeps the higher one.
fn raise<T: Ord>(bound: &mut Option<Found<T>>, other: Option<Found<T>>) {
    let both = bound.take().into_iter().chain(other);
    *bound = both.max_by(|one, other| one.fact.cmp(&other.fact));
}

/// What Postman's importer appends for an `enum`.
static ONLY_ONE_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\s*\(This can only be one of (?:(?P<values>[^\n]*)\)\s*$|(?P<inner>[^()\n]*)\)\.?)")
});

static LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:an?\s+|the\s+)?(?:list|array)\s+of\b"));

static ONE_TEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:comma|separated|delimited|csv)\b"));

static BINARY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bin\s+binary\s+(?:format|form)\b"));

static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:e-?mail|uuid|guid|url|IDs?)\b[^.\n]*\bor\b|\b(?:either|or)\b[^.\n]*\b(?:e-?mail|uuid|guid|url|IDs?)\b",
    )
});

/// Reads the description of a parameter, form field or property. A mere label (`(Required)`) and the importer's list of
/// values leave the text; whatever else is stated stays readable in it.
#[must_use]
pub fn field(text: &str) -> FieldFacts {
    let mut facts = FieldFacts::default();
    // Most fields are not described.
    if text.trim().is_empty() {
        return facts;
    }
    let prose = Prose::new(text);
    let mut claimed: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    if let Some(required) = mark::required(&prose) {
        if required.is_label {
            claimed.push(required.found.range.clone());
        }
        if required.found.range.start == 0 {
            start = required.found.range.end;
        }
        facts.required = Some(required.found);
    }
    let importers = only_one_of(&prose, start);
    let end = importers.as_ref().map(|found| found.range.start);
    claimed.extend(importers.iter().map(|found| found.range.clone()));
    let text_of = |range: Range<usize>| prose.text.get(range).unwrap_or_default();
    let statement = text_of(start..end.unwrap_or(text.len()));
    let says = |regex: &Regex, word: &str| {
        let found = mentions(statement, word).then(|| regex.find(statement));
        found.flatten().map(|found| Found {
            fact: (),
            range: start + found.start()..start + found.end(),
        })
    };
    facts.list = says(&LIST, "of").filter(|_| !ONE_TEXT.is_match(statement));
    facts.binary = says(&BINARY, "binary");
    facts.mixed = says(&MIXED, "or");
    facts.deprecated = mark::deprecated(&prose);
    facts.enumeration = importers;
    if facts.enumeration.is_none()
        && let Some(listed) = enumeration(&prose, facts.list.is_some())
    {
        facts.enumeration = Some(listed.values);
        facts.default = listed.default;
    }
    let values = facts.enumeration.as_ref().map(|found| &*found.fact);
    facts.default = default(&prose, values.unwrap_or_default()).or(facts.default);
    limit::read(&prose, &mut facts);
    facts.description = to_markdown(&without(text, claimed));
    facts
}

/// The values that Postman's importer lists.
fn only_one_of(prose: &Prose<'_>, from: usize) -> Option<Found<Vec<String>>> {
    if !prose.text.contains("(This can only be one of ") {
        return None;
    }
    let list = ONLY_ONE_OF.captures_at(&prose.text, from)?;
    let values = list.name("values").or(list.name("inner"))?;
    let values = values
        .as_str()
        .split(',')
        .map(|value| value.trim().to_owned());
    Some(Found {
        fact: distinct(values.collect()),
        range: list.get(0)?.range(),
    })
}

/// Each value once, in the order of the first.
fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    values
        .into_iter()
        .filter(|value| !value.is_empty() && seen.insert(value.clone()))
        .collect()
}
