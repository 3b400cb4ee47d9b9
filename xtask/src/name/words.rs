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

/// The words of a text in lower case and ASCII: `Q&A of user_IDs` → `q and a of user ids`.
pub(super) fn words(text: &str) -> Vec<String> {
    joined_letters(tokens(text).iter().flat_map(|token| humps(&token.text)))
}

/// The words of a text without articles, unless it has nothing else.
pub(super) fn words_without_articles(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let is_titled = tokens.iter().all(|token| {
        let is_link = LINKS.contains(&token.text.to_lowercase().as_str());
        is_link || !token.text.starts_with(char::is_lowercase)
    });
    let mut told = Vec::new();
    let mut follows_article = false;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| tokens.get(index));
        let is_last = index + 1 == tokens.len();
        let is_article = match token.text.as_str() {
            _ if token.is_glued || follows_article => false,
            "a" | "an" | "the" => true,
            "An" | "The" | "AN" | "THE" => !is_last,
            // A letter, or an article of a title in capitals.
            "A" => {
                let is_lettered =
                    before.is_some_and(|it| LETTERED.contains(&it.text.to_lowercase().as_str()));
                !is_last && !is_lettered && (before.is_none() || is_titled)
            }
            _ => false,
        };
        if !is_article {
            told.extend(humps(&token.text));
        }
        follows_article = is_article;
    }
    if told.is_empty() {
        return words(text);
    }
    joined_letters(told)
}

/// `first`, then the others with capitals: `sendChatMessage`.
pub(super) fn camel(words: &[String]) -> String {
    let mut words = words.iter();
    let first = words.next().cloned().unwrap_or_default();
    words.fold(first, |name, word| name + &capitalized(word))
}

/// All words with capitals: `SendChatMessage`.
pub(super) fn pascal_of(words: &[String]) -> String {
    words.iter().map(|word| capitalized(word)).collect()
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

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A run of letters and digits.
struct Token {
    text: String,
    /// Whether an `&` without blanks joins it to the one before.
    is_glued: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let text = text.replace("&amp;", "&");
    let text = PLURAL_OF_Y.replace_all(&text, "ies");
    let text = PLURAL_MARK.replace_all(&text, "$1$2");
    let text = ONE_TO_ONE.replace_all(&text, " one to one ");
    let text = ONE_ON_ONE.replace_all(&text, " one on one ");
    // An apostrophe joins, also the typographic one, which ASCII does not have.
    let text = ELISION.replace_all(&text, "$1 ");
    let text: String = text.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let text = ascii(&text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut separator = String::new();
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            separator.push(c);
            continue;
        }
        match tokens.last_mut() {
            Some(last) if separator.is_empty() => last.text.push(c),
            last => {
                if last.is_some() && separator.contains('&') {
                    tokens.push(Token {
                        text: "and".to_owned(),
                        is_glued: false,
                    });
                }
                tokens.push(Token {
                    text: c.to_string(),
                    is_glued: separator == "&",
                });
            }
        }
        separator.clear();
    }
    tokens
}

/// The words that capitals tell apart: `userID2Token` → `user id2 token`, `channelIDs` → `channel ids`.
fn humps(token: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = token;
    while !rest.is_empty() {
        let length = spelling(rest)
            .unwrap_or_else(|| hump(rest))
            .clamp(1, rest.len());
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        words.push(word.to_ascii_lowercase());
        rest = after;
    }
    words
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

/// Puts together what no casing could tell apart: single letters in a row (`U.S.` → `us`), a letter and what follows it
/// if that reads like its digits or plural (`H.323` → `h323`), and known spellings (`O Auth` → `oauth`, `Io T2` → `iot2`).
fn joined_letters(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    // Whether the last word is made of single letters.
    let mut is_open = false;
    for word in words {
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
