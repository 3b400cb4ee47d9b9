//! Descriptions of parameters, form fields and properties.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::enumeration::enumeration;
use super::{Found, pattern, to_markdown, without};

/// What the description of one value says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// The rest, as Markdown.
    pub description: String,
    /// A `(Required)` prefix.
    pub required: Option<Found<()>>,
    /// A leading "Deprecated" mark. It stays in the description.
    pub deprecated: Option<Found<()>>,
    /// Said to be a list, and not one in a single text.
    pub list: Option<Found<()>>,
    /// Said to be the bytes of a file.
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
    /// Adds what another description of the same value says. Where both state a restriction, the wider one holds. The
    /// order of the two decides nothing but which description is kept.
    pub(crate) fn merge(&mut self, other: Self) {
        if self.description.is_empty() {
            self.description = other.description;
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

static REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:\*\*\s*[(\[]?\s*required\s*[)\]]?\s*[.:]?\s*\*\*[.:]?|[(\[]\s*required\s*[)\]]|required[.](?:\s|$))\s*",
    )
});

/// What Postman's importer appends for an `enum`.
static ONLY_ONE_OF: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s*\(This can only be one of (?P<values>[^\n]*)\)\s*$"));

static DEPRECATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:\*\*\s*[(\[]?deprecated\b|[(\[]\s*deprecated\s*[)\]]|deprecated\s*[.:!])")
});

static LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:an?\s+|the\s+)?(?:list|array)\s+of\b"));

static ONE_TEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:comma|separated|delimited)\b"));

static BINARY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bin\s+binary\s+(?:format|form)\b"));

static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:e-?mail|uuid|guid|url|IDs?)\b[^.\n]*\bor\b|\b(?:either|or)\b[^.\n]*\b(?:e-?mail|uuid|guid|url|IDs?)\b",
    )
});

/// A stated default ends its sentence or clause; "defaults to `a` if …" holds only sometimes.
static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?xi) \b default (?: s? \s+ to | s? \s* (?:\*\*)? \s* [:=] (?:\*\*)? | (?: \s+ value )? \s+ is (?: \s+ set \s+ to )? | \s+ value \s* (?:\*\*)? \s* [:=] (?:\*\*)? )
        \s* (?: `(?P<code>[^`\n]+)` | "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]+)' | (?P<plain> -?\d+(?:\.\d+)? | true | false ) )
        (?: \s* (?: [.;)\]] (?:\s|$) | , | \n | <br | $ ) )"#,
    )
});

static LIMITS: LazyLock<[(Limit, Regex); 6]> = LazyLock::new(|| {
    const NUMBER: &str = r"`?(?P<number>\d+)`?";
    // What follows the number must end the statement: "256KB" and "100 bytes" are no counts of characters.
    const END: &str = r"(?:[.,;)]|\s*$|\s*\n|\s*<br|\s+and\b)";
    let length = |word: &str, loose: &str| {
        pattern(&format!(
            r"(?i)\b{word}(?:imum)?\s+(?:length|number\s+of\s+characters)(?:\s+(?:is|of)|\s*[:=])?\s+{NUMBER}(?:(?:\s+char(?:acter)?s?\b)|{END})|\b(?:{loose})\s+`?(?P<loose>\d+)`?\s+characters\b"
        ))
    };
    let value = |word: &str| {
        pattern(&format!(
            r"(?i)\b{word}(?:imum)?(?:\s+value)?(?:\s+(?:is|of)|\s*[:=])\s*`?(?P<number>-?\d+)`?{END}|\({word}(?:imum|\.)?\s+(?P<loose>-?\d+)\)"
        ))
    };
    let items = |words: &str| {
        pattern(&format!(
            r"(?i)\b(?:{words})\s+(?P<number>\d+)\s+(?:items|entries|elements)\b"
        ))
    };
    [
        (
            Limit::MinLength,
            length("min", "at least|(?:a )?minimum(?: of)?|no fewer than"),
        ),
        (
            Limit::MaxLength,
            length(
                "max",
                "up to|at most|(?:a )?max(?:imum)?(?: of)?|no more than|cannot exceed|not exceed",
            ),
        ),
        (Limit::Minimum, value("min")),
        (Limit::Maximum, value("max")),
        (Limit::MinItems, items("at least|minimum(?: of)?")),
        (
            Limit::MaxItems,
            items("up to|at most|max(?:imum)?(?: of)?|no more than"),
        ),
    ]
});

#[derive(Clone, Copy)]
enum Limit {
    MinLength,
    MaxLength,
    Minimum,
    Maximum,
    MinItems,
    MaxItems,
}

/// Reads the description of a parameter, form field or property. `(Required)` and the importer's list of values leave
/// the text; whatever else is stated stays readable in it.
#[must_use]
pub fn field(text: &str) -> FieldFacts {
    let mut facts = FieldFacts::default();
    let mut claimed: Vec<Range<usize>> = Vec::new();
    let mut body = 0..text.len();
    if let Some(prefix) = REQUIRED.find(text) {
        facts.required = Some(Found {
            fact: (),
            range: prefix.range(),
        });
        claimed.push(prefix.range());
        body.start = prefix.end();
    }
    if let Some(suffix) = ONLY_ONE_OF.captures(text)
        && let (Some(whole), Some(values)) = (suffix.get(0), suffix.name("values"))
        && whole.start() >= body.start
    {
        let values = values
            .as_str()
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect();
        facts.enumeration = Some(Found {
            fact: distinct(values),
            range: whole.range(),
        });
        claimed.push(whole.range());
        body.end = whole.start();
    }
    let prose = text.get(body.clone()).unwrap_or_default();
    let moved = |range: Range<usize>| body.start + range.start..body.start + range.end;
    let says = |regex: &Regex| {
        regex.find(prose).map(|found| Found {
            fact: (),
            range: moved(found.range()),
        })
    };
    facts.list = says(&LIST).filter(|_| !ONE_TEXT.is_match(prose));
    facts.binary = says(&BINARY);
    facts.mixed = says(&MIXED);
    facts.deprecated = says(&DEPRECATED);
    if facts.enumeration.is_none() {
        facts.enumeration = enumeration(prose).map(|found| Found {
            fact: found.fact,
            range: moved(found.range),
        });
    }
    facts.default = DEFAULT
        .captures(prose)
        .and_then(|found| default(&found))
        .map(|found| Found {
            range: moved(found.range),
            ..found
        });
    for (limit, regex) in &*LIMITS {
        let Some(found) = regex.captures(prose) else {
            continue;
        };
        let (Some(whole), Some(number)) =
            (found.get(0), found.name("number").or(found.name("loose")))
        else {
            continue;
        };
        let range = moved(whole.range());
        let count = || {
            number.as_str().parse().ok().map(|fact| Found {
                fact,
                range: range.clone(),
            })
        };
        let bound = || {
            number.as_str().parse().ok().map(|fact| Found {
                fact,
                range: range.clone(),
            })
        };
        match limit {
            Limit::MinLength => facts.min_length = count(),
            Limit::MaxLength => facts.max_length = count(),
            Limit::MinItems => facts.min_items = count(),
            Limit::MaxItems => facts.max_items = count(),
            Limit::Minimum => facts.minimum = bound(),
            Limit::Maximum => facts.maximum = bound(),
        }
    }
    facts.description = to_markdown(&without(text, claimed));
    facts
}

fn default(found: &Captures<'_>) -> Option<Found<String>> {
    let value = ["code", "double", "single", "plain"]
        .iter()
        .find_map(|name| found.name(name))?;
    Some(Found {
        fact: value.as_str().trim().to_owned(),
        range: found.get(0)?.range(),
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
