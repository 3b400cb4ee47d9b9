//! The ids of operations.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use regex::Regex;

use super::{
    pascal, pattern, singular,
    words::{camel, pascal_of, shortened, words, words_without_articles},
};

/// How many words an id takes from a title at most.
const WORDS: usize = 12;

/// So many different titles of one operation say less than its path.
const MANY: usize = 3;

/// `1. `, `2.1) `, `[3] `, `Step 4: `, `05 - ` or `06 ` before a title.
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) ^ \s* (?:
            (?: step \s+ | \# \s* )? [\[(]? \d+ (?: [.-]\d+ )* (?: [.):\]] \s+ | [.)\]] | \s+ [-–—:] \s+ )
          | (?: step | \# ) \s* \d+ \s+
          | \d+ (?: \.\d+ )+ \s+
          | 0\d+ \s+
        ) (?P<rest> \s* [\p{L}{/] ) ",
    )
});

/// A path or a URL, with or without a method before it, and behind it what Postman adds to the name of a copy.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) ^ \s* (?: \[? (?: GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS ) \]? [\s:-]+ )?
        (?: [a-zA-Z][a-zA-Z0-9+.-]* :// | / | \{\{ | [^\s/]+ \. [^\s/]+ / ) \S* (?: \s+ Copy (?: \s+ \d+ )? )* \s* $ ",
    )
});

/// What Postman calls a request that has no name yet.
static UNNAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?ix) ^ \s* (?: new | untitled ) \s+ request (?: \s+ copy )* (?: \s+ \d+ )? \s* $ ")
});

/// A note in brackets, which is no part of the name.
static DEPRECATED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?ix) [\[(] \s* deprecated \s* [\])] "));

/// An operation that needs an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titled<'t> {
    /// The names of its requests.
    pub titles: Vec<&'t str>,
    /// In any case.
    pub method: &'t str,
    /// Its path, parameters in braces.
    pub template: &'t str,
}

/// `Send a chat message` → `sendChatMessage`; empty for a title that is no name, such as a URL.
#[must_use]
pub fn operation_id(title: &str) -> String {
    camel(&title_words(title))
}

/// `GET` and `/chat/users/{userId}` → `getChatUsersByUserId`: for requests without a name that could be one.
#[must_use]
pub fn operation_id_of_path(method: &str, template: &str) -> String {
    let mut id = method.to_ascii_lowercase();
    for segment in template.split('/') {
        if segment.contains('{') {
            id.push_str("By");
        }
        id.push_str(&pascal(segment));
    }
    id
}

/// The candidates for the id of each operation, best first. They do not depend on the order of the operations.
#[must_use]
pub fn operation_ids(operations: &[Titled<'_>]) -> Vec<Vec<String>> {
    let mut candidates: Vec<Vec<String>> = vec![Vec::new(); operations.len()];
    let mut groups: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        let id = operation.id();
        let group = groups.entry(id.to_lowercase()).or_default();
        if group.1.is_empty() || id < group.0 {
            group.0.clone_from(&id);
        }
        group.1.push(index);
    }
    for (id, members) in groups.into_values() {
        let group: Vec<&Titled<'_>> = members
            .iter()
            .filter_map(|at| operations.get(*at))
            .collect();
        let apart = if group.len() > 1 {
            told_apart(&id, &group)
        } else {
            Vec::new()
        };
        let mut apart = apart.into_iter();
        for (at, operation) in members.into_iter().zip(group) {
            let mut named = apart.next().unwrap_or_default();
            named.push(id.clone());
            named.push(operation_id_of_path(operation.method, operation.template));
            if let Some(place) = candidates.get_mut(at) {
                *place = named;
            }
        }
    }
    candidates
}

