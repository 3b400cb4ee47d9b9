//! Collects the diagnostics of a run.

use std::collections::BTreeSet;

use super::{Note, Place, Target, Warning};

/// All warnings of a run, each once, in the order of places.
#[derive(Debug, Default)]
pub struct Diagnostics(BTreeSet<Warning>);

impl Diagnostics {
    /// Adds a note about a place in a file.
    pub fn add(&mut self, place: &Place, note: Note) {
        self.insert(place, note, None);
    }

    /// Adds a note about a place in a file that an action on `target` can settle.
    pub fn add_at(&mut self, place: &Place, note: Note, target: Target) {
        self.insert(place, note, Some(target));
    }

    fn insert(&mut self, place: &Place, note: Note, target: Option<Target>) {
        self.0.insert(Warning {
            place: place.clone(),
            field: note.field,
            text: note.text,
            kind: note.kind,
            target,
            mentions: note.mentions,
        });
    }

    /// The warnings that no action which wrote to one of `pointers` has settled.
    #[must_use]
    pub fn unsettled<'p>(self, pointers: &(impl Iterator<Item = &'p str> + Clone)) -> Vec<Warning> {
        let is_settled = |warning: &Warning| {
            let target = warning.target.as_ref();
            target.is_some_and(|target| {
                let mut pointers = pointers.clone();
                pointers.any(|pointer| target.is_settled_by(pointer))
            })
        };
        self.0
            .into_iter()
            .filter(|warning| !is_settled(warning))
            .collect()
    }
}
