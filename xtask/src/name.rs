//! Names of operations and components.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use deunicode::deunicode_with_tofu;

/// Words that say nothing in an operation's name.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// The words of a name: runs of letters and digits, in ASCII; an apostrophe joins. OpenAPI takes no others for the names
/// of components.
fn words(text: &str) -> Vec<String> {
    let joined: String = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '`'))
        .collect();
    ascii(&joined)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Letters and digits in ASCII: `größe` → `grosse`, `名前` → `Ming Qian`. Everything else, pictures included, becomes a
/// blank.
fn ascii(text: &str) -> Cow<'_, str> {
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

/// The name of a path parameter: letters, digits and `_.-`, because many tools find no others in a path template.
#[must_use]
pub fn path_parameter(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !name.is_empty() && name.chars().all(fits) {
        return name.into();
    }
    let name = ascii(name);
    let words = name.split(|c| !fits(c)).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("_");
    match joined.as_str() {
        "" => "parameter".into(),
        _ => joined.into(),
    }
}

/// `Send a chat message` → `sendChatMessage`.
#[must_use]
pub fn operation_id(name: &str) -> String {
    let words = words(name);
    let is_article = |word: &String| ARTICLES.contains(&word.to_lowercase().as_str());
    let told: Vec<&String> = words.iter().filter(|word| !is_article(word)).collect();
    let told = if told.is_empty() {
        words.iter().collect()
    } else {
        told
    };
    let mut id = String::new();
    for word in told {
        if id.is_empty() {
            id.push_str(&lower_first(word));
        } else {
            id.push_str(&upper_first(word));
        }
    }
    id
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

/// Any text in `PascalCase`.
#[must_use]
pub fn pascal(text: &str) -> String {
    words(text).iter().map(|word| upper_first(word)).collect()
}

/// The name of one of many: `at_items` → `at_item`, `categories` → `category`.
#[must_use]
pub fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    for (ending, one) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("uses", "us"),
    ] {
        if let Some(stem) = lower.strip_suffix(ending).filter(|stem| stem.len() > 1) {
            return word.get(..stem.len()).unwrap_or(word).to_owned() + one;
        }
    }
    let is_plural = lower.len() > 2
        && lower.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    if is_plural {
        word.get(..word.len() - 1).unwrap_or(word).to_owned()
    } else {
        word.to_owned()
    }
}

/// Names that are taken, without regard to case.
#[derive(Debug, Default)]
pub struct Taken {
    names: HashSet<String>,
    /// The last number that a name was given, so that many of one name do not count from the start each time.
    numbers: HashMap<String, usize>,
}

impl Taken {
    /// Takes `name` if it is free.
    pub fn take(&mut self, name: &str) -> bool {
        self.names.insert(name.to_lowercase())
    }

    /// Takes the first free one of `candidates`, or the last with a number.
    pub fn first_free(&mut self, candidates: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for candidate in candidates {
            if self.take(&candidate) {
                return candidate;
            }
            last = candidate;
        }
        let mut number = self.numbers.get(&last).copied().unwrap_or(1);
        loop {
            number += 1;
            let candidate = format!("{last}{number}");
            if self.take(&candidate) {
                self.numbers.insert(last, number);
                return candidate;
            }
        }
    }
}

fn upper_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// An abbreviation at the start is lower case as a whole: `IM groups` → `imGroups`.
fn lower_first(word: &str) -> String {
    if word.chars().all(|c| !c.is_lowercase()) {
        return word.to_lowercase();
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_named_by_what_they_do() {
        assert_eq!(operation_id("Send a chat message"), "sendChatMessage");
        assert_eq!(
            operation_id("List user's chat messages"),
            "listUsersChatMessages"
        );
        assert_eq!(operation_id("IM groups (all)"), "imGroupsAll");
        assert_eq!(operation_id("The"), "the");
        assert_eq!(operation_id("😀"), "");
        assert_eq!(operation_id("🚀 List user’s messages"), "listUsersMessages");
        assert_eq!(operation_id("Größe lesen"), "grosseLesen");
        assert_eq!(operation_id("名前"), "mingQian");
        assert_eq!(operation_id_of_path("GET", "/a/{b_c}.{d}"), "getAByBCD");
    }

    #[test]
    fn path_parameters_are_called_what_tools_find() {
        for (name, called) in [
            ("userId", "userId"),
            ("x-y.z_1", "x-y.z_1"),
            ("user id", "user_id"),
            ("x[y]", "x_y"),
            ("é", "e"),
            ("名前", "Ming_Qian"),
            ("~", "parameter"),
            ("", "parameter"),
        ] {
            assert_eq!(path_parameter(name), called);
        }
    }

    #[test]
    fn one_of_many() {
        for (many, one) in [
            ("at_items", "at_item"),
            ("categories", "category"),
            ("status", "status"),
            ("access", "access"),
            ("boxes", "box"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn taken_names_get_a_number() {
        let mut taken = Taken::default();
        assert!(taken.take("Item"));
        assert_eq!(
            taken.first_free(["item".to_owned(), "AtItem".to_owned()]),
            "AtItem"
        );
        assert_eq!(taken.first_free(["ITEM".to_owned()]), "ITEM2");
    }
}
