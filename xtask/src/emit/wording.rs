//! The texts of notes about decisions.

use std::fmt::Write as _;

use crate::{
    diagnostic::{Kind, Note, Place},
    infer::{Finding, FindingKind, IS_MASKED, Segment, place},
    mine::Disagreement,
    operation::{Subject, Witnesses},
};

/// The words for what was found in `subject`, which is at `place`, and where to say them: where types conflict, at the
/// least of their places, with those of the others.
pub(super) fn located_note(
    finding: &Finding,
    place: &Place,
    witnesses: &Witnesses<'_>,
    (subject, outer): (Subject<'_>, &[Segment]),
) -> (Place, Note) {
    let mut note = note_of(finding);
    if !finding.kind.is_conflict() {
        return (place.clone(), note);
    }
    let types = witnesses.types(subject, &[outer, &finding.segments].concat());
    let [(first, place_of_first), others @ ..] = types.as_slice() else {
        return (place.clone(), note);
    };
    if others.iter().any(|(_, place)| place != place_of_first) {
        // Writing to a String cannot fail.
        let _ = write!(note.text, " ({first} here");
        for (kind, place) in others {
            let _ = match place == place_of_first {
                true => write!(note.text, ", {kind} here"),
                false => write!(note.text, ", {kind} in {place}"),
            };
            if place != place_of_first && !note.mentions.contains(place) {
                note.mentions.push(place.clone());
            }
        }
        note.text.push(')');
    }
    (place_of_first.clone(), note)
}

fn note_of(finding: &Finding) -> Note {
    let field = place(&finding.segments);
    let of = match field.is_empty() {
        true => String::new(),
        false => format!(" of `{field}`"),
    };
    let text = finding_text(&finding.kind, &of);
    Note {
        field,
        ..kind_of(&finding.kind).note(text)
    }
}

fn kind_of(finding: &FindingKind) -> Kind {
    match finding {
        FindingKind::Conflict(_) | FindingKind::MixedTexts(_) | FindingKind::FilesAndTexts => {
            Kind::ConflictingTypes
        }
        FindingKind::Untyped => Kind::NoType,
        FindingKind::Map => Kind::KeysAreData,
        FindingKind::Circular(_) | FindingKind::TooDeep => Kind::CutNesting,
        FindingKind::Overruled(_) => Kind::OverruledValue,
        FindingKind::FormatRefuted(_) => Kind::RefutedFormat,
        FindingKind::HugeInteger => Kind::HugeInteger,
        FindingKind::Masked => Kind::MaskedCredential,
    }
}

/// `of` names the field, where it is not the whole.
fn finding_text(kind: &FindingKind, of: &str) -> String {
    match kind {
        FindingKind::Conflict(types) => format!(
            "the values{of} are {}: any of them is allowed",
            types.join(" and ")
        ),
        FindingKind::MixedTexts(types) => {
            format!(
                "the texts{of} contain {}: they are taken as text",
                types.join(" and ")
            )
        }
        FindingKind::Untyped => format!("no value shows the type{of}: any value is allowed"),
        FindingKind::Map => format!("the keys{of} look like data: the object is taken as a map"),
        FindingKind::Circular(name) => {
            format!("the recursion{of} into {name} was cut by the exporter: any value is allowed")
        }
        FindingKind::TooDeep => {
            format!("the nesting{of} was cut by the exporter: any value is allowed")
        }
        FindingKind::Overruled(value) => {
            format!("the value {value}{of} contradicts a placeholder: the placeholder is followed")
        }
        FindingKind::FormatRefuted(format) => format!(
            "not all values{of} have the format {format} that a placeholder states: they are taken as text"
        ),
        FindingKind::FilesAndTexts => {
            format!("the values{of} are files and texts: they are taken as files")
        }
        FindingKind::HugeInteger => {
            format!("an integer{of} is too large for 64 bits: its size is not limited")
        }
        FindingKind::Masked => format!("a value{of} {IS_MASKED}"),
    }
}

pub(super) fn note_of_disagreement(disagreement: &Disagreement) -> Note {
    let kind = match disagreement {
        Disagreement::Enumeration { .. } => Kind::DoubtfulEnumeration,
        Disagreement::Default { .. } | Disagreement::Defaults { .. } => Kind::DoubtfulDefault,
    };
    kind.note(disagreement_text(disagreement))
}

fn disagreement_text(disagreement: &Disagreement) -> String {
    match disagreement {
        Disagreement::Enumeration {
            listed,
            seen: Some(seen),
        } => {
            format!(
                "the description lists {}, but the value is {seen}: the list is not used",
                listed.join(", ")
            )
        }
        Disagreement::Enumeration { listed, seen: None } => {
            format!(
                "the description lists {}, which are of another type than the value: the list is not used",
                listed.join(", ")
            )
        }
        Disagreement::Defaults {
            stated: [one, other],
        } => {
            format!(
                "the stated default is {one} in one description and {other} in another: it is left out"
            )
        }
        Disagreement::Default { stated } => {
            format!("the stated default {stated} does not fit the value: it is left out")
        }
    }
}
