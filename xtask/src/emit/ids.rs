//! The ids of operations.

use std::collections::BTreeSet;

use crate::{
    name::{
        Taken, Titled, operation_id, operation_id_of_path, operation_ids as candidates, pascal,
        singular,
    },
    operation::Draft,
    stored::Stored,
};

/// Unique ids: those that overlays give, then those that follow from the requests' names and, where several operations
/// have the same, from their paths. Those in the stored document stay as long as they do, whatever other operations there
/// are.
pub(super) fn operation_ids(drafts: &[Draft], stored: Option<&Stored>) -> Vec<String> {
    let titled: Vec<Titled<'_>> = drafts
        .iter()
        .map(|draft| Titled {
            titles: [draft.name()].into_iter().chain(draft.names()).collect(),
            method: &draft.method,
            template: &draft.template,
        })
        .collect();
    let candidates = candidates(&titled);
    let mut taken = Taken::default();
    let mut ids: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| draft.given_id.clone().filter(|id| taken.take(id)))
        .collect();
    for ((id, draft), candidates) in ids.iter_mut().zip(drafts).zip(&candidates) {
        let method = draft.method.to_ascii_lowercase();
        let kept = stored.and_then(|stored| stored.id(&draft.template, &method));
        if id.is_none()
            && let Some(kept) = kept.filter(|id| follows(id, draft, candidates))
            && taken.take(kept)
        {
            *id = Some(kept.to_owned());
        }
    }
    for (id, candidates) in ids.iter_mut().zip(candidates) {
        id.get_or_insert_with(|| taken.first_free(candidates));
    }
    ids.into_iter().flatten().collect()
}

/// Whether an id is what an operation could be called beside some others: what one of its requests' names comes to, or
/// its path, alone or told apart by words of the path, by the method or by a number.
fn follows(id: &str, draft: &Draft, candidates: &[String]) -> bool {
    let words: Vec<String> = draft
        .template
        .split('/')
        .filter(|segment| !segment.contains('{'))
        .flat_map(|segment| [pascal(segment), pascal(&singular(segment))])
        .filter(|word| !word.is_empty())
        .collect();
    let tells_apart = |rest: &str| {
        let rest = rest.strip_prefix("For").unwrap_or(rest);
        rest.bytes().all(|byte| byte.is_ascii_digit()) || is_made_of(rest, &words)
    };
    let method = draft.method.to_ascii_lowercase();
    let stems = draft.names().map(operation_id);
    let by_path = operation_id_of_path(&draft.method, &draft.template);
    stems
        .chain([by_path])
        .chain(candidates.iter().cloned())
        .filter(|stem| !stem.is_empty())
        .any(|stem| {
            id.strip_prefix(&stem).is_some_and(tells_apart)
                || id.strip_prefix(&method) == Some(pascal(&stem).as_str())
        })
}

/// Whether a text is some of these words, one after the other.
fn is_made_of(text: &str, words: &[String]) -> bool {
    // Each end that is reached once, because words may begin with each other.
    let mut ends = BTreeSet::from([0]);
    while let Some(end) = ends.pop_first() {
        let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) else {
            return true;
        };
        let next = words.iter().filter(|word| rest.starts_with(word.as_str()));
        ends.extend(next.map(|word| end + word.len()));
    }
    false
}
