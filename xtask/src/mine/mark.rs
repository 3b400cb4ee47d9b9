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
        r"(?xi)^[\s,;:.(*_/—–-]* (?: (?: if | when(?:ever)? | unless | only | except\w* | where | while | depend\w* | otherwise | once | not | or | optional\w* | conditional\w* | sometimes
        | since | before | until | during | upon | among | starting | together | along | creat\w+ | updat\w+ | one\s+of | either | at\s+least | any\s+of | see | v\d
        | fields? | parameters? | values? | properties | options? | items? | scopes? | permissions? | headers? | roles? )\b
        | (?P<weak> (?: for | in | on | by | with | to | as | unlike | at | from | after )\b ) )",
    )
});

/// Statements anywhere that say that the value can be left out after all.
static OMITTABLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)\b(?: (?:can|may|could|might) \s+ (?: be \s+ (?:omitted|left\s+out|skipped) | (?:omit|skip) \b | leave \s+ (?:it|this) \s+ out )
        | optional \s+ (?:for|if|when|in|on|with|unless) | (?:leave|omit) \s+ (?:(?:it|this|out)\s+){0,2} (?:for|if|when) | not \s+ (?:needed|required|necessary|mandatory) )\b",
    )
});

/// Tags that a description begins with.
const TAGS: &str = r"(?: \s* <(?:p|div|span|ul|li)\b[^<>]*> )*";

/// `(Required)`, `[string, required]`, `**Required:**`, `<b>Required</b>`, `Mandatory.`
static REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?xi)^ {TAGS} (?P<mark> \s* (?: (?:\*{{1,3}}|_{{1,3}}|<(?:b|strong|i|em)>)? \s* [(\[] (?P<parts>[^()\[\]\n]{{1,80}}) [)\]] \s* [.:]? (?:\*{{1,3}}|_{{1,3}}|</(?:b|strong|i|em)>)? [.:]?
        | (?:\*{{1,3}}|_{{1,3}}|`|<(?:b|strong|i|em|code)>) \s* (?:required|mandatory) \s* [.:!]? \s* (?:\*{{1,3}}|_{{1,3}}|`|</(?:b|strong|i|em|code)>) \s* [.:!]?
        | (?:required|mandatory) (?: \s*[.:!] (?:\s|$) | \s+[—–-]\s | \s*$ ) ) \s* | (?:required|mandatory) </(?:p|div|span|li)> \s* )",
    ))
});

/// A whole sentence that says no more than that.
static IS_REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^ (?: (?: it | this (?: \s+ (?:field|parameter|property|header|value|attribute|argument|key) )? ) \s+ is \s+ (?:always\s+)? )? (?:required|mandatory) [.!]? \s*$",
    )
});

