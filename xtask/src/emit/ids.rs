//! The ids of operations.

use crate::{
    name::{Taken, Titled, operation_id, operation_ids as candidates},
    operation::Draft,
    stored::Stored,
};

/// Unique ids: those that overlays give come first; those of the stored document stay, then the requests' names, the first of a name in document order
/// having it alone.
pub(super) fn operation_ids(drafts: &[Draft], stored: Option<&Stored>) -> Vec<String> {
    let mut taken = Taken::default();
    let mut ids: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| draft.given_id.clone().filter(|id| taken.take(id)))
        .collect();
    for (id, draft) in ids.iter_mut().zip(drafts).filter(|(id, _)| id.is_none()) {
        *id = (|| {
            let id = stored?.id(&draft.template, &draft.method.to_ascii_lowercase())?;
            let is_named_so = !id.is_empty() && id.starts_with(&operation_id(draft.name()));
            (is_named_so && taken.take(id)).then(|| id.to_owned())
        })();
    }
    let titled: Vec<Titled<'_>> = drafts
        .iter()
        .map(|draft| Titled {
            titles: draft.names().collect(),
            method: &draft.method,
            template: &draft.template,
        })
        .collect();
    for (id, candidates) in ids.iter_mut().zip(candidates(&titled)) {
        id.get_or_insert_with(|| taken.first_free(candidates));
    }
    ids.into_iter().flatten().collect()
}
