//! Which schemas may describe the same values, without comparing each with each.

use std::{
    collections::{BTreeSet, HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use serde_json::Value;

use super::view::View;

/// How far inside schemas it is looked: those that differ only further in are told apart by comparing them.
const DEPTH: usize = 4;

/// The likenesses of the schemas of one document: those of equal schemas are equal.
pub(super) struct Likeness<'a> {
    document: &'a Value,
    /// By schema and depth: many may refer to one.
    known: HashMap<(*const Value, usize), u64>,
}

impl<'a> Likeness<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        Self {
            document,
            known: HashMap::new(),
        }
    }

    pub(super) fn schema(&mut self, schema: &'a Value) -> u64 {
        self.at(schema, DEPTH)
    }

    fn at(&mut self, schema: &'a Value, depth: usize) -> u64 {
        let key = (std::ptr::from_ref(schema), depth);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let view = View::of(self.document, schema);
        let mut hasher = DefaultHasher::new();
        (&view.types, view.format, view.is_nullable).hash(&mut hasher);
        let values = view.enumeration.as_ref().map(|values| {
            let texts = values.iter().map(ToString::to_string);
            texts.collect::<BTreeSet<_>>()
        });
        values.hash(&mut hasher);
        if let Some(inner) = depth.checked_sub(1) {
            let mut properties: Vec<_> = view.properties.iter().collect();
            properties.sort_unstable_by_key(|(name, _)| **name);
            for (name, property) in properties {
                (name, view.required.contains(name)).hash(&mut hasher);
                self.at(property, inner).hash(&mut hasher);
            }
            for inside in [view.items, view.values] {
                inside
                    .map(|inside| self.at(inside, inner))
                    .hash(&mut hasher);
            }
        }
        let likeness = hasher.finish();
        self.known.insert(key, likeness);
        likeness
    }
}
