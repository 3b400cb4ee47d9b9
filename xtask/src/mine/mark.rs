//! Marks that say of a whole value or operation that it is required or deprecated.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    Found, mentions, pattern,
    prose::{Prose, is_certain},
};

/// Words that make a mark hold only sometimes, or of something else.
static RESTRICTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^[\s,;:.(*_—–-]* (?: (?: if | when(?:ever)? | unless | only | except\w* | where | while | depend\w* | otherwise | once | not | or
        | fields? | parameters? | values? | properties | options? | items? | scopes? | permissions? | headers? | roles? )\b
        | (?P<weak> (?: for | in | on | by | with | to | as | unlike | at | from )\b ) )",
    )
});

/// `(Required)`, `[string, required]`, `**Required:**`, `<b>Required</b>`, `Mandatory.`
static REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^\s* (?: (?:\*{1,3}|_{1,3}|<(?:b|strong|i|em)>)? \s* [(\[] (?P<parts>[^()\[\]\n]{1,80}) [)\]] \s* [.:]? (?:\*{1,3}|_{1,3}|</(?:b|strong|i|em)>)? [.:]?
        | (?:\*{1,3}|_{1,3}|`|<(?:b|strong|i|em|code)>) \s* (?:required|mandatory) \s* [.:!]? \s* (?:\*{1,3}|_{1,3}|`|</(?:b|strong|i|em|code)>) \s* [.:!]?
        | (?:required|mandatory) (?: \s*[.:!] (?:\s|$) | \s+[—–-]\s | \s*$ ) ) \s*",
    )
});

/// A whole sentence that says no more than that.
static IS_REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^ (?: this \s+ (?:field|parameter|property|header|value|attribute|argument|key) \s+ is \s+ (?:always\s+)? )? (?:required|mandatory) [.!]? \s*$",
    )
});

/// A mark at the end of the text.
static REQUIRED_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) [.\w)`] \s+ (?P<mark> [(\[]\s*(?:required|mandatory)\s*[)\]] | \*\*[(\[]?(?:required|mandatory)[)\]]?\*\* | <(?:b|strong)>(?:required|mandatory)</(?:b|strong)> ) [.]? \s* $",
    )
});

/// What may stand after "Required:".
static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:[*_`:]\s*)*(?:(?P<yes>yes|true|always)|(?P<no>no|false|none|n/a|never|optional(?:ly)?|-))\b\s*[.*_`]*\s*",
    )
});

/// A requirement of `text`: whether it is more than a label, and its range.
pub(super) struct Required {
    pub(super) found: Found<()>,
    /// Whether the text says nothing else there, so that it can leave the description.
    pub(super) is_label: bool,
}

/// Whether a text says of the value that it describes that it is always required.
pub(super) fn required(prose: &Prose<'_>) -> Option<Required> {
    if !mentions(&prose.text, "required") && !mentions(&prose.text, "mandatory") {
        return None;
    }
    at_start(prose).or_else(|| elsewhere(prose))
}

fn at_start(prose: &Prose<'_>) -> Option<Required> {
    let text = &*prose.text;
    let mark = REQUIRED.captures(text)?;
    let whole = mark.get(0)?;
    let rest = text.get(whole.end()..)?;
    let parts = mark.name("parts").map(|parts| parts.as_str());
    let mut is_label = true;
    if let Some(parts) = parts {
        let is_mark = |part: &str| {
            part.trim().eq_ignore_ascii_case("required")
                || part.trim().eq_ignore_ascii_case("mandatory")
        };
        let mut others = parts
            .split([',', ';', '|', '/'])
            .filter(|part| !is_mark(part))
            .peekable();
        is_label = others.peek().is_none();
        let is_stated = parts.split([',', ';', '|', '/']).any(is_mark);
        if !is_stated || others.any(|part| RESTRICTION.is_match(part)) {
            return None;
        }
    }
    let answer = ANSWER
        .captures(rest)
        .filter(|_| whole.as_str().contains(':'));
    if answer
        .as_ref()
        .is_some_and(|answer| answer.name("no").is_some())
    {
        return None;
    }
    // Postman's importer writes this mark in front of any description.
    let is_importers = whole.as_str().trim_end() == "(Required)";
    let goes_on = rest.starts_with(|c: char| c.is_lowercase() || c == ',');
    let has_end = whole
        .as_str()
        .trim_end()
        .ends_with(['.', '!', ':', ')', ']']);
    let (_, after) = prose.beside(&whole.range());
    if is_restricted(rest, has_end, is_importers) || (goes_on && !has_end && !is_certain("", after))
    {
        return None;
    }
    let end = whole.end()
        + answer
            .and_then(|answer| Some(answer.get(0)?.end()))
            .unwrap_or(0);
    Some(Required {
        found: found(whole.start()..end),
        is_label,
    })
}

/// Whether what follows a mark takes it back in part.
fn is_restricted(rest: &str, has_end: bool, is_importers: bool) -> bool {
    let Some(restriction) = RESTRICTION.captures(rest) else {
        return false;
    };
    let words =
        rest.trim_start_matches([' ', ',', ';', ':', '.', '(', '*', '_', '—', '–', '-', '\n']);
    let is_new_sentence = words.starts_with(char::is_uppercase);
    let is_weak = restriction.name("weak").is_some();
    !(is_new_sentence && (is_importers || (is_weak && has_end)))
}

fn elsewhere(prose: &Prose<'_>) -> Option<Required> {
    let text = &*prose.text;
    if let Some(mark) = REQUIRED_AT_END
        .captures(text)
        .and_then(|end| end.name("mark"))
    {
        return is_certain(prose.before(mark.start()), "").then(|| Required {
            found: found(mark.range()),
            is_label: true,
        });
    }
    let mut sentences = prose.sentences().peekable();
    while let Some((start, sentence)) = sentences.next() {
        let next = sentences.peek().map_or("", |(_, next)| next);
        if IS_REQUIRED.is_match(sentence) && !is_restricted(next, true, false) {
            return Some(Required {
                found: found(start..start + sentence.trim_end().len()),
                is_label: false,
            });
        }
    }
    None
}

/// A sentence or a mark that begins so.
static DEPRECATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^[\s>\#⚠️!]* (?:
          [*_]{0,3} [(\[] \s* deprecated \b (?P<inside>[^()\[\]\n]{0,120}) [)\]] [*_.:!]*
        | (?:[*_]{1,3}|`|<(?:b|strong|i|em|code)\b[^<>]*>) \s* deprecated \b (?P<within>[^*_`<>\n]{0,120}) (?:[*_]{1,3}|`|</(?:b|strong|i|em|code)>) [.:!,]?
        | deprecated (?: \s*[.:!,;] | \s+[—–-] | \s*$ | (?P<since> \s+ (?: since | as\s+of | in\s+favou?r\s+of | starting | from | after | and | use | please | in \s+ v?\d ) ) ) \b{0}
        | (?:this|the) \s+ (?:\w+\s+){0,2} (?:field|parameter|property|attribute|argument|option|header|endpoint|operation|method|api|call|request|route|key) \s+ (?:is|has\s+been) \s+ (?:now\s+)? deprecated \b )",
    )
});

