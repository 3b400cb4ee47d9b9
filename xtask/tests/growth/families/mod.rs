//! Inputs that can be made of any size, each of a shape that makes much of one thing.

mod comparisons;
mod input;
mod overlays;
mod requests;
mod texts;

pub(crate) use input::Input;

/// Inputs of one shape.
pub(crate) struct Family {
    /// What there is much of.
    pub(crate) name: &'static str,
    /// The input of a size.
    pub(crate) input: fn(usize) -> Input,
}

/// All families.
pub(crate) fn families() -> impl Iterator<Item = &'static Family> {
    let all = [
        requests::FAMILIES,
        texts::FAMILIES,
        overlays::FAMILIES,
        comparisons::FAMILIES,
    ];
    all.into_iter().flatten()
}
