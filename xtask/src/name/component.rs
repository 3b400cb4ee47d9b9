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
    let mut name = words(operation);
    for key in keys {
        let words = key_words(*key);
        if words.is_empty() {
            continue;
        }
        let repeated = overlap(&name, &words);
        // Of the two spellings that of the key stays, which tells one from many.
        if repeated < words.len() {
            name.truncate(name.len() - repeated);
            name.extend(words.iter().cloned());
        }
        // `Request` and `Response` alone stand for the body as a whole.
        let is_reserved =
            matches!(words.as_slice(), [word] if word == "request" || word == "response");
        if repeated == words.len() || is_reserved {
            name.push(if key.is_many { "item" } else { "object" }.to_owned());
        }
    }
    pascal_of(&name)
}

/// The words of a key: `mention_group_list` → `mention group`, if it has many values.
fn key_words(key: Key<'_>) -> Vec<String> {
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
    words
}

/// With how many of its last words a name says what the key begins with.
fn overlap(name: &[String], key: &[String]) -> usize {
    let same = |a: &String, b: &String| singular(a) == singular(b);
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
