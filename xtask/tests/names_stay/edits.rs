//! What happens to one item changes nothing of the other operations.

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::{Value, json};

use crate::{
    api::{FILES, Item, document, item, items, made},
    view::{schemas, seen, without},
};

/// So many cases that say something are tried of each edit.
const CASES: u32 = 15;

/// Tries an edit on many APIs. `edit` gives the items after it, and the operations that it is about; all others must be
/// as they were. A case in which no shape is shared or no operation is left to compare says little: it does not count.
fn hold<S: Strategy>(strategy: S, edit: impl Fn(&mut Vec<Item>, S::Value) -> Vec<(String, String)>)
where
    S::Value: Clone,
{
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_global_rejects: 50 * CASES,
        ..Config::with_cases(CASES)
    });
    runner
        .run(&(items(), strategy), |(items, value)| {
            let before = document(&items, None);
            let mut after = items.clone();
            let edited = edit(&mut after, value);
            let now = made(&after, Some(&before)).filter(|_| !after.is_empty());
            let now = now.ok_or_else(|| TestCaseError::reject("no document is left"))?;
            let kept = without(&before, &edited);
            let now = without(&now, &edited);
            for (operation, was) in &kept {
                // An operation goes with its last item, which is then among the edited.
                prop_assert_eq!(now.get(operation), Some(was), "{:?}", operation);
            }
            let is_shared = schemas(&before)
                .values()
                .any(|schema| schema.get("x-shape").is_some());
            prop_assume!(is_shared && kept.len() > 1);
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_item_that_is_added_changes_no_other_operation() {
    hold((item(), any::<Index>()), |items, (item, at)| {
        let edited = vec![item.operation()];
        items.insert(at.index(items.len() + 1), item);
        edited
    });
}

#[test]
fn an_item_that_is_removed_changes_no_other_operation() {
    hold(any::<Index>(), |items, at| {
        vec![items.remove(at.index(items.len())).operation()]
    });
}

#[test]
fn a_field_that_is_added_to_an_answer_changes_no_other_operation() {
    hold((any::<Index>(), any::<Index>()), |items, (at, inside)| {
        let at = at.index(items.len());
        let item = &mut items[at];
        if let Some((_, body)) = item.answers.first_mut() {
            add_field(body, inside);
        }
        vec![item.operation()]
    });
}

/// Adds a field to one of the objects in a body.
fn add_field(body: &mut Value, at: Index) {
    fn objects(value: &mut Value, count: &mut usize, at: usize) {
        match value {
            Value::Object(members) => {
                if *count == at {
                    members.insert("added".to_owned(), json!({ "id": 1 }));
                }
                *count += 1;
                members
                    .values_mut()
                    .for_each(|member| objects(member, count, at));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| objects(item, count, at)),
            _ => {}
        }
    }
    let mut count = 0;
    objects(body, &mut count, usize::MAX);
    let at = at.index(count.max(1));
    objects(body, &mut 0, at);
}

#[test]
fn a_body_that_becomes_another_changes_no_other_operation() {
    hold((any::<Index>(), item()), |items, (at, other)| {
        let at = at.index(items.len());
        let item = &mut items[at];
        item.body = other.body;
        item.answers = other.answers;
        vec![item.operation()]
    });
}

#[test]
fn a_title_that_changes_changes_no_other_operation() {
    hold((any::<Index>(), item()), |items, (at, other)| {
        let at = at.index(items.len());
        items[at].title = other.title;
        vec![items[at].operation()]
    });
}

#[test]
fn a_path_parameter_that_is_renamed_in_one_request_changes_nothing_at_all() {
    hold(
        (any::<Index>(), select(vec![":id", ":zoomUser", ":a"])),
        |items, (at, name)| {
            let at = at.index(items.len());
            for segment in &mut items[at].path {
                if segment.starts_with(':') {
                    name.clone_into(segment);
                }
            }
            Vec::new()
        },
    );
}

#[test]
fn a_query_parameter_that_is_renamed_changes_no_other_operation() {
    hold(any::<Index>(), |items, at| {
        let at = at.index(items.len());
        if let Some(name) = items[at].query.first_mut() {
            "renamed".clone_into(name);
        }
        vec![items[at].operation()]
    });
}

/// Operations of several requests: which of them comes first is theirs to say.
fn merged(items: &[Item]) -> Vec<(String, String)> {
    let operations: Vec<_> = items.iter().map(Item::operation).collect();
    let count = |operation: &(String, String)| {
        operations
            .iter()
            .filter(|other| *other == operation)
            .count()
    };
    operations
        .iter()
        .filter(|operation| count(operation) > 1)
        .cloned()
        .collect()
}

#[test]
fn an_item_that_moves_to_another_file_or_folder_changes_nothing() {
    let place = (
        any::<Index>(),
        select(FILES.to_vec()),
        select(vec!["", "Things", "Other"]),
    );
    hold(place, |items, (at, file, folder)| {
        let at = at.index(items.len());
        items[at].file = file;
        items[at].folder = folder;
        merged(items)
    });
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(CASES) })]

    #[test]
    fn items_in_another_order_and_other_files_have_the_same_names(
        (items, shuffled) in items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        files in Just(FILES.to_vec()).prop_shuffle(),
    ) {
        let moved: Vec<Item> = shuffled
            .into_iter()
            .map(|item| {
                let index = FILES.iter().position(|file| *file == item.file).unwrap();
                Item { file: files[index], ..item }
            })
            .collect();
        let before = document(&items, None);
        let merged = merged(&items);
        // With the document that is replaced, and without any.
        for stored in [Some(&before), None] {
            let after = made(&moved, stored);
            prop_assume!(after.is_some());
            let after = after.unwrap();
            prop_assert_eq!(without(&after, &merged), without(&before, &merged));
            if stored.is_some() {
                let names = |document| -> Vec<_> {
                    seen(document).into_values().map(|seen| seen.names()).collect()
                };
                prop_assert_eq!(names(&after), names(&before));
            }
        }
    }

    #[test]
    fn a_document_is_its_own_successor(items in items()) {
        let document_of = |stored| document(&items, stored);
        let first = document_of(None);
        prop_assert_eq!(&document_of(Some(&first)), &first);
    }

    #[test]
    fn what_is_taken_away_and_comes_back_has_its_names(items in items(), at in any::<Index>()) {
        // Alone on its path and under its title: what others have in common with it may be theirs meanwhile.
        let all = document(&items, None);
        let mut fewer = items.clone();
        let taken = fewer.remove(at.index(items.len())).operation();
        let between = document(&fewer, Some(&all));
        let again = document(&items, Some(&between));
        prop_assert_eq!(without(&again, std::slice::from_ref(&taken)), without(&all, &[taken]));
    }
}
