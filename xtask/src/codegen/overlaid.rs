//! The last steps: applies overlays, and removes the warnings that they settle.

use std::borrow::Cow;

use crate::{
    check::{check_for, mismatched},
    diagnostic::{Diagnostics, Kind, Note, Place, Problem, Target, Warning},
    document::{Document, Version},
    overlay::{self, Applied, Idle, Overlay, OverlayError, Renames, Strictness},
    source::Source,
    stored::Stored,
};

/// Reads overlays.
pub(super) fn read(sources: &[Source]) -> Result<Vec<Overlay>, Box<Problem>> {
    sources
        .iter()
        .map(|source| Overlay::parse(&source.name, &source.text()).map_err(problem))
        .collect()
}

/// Applies overlays to a document that is to be written in `version`; what each did goes to `applied`, by its file. With
/// warnings about examples that no longer match their schemas.
pub(super) fn apply(
    overlays: &[Overlay],
    document: Document,
    (strictness, version): (Strictness, Version),
    applied: &mut Vec<(String, Applied)>,
) -> Result<(Document, Vec<Warning>), Box<Problem>> {
    if overlays.is_empty() {
        return Ok((document, Vec::new()));
    }
    let mut tree = document.tree().into_owned();
    let mut renames = Renames::default();
    for overlay in overlays {
        let actions =
            overlay::apply_to(overlay, &mut tree, strictness, &mut renames).map_err(problem)?;
        let named = actions.into_iter().map(|it| (overlay.file.clone(), it));
        applied.extend(named);
    }
    renames.settle(&mut tree);
    check_for(&tree, version).map_err(super::inconsistent)?;
    let warnings = mismatched(&tree).into_iter().map(contradicted).collect();
    Ok((tree.into(), warnings))
}

/// The warning about an example or a default that its schema does not allow.
fn contradicted((target, reason): (Target, String)) -> Warning {
    let kind = Kind::InvalidExample;
    Warning {
        place: Place {
            file: super::DOCUMENT.to_owned(),
            path: target.path.clone(),
            ..Place::default()
        },
        field: String::new(),
        text: format!("the value does not match its schema: {reason}"),
        kind,
        target: Some(target),
        mentions: Vec::new(),
    }
}

/// The names in a stored document without what overlays made of them.
pub(super) fn before<'s>(overlays: &[Overlay], stored: &'s Stored) -> Cow<'s, Stored> {
    let renamed = overlay::renamed_components(overlays);
    match renamed.is_empty() {
        true => Cow::Borrowed(stored),
        false => Cow::Owned(stored.before(&renamed)),
    }
}

/// The warnings that no action settles, with those about actions without effect.
pub(super) fn settle(applied: &[(String, Applied)], mut diagnostics: Diagnostics) -> Vec<Warning> {
    for (place, note) in applied.iter().filter_map(|(file, it)| idle(file, it)) {
        diagnostics.add(&place, note);
    }
    let pointers = overlay::original_pointers(applied);
    diagnostics.unsettled(&pointers.iter().map(AsRef::as_ref))
}

/// The note about an action without effect.
fn idle(file: &str, applied: &Applied) -> Option<(Place, Note)> {
    let target = &applied.target;
    let text = match applied.idle? {
        Idle::Removed => {
            format!("there is nothing to remove at {target}: the action can be deleted")
        }
        Idle::Unmatched => {
            format!("{target} selects nothing in the document: the action has no effect")
        }
        Idle::Empty => format!(
            "the action on {target} has no effect: it has neither `update` nor `copy` nor `remove`"
        ),
        Idle::Overruled => {
            format!("the action removes {target}: its other members have no effect")
        }
    };
    let place = Place {
        file: file.to_owned(),
        path: format!("$.actions[{}]", applied.action),
        ..Place::default()
    };
    Some((place, Kind::IdleAction.note(text)))
}

/// An error with the text of its overlay, to show the place in.
pub(super) fn shown(mut problem: Box<Problem>, overlays: &[Source]) -> Box<Problem> {
    let is_located = problem.position.is_some() || !problem.path.is_empty();
    let overlay = overlays
        .iter()
        .find(|overlay| is_located && overlay.name == problem.file);
    problem.text = overlay.map(|overlay| overlay.text().into_owned());
    problem
}

#[expect(
    clippy::boxed_local,
    clippy::needless_pass_by_value,
    reason = "the shape in which the overlay hands it over"
)]
fn problem(error: Box<OverlayError>) -> Box<Problem> {
    let target = error
        .target
        .as_ref()
        .map(|target| format!(" (target {target})"))
        .unwrap_or_default();
    Box::new(Problem {
        file: error.file.clone(),
        path: error
            .action
            .map(|action| format!("$.actions[{action}]"))
            .unwrap_or_default(),
        position: error.position,
        reason: format!("{}{target}", error.reason),
        remedy: error.remedy.clone(),
        ..Problem::default()
    })
}
