//! Texts as words, and words as identifiers.
//!
//! Identifiers write every word alike, abbreviations included: `ids`, `channelIds`, `ChannelIds`. So each casing of a
//! name (camel, Pascal, snake) has the same words, whichever tool derives it.

use std::{borrow::Cow, sync::LazyLock};

use deunicode::deunicode_with_tofu;
use regex::Regex;

use super::pattern;

/// Words with capitals inside that do not begin another word.
const SPELLINGS: [&str; 16] = [
    "OAuth", "QoS", "IoT", "SaaS", "PaaS", "IaaS", "IPv", "iOS", "iPadOS", "macOS", "tvOS",
    "watchOS", "visionOS", "iPhone", "iPad", "eSIM",
];

/// Nouns that a letter may stand behind: `Plan A`.
const LETTERED: [&str; 18] = [
    "appendix", "category", "class", "grade", "group", "level", "model", "option", "part", "phase",
    "plan", "schedule", "section", "team", "tier", "type", "variant", "version",
];

/// Words that stand between others and cannot end a name.
const LINKS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "if", "in",
    "into", "is", "must", "nor", "of", "on", "or", "than", "that", "the", "to", "via", "when",
    "which", "with", "without",
];

static PLURAL_MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(\p{L})\((e?s)\)"));
static PLURAL_OF_Y: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)y\(ies\)"));
/// `l'élément` are two words.
static ELISION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b([cdjlmnst]|qu)['’]"));
static ONE_TO_ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b1:1\b"));
static ONE_ON_ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b1[- ]on[- ]1\b"));

/// An apostrophe joins, also the typographic one, which ASCII does not have.
const APOSTROPHES: [&str; 2] = ["'", "’"];

/// The words of a text in lower case and ASCII: `Q&A of user_IDs` → `q and a of user ids`.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = plain(text);
    joined_letters(tokens(&text).iter().flat_map(|token| humps(token.text)))
}

/// The words of a text without articles, unless it has nothing else.
pub(super) fn words_without_articles(text: &str) -> Vec<String> {
    let text = plain(text);
    let tokens = tokens(&text);
    let is_one_of = |words: &[&str], token: &Token<'_>| {
        words
            .iter()
            .any(|word| token.text.eq_ignore_ascii_case(word))
    };
    let is_titled = tokens
        .iter()
        .all(|token| is_one_of(&LINKS, token) || !token.text.starts_with(char::is_lowercase));
    let mut told: Vec<&str> = Vec::new();
    let mut follows_article = false;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| tokens.get(index));
        let is_last = index + 1 == tokens.len();
        let is_article = match token.text {
            _ if token.is_glued || follows_article => false,
            "a" | "an" | "the" => true,
            "An" | "The" | "AN" | "THE" => !is_last,
            // A letter, or an article of a title in capitals.
            "A" => {
                let is_lettered = before.is_some_and(|it| is_one_of(&LETTERED, it));
                !is_last && !is_lettered && (before.is_none() || is_titled)
            }
            _ => false,
        };
        if !is_article {
            told.extend(humps(token.text));
        }
        follows_article = is_article;
    }
    if told.is_empty() {
        told.extend(tokens.iter().flat_map(|token| humps(token.text)));
    }
    joined_letters(told)
}

/// `first`, then the others with capitals: `sendChatMessage`.
pub(super) fn camel(words: &[String]) -> String {
    let mut words = words.iter();
    let mut name = words.next().cloned().unwrap_or_default();
    words.for_each(|word| push_capitalized(&mut name, word));
    name
}

/// All words with capitals: `SendChatMessage`.
pub(super) fn pascal_of(words: &[impl AsRef<str>]) -> String {
    let words = words.iter().map(AsRef::as_ref);
    let mut name = String::with_capacity(words.clone().map(str::len).sum());
    words.for_each(|word| push_capitalized(&mut name, word));
    name
}

/// At most `most` words, without a word at the cut that needs another after it.
pub(super) fn shortened(mut words: Vec<String>, most: usize) -> Vec<String> {
    if words.len() <= most {
        return words;
    }
    words.truncate(most);
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| LINKS.contains(&word.as_str()))
    {
        words.pop();
    }
    words
}

/// Letters and digits in ASCII: `größe` → `grosse`, `名前` → `Ming Qian`. Other letters than these and all pictures become
/// blanks.
pub(super) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let letters: String = text
        .chars()
        .map(|c| {
            if c.is_ascii() || c.is_alphanumeric() {
                c
            } else {
                ' '
            }
        })
        .collect();
    deunicode_with_tofu(&letters, " ").into()
}

/// Adds `word` with a capital at its beginning.
fn push_capitalized(name: &mut String, word: &str) {
    let mut chars = word.chars();
    if let Some(first) = chars.next() {
        name.extend(first.to_uppercase());
        name.push_str(chars.as_str());
    }
}

