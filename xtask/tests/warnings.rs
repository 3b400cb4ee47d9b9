//! The page that lists the kinds of warnings.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use xtask::diagnostic::Kind;

/// A text as the beginning of a sentence.
fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

#[test]
fn the_page_lists_every_kind_with_meaning_and_remedy() {
    let page = include_str!("../WARNINGS.md");
    let row = |kind: &Kind| {
        let [meaning, remedy] = [kind.meaning(), kind.remedy()].map(capitalized);
        format!("| `{}` | {meaning}. | {remedy}. |\n", kind.id())
    };
    let table: String = Kind::ALL.iter().map(row).collect();
    let start = page.find("| `").unwrap();
    assert_eq!(
        page.get(start..),
        Some(table.as_str()),
        "WARNINGS.md must have this table"
    );
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let ids: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), Kind::ALL.len());
    for id in ids {
        assert!(id.split('-').all(|word| !word.is_empty()), "{id}");
        assert!(
            id.bytes().all(|c| c.is_ascii_lowercase() || c == b'-'),
            "{id}"
        );
    }
}

#[test]
fn meanings_and_remedies_are_sentences_without_their_full_stop() {
    for kind in Kind::ALL {
        for text in [kind.meaning(), kind.remedy()] {
            let id = kind.id();
            assert!(text.contains(' ') && !text.ends_with('.'), "{id}: {text}");
            assert!(!text.contains(['|', '\n', ';']), "{id}: {text}");
        }
    }
}
