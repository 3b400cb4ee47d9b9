//! Items that cannot both be right.
//!
//! Requests on one method and path are variants of a call and merge, whether they stand in one file or in several: values
//! of different types are a warning, and the schema allows them all. What can only be one thing cannot be merged: an
//! operation has one rate limit, and only a person knows which of two items is out of date.

use crate::{
    diagnostic::{Place, Problem},
    mine::RateLimitLabel,
    operation::Draft,
};

/// Looks for contradictions between the requests of each operation.
///
/// # Errors
///
/// All contradictions, each with both places, the others in [`Problem::others`].
pub(crate) fn check(drafts: &[Draft]) -> Result<(), Box<Problem>> {
    let mut problems = drafts.iter().flat_map(contradictions);
    match problems.next() {
        None => Ok(()),
        Some(first) => Err(Box::new(Problem {
            others: problems.collect(),
            ..first
        })),
    }
}

/// One for each place that states another label than the first does.
fn contradictions(draft: &Draft) -> Vec<Problem> {
    let mut labels: Vec<_> = draft.rate_limit_labels().collect();
    labels.sort_by(|(_, one), (_, other)| one.cmp(other));
    let Some(((label, place), rest)) = labels.split_first() else {
        return Vec::new();
    };
    let others = rest.iter().filter(|(other, _)| other != label);
    let problem = |(other, their_place): &(RateLimitLabel, Place)| Problem {
        file: place.file.clone(),
        item: place.item.clone(),
        path: place.path.clone(),
        reason: format!(
            "{} {}: the rate-limit label is {} here and {} in {their_place}",
            draft.method,
            draft.template,
            label.as_str(),
            other.as_str(),
        ),
        remedy: "delete the item that is out of date, or make both say the same".to_owned(),
        ..Problem::default()
    };
    others.map(problem).collect()
}
