//! Descriptions of parameters, form fields and properties.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{
    FieldFacts, Found, default::default, enumeration::enumeration, limit, mark, mentions, pattern,
    prose::Prose, to_markdown, without,
};

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
    let says = |regex: &LazyLock<Regex>, word: &str| {
        let found = mentions(statement, word).then(|| regex.find(statement));
        found.flatten().map(|found| Found {
            fact: (),
            range: start + found.start()..start + found.end(),
        })
    };
    facts.list = says(&LIST, "of").filter(|_| !ONE_TEXT.is_match(statement));
    facts.binary = says(&BINARY, "binary");
    if ["mail", "url", "id"]
        .iter()
        .any(|it| mentions(statement, it))
    {
        facts.mixed = says(&MIXED, "or");
    }
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
