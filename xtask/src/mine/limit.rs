//! Limits of lengths, numbers and lists.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{FieldFacts, Found, matches, mentions, pattern, prose::Prose, subject::is_described};

/// Words that say that a limit holds for a part, or that what exceeds it is taken all the same.
static OF_A_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?: each | per | every | lines? | words? | names? \s+ of | prefix\w* | suffix\w* | sum | difference | total | combined | truncat\w* | cut | rest | remaining | ignored | show[ns]?
        | display\w* | first | last | kilo\w* | [kmg]i?b | bytes? | ms | seconds? | minutes? | hours? | days? | percent )\b | % | \b[a-z]{2,}[a-rt-z]s \s+ (?:of|with) \s* $ | \b(?:by|for|after) \s* $",
    )
});

/// Sentences that say that what exceeds a limit is taken all the same, or that some may exceed it.
static EXCEEDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)\b (?: truncat | clamp | trimm | shorten | coerc | f(?:a|e)ll\w*\s+back | rais(?:e|ed)\b | contact\s+(?:us|support|sales)\b | on\s+request\b | reduced\s+to | treated\s+as | set\s+to\s+(?:_|\d) | lowered | capped | cut\b | split\b | excess ) \w*
        | \b(?:_|\d+) \s+ (?:is|will\s+be) \s+ used\b
        | \b(?: admin\w* | premium | paid | pro | enterprise | business | partners? | verified | plans? | tiers? | (?:new|old|existing|other) \s+ \w+ ) \b [^\n.]* \d",
    )
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

/// A whole number, perhaps with separators of thousands.
const NUMBER: &str = r"(?:\d{1,3}(?:,\d{3})+|\d+)";

/// What ends the statement: "256KB" and "100 bytes" count no characters, and 1.5 is no 1.
const END: &str = r"(?:\s*(?:[.,;!)\]]+(?:\s|$|</)|\n|<br|</|$)|\s+and\s)";

/// Each with its pattern, and the words one of which is in every text that has it.
static LIMITS: [(Limit, &[&str], LazyLock<Regex>); 6] = [
    (
        Limit::MinLength,
        &["length", "char"],
        LazyLock::new(|| {
            length(
                "min",
                r"at\ least|(?:a\ )?min(?:imum|\.)?(?:\ of)?|no\ (?:fewer|less)\ than",
            )
        }),
    ),
    (
        Limit::MaxLength,
        &["length", "char"],
        LazyLock::new(|| {
            length(
                "max",
                r"up\ to|at\ most|(?:a\ )?max(?:imum|\.)?(?:\ of)?|no\ (?:more|longer)\ than|(?:can\s?not|must\ not|may\ not|not)\ exceed|(?:can\s?not|must\ not|may\ not)\ be\ (?:longer|more)\ than|limited\ to(?:\ a\ max(?:imum)?\ of)?",
            )
        }),
    ),
    (Limit::Minimum, &["min"], LazyLock::new(|| value("min"))),
    (Limit::Maximum, &["max"], LazyLock::new(|| value("max"))),
    (
        Limit::MinItems,
        &["item", "entrie", "element"],
        LazyLock::new(|| items(r"at\ least|minimum(?:\ of)?")),
    ),
    (
        Limit::MaxItems,
        &["item", "entrie", "element"],
        LazyLock::new(|| {
            items(r"up\ to|at\ most|max(?:imum)?(?:\ number)?(?:\ of)?|no\ more\ than")
        }),
    ),
];

fn length(word: &str, loose: &str) -> Regex {
    pattern(&format!(
        r"(?xi) \b {word}(?:imum|\.)? \s+ (?:(?:allowed|permitted)\s+)? (?:length|number\s+of\s+characters) (?: \s+(?:is|of) | \s*[:=] )? \s+ `?(?P<number>{NUMBER})`? (?: \s+char(?:acter)?s? )? (?P<end>{END})
        | \b (?:{loose}) \s+ `?(?P<loose>{NUMBER})`? \s+ char(?:acter)?s (?: \s+ (?:long|in\s+length|maximum|max|allowed) )? (?P<loose_end>{END})"
    ))
}

fn value(word: &str) -> Regex {
    pattern(&format!(
        r"(?xi) \b {word}(?:imum)? (?:\s+(?:allowed\s+)?value)? (?: \s+(?:is|of) | \s*[:=] ) \s* `?(?P<number>-?{NUMBER})`? (?P<end>{END})
        | [(\[] {word}(?:imum|\.)? :? \s+ (?P<loose>-?{NUMBER}) (?P<loose_end>[)\]])"
    ))
}

fn items(words: &str) -> Regex {
    pattern(&format!(
        r"(?xi) \b (?:{words}) \s+ (?P<number>{NUMBER}) \s+ (?:items|entries|elements) (?P<end>{END})"
    ))
}

/// "between 3 and 50 characters", "3 to 50 characters", "3-50 characters"; or "must be between 1 and 100".
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?xi) \b (?: (?: between \s+ | from \s+ )? (?P<shortest>{NUMBER}) (?: \s*[-–]\s* | \s+(?:and|to)\s+ ) (?P<longest>{NUMBER}) \s+ char(?:acter)?s (?: \s+ (?:long|in\s+length) )? (?P<end>{END})
        | (?: be | is | value | number | integer ) \s+ (?:in\s+the\s+range\s+)? (?:between|from) \s+ `?(?P<least>-?{NUMBER})`? \s+ (?:and|to) \s+ `?(?P<most>-?{NUMBER})`? (?: \s*\(inclusive\) | ,?\s+inclusive )? (?P<value_end>{END}) )"
    ))
});

