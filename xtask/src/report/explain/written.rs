//! Which overlay action wrote what, by where that is in the finished document.

use std::collections::{BTreeMap, BTreeSet};

use super::words::escaped;
use crate::overlay::{Applied, Effect};

/// What overlays wrote, by its JSON pointer in the finished document, with the last action that did.
#[derive(Debug, Default)]
pub(super) struct Written(BTreeMap<String, Action>);

/// An action, counted over all overlays.
type Action = usize;

impl Written {
    /// Follows what each action wrote through the removals and renames after it.
    pub(super) fn by(applied: &[(String, Applied)]) -> Self {
        let mut written = Self::default();
        for (action, (_, applied)) in applied.iter().enumerate() {
            match &applied.effect {
                Effect::Written => {
                    let pointers = applied.pointers.iter().cloned();
                    written.0.extend(pointers.map(|pointer| (pointer, action)));
                }
                Effect::Removed { arrays } => written.remove(&applied.pointers, arrays),
                Effect::Renamed { from, to } => written.rename(from, to),
            }
        }
        written
    }

    /// The last action that wrote this place or something around it, and what it wrote.
    pub(super) fn around<'p>(&self, pointer: &'p str) -> Option<(&'p str, Action)> {
        let ends = pointer.match_indices('/').map(|(at, _)| at);
        ends.chain([pointer.len()])
            .filter_map(|end| {
                let place = pointer.get(..end)?;
                Some((place, *self.0.get(place)?))
            })
            .max_by_key(|(_, action)| *action)
    }

    /// The places inside this one that were written, with the actions.
    pub(super) fn inside(&self, pointer: &str) -> impl Iterator<Item = (&str, Action)> {
        let prefix = format!("{pointer}/");
        self.0
            .range(prefix.clone()..)
            .map(|(inner, action)| (inner.as_str(), *action))
            .take_while(move |(inner, _)| inner.starts_with(&prefix))
    }

    fn remove(&mut self, removed: &[String], arrays: &[String]) {
        for pointer in removed {
            self.take(pointer);
        }
        // The innermost come first, so that what is around them is still where it was.
        for array in arrays {
            let is_item =
                |pointer: &&String| index(pointer, array).is_some_and(|(_, rest)| rest.is_empty());
            let gone: BTreeSet<usize> = removed
                .iter()
                .filter(is_item)
                .filter_map(|pointer| Some(index(pointer, array)?.0))
                .collect();
            for (pointer, action) in self.take(array) {
                let moved = match index(&pointer, array) {
                    Some((at, rest)) => {
                        let before = gone.range(..at).count();
                        format!("{array}/{}{rest}", at - before)
                    }
                    None => pointer,
                };
                self.0.insert(moved, action);
            }
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        let at = |name: &str| format!("/components/schemas/{}", escaped(name));
        let (from, to) = (at(from), at(to));
        for (pointer, action) in self.take(&from) {
            let rest = pointer.strip_prefix(&from).unwrap_or_default();
            self.0.insert(format!("{to}{rest}"), action);
        }
    }

    /// Takes out this place and all that is inside it.
    fn take(&mut self, pointer: &str) -> Vec<(String, Action)> {
        let inside: Vec<String> = self.inside(pointer).map(|(it, _)| it.to_owned()).collect();
        let all = [pointer.to_owned()].into_iter().chain(inside);
        all.filter_map(|pointer| self.0.remove_entry(&pointer))
            .collect()
    }
}

/// The item of `array` that a pointer leads to or into, and the rest of the way.
fn index<'p>(pointer: &'p str, array: &str) -> Option<(usize, &'p str)> {
    let inner = pointer.strip_prefix(array)?.strip_prefix('/')?;
    let (index, rest) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
    Some((index.parse().ok()?, rest))
}
