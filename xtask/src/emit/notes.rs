//! The words for what was decided.

use crate::{
    infer::{Finding, FindingKind, place},
    mine::Disagreement,
};

pub(super) fn note_of(finding: &Finding) -> String {
    let inner = place(&finding.segments);
    let subject = if inner.is_empty() {
        String::new()
    } else {
        format!("`{inner}`: ")
    };
    format!("{subject}{}", finding_text(&finding.kind))
}

fn finding_text(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Conflict(types) => format!(
            "the values are {}: any of them is allowed",
            types.join(" and ")
        ),
        FindingKind::MixedTexts(types) => {
            format!("the texts hold {}: taken as text", types.join(" and "))
        }
        FindingKind::Untyped => "no value says what type it has: any is allowed".to_owned(),
        FindingKind::Map => "the keys look like data: taken as a map".to_owned(),
        FindingKind::Circular(name) => {
            format!("the exporter left out the recursion into {name}: any value is allowed")
        }
        FindingKind::TooDeep => "the nesting was cut here: any value is allowed".to_owned(),
        FindingKind::Overruled(value) => {
            format!("the value {value} is not what a placeholder says: the placeholder is followed")
        }
        FindingKind::HugeInteger => "an integer here is too large for 64 bits".to_owned(),
    }
}

pub(super) fn disagreement_text(disagreement: &Disagreement) -> String {
    match disagreement {
        Disagreement::Enumeration {
            listed,
            seen: Some(seen),
        } => {
            format!(
                "the description lists {}, but the value is {seen}: not taken as an enumeration",
                listed.join(", ")
            )
        }
        Disagreement::Enumeration { listed, seen: None } => {
            format!(
                "the description lists {}, which are of another type than the value: not taken as an enumeration",
                listed.join(", ")
            )
        }
        Disagreement::Default { stated } => {
            format!("the stated default {stated} does not fit the value: left out")
        }
    }
}
