//! The scalar types of samples.

use indexmap::IndexSet;
use serde_json::Value;

use super::evidence::{Evidence, Width};
use super::{Kind, Placeholder, format};

/// The scalar types that the samples have: those that placeholders state, else those of real values. `<string>` and the
/// like say only what to write where nothing is known, so they yield to whatever says more.
pub(super) fn kinds(evidence: &Evidence) -> Vec<Kind> {
    if is_stated(evidence) {
        return stated_kinds(&evidence.placeholders);
    }
    let seen = seen_kinds(evidence);
    let is_bare = seen.is_empty() && evidence.arrays == 0 && evidence.objects == 0;
    match text_of(&evidence.placeholders) {
        Some(format) if is_bare => vec![Kind::String(format)],
        _ => seen,
    }
}

/// What is known of the text that placeholders stand for, if they stand for one: the format that all of them have.
fn text_of(placeholders: &IndexSet<Placeholder>) -> Option<Option<String>> {
    let mut formats = placeholders
        .iter()
        .filter_map(|placeholder| match placeholder {
            Placeholder::String(format) | Placeholder::Quoted(format) => Some(format),
            _ => None,
        });
    let first = formats.next()?;
    Some(
        first
            .clone()
            .filter(|_| formats.all(|other| other == first)),
    )
}

/// The scalar types of texts outside JSON, where everything is a string in the end: what placeholders state and what the
/// values show, together.
pub(super) fn text_kinds(evidence: &Evidence) -> Vec<Kind> {
    if is_file(evidence) {
        return vec![Kind::String(Some("binary".to_owned()))];
    }
    let mut kinds = stated_kinds(&evidence.placeholders);
    for seen in seen_kinds(evidence) {
        match kinds.iter_mut().find(|kind| name(kind) == name(&seen)) {
            Some(Kind::Integer(stated)) => {
                if let Kind::Integer(seen @ Some(_)) = seen {
                    *stated = seen;
                }
            }
            // Whether the values have the stated format is for the resolver to tell.
            Some(_) => {}
            None => kinds.push(seen),
        }
    }
    let is_number = |kind: &Kind| matches!(kind, Kind::Number(_));
    if kinds.iter().any(is_number) {
        kinds.retain(|kind| !matches!(kind, Kind::Integer(_)));
    }
    sort(&mut kinds);
    kinds
}

impl Evidence {
    /// The types of the values, as messages call them.
    pub(super) fn types(&self) -> Vec<&'static str> {
        let scalars = match self.is_text {
            true => text_kinds(self),
            false => kinds(self),
        };
        let is_file = is_file(self);
        let scalars = scalars.iter().map(|kind| match kind {
            Kind::String(_) if is_file => "file",
            kind => name(kind),
        });
        let is_array =
            self.arrays > 0 || self.is_spread || self.placeholders.contains(&Placeholder::Array);
        let is_object = self.objects > 0 || self.placeholders.contains(&Placeholder::Object);
        scalars
            .chain(is_array.then_some("array"))
            .chain(is_object.then_some("object"))
            .collect()
    }
}

/// Whether a placeholder states a type other than "some text".
pub(super) fn is_stated(evidence: &Evidence) -> bool {
    let says_nothing = |placeholder: &Placeholder| {
        matches!(
            placeholder,
            Placeholder::String(None)
                | Placeholder::Circular(_)
                | Placeholder::TooDeep
                | Placeholder::Variable
                | Placeholder::Quoted(_)
        )
    };
    !evidence.placeholders.iter().all(says_nothing)
}

/// Whether a placeholder stands for the bytes of a file.
pub(super) fn is_file(evidence: &Evidence) -> bool {
    let is_binary = |placeholder: &Placeholder| match placeholder {
        Placeholder::String(Some(format)) => format == "binary",
        _ => false,
    };
    evidence.placeholders.iter().any(is_binary)
}

/// Whether the texts are not all of the format `stated`, as far as that can be told.
pub(super) fn refute(evidence: &Evidence, stated: &str) -> bool {
    match stated {
        "ipv6" => {
            let mut texts = evidence.values.iter().filter_map(Value::as_str);
            evidence.strings && texts.any(|text| !format::has(text, stated))
        }
        _ => evidence.strings && evidence.formats.refute(stated),
    }
}

/// The scalar types of the real values.
fn seen_kinds(evidence: &Evidence) -> Vec<Kind> {
    let mut kinds = Vec::new();
    if evidence.booleans {
        kinds.push(Kind::Boolean);
    }
    match (evidence.integers, evidence.numbers) {
        (_, true) => kinds.push(Kind::Number(None)),
        (Some(width), false) => kinds.push(Kind::Integer(width.format().map(str::to_owned))),
        (None, false) => {}
    }
    if evidence.strings {
        kinds.push(Kind::String(evidence.formats.name().map(str::to_owned)));
    }
    kinds
}

/// The scalar types that placeholders state, but for a plain string.
fn stated_kinds(placeholders: &IndexSet<Placeholder>) -> Vec<Kind> {
    let has_number = placeholders
        .iter()
        .any(|placeholder| matches!(placeholder, Placeholder::Number(_)));
    let mut kinds: Vec<Kind> = Vec::new();
    for placeholder in placeholders {
        let kind = match placeholder {
            Placeholder::Boolean => Kind::Boolean,
            Placeholder::Integer(_) if has_number => Kind::Number(None),
            Placeholder::Integer(format) => Kind::Integer(format.clone()),
            Placeholder::Number(format) => Kind::Number(format.clone()),
            Placeholder::String(Some(format)) => Kind::String(Some(format.clone())),
            Placeholder::String(None)
            | Placeholder::Array
            | Placeholder::Object
            | Placeholder::Circular(_)
            | Placeholder::TooDeep
            | Placeholder::Variable
            | Placeholder::Quoted(_) => continue,
        };
        match kinds.iter_mut().find(|other| name(other) == name(&kind)) {
            // Two formats of one type: only the type is sure.
            Some(other) if *other != kind => drop_format(other),
            Some(_) => {}
            None => kinds.push(kind),
        }
    }
    sort(&mut kinds);
    kinds
}

fn sort(kinds: &mut [Kind]) {
    kinds.sort_by_key(|kind| {
        ["boolean", "integer", "number", "string"]
            .iter()
            .position(|other| *other == name(kind))
    });
}

impl Width {
    fn format(self) -> Option<&'static str> {
        match self {
            Self::I32 => None,
            Self::I64 => Some("int64"),
            Self::U64 => Some("uint64"),
        }
    }
}

fn drop_format(kind: &mut Kind) {
    if let Kind::Integer(format) | Kind::Number(format) | Kind::String(format) = kind {
        *format = None;
    }
}

pub(super) fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any => "any",
        Kind::Boolean => "boolean",
        Kind::Integer(_) => "integer",
        Kind::Number(_) => "number",
        Kind::String(_) => "string",
        Kind::Array(_) => "array",
        Kind::Object(_) => "object",
        Kind::Map(_) => "map",
        Kind::OneOf(_) => "union",
    }
}