/// A text in ASCII, in which signs that stand for words are written as these. Most names are that already.
fn plain(text: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    if text.is_ascii() && !text.contains(['&', '(', '1', '\'']) {
        return plain;
    }
    if plain.contains("&amp;") {
        plain = plain.replace("&amp;", "&").into();
    }
    let rewrites: [(&[&str], &LazyLock<Regex>, &str); 5] = [
        (&["("], &PLURAL_OF_Y, "ies"),
        (&["("], &PLURAL_MARK, "$1$2"),
        (&["1:1"], &ONE_TO_ONE, " one to one "),
        (&["1-", "1 "], &ONE_ON_ONE, " one on one "),
        (&APOSTROPHES, &ELISION, "$1 "),
    ];
    // No pattern matches a text without one of its signs.
    for (signs, pattern, words) in rewrites {
        if signs.iter().any(|sign| plain.contains(sign)) {
            plain = pattern.replace_all(&plain, words).into_owned().into();
        }
    }
    for apostrophe in APOSTROPHES {
        if plain.contains(apostrophe) {
            plain = plain.replace(apostrophe, "").into();
        }
    }
    match plain.is_ascii() {
        true => plain,
        false => ascii(&plain).into_owned().into(),
    }
}

/// A run of letters and digits.
struct Token<'t> {
    text: &'t str,
    /// Whether an `&` without blanks joins it to the one before.
    is_glued: bool,
}

/// The tokens of a text in ASCII.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_sign = |c: char| !c.is_ascii_alphanumeric();
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c| !is_sign(c)) {
        let (separator, word) = rest.split_at(start);
        let (word, behind) = word.split_at(word.find(is_sign).unwrap_or(word.len()));
        if !tokens.is_empty() && separator.contains('&') {
            tokens.push(Token {
                text: "and",
                is_glued: false,
            });
        }
        tokens.push(Token {
            text: word,
            is_glued: separator == "&",
        });
        rest = behind;
    }
    tokens
}

/// The words that capitals tell apart, as they are written: `userID2Token` → `user ID2 Token`, `channelIDs` → `channel IDs`.
fn humps(token: &str) -> impl Iterator<Item = &str> {
    let mut rest = token;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = spelling(rest)
            .unwrap_or_else(|| hump(rest))
            .clamp(1, rest.len());
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        Some(word)
    })
}

/// The length of a known spelling at the start of `text`, with the digits after it.
fn spelling(text: &str) -> Option<usize> {
    let known = SPELLINGS.iter().find(|known| text.starts_with(**known))?;
    let rest = text.get(known.len()..)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest.get(digits..)?;
    (!after.starts_with(|c: char| c.is_ascii_lowercase())).then_some(known.len() + digits)
}

/// The length of the word that `text` starts with.
fn hump(text: &str) -> usize {
    let run = |from: usize, fits: fn(&u8) -> bool| {
        let bytes = text.as_bytes().get(from..).unwrap_or_default();
        from + bytes.iter().take_while(|byte| fits(byte)).count()
    };
    let plain = |byte: &u8| !byte.is_ascii_uppercase();
    let capitals = run(0, u8::is_ascii_uppercase);
    if capitals <= 1 {
        return run(capitals, plain);
    }
    let end = run(capitals, u8::is_ascii_lowercase);
    let lower = text.get(capitals..end).unwrap_or_default();
    // The digits after it, unless a word goes on behind them.
    let digits = run(end, u8::is_ascii_digit);
    let goes_on = digits > end && run(digits, u8::is_ascii_lowercase) > digits;
    match lower {
        // `SIP`, `H323`, `IDs`.
        "" | "s" if !goes_on => digits,
        // `HTTPServer`: the last capital begins the next word.
        _ => capitals - 1,
    }
}

/// The words in lower case. Puts together what no casing could tell apart: single letters in a row (`U.S.` → `us`), a letter and what follows it
/// if that reads like its digits or plural (`H.323` → `h323`), and known spellings (`O Auth` → `oauth`, `Io T2` → `iot2`).
fn joined_letters<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    // Whether the last word is made of single letters.
    let mut is_open = false;
    for word in words {
        let word = word.to_ascii_lowercase();
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = word.get(..word.len() - digits.len()).unwrap_or_default();
        let is_short = letters.len() <= 1 || letters.len() == 2 && letters.ends_with('s');
        let continues = is_short && digits.chars().all(|c| c.is_ascii_digit());
        match joined.last_mut() {
            Some(last) if is_open && continues => {
                last.push_str(&word);
                is_open = word.len() == 1 && digits.is_empty();
            }
            Some(last)
                if (is_open || letters.len() == 1)
                    && digits.chars().all(|c| c.is_ascii_digit())
                    && is_spelling(last, letters) =>
            {
                last.push_str(&word);
                is_open = false;
            }
            _ => {
                is_open = word.len() == 1 && digits.is_empty();
                joined.push(word);
            }
        }
    }
    joined
}

fn is_spelling(letter: &str, rest: &str) -> bool {
    SPELLINGS.iter().any(|known| {
        let split = known.split_at_checked(letter.len());
        split.is_some_and(|(start, end)| {
            start.eq_ignore_ascii_case(letter) && end.eq_ignore_ascii_case(rest)
        })
    })
}
