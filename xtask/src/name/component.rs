//! Names of components, from their operations and the keys that lead to them.

use super::{
    singular,
    words::{pascal_of, words},
};

/// A key on the way to a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'k> {
    /// As in the samples.
    pub name: &'k str,
    /// Whether it has many values, of which the shape is one.
    pub is_many: bool,
}

/// `SendChatMessage` and `at_items` → `SendChatMessageAtItem`. What a key repeats of the name before it is said once:
/// `CreateChannel` and `channel_settings` → `CreateChannelSettings`, `ListBookmarks` and `bookmarks` →
/// `ListBookmarksItem`.
#[must_use]
pub fn component(operation: &str, keys: &[Key<'_>]) -> String {
    let keys: Vec<KeyWords> = keys.iter().copied().filter_map(KeyWords::of).collect();
    Stem::of(operation).component(&keys)
}

/// What names of components begin with, for several of them: the words of an operation's name, or nothing.
#[derive(Debug, Default)]
pub(crate) struct Stem(Vec<String>);

impl Stem {
    pub(crate) fn of(operation: &str) -> Self {
        Self(words(operation))
    }

    /// The name of the component that `keys` lead to, as [`component`] makes it.
    pub(crate) fn component(&self, keys: &[KeyWords]) -> String {
        let mut name: Vec<&str> = self.0.iter().map(String::as_str).collect();
        for KeyWords { words, is_many } in keys {
            let repeated = overlap(&name, words);
            // Of the two spellings that of the key stays, which tells one from many.
            if repeated < words.len() {
                name.truncate(name.len() - repeated);
                name.extend(words.iter().map(String::as_str));
            }
            // `Request` and `Response` alone stand for the body as a whole.
            let is_reserved =
                matches!(words.as_slice(), [word] if word == "request" || word == "response");
            if repeated == words.len() || is_reserved {
                name.push(if *is_many { "item" } else { "object" });
            }
        }
        pascal_of(&name)
    }
}

/// The words of a key: `mention_group_list` → `mention group`, if it has many values.
#[derive(Debug)]
pub(crate) struct KeyWords {
    words: Vec<String>,
    is_many: bool,
}

impl KeyWords {
    /// `None` where no letters are left of the key in a name.
    pub(crate) fn of(key: Key<'_>) -> Option<Self> {
        let mut words = words(key.name);
        if key.is_many {
            if words.len() > 1
                && words
                    .last()
                    .is_some_and(|word| matches!(word.as_str(), "list" | "array"))
            {
                words.pop();
            }
            if let Some(last) = words.last_mut() {
                *last = singular(last);
            }
        }
        let is_many = key.is_many;
        (!words.is_empty()).then_some(Self { words, is_many })
    }
}

/// With how many of its last words a name says what the key begins with.
fn overlap(name: &[&str], key: &[String]) -> usize {
    // No singular begins with another letter than its plural.
    let same = |a: &str, b: &str| {
        a == b || (a.chars().next() == b.chars().next() && singular(a) == singular(b))
    };
    // The verb of an operation is no part of what it is about.
    let most = key.len().min(name.len().saturating_sub(1));
    (1..=most)
        .rev()
        .find(|length| {
            let end = name.iter().skip(name.len() - length);
            end.zip(key).all(|(a, b)| same(a, b))
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(operation: &str, keys: &[(&str, bool)]) -> String {
        let keys: Vec<Key<'_>> = keys
            .iter()
            .map(|&(name, is_many)| Key { name, is_many })
            .collect();
        component(operation, &keys)
    }

    #[test]
    fn components_are_named_after_the_operation_and_the_keys() {
        for (operation, keys, name) in [
            (
                "SendChatMessage",
                &[("at_items", true)][..],
                "SendChatMessageAtItem",
            ),
            (
                "SendChatMessage",
                &[("richText", true), ("style", false)],
                "SendChatMessageRichTextStyle",
            ),
            ("GetUser", &[("userIDs", true)], "GetUserId"),
            ("GetThing", &[("data", true)], "GetThingData"),
            ("GetThing", &[("news", true)], "GetThingNews"),
            ("GetThing", &[("list", true)], "GetThingList"),
        ] {
            assert_eq!(named(operation, keys), name);
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        for (operation, keys, name) in [
            (
                "ListCustomEmojis",
                &[("emojis", true)][..],
                "ListCustomEmojisItem",
            ),
            (
                "ListChannelMentionGroups",
                &[("mention_group_list", true)],
                "ListChannelMentionGroupsItem",
            ),
            (
                "ListSharedSpaces",
                &[("shared_spaces", true), ("space_owner", false)],
                "ListSharedSpacesItemSpaceOwner",
            ),
            (
                "ListSharedSpaces",
                &[("space_owner", false)],
                "ListSharedSpaceOwner",
            ),
            (
                "CreateChannel",
                &[("channel_settings", false)],
                "CreateChannelSettings",
            ),
            ("GetUser", &[("user", false)], "GetUserObject"),
            ("Message", &[("message", false)], "MessageMessage"),
            (
                "SendMessage",
                &[("request", false)],
                "SendMessageRequestObject",
            ),
            (
                "SendMessage",
                &[("response", true)],
                "SendMessageResponseItem",
            ),
        ] {
            assert_eq!(named(operation, keys), name);
        }
    }
}