/// A mark at the end of the text.
static REQUIRED_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) [.\w)`] \s+ (?P<mark> [(\[]\s*(?:required|mandatory)\s*[)\]] | \*\*[(\[]?(?:required|mandatory)[)\]]?\.?\*\* | [*_`](?:required|mandatory)[*_`] | <(?:b|strong)>(?:required|mandatory)</(?:b|strong)> ) [.]? \s* $",
    )
});

/// What may stand after "Required:".
static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:[*_`:]\s*)*(?:(?P<yes>yes|y|true|always)|(?P<no>no|n|false|none|n/a|never|optional(?:ly)?|-))\b\s*[.*_`]*\s*",
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
    let captures = REQUIRED.captures(text)?;
    let mark = captures.name("mark")?;
    let written = mark.as_str().trim();
    let rest = text.get(mark.end()..)?;
    let parts = captures.name("parts").map(|parts| parts.as_str());
    let is_label = parts.map_or(Some(true), parts_of_mark)?;
    // Postman's importer writes this mark in front of any description.
    let is_importers = mark.start() == 0 && mark.as_str().trim_end() == "(Required)";
    let answer = ANSWER
        .captures(rest)
        .filter(|_| written.ends_with(['-', '—', '–']) || written.contains(':'));
    let is_denied = answer.as_ref().is_some_and(|it| it.name("no").is_some());
    let answered = answer.and_then(|answer| Some(answer.get(0)?.end()));
    let rest = rest.get(answered.unwrap_or(0)..)?;
    if is_denied
        || !(answered.is_some() || is_separate(written, rest))
        || is_restricted(
            rest,
            written.ends_with(['.', '!', ':', ')', ']']),
            is_importers,
        )
        || (!is_importers && OMITTABLE.is_match(prose.words(mark.end()..text.len())))
    {
        return None;
    }
    Some(Required {
        found: found(mark.start()..mark.end() + answered.unwrap_or(0)),
        is_label,
    })
}

/// Whether the text in brackets is a mark, and if so, whether it says nothing else.
fn parts_of_mark(parts: &str) -> Option<bool> {
    let is_mark = |part: &str| {
        let part = part.trim().to_ascii_lowercase();
        matches!(
            part.strip_prefix("always ").unwrap_or(&part),
            "required" | "mandatory"
        )
    };
    let parts = || parts.split([',', ';', '|', '/']);
    let is_only = |part: &str| part.to_ascii_lowercase().ends_with("only");
    let holds = parts().any(is_mark)
        && parts()
            .all(|part| is_mark(part) || !(RESTRICTION.is_match(part) || is_only(part.trim())));
    holds.then(|| parts().all(is_mark))
}

/// Whether `rest` describes the value behind the mark `written`, instead of continuing what that says.
fn is_separate(written: &str, rest: &str) -> bool {
    static NOUN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:the|an?|your|this|string|text|integer|int|number|float|boolean|bool|array|object|list|file|date|enum)\b",
        )
    });
    let starts_small = rest.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | '`' | '"'));
    if !starts_small {
        return true;
    }
    match written.ends_with(':') || written.contains(":*") || written.contains(":<") {
        // "Required: a paid plan" names what is required.
        true => rest.starts_with("the ") || (NOUN.is_match(rest) && !rest.starts_with('a')),
        false => written.ends_with(['.', '!', ')', ']', '-', '—', '–']) || NOUN.is_match(rest),
    }
}

/// Whether what follows a mark takes it back in part.
fn is_restricted(rest: &str, has_end: bool, is_importers: bool) -> bool {
    static BREAKS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:\s*</?(?:br|p|b|i|em|strong|span)\b[^<>]*>)+"));
    let rest = &*BREAKS.replace(rest, "");
    let Some(restriction) = RESTRICTION.captures(rest) else {
        return false;
    };
    let words = rest.trim_start_matches([
        ' ', ',', ';', ':', '.', '(', '*', '_', '/', '—', '–', '-', '\n',
    ]);
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
        let before = prose.before(mark.start());
        return (is_certain(before, "") && !before.trim_end().ends_with(" is")).then(|| Required {
            found: found(mark.range()),
            is_label: true,
        });
    }
    let mut sentences = prose.sentences().peekable();
    while let Some((start, sentence)) = sentences.next() {
        let next = sentences.peek().map_or("", |(_, next)| next);
        if IS_REQUIRED.is_match(sentence)
            && !is_restricted(next, true, false)
            && !OMITTABLE.is_match(prose.words(start..text.len()))
        {
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
        r"(?xi)^(?: :[a-z_]+:\s+ )?[\s>\#⚠️!]* (?:
          @deprecated\b |
          [*_]{0,3} [(\[] \s* deprecated \b (?P<inside>[^()\[\]\n]{0,120}) [)\]] [*_.:!]*
        | (?:[*_]{1,3}|`|<(?:b|strong|i|em|code|span|u|font|mark)\b[^<>]*>) \s* deprecated \b (?P<within>[^*_`<>\n]{0,120}) (?:[*_]{1,3}|`|</(?:b|strong|i|em|code|span|u|font|mark)>) [.:!,]?
        | deprecated (?: \s*[.:!,;] | \s+[—–-] | \s*$ | (?P<since> \s+ (?: since | as\s+of | in\s+favou?r\s+of | starting | from | after | and | use | please | in \s+ v?\d ) ) ) \b{0}
        | [*_]{0,3} (?:this|the) \s+ (?:\w+\s+){0,2} (?:field|parameter|property|attribute|argument|option|header|endpoint|operation|method|api|call|request|route|key) \s+ (?:is|was|has\s+been) \s+ (?:now\s+)? deprecated \b )",
    )
});

/// A mark at the end of a text of one sentence.
static DEPRECATED_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\w\s+(?P<mark>[(\[]\s*deprecated\b(?P<inside>[^()\[\]\n]{0,120})[)\]])\s*\.?\s*$")
});

/// Values and nothing else: these are deprecated, instead of the whole.
static VALUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?xi) ^ \s* (?: [*+-]\s+ )? (?: (?:`[^`\n]+`|"[^"\n]+") \s* (?: , | and\b | or\b | [*+-]\s )? \s* )+ [.;]? \s* $"#,
    )
});

