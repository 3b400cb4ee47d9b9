//! Stated defaults.

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{
    Found, matches, mentions, pattern,
    prose::{Prose, is_certain},
    subject::is_described,
};

/// How values of defaults are written. `plain` words count only if they are known values.
const VALUE: &str = r#"(?: `(?P<code>[^`\n]+)` | <code>(?P<html>[^<\n]+)</code> | "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]+)' | \*\*(?P<bold>[^*\s]+)\*\* | (?P<plain> -?\d+(?:,\d{3})*(?:\.\d+)? | [a-z][\w-]* ) )"#;

/// "Defaults to `x`", "**Default:** x", "the default value is x", "(default x)", "Default x.", "by default, x".
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?xi) (?: \b default (?: s?\s+to | (?:\s+value)? [*_]{{0,3}} (?:</(?:b|strong|i|em)>)? \s* [:=] \s* [*_]{{0,3}} (?:</(?:b|strong|i|em)>)? | (?:\s+value)?\s+(?:is(?:\s+set\s+to|\s*:)?|of) )
            | (?: ^ | [(\[,.;\n] \s* ) default (?:s\s+to)? \s
            | \b by \s+ default (?: , | ,?\s+ (?: it | this | the\s+value ) \s+ is (?:\s+set\s+to)? )? \s )
        \s* {VALUE}
        (?P<end> \s*[.;!)\]]+,?(?:\s|$|</) | \s+(?:if|when)\s | \s+and\s | \s+with\s+an?\s | \s+ \( (?: no\s+limit | unlimited | disabled ) \) | \s*,(?:\s|$) | \s*\n | \s*<br | \s*</ | \s*$ )"
    ))
});

/// "`x` by default.", "`x` is the default."
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?xi) (?: ^ | [.;(\n] \s* ) {VALUE} \s+ (?: by \s+ default | is \s+ the \s+ default (?:\s+value)? ) (?P<end> \s*[.;!)]+(?:\s|$) | \s*\n | \s*$ )"
    ))
});

/// Sentences in which no default is stated, though they look so.
static NO_DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:no|old|former|another|override[sn]?|overrid\w+|change[sd]?|differ\w*|server|browser|system|same|than|twice|half|leave|keep)\b|\bthen\b",
    )
});

/// Words before a default that join it to a statement of its own.
static AND_THE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:it\s+)?can\s+be\b[\s_,]*(?:(?:or|either)\b[\s_,]*)+and(?:\s+the)?\s*$")
});

static SAME_AS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bsame\s+as\b"));

/// Sentences that say that the default is not the same for all.
static VARIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) \b (?: (?:can|may) \s+ (?:be\s+)? (?:overrid|chang|configur|adjust)\w* (?: \s+ (?:it|this|the\s+default) )? | configurable | which\s+(?:can|may)\s+be ) \b
        | \b default s? \s+ (?: for | in | on | per ) \b [^\n.]* (?: _ | \d | true | false )
        | (?: ^ | [.;\n] ) \s* (?: in | for | on | with | under ) \b (?: \s+ [\w-]+ ){1,4} \s* (?: , | \s it\s+is | \s the\s+default ) [^\n.]* (?: _ | \d | true | false )",
    )
});

/// Another value after the first: no one value is the default.
static ANOTHER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^[\s,;]*(?:and\s+)?(?:[`"_]|<code>|-?\d|(?:true|false)\b)"#));

/// "if it is not set", which is just what a default is for.
static OMITTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) \b (?:if|when) \s+ (?: (?: it\s+is | this\s+(?:\w+\s+)?is | none\s+is | nothing\s+is | no\s+value\s+is | the\s+(?:value|parameter|field)\s+is ) \s+ )?
        (?: omitted | absent | missing | empty | unset | unspecified | undefined | given | provided | specified | passed | left\s+(?:out|empty|blank) | not\s+(?:set|specified|provided|given|present|supplied|defined|passed|sent|included) ) \b",
    )
});

/// The default that stands for every value left out. A bare word counts only if it is one of `values`.
pub(super) fn default(prose: &Prose<'_>, values: &[String]) -> Option<Found<String>> {
    if !mentions(&prose.text, "default") {
        return None;
    }
    let mut stated: Vec<_> = BEFORE.captures_iter(&prose.text).collect();
    if mentions(&prose.text, "by") || mentions(&prose.text, "the") {
        stated.extend(AFTER.captures_iter(&prose.text));
    }
    let mut facts = stated.iter().filter_map(|found| {
        let (value, is_word) = value(found)?;
        let is_known = !is_word || values.contains(&value);
        let whole = found.get(0)?.as_str();
        let separator = whole.len() - whole.trim_start_matches(['.', ';', ',', ' ', '\n']).len();
        let range = found.get(0)?.start() + separator..found.name("end")?.start();
        Some((Found { fact: value, range }, is_known))
    });
    let (first, _) = facts.find(|(found, is_known)| {
        *is_known && !is_nothing(&found.fact) && holds(prose, &found.range)
    })?;
    // What is stated twice holds in some cases only.
    let differs = stated
        .iter()
        .filter_map(value)
        .any(|(value, is_word)| !is_word && value != first.fact);
    (!differs).then_some(first)
}

/// The value of a stated default, and whether it is a bare word other than `true` and `false`.
fn value(found: &Captures<'_>) -> Option<(String, bool)> {
    let groups = ["code", "html", "double", "single", "bold", "plain"];
    let text = groups
        .iter()
        .find_map(|name| found.name(name))?
        .as_str()
        .trim();
    let is_plain = found.name("plain").or(found.name("bold")).is_some();
    let is_number = is_plain && !text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = is_plain && !is_number && !matches!(text, "true" | "false");
    let text = match is_number {
        true => text.replace(',', ""),
        false => text.to_owned(),
    };
    Some((text, is_word))
}

fn holds(prose: &Prose<'_>, range: &Range<usize>) -> bool {
    let (before, after) = prose.beside(range);
    let (before, after) = (without_omitted(before), without_omitted(after));
    let clause = before
        .rsplit([',', ';', ':', '('])
        .next()
        .unwrap_or_default();
    // A label that follows a semicolon does not belong to the conditions before it.
    let is_label = clause.trim().is_empty() || clause.trim().eq_ignore_ascii_case("the");
    let before = match before.rfind(';') {
        Some(at) if is_label => before.get(at..).unwrap_or_default(),
        _ => &before,
    };
    // "Can be `a` or `b` and the default is `a`" says two things.
    let is_joined = matches(&AND_THE, before);
    let before = if is_joined { "" } else { before };
    let (_, rest) = prose.vicinity(range.end);
    is_certain(before, &after)
        && (is_joined || is_described(prose, range.start))
        && !matches(&NO_DEFAULT, clause)
        && !matches(&SAME_AS, before)
        && !ANOTHER.is_match(&after)
        && !matches(&VARIES, rest)
}

/// `words` without the condition that a default is for.
fn without_omitted(words: &str) -> Cow<'_, str> {
    match mentions(words, "if") || mentions(words, "when") {
        true => OMITTED.replace_all(words, ""),
        false => words.into(),
    }
}

/// Words for the absence of a value.
fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 13] = [
        "",
        "\"\"",
        "''",
        "[]",
        "{}",
        "null",
        "none",
        "nil",
        "undefined",
        "n/a",
        "nothing",
        "empty",
        "blank",
    ];
    NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word))
}