impl Titled<'_> {
    /// What it would be called if it were alone.
    fn id(&self) -> String {
        let by_path = || operation_id_of_path(self.method, self.template);
        let titles = self.titles.iter().map(|title| title_words(title));
        let mut titles: Vec<Vec<String>> = titles.filter(|words| !words.is_empty()).collect();
        let ids: BTreeSet<&Vec<String>> = titles.iter().collect();
        let words = if ids.len() >= MANY {
            let mut ids = ids.into_iter();
            let first = ids.next().cloned().unwrap_or_default();
            let common = ids.fold(first.len(), |common, words| {
                common.min(first.iter().zip(words).take_while(|(a, b)| a == b).count())
            });
            // A verb alone says less than the path.
            let common = shortened(first, common);
            if common.len() < 2 {
                return by_path();
            }
            common
        } else {
            drop(ids);
            titles.drain(..).next().unwrap_or_default()
        };
        let id = camel(&words);
        match id.chars().next() {
            None => by_path(),
            Some(first) if first.is_alphabetic() => id,
            Some(_) => format!("{}{id}", self.method.to_ascii_lowercase()),
        }
    }
}

/// The words of a path, segment by segment.
fn path_words(template: &str) -> Vec<Vec<String>> {
    let fixed = template.split('/').filter(|segment| !segment.contains('{'));
    fixed.map(words).filter(|words| !words.is_empty()).collect()
}

/// What the parameters of a path choose one of: `/users/{userId}` → `user`.
fn scopes(template: &str) -> Vec<Vec<String>> {
    let segments: Vec<&str> = template.split('/').collect();
    segments
        .windows(2)
        .filter_map(|pair| match pair {
            [of, one] if one.contains('{') && !of.contains('{') => Some(words(&singular(of))),
            _ => None,
        })
        .filter(|words| !words.is_empty())
        .collect()
}

type Parts = fn(&str) -> Vec<Vec<String>>;

/// Names for operations that have the title in common: first by what they are for, then by the words of their paths,
/// then by their methods.
fn told_apart(id: &str, group: &[&Titled<'_>]) -> Vec<Vec<String>> {
    let mut candidates: Vec<Vec<String>> = vec![Vec::new(); group.len()];
    let is_verb_alone = words(id).len() == 1;
    let mut offer = |names: &[String], name: &dyn Fn(&str) -> String| {
        let mut counts: HashMap<&String, usize> = HashMap::new();
        for own in names {
            *counts.entry(own).or_default() += 1;
        }
        for (candidates, own) in candidates.iter_mut().zip(names) {
            if counts.get(own) == Some(&1) {
                candidates.push(name(own));
            }
        }
    };
    for parts in [scopes as Parts, path_words] {
        let parts: Vec<_> = group.iter().map(|it| parts(it.template)).collect();
        let mut common: BTreeSet<&Vec<String>> = parts.first().into_iter().flatten().collect();
        for parts in &parts {
            common.retain(|part| parts.contains(part));
        }
        let own = |parts: &Vec<Vec<String>>| {
            let own = parts.iter().filter(|part| !common.contains(part));
            own.map(|part| pascal_of(part)).collect::<String>()
        };
        let names: Vec<String> = parts.iter().map(own).collect();
        offer(&names, &|own| match own {
            "" => id.to_owned(),
            _ if is_verb_alone => format!("{id}{own}"),
            _ => format!("{id}For{own}"),
        });
    }
    let methods: Vec<String> = group
        .iter()
        .map(|it| it.method.to_ascii_lowercase())
        .collect();
    offer(&methods, &|method| format!("{method}{}", pascal(id)));
    candidates
}

/// The words that name an operation of this title.
fn title_words(title: &str) -> Vec<String> {
    let title = match title.contains(['[', '(']) {
        true => DEPRECATED.replace_all(title, " "),
        false => title.into(),
    };
    // Which pattern can match at all is told by a look at the text, which costs much less.
    let begins_with = |fits: fn(char) -> bool| {
        let first = title.trim_start().chars().next();
        first.is_some_and(|first| fits(first) || !first.is_ascii())
    };
    let rest = begins_with(|c| c.is_ascii_digit() || matches!(c, 's' | 'S' | '#' | '[' | '('))
        .then(|| NUMBERING.captures(&title)?.name("rest"))
        .flatten();
    let title = rest
        .and_then(|rest| title.get(rest.start()..))
        .unwrap_or(&title);
    let is_address = title.contains(['/', '{']) && ADDRESS.is_match(title);
    let is_unnamed =
        || title.trim_start().starts_with(['n', 'N', 'u', 'U']) && UNNAMED.is_match(title);
    if is_address || is_unnamed() {
        return Vec::new();
    }
    shortened(words_without_articles(title), WORDS)
}

#[cfg(test)]
mod tests;
