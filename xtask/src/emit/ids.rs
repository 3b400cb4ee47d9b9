//! The ids of operations.

use crate::{
    name::{Taken, operation_id, operation_id_of_path, pascal},
    operation::Draft,
    stored::Stored,
};

/// Unique ids: those of the stored document stay, then the requests' names, the first of a name in document order
/// having it alone.
pub(super) fn operation_ids(drafts: &[Draft], stored: Option<&Stored>) -> Vec<String> {
    let mut taken = Taken::default();
    let mut ids: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| {
            let id = stored?.id(&draft.template, &draft.method.to_ascii_lowercase())?;
            let is_named_so = !id.is_empty() && id.starts_with(&operation_id(draft.name()));
            (is_named_so && taken.take(id)).then(|| id.to_owned())
        })
        .collect();
    for (id, draft) in ids.iter_mut().zip(drafts) {
        id.get_or_insert_with(|| taken.first_free(candidates(draft)));
    }
    ids.into_iter().flatten().collect()
}

/// What to call an operation, best first.
fn candidates(draft: &Draft) -> impl Iterator<Item = String> {
    let by_path = operation_id_of_path(&draft.method, &draft.template);
    let named = operation_id(draft.name());
    let starts_well = named.chars().next().is_some_and(char::is_alphabetic);
    let named = if starts_well { named } else { by_path.clone() };
    let parameters: Vec<String> = draft
        .path_parameters()
        .iter()
        .map(|name| pascal(name))
        .collect();
    let by_parameters =
        (!parameters.is_empty()).then(|| format!("{named}By{}", parameters.join("And")));
    [Some(named), by_parameters, Some(by_path)]
        .into_iter()
        .flatten()
}