/// A label of the limits of the parts of a map.
static OF_PARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:key|value|item|member|entry)\s+length\s+constraints?\b|\bmap\s+entries\b")
});

/// What stands behind a number whose unit comes with the next one: "a minimum of 8 and a maximum of 64 characters".
static UNIT_FOLLOWS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:and\b)?[^.;,\n0-9]*[0-9]+\s+[a-z]"));

/// Whether the described value is a list: a number alone counts its items as likely as it limits them.
static IS_LIST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:lists?|arrays?|sets?|collections?)\s+of\b|\b(?:comma|separated|delimited)\b")
});

/// "The length must be between 1 and 255."
static LENGTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\blength\s+(?:must\s+|is\s+)?$"));

/// Reads every limit of which the unit is clear and that holds for the value as a whole.
pub(super) fn read(prose: &Prose<'_>, facts: &mut FieldFacts) {
    if !prose.text.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let has_one = |words: &[&str]| words.iter().any(|word| mentions(&prose.text, word));
    for (limit, words, regex) in &LIMITS {
        if !has_one(words) {
            continue;
        }
        for found in regex.captures_iter(&prose.text) {
            let number = found.name("number").or(found.name("loose"));
            let end = found.name("end").or(found.name("loose_end"));
            let range = claimed(&found, end.map(|end| end.range()));
            if let Some(number) = number
                && holds(prose, &range)
                && (!matches!(limit, Limit::Minimum | Limit::Maximum)
                    || is_of_a_number(prose, &range))
                && set(facts, *limit, number.as_str(), range)
            {
                break;
            }
        }
    }
    let between = || {
        BETWEEN.captures_iter(&prose.text).find_map(|found| {
            let end = found.name("end").or(found.name("value_end"));
            let range = claimed(&found, end.map(|end| end.range()));
            holds(prose, &range).then_some((found, range))
        })
    };
    if has_one(&["char", "between", "from"])
        && let Some((found, range)) = between()
    {
        let (least, most) = match matches(&LENGTH, prose.before(range.start)) {
            true => (Limit::MinLength, Limit::MaxLength),
            false => (Limit::Minimum, Limit::Maximum),
        };
        for (name, limit) in [
            ("shortest", Limit::MinLength),
            ("longest", Limit::MaxLength),
            ("least", least),
            ("most", most),
        ] {
            if let Some(number) = found.name(name) {
                set(facts, limit, number.as_str(), range.clone());
            }
        }
    }
    consistent(&mut facts.min_length, &mut facts.max_length);
    consistent(&mut facts.minimum, &mut facts.maximum);
    consistent(&mut facts.min_items, &mut facts.max_items);
}

/// A match without what ends it.
fn claimed(found: &Captures<'_>, end: Option<Range<usize>>) -> Range<usize> {
    let whole = found.get(0).map(|whole| whole.range()).unwrap_or_default();
    whole.start..end.map_or(whole.end, |end| end.start)
}

fn holds(prose: &Prose<'_>, range: &Range<usize>) -> bool {
    let (before, after) = prose.beside(range);
    let clause = before
        .rsplit([',', ';', ':', '('])
        .next()
        .unwrap_or_default();
    let (_, rest) = prose.vicinity(range.end);
    prose.is_certain(range)
        && !matches(&OF_PARTS, prose.vicinity(range.start).0)
        && is_described(prose, range.start)
        && !OF_A_PART.is_match(clause)
        && !OF_A_PART.is_match(after)
        && !matches(&EXCEEDED, rest)
}

/// Whether a limit without a unit is one of the described value, not the count of something.
fn is_of_a_number(prose: &Prose<'_>, range: &Range<usize>) -> bool {
    let (_, after) = prose.beside(range);
    !matches(&IS_LIST, prose.lead(range.start)) && !matches(&UNIT_FOLLOWS, after)
}

/// Notes a limit, if it is the first of its kind and a number that can be held.
fn set(facts: &mut FieldFacts, limit: Limit, number: &str, range: Range<usize>) -> bool {
    fn put<T: std::str::FromStr>(
        slot: &mut Option<Found<T>>,
        number: &str,
        range: Range<usize>,
    ) -> bool {
        let Some(fact) = number
            .replace(',', "")
            .parse()
            .ok()
            .filter(|_| slot.is_none())
        else {
            return false;
        };
        *slot = Some(Found { fact, range });
        true
    }
    match limit {
        Limit::MinLength => put(&mut facts.min_length, number, range),
        Limit::MaxLength => put(&mut facts.max_length, number, range),
        Limit::MinItems => put(&mut facts.min_items, number, range),
        Limit::MaxItems => put(&mut facts.max_items, number, range),
        Limit::Minimum => put(&mut facts.minimum, number, range),
        Limit::Maximum => put(&mut facts.maximum, number, range),
    }
}

/// Limits that leave nothing between them were misread.
fn consistent<T: PartialOrd>(low: &mut Option<Found<T>>, high: &mut Option<Found<T>>) {
    if let (Some(least), Some(most)) = (&*low, &*high)
        && least.fact > most.fact
    {
        (*low, *high) = (None, None);
    }
}
