//! Names of documented errors, from their texts.
//!
//! A name consists of the words of the first sentence, at most ten, and ends at the end of a clause. Errors with the same
//! first sentence get more words of their texts, and their codes only if the whole texts are the same.

use std::collections::BTreeMap;

use super::sentence::{Clause, LINKS, sentences};
use super::template::Template;
use crate::generator::lower::names::pascal;

/// How many words a name has at most, and how many where more are needed to tell it apart.
const WORDS: usize = 10;
const MORE_WORDS: usize = 24;

/// How many characters of a word a name takes at most.
const LETTERS: usize = 24;

/// Sentences that only announce the next one.
const LEAD_INS: &[&str] = &[
    "unauthorized request",
    "bad request",
    "invalid request",
    "error",
];

/// Words that begin a clause without a mark before it, the ones that part most first.
const BOUNDARIES: [&[&str]; 2] = [
    &[
        "as", "because", "since", "so", "unless", "until", "when", "where", "which", "while",
        "who", "that", "if", "but", "before", "after",
    ],
    &[
        "and", "at", "by", "for", "from", "in", "on", "or", "to", "via", "with", "within",
        "without",
    ],
];

/// The verbs of a sentence, by which the end of an inner clause shows.
const VERBS: &[&str] = &[
    "are", "can", "cannot", "does", "do", "has", "have", "is", "must", "should", "was", "were",
    "will",
];

/// An error that needs a name.
pub(super) struct Unnamed<'t> {
    pub(super) template: &'t Template,
    pub(super) status: u16,
    pub(super) code: i64,
}

/// A name for each, all different as far as the texts or the codes are. Their order decides nothing.
pub(super) fn names(errors: &[Unnamed<'_>], is_free: impl Fn(&str) -> bool) -> Vec<String> {
    let candidates: Vec<Vec<String>> = errors.iter().map(candidates).collect();
    let mut levels = vec![0; errors.len()];
    let name = |index: usize, level: usize| {
        let known = &candidates[index];
        match known.get(level) {
            Some(name) => name.clone(),
            None => format!("{}{}", known[0], number(errors[index].code)),
        }
    };
    loop {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, level) in levels.iter().enumerate() {
            let name = name(index, *level).to_lowercase();
            groups.entry(name).or_default().push(index);
        }
        groups.retain(|name, group| group.len() > 1 || !is_free(name));
        // Those whose texts say more make room for the rest.
        let can_say_more = |index: &usize| levels[*index] + 1 < candidates[*index].len();
        let mut raised: Vec<usize> = Vec::new();
        for group in groups.values() {
            let more: Vec<usize> = group.iter().copied().filter(can_say_more).collect();
            raised.extend(if more.is_empty() { group } else { &more });
        }
        // Not even the codes differ from here on.
        raised.retain(|index| levels[*index] < candidates[*index].len());
        if raised.is_empty() {
            return (0..errors.len())
                .map(|index| name(index, levels[index]))
                .collect();
        }
        for index in raised {
            levels[index] += 1;
        }
    }
}

/// What to call an error by its text, best first; at least one.
fn candidates(error: &Unnamed<'_>) -> Vec<String> {
    let sentences = told(sentences(error.template));
    let clauses: Vec<&Clause> = sentences.iter().flatten().collect();
    let (main, used) = main(&clauses);
    let mut candidates = Vec::new();
    if !main.is_empty() {
        let holes: Vec<&str> = clauses
            .iter()
            .take(used.max(1) + 1)
            .flat_map(|clause| clause.holes.iter().map(String::as_str))
            .collect();
        let rest: Vec<String> = clauses
            .iter()
            .skip(used)
            .flat_map(|clause| clause.units.clone())
            .collect();
        let whole: Vec<String> = clauses
            .iter()
            .flat_map(|clause| clause.units.clone())
            .collect();
        let short = cut(main, WORDS);
        candidates.push(pascal_of(&short));
        if !holes.is_empty()
            && holes
                .iter()
                .all(|hole| hole.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            candidates.push(pascal_of(&short) + "For" + &pascal(&holes.join(" or ")));
        }
        if !rest.is_empty() {
            candidates.push(pascal_of(&short) + &pascal_of(&cut(rest, WORDS)));
        }
        candidates.push(pascal_of(&cut(whole, MORE_WORDS)));
    } else {
        candidates.push(reason(error.status).to_owned());
    }
    candidates.dedup();
    candidates
}

