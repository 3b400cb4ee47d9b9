//! The ids of operations.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    name::{Taken, operation_id, operation_id_of_path, pascal, singular},
    operation::Draft,
    stored::Stored,
};

/// Unique ids: the requests' names say what an operation is called, and where several operations have one name, what
/// their paths do not share tells them apart. Ids in the stored document stay as long as they follow from a name.
pub(super) fn operation_ids(drafts: &[Draft], stored: Option<&Stored>) -> Vec<String> {
    let mut taken = Taken::default();
    let mut ids: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| {
            let id = stored?.id(&draft.template, &draft.method.to_ascii_lowercase())?;
            (follows(id, draft) && taken.take(id)).then(|| id.to_owned())
        })
        .collect();
    let mut namesakes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (id, draft)) in ids.iter().zip(drafts).enumerate() {
        if id.is_none() {
            let title = title(draft).to_lowercase();
            namesakes.entry(title).or_default().push(index);
        }
    }
    for indexes in namesakes.into_values() {
        let alike: Vec<(usize, &Draft)> = indexes
            .into_iter()
            .filter_map(|index| Some((index, drafts.get(index)?)))
            .collect();
        for ((index, draft), label) in alike.iter().zip(labels(&alike)) {
            let title = title(draft);
            let by_path = operation_id_of_path(&draft.method, &draft.template);
            let mut candidates = Vec::new();
            match label {
                Some(label) => candidates.push(format!("{title}{label}")),
                None => candidates.push(by_path.clone()),
            }
            candidates.push(by_path);
            if let Some(id) = ids.get_mut(*index) {
                *id = Some(taken.first_free(candidates));
            }
        }
    }
    ids.into_iter().flatten().collect()
}

/// What a name that could be an id comes to; the method and the path otherwise.
fn title(draft: &Draft) -> String {
    id_of(draft.name()).unwrap_or_else(|| operation_id_of_path(&draft.method, &draft.template))
}

fn id_of(name: &str) -> Option<String> {
    Some(operation_id(name)).filter(|id| id.starts_with(char::is_alphabetic))
}

/// Whether an id is what one of the requests' names comes to, or the path, alone or told apart from namesakes.
fn follows(id: &str, draft: &Draft) -> bool {
    let by_path = operation_id_of_path(&draft.method, &draft.template);
    draft
        .names()
        .filter_map(id_of)
        .chain([by_path])
        .any(|stem| {
            id.strip_prefix(&stem).is_some_and(|rest| {
                let is_numbered = rest.bytes().all(|byte| byte.is_ascii_digit());
                let label = rest.strip_prefix("By").or(rest.strip_prefix("Of"));
                is_numbered || label.is_some_and(|label| !label.starts_with(char::is_lowercase))
            })
        })
}

/// What tells operations of one name apart: the words of their paths that not all have, then such parameters, then both.
/// Nothing for one that is alone or has no more than the others, and `None` where only the whole path does.
fn labels(alike: &[(usize, &Draft)]) -> Vec<Option<String>> {
    let words = unshared(alike, path_words);
    let words = labelled("Of", &words, "");
    let parameters = unshared(alike, |draft| {
        let names = draft.path_parameters().into_iter();
        names.map(|name| (name.clone(), pascal(&name))).collect()
    });
    let parameters = labelled("By", &parameters, "And");
    let both = words
        .iter()
        .zip(&parameters)
        .map(|(words, parameters)| format!("{words}{parameters}"))
        .collect();
    for labels in [words, parameters, both] {
        let mut taken = Taken::default();
        if labels.iter().all(|label| taken.take(label)) {
            return labels.into_iter().map(Some).collect();
        }
    }
    vec![None; alike.len()]
}

/// The words of a path with what to call them; one before a parameter is said of one of many: `/users/{userId}/files` →
/// `User`, `Files`.
fn path_words(draft: &Draft) -> Vec<Part> {
    let segments: Vec<&str> = draft.template.split('/').collect();
    let is_word = |segment: &str| !segment.is_empty() && !segment.contains('{');
    let following = segments.iter().skip(1).map(Some).chain([None]);
    segments
        .iter()
        .zip(following)
        .filter(|(segment, _)| is_word(segment))
        .map(|(segment, next)| {
            let is_one = next.is_some_and(|next| next.starts_with('{'));
            let called = match is_one {
                true => pascal(&singular(segment)),
                false => pascal(segment),
            };
            ((*segment).to_owned(), called)
        })
        .collect()
}

/// Part of a path: as it stands there, and as it is called.
type Part = (String, String);

/// What the parts of each are called that not all have.
fn unshared(alike: &[(usize, &Draft)], parts: impl Fn(&Draft) -> Vec<Part>) -> Vec<Vec<String>> {
    let parts: Vec<Vec<Part>> = alike.iter().map(|(_, draft)| parts(draft)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for own in &parts {
        let own: HashSet<&str> = own.iter().map(|(part, _)| part.as_str()).collect();
        for part in own {
            *counts.entry(part).or_default() += 1;
        }
    }
    let is_shared = |part: &str| counts.get(part) == Some(&alike.len());
    parts
        .iter()
        .map(|own| {
            let own = own.iter().filter(|(part, _)| !is_shared(part));
            own.map(|(_, called)| called.clone()).collect()
        })
        .collect()
}

fn labelled(preposition: &str, parts: &[Vec<String>], between: &str) -> Vec<String> {
    parts
        .iter()
        .map(|parts| match parts.as_slice() {
            [] => String::new(),
            parts => format!("{preposition}{}", parts.join(between)),
        })
        .collect()
}
