//! Notes that are completed when the components have names, and the targets that settle them.

use crate::{
    diagnostic::{Diagnostics, Note, Place, Target},
    infer::Segment,
};

/// What is to be reported when the components have names.
#[derive(Default)]
pub(super) struct Pending(Vec<(Place, Note, Settled)>);

/// Where what is told can be settled.
pub(super) enum Settled {
    /// Here.
    At(Target),
    /// In the shape of this number, at the end of the way.
    In(usize, Vec<Segment>),
}

impl Pending {
    pub(super) fn add(&mut self, place: &Place, note: Note, settled: Settled) {
        self.0.push((place.clone(), note, settled));
    }

    /// Reports all. `names` are those of the shapes, by number.
    pub(super) fn report(self, names: &[String], diagnostics: &mut Diagnostics) {
        for (place, note, settled) in self.0 {
            let target = match settled {
                Settled::At(target) => Some(target),
                Settled::In(shape, way) => names.get(shape).map(|name| {
                    let schemas = Target::root().member("components").member("schemas");
                    along(schemas.member(name), &way)
                }),
            };
            match target {
                Some(target) => diagnostics.add_at(&place, note, target),
                None => diagnostics.add(&place, note),
            }
        }
    }
}

/// The shapes of a schema that became components, by where in it they stand.
#[derive(Default)]
pub(super) struct Shapes(Vec<(Vec<Segment>, usize)>);

impl Shapes {
    pub(super) fn add(&mut self, way: &[Segment], number: usize) {
        self.0.push((way.to_vec(), number));
    }

    /// Where what is at the end of `way` can be settled; `schema` says where the whole schema stands.
    pub(super) fn settled(&self, way: &[Segment], schema: impl Fn() -> Target) -> Settled {
        self.settled_where(way, schema, |_| true)
    }

    /// Where alternatives at the end of `way` can be settled: around them, not in one that is a shape itself.
    pub(super) fn settled_around(&self, way: &[Segment], schema: impl Fn() -> Target) -> Settled {
        self.settled_where(way, schema, |shape| shape.len() < way.len())
    }

    fn settled_where(
        &self,
        way: &[Segment],
        schema: impl Fn() -> Target,
        holds: impl Fn(&[Segment]) -> bool,
    ) -> Settled {
        let shapes = self.0.iter().filter(|(shape, _)| holds(shape));
        let innermost = shapes
            .filter_map(|(shape, number)| Some((shape.len(), *number, way.strip_prefix(&**shape)?)))
            .max_by_key(|(depth, ..)| *depth);
        match innermost {
            Some((_, number, rest)) => Settled::In(number, rest.to_vec()),
            None => Settled::At(along(schema(), way)),
        }
    }
}

/// The schema that a way leads to from the schema at `target`.
pub(super) fn along(target: Target, way: &[Segment]) -> Target {
    way.iter().fold(target, |target, segment| match segment {
        Segment::Key(key) => target.member("properties").member(key),
        Segment::Item => target.member("items"),
        Segment::Value => target.member("additionalProperties"),
    })
}