/// The sentences, without one that only announces the next, and with what all texts say alike.
fn told(mut sentences: Vec<Vec<Clause>>) -> Vec<Vec<Clause>> {
    let is_lead_in = |sentence: &Vec<Clause>| match sentence.as_slice() {
        [clause] => LEAD_INS.contains(&clause.units.join(" ").to_ascii_lowercase().as_str()),
        _ => false,
    };
    if sentences.len() > 1 && sentences.first().is_some_and(is_lead_in) {
        sentences.remove(0);
    }
    // A number before the text is its code.
    let is_number = |clause: &Clause| match clause.units.as_slice() {
        [unit] => unit.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    };
    if let Some(first) = sentences.first_mut()
        && first.len() > 1
        && is_number(&first[0])
    {
        first.remove(0);
    }
    for clause in sentences.iter_mut().flatten() {
        say_alike(&mut clause.units);
    }
    sentences
}

/// `can not` → `cannot`, `You do not have permission to` → `No permission to`, `You must` → `Must`.
fn say_alike(units: &mut Vec<String>) {
    let lower: Vec<String> = units.iter().map(|unit| unit.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["you", "do", "not", "have", "permission", "to", ..] => {
            units.splice(..4, ["no".to_owned()]);
        }
        ["you", "have", "no", "permission", ..] => {
            units.drain(..2);
        }
        ["you", "are", "not", ..] => {
            units.drain(..2);
        }
        ["you", _, ..] => {
            units.remove(0);
        }
        _ => {}
    }
    let split = units.windows(2).position(
        |pair| matches!(pair, [can, not] if can.eq_ignore_ascii_case("can") && not == "not"),
    );
    if let Some(at) = split {
        units.splice(at..at + 2, ["cannot".to_owned()]);
    }
    // A number before a sentence is its code.
    if units.len() > 1 && units[0].chars().all(|c| c.is_ascii_digit()) {
        units.remove(0);
    }
}

/// The words of the main clause, and of how many clauses they are.
fn main(clauses: &[&Clause]) -> (Vec<String>, usize) {
    let mut words: Vec<String> = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        let follows = index > 0 && !words.is_empty();
        let goes_on = match clause.opener {
            _ if !follows => true,
            ':' => clause.is_short(),
            '.' => false,
            // One word before a comma is no sentence.
            _ => words.len() < 2,
        };
        if !goes_on {
            return (words, index);
        }
        words.extend(clause.units.iter().cloned());
    }
    (words, clauses.len())
}

/// At most `most` words, up to where a clause ends.
fn cut(mut words: Vec<String>, most: usize) -> Vec<String> {
    if words.len() > most {
        without_relative_clause(&mut words);
    }
    if words.len() <= most {
        return words;
    }
    let is_any =
        |known: &[&str], word: &String| known.contains(&word.to_ascii_lowercase().as_str());
    let end = BOUNDARIES.iter().find_map(|known| {
        (3..=most)
            .rev()
            .find(|at| words.get(*at).is_some_and(|word| is_any(known, word)))
    });
    words.truncate(end.unwrap_or(most));
    while words.len() > 1 && words.last().is_some_and(|word| is_any(LINKS, word)) {
        words.pop();
    }
    words
}

/// `A message that is sent without files is not allowed` → `A message is not allowed`.
fn without_relative_clause(words: &mut Vec<String>) {
    let is_any =
        |known: &[&str], word: &String| known.contains(&word.to_ascii_lowercase().as_str());
    let Some(start) = words
        .iter()
        .position(|word| is_any(&["that", "which", "who"], word))
    else {
        return;
    };
    // The first verb is that of the inner clause.
    let end = words
        .iter()
        .enumerate()
        .skip(start + 3)
        .find(|(_, word)| is_any(VERBS, word));
    if let (Some((end, _)), true) = (end, start > 0) {
        words.drain(start..end);
    }
}

fn pascal_of(words: &[String]) -> String {
    let short = |word: &String| word.chars().take(LETTERS).collect::<String>();
    pascal(&words.iter().map(short).collect::<Vec<_>>().join(" "))
}

fn number(code: i64) -> String {
    if code < 0 {
        format!("Minus{}", code.unsigned_abs())
    } else {
        code.to_string()
    }
}

/// The usual words for a status, for an error without a text.
fn reason(status: u16) -> &'static str {
    match status {
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "ContentTooLarge",
        415 => "UnsupportedMediaType",
        422 => "UnprocessableContent",
        423 => "Locked",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ if status / 100 == 4 => "ClientError",
        _ if status / 100 == 5 => "ServerError",
        _ => "OtherAnswer",
    }
}
