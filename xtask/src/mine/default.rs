//! Stated defaults.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Found, mentions, pattern, prose};

/// "Defaults to `x`", "**Default:** x", "the default value is x", "(default x)".
static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?xi) (?: \b default (?: s?\s+to | (?:\s+value)? [*_]{0,3} (?:</(?:b|strong|i|em)>)? \s* [:=] \s* [*_]{0,3} (?:</(?:b|strong|i|em)>)? | (?:\s+value)?\s+(?:is(?:\s+set\s+to)?|of) )
            | [(\[,] \s* default (?:s\s+to)? )
        \s* (?: `(?P<code>[^`\n]+)` | <code>(?P<html>[^<\n]+)</code> | "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]+)' | (?P<plain> -?\d+(?:,\d{3})*(?:\.\d+)? | [a-z][\w-]* ) )
        (?P<end> \s*[.;!)\]]+(?:\s|$|</) | \s+(?:if|when)\s | \s*,(?:\s|$) | \s*\n | \s*<br | \s*</ | \s*$ )"#,
    )
});

/// Sentences in which no default is stated, though they look so.
static NO_DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:no|old|former|another|override[sn]?|overrid\w+|change[sd]?|differ\w*|server|browser|system)\b|\bthen\b",
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
pub(super) fn default(prose: &prose::Prose<'_>, values: &[String]) -> Option<Found<String>> {
    if !mentions(&prose.text, "default") {
        return None;
    }
    DEFAULT.captures_iter(&prose.text).find_map(|found| {
        let groups = ["code", "html", "double", "single", "plain"];
        let value = groups.iter().find_map(|name| found.name(name))?;
        let text = value.as_str().trim();
        let is_plain = found.name("plain").is_some();
        let fact = match is_plain && text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            true => text.replace(',', ""),
            false => text.to_owned(),
        };
        let is_word = is_plain && text.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_word && !matches!(text, "true" | "false") && !values.iter().any(|it| it == text) {
            return None;
        }
        let range = found.get(0)?.start()..found.name("end")?.start();
        (!is_nothing(text) && holds(prose, &range)).then_some(Found { fact, range })
    })
}

fn holds(prose: &prose::Prose<'_>, range: &Range<usize>) -> bool {
    let (before, after) = prose.beside(range);
    let (before, after) = (
        OMITTED.replace_all(before, ""),
        OMITTED.replace_all(after, ""),
    );
    let clause = before
        .rsplit([',', ';', ':', '('])
        .next()
        .unwrap_or_default();
    prose::is_certain(&before, &after) && !NO_DEFAULT.is_match(clause) && !ANOTHER.is_match(&after)
}

/// Words for the absence of a value.
fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 8] = [
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