/// Whether a text says of the whole that it describes that it is deprecated.
pub(super) fn deprecated(prose: &Prose<'_>) -> Option<Found<()>> {
    let text = &*prose.text;
    if !mentions(text, "deprecated") {
        return None;
    }
    prose.sentences().find_map(|(start, _)| {
        let before = text.get(..start)?.trim_end_matches([' ', '\t']);
        let is_apart = before.is_empty()
            || before.ends_with("\n\n")
            || before.trim_end().ends_with(['.', '!', '?', '>']);
        let rest = text.get(start..).filter(|_| is_apart)?;
        let mark = DEPRECATED.captures(rest)?;
        let whole = mark.get(0)?;
        let inside = mark.name("inside").or(mark.name("within"));
        let inside = inside.map_or("", |inside| inside.as_str());
        let after = rest.get(whole.end()..)?;
        let is_stated = |words: &str| {
            let answer = ANSWER.captures(words);
            let is_denied = answer.is_some_and(|answer| answer.name("no").is_some());
            let restriction = RESTRICTION.captures(words);
            let is_restricted = restriction.is_some_and(|it| {
                // "in favour of" and "as of" restrict nothing; "for" does.
                it.name("weak")
                    .is_none_or(|weak| weak.as_str().eq_ignore_ascii_case("for"))
                    && !words
                        .trim_start_matches([' ', '*', '.'])
                        .starts_with(char::is_uppercase)
            });
            !is_denied && !is_restricted
        };
        (is_stated(inside) && is_stated(after))
            .then(|| found(start + whole.start()..start + whole.end()))
    })
}

/// `[DEPRECATED] Get a thing`, `Get a thing (deprecated)`, `Deprecated: Get a thing`, `Get a thing - deprecated`.
static DEPRECATED_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) [(\[{<] \s* deprecated \s* [)\]}>] | ^[^0-9A-Za-z]* deprecated \s* (?: [:.!] | \s[—–-]\s | [^0-9A-Za-z]*$ ) | \s[—–|:-]+ \s* deprecated [^0-9A-Za-z]*$",
    )
});

/// The mark in the name of a request that says that it is deprecated.
#[must_use]
pub fn deprecated_name(name: &str) -> Option<Found<()>> {
    let mark = mentions(name, "deprecated").then(|| DEPRECATED_NAME.find(name));
    mark.flatten().map(|mark| found(mark.range()))
}

fn found(range: Range<usize>) -> Found<()> {
    Found { fact: (), range }
}
