//! Contradictions between items.
//!
//! Requests on one method and path are variants of a call and merge, whether they stand in one file or in several: values
//! of different types are a warning, and the schema allows them all. What can only be one thing cannot be merged: an
//! operation has one rate limit, and only a person knows which of two items is out of date.

use serde_json::Value;

use super::Draft;
use crate::{
    diagnostic::{Place, Problem},
    vendor::{Extension, ExtensionKind, Vendor},
};

/// Looks for contradictions between the requests of each operation.
///
/// # Errors
///
/// All contradictions, each with both places, the others in [`Problem::others`].
pub(crate) fn check(drafts: &[Draft]) -> Result<(), Box<Problem>> {
    let labels = |draft: &Draft| {
        let extensions = draft.vendor().map(Vendor::extensions);
        let extensions = extensions.into_iter().flatten();
        extensions.filter(|extension| extension.kind == ExtensionKind::Label)
    };
    let mut problems = drafts
        .iter()
        .flat_map(|draft| labels(draft).flat_map(|label| contradictions(draft, label)));
    match problems.next() {
        None => Ok(()),
        Some(first) => Err(Box::new(Problem {
            others: problems.collect(),
            ..first
        })),
    }
}

/// One for each place that states another label than the first does.
fn contradictions(draft: &Draft, extension: &Extension) -> Vec<Problem> {
    let mut labels: Vec<_> = draft.stated(extension.key).collect();
    labels.sort_by(|(_, one), (_, other)| one.cmp(other));
    let Some(((label, place), rest)) = labels.split_first() else {
        return Vec::new();
    };
    let others = rest.iter().filter(|(other, _)| other != label);
    let text = |label: &Value| label.as_str().unwrap_or_default().to_owned();
    let problem = |(other, their_place): &(&Value, Place)| Problem {
        file: place.file.clone(),
        item: place.item.clone(),
        path: place.path.clone(),
        reason: format!(
            "{} {}: the {} is {} here and {} in {their_place}",
            draft.method,
            draft.template,
            extension.name,
            text(label),
            text(other),
        ),
        remedy: "delete the item that is out of date, or make both say the same".to_owned(),
        mentions: vec![their_place.clone()],
        ..Problem::default()
    };
    others.map(problem).collect()
}
