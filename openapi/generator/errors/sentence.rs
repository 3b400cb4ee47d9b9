//! The text of an error as clauses of words, without what carries no meaning.

use super::template::{Part, Template};

/// Words that a name does without.
const SILENT: &[&str] = &[
    "an", "the", "this", "these", "please", "either", "sorry", "whoops",
];

/// Words that stand between others: a name does not end with one, and behind one a placeholder is part of the sentence.
pub(super) const LINKS: &[&str] = &[
    "a", "and", "are", "as", "at", "be", "because", "been", "before", "between", "but", "by",
    "can", "cannot", "could", "does", "for", "from", "has", "have", "if", "in", "into", "is",
    "may", "must", "nor", "not", "of", "on", "only", "or", "over", "provide", "should", "since",
    "so", "than", "that", "to", "until", "via", "was", "were", "when", "where", "which", "while",
    "who", "will", "with", "within", "without", "would",
];

/// What stands between two marks of punctuation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) units: Vec<String>,
    /// The placeholders that the clause does not need to be understood.
    pub(super) holes: Vec<String>,
    /// The mark before it.
    pub(super) opener: char,
    /// Whether it begins with a placeholder.
    pub(super) starts_with_hole: bool,
    /// Whether it has signs that prose does not have: `yyyy-MM-dd'T'HH:mm`.
    is_pattern: bool,
}

impl Clause {
    /// Whether it names something in a few words.
    pub(super) fn is_short(&self) -> bool {
        !self.is_pattern && !self.starts_with_hole && (1..=3).contains(&self.units.len())
    }
}

/// The sentences of a text, each as its clauses; none is empty.
pub(super) fn sentences(template: &Template) -> Vec<Vec<Clause>> {
    let mut sentences: Vec<Vec<Clause>> = Vec::new();
    let mut sentence: Vec<Clause> = Vec::new();
    let mut clause = Vec::new();
    let mut opener = '.';
    for token in tokens(template) {
        match token {
            Token::Break(mark) => {
                let closed = read(std::mem::take(&mut clause), opener);
                if !closed.units.is_empty() || !closed.holes.is_empty() {
                    sentence.push(closed);
                }
                opener = mark;
                if mark == '.' && !sentence.is_empty() {
                    sentences.push(std::mem::take(&mut sentence));
                }
            }
            other => clause.push(other),
        }
    }
    sentences
}

#[derive(Debug)]
enum Token {
    Word(String),
    Hole(String),
    /// A sign that prose does not have.
    Sign,
    /// The end of a clause (`,` or `:`) or of a sentence (`.`).
    Break(char),
}

fn tokens(template: &Template) -> Vec<Token> {
    let mut tokens = Vec::new();
    let parts: Vec<Part<'_>> = template.parts().collect();
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Hole(hole) => tokens.push(Token::Hole((*hole).to_owned())),
            Part::Literal(text) => {
                let is_last = index + 1 == parts.len();
                literal(text, is_last, &mut tokens);
            }
        }
    }
    tokens.push(Token::Break('.'));
    tokens
}

fn literal(text: &str, is_last: bool, tokens: &mut Vec<Token>) {
    let text = text
        .replace("(s)", "s")
        .replace("(es)", "es")
        .replace('’', "'");
    let chars: Vec<char> = text.chars().collect();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let next = chars.get(index + 1).copied();
        let before = index
            .checked_sub(1)
            .and_then(|index| chars.get(index).copied());
        let is_inner =
            before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        if c.is_ascii_alphanumeric() || c == '_' || c == '\'' && is_inner {
            word.push(c);
            continue;
        }
        // A mark ends a clause where white space, a placeholder or the end follows.
        let ends = next.is_none_or(char::is_whitespace);
        let ends_text = next.is_none() && is_last;
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        // `1. ` before an item of a list.
        let opens = tokens
            .last()
            .is_none_or(|token| matches!(token, Token::Break(_)));
        let is_item = c == '.' && number && ends && !ends_text && opens;
        if !word.is_empty() && !is_item {
            tokens.push(Token::Word(std::mem::take(&mut word)));
        }
        word.clear();
        match c {
            '.' | '!' | '?' | ';' if ends => tokens.push(Token::Break('.')),
            ':' if ends => tokens.push(Token::Break(':')),
            ',' | '(' | ')' | '–' | '—' => tokens.push(Token::Break(',')),
            '*' | '-' | '•' if ends && before.is_none_or(char::is_whitespace) => {
                tokens.push(Token::Break('.'));
            }
            '/' if is_inner => tokens.push(Token::Word("or".to_owned())),
            '&' => tokens.push(Token::Word("and".to_owned())),
            ':' | '[' | ']' | '=' | '<' | '>' => tokens.push(Token::Sign),
            _ => {}
        }
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
}

/// A clause of its tokens, without silent words.
fn read(tokens: Vec<Token>, opener: char) -> Clause {
    let mut clause = Clause {
        opener,
        ..Clause::default()
    };
    let is_hole = |token: &Token| matches!(token, Token::Hole(_));
    clause.starts_with_hole = tokens.first().is_some_and(is_hole);
    let has_words = tokens.iter().any(|token| matches!(token, Token::Word(_)));
    // A placeholder is part of the sentence at its start and behind a link; alone it is only a value.
    let mut is_needed = has_words;
    let mut follows_the = false;
    let mut said = None;
    let mut is_first = true;
    for token in tokens {
        match token {
            Token::Word(word) => {
                let lower = word.to_ascii_lowercase();
                // `A` inside a sentence is a letter, and in `at a time` the article is part of the phrase.
                let is_article = word == "a" && clause.units.last().is_none_or(|last| last != "at")
                    || word == "A" && is_first;
                let is_silent = is_article
                    || SILENT.contains(&lower.as_str())
                    || lower == "provided" && follows_the;
                follows_the = lower == "the";
                is_first = false;
                // `the $field field` says it once.
                let is_said = said
                    .take()
                    .is_some_and(|hole: String| hole.eq_ignore_ascii_case(&word));
                if !is_silent && !is_said {
                    clause.units.extend(spelled_out(&word));
                    is_needed = LINKS.contains(&lower.as_str());
                }
            }
            Token::Hole(hole) => {
                // What a noun stands before is only its value: `User {userId} does not exist`.
                if is_needed && !(clause.starts_with_hole && opener == ':') {
                    let is_numbered = hole.starts_with(|c: char| c.is_ascii_digit());
                    let unit = if is_numbered {
                        "value".to_owned()
                    } else {
                        hole
                    };
                    said = Some(unit.clone());
                    clause.units.push(unit);
                } else {
                    clause.holes.push(hole);
                }
                is_needed = false;
            }
            Token::Sign => clause.is_pattern = true,
            Token::Break(_) => {}
        }
    }
    clause
}

/// `doesn't` → `does not`, `user's` → `users`.
fn spelled_out(word: &str) -> Vec<String> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "can't" => return vec!["cannot".to_owned()],
        "won't" => return vec!["will".to_owned(), "not".to_owned()],
        _ => {}
    }
    match lower.strip_suffix("n't") {
        Some(verb) => vec![verb.to_owned(), "not".to_owned()],
        None => vec![word.replace('\'', "")],
    }
}