/// What takes a mark back: some of the uses only, or a second thought.
static TAKEN_BACK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bonly\W*$|\b(?:again|restored|reinstated)\b"));

/// Whether a text says of the whole that it describes that it is deprecated.
pub(super) fn deprecated(prose: &Prose<'_>) -> Option<Found<()>> {
    let text = &*prose.text;
    if !mentions(text, "deprecated") {
        return None;
    }
    let at_start = prose.sentences().find_map(|(start, sentence)| {
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
        let paragraph = after.split("\n\n").next().unwrap_or_default();
        let are_values = whole.as_str().ends_with(':') && VALUES.is_match(paragraph);
        let rest_of_sentence = sentence.get(whole.end()..).unwrap_or_default();
        (is_of_the_whole(inside)
            && is_of_the_whole(after)
            && !are_values
            && !TAKEN_BACK.is_match(rest_of_sentence))
        .then(|| found(start + whole.start()..start + whole.end()))
    });
    at_start.or_else(|| {
        let captures = DEPRECATED_AT_END.captures(text)?;
        let mark = captures.name("mark")?;
        let before = prose.words(0..mark.start());
        // One of several things that the text names may be meant.
        let is_one_thing = !before.contains([',', ':', ';', '.', '_', '\n', '<'])
            && !before.contains(" and ")
            && is_certain(before, "");
        let inside = captures.name("inside")?.as_str();
        (is_one_thing && is_of_the_whole(inside)).then(|| found(mark.range()))
    })
}

/// Whether the words behind "deprecated" leave it to the whole.
fn is_of_the_whole(words: &str) -> bool {
    let answer = ANSWER.captures(words);
    let is_denied = answer.is_some_and(|answer| answer.name("no").is_some());
    let restriction = RESTRICTION.captures(words);
    let is_restricted = restriction.is_some_and(|it| {
        let word = it.get(0).map_or("", |word| word.as_str());
        let word = word
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .to_ascii_lowercase();
        let after = words.get(it.get(0).map_or(0, |word| word.end())..);
        let after = after.unwrap_or_default().trim_start();
        // "in favour of", "in 2.0", "as of" and "since" restrict nothing; "for" and "in some" do.
        let restricts = match it.name("weak") {
            Some(_) if matches!(word.as_str(), "in" | "on") => {
                !after.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
                    && !["favo", "v1", "v2", "v3", "version"]
                        .iter()
                        .any(|it| after.starts_with(it))
            }
            Some(_) => word == "for",
            None => !matches!(word.as_str(), "since" | "see"),
        };
        restricts
            && !words
                .trim_start_matches([' ', '*', '.'])
                .starts_with(char::is_uppercase)
    });
    !is_denied && !is_restricted
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
