//! Where each type is used: the documentation of types that the document does not describe.

use std::collections::BTreeMap;

use super::Lowered;
use super::bodies::{Body, Files};
use super::responses::{Content, Success};
use super::shapes::Shape;
use crate::generator::markdown::code;

/// How many uses are listed by name.
const LISTED: usize = 3;

/// The kinds of uses. The first one that a type has is documented.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Body,
    Answer,
    AnswerItem,
    Parameter,
    Error,
    Member,
    MemberItem,
    Case,
}

impl Use {
    fn words(self) -> &'static str {
        match self {
            Self::Body => "The body of",
            Self::Answer => "The answer of",
            Self::AnswerItem => "An item of the answer of",
            Self::Parameter => "The parameter",
            Self::Error => "An error answer of",
            Self::Member => "The member",
            Self::MemberItem => "An item of",
            Self::Case => "A case of",
        }
    }
}

#[derive(Default)]
struct Uses(BTreeMap<String, BTreeMap<Use, Vec<String>>>);

impl Uses {
    /// Adds a use of the type in `shape`, if it has one: as `whole`, or in a list as `item`.
    fn add(&mut self, shape: &Shape, (whole, item): (Use, Use), place: &str) {
        match shape {
            Shape::Object(name) | Shape::Enum(name) | Shape::Union(name) => {
                let places = self.0.entry(name.clone()).or_default();
                let places = places.entry(whole).or_default();
                if !places.iter().any(|known| known == place) {
                    places.push(place.to_owned());
                }
            }
            Shape::Nullable(of) => self.add(of, (whole, item), place),
            Shape::Array(of) | Shape::Map(of) => self.add(of, (item, item), place),
            _ => {}
        }
    }
}

/// A sentence for each type that says where it is used.
pub(super) fn describe(lowered: &Lowered) -> BTreeMap<String, String> {
    let mut uses = Uses::default();
    for operation in &lowered.operations {
        let id = code(&operation.id);
        match &operation.body {
            Body::Json { shape, .. } | Body::Form { shape, .. } => {
                uses.add(shape, (Use::Body, Use::Body), &id);
            }
            Body::Files(Files {
                texts: Some(name), ..
            }) => uses.add(&Shape::Object(name.clone()), (Use::Body, Use::Body), &id),
            Body::Files(_) | Body::None | Body::Bytes { .. } => {}
        }
        if let Success::Json(shape) | Success::OptionalJson(shape) = &operation.success {
            uses.add(shape, (Use::Answer, Use::AnswerItem), &id);
        }
        for parameter in &operation.parameters {
            let place = format!("{} of {id}", code(&parameter.wire));
            uses.add(&parameter.shape, (Use::Parameter, Use::Parameter), &place);
        }
        for response in &operation.responses {
            if let Content::Json(shape) = &response.content {
                uses.add(shape, (Use::Error, Use::Error), &id);
            }
        }
    }
    for (name, facts) in &lowered.structs {
        for field in &facts.fields {
            let place = format!("{} of {}", code(&field.wire), code(name));
            uses.add(&field.shape, (Use::Member, Use::MemberItem), &place);
        }
    }
    for (name, union) in &lowered.unions {
        for case in &union.cases {
            uses.add(&case.shape, (Use::Case, Use::Case), &code(name));
        }
    }
    let sentence = |(name, uses): (String, BTreeMap<Use, Vec<String>>)| {
        let (kind, places) = uses.into_iter().next()?;
        Some((name, format!("{} {}.", kind.words(), list(&places))))
    };
    uses.0.into_iter().filter_map(sentence).collect()
}

/// `a`, `a and b`, `a, b and c`, `a, b, c and 2 others`.
fn list(places: &[String]) -> String {
    let (listed, others) = places.split_at(places.len().min(LISTED));
    match (listed, others.len()) {
        ([first @ .., last], 0) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (listed, 0) => listed.join(", "),
        (listed, 1) => format!("{} and one other", listed.join(", ")),
        (listed, others) => format!("{} and {others} others", listed.join(", ")),
    }
}
