//! Parameters, or the fields of a form, and which of them a request came without.

use std::{collections::HashMap, hash::Hash, ops::Deref};

use indexmap::IndexMap;

use super::Parameter;

/// Parameters or form fields, in the order in which they were met.
#[derive(Debug)]
pub struct Fields<K> {
    /// Apart from their keys: a parameter is large, and most maps of them are small.
    by_key: IndexMap<K, Box<Parameter>>,
    /// Those that no request came without. There are no more of them than the last request had, so that looking at each
    /// takes no longer than reading that request did.
    constant: Vec<usize>,
}

impl<K> Default for Fields<K> {
    fn default() -> Self {
        Self {
            by_key: IndexMap::new(),
            constant: Vec::new(),
        }
    }
}

impl<K> Deref for Fields<K> {
    type Target = IndexMap<K, Box<Parameter>>;

    fn deref(&self) -> &Self::Target {
        &self.by_key
    }
}

impl<K: Hash + Eq> Fields<K> {
    /// What is known of `key`, and whether it is new. What is new but not `constant` is optional.
    pub(super) fn entry(
        &mut self,
        key: K,
        constant: bool,
        new: impl FnOnce(&K) -> Parameter,
    ) -> (&mut Parameter, bool) {
        let entry = self.by_key.entry(key);
        let index = entry.index();
        let mut is_new = false;
        let field = entry.or_insert_with_key(|key| {
            is_new = true;
            Box::new(new(key))
        });
        if is_new {
            match constant {
                true => self.constant.push(index),
                false => field.leave_out(),
            }
        }
        (field, is_new)
    }

    /// A request came without those of which `lacks` holds: they are optional.
    pub(super) fn leave_out(&mut self, lacks: impl Fn(&K) -> bool) {
        let by_key = &mut self.by_key;
        self.constant
            .retain(|index| match by_key.get_index_mut(*index) {
                Some((key, field)) if lacks(key) => {
                    field.leave_out();
                    false
                }
                _ => true,
            });
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut Parameter> {
        self.by_key.get_mut(key).map(|field| &mut **field)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut Parameter)> {
        let fields = self.by_key.iter_mut();
        fields.map(|(key, field)| (key, &mut **field))
    }
}

/// Names of headers as they were first met: they are the same in upper and lower case.
#[derive(Debug, Default)]
pub(super) struct HeaderNames(HashMap<String, String>);

impl HeaderNames {
    /// How `name` was first written, which is now if it is new.
    pub(super) fn first<'n>(&'n mut self, name: &'n str) -> &'n str {
        let first = self.0.entry(name.to_ascii_lowercase());
        first.or_insert_with(|| name.to_owned())
    }
}
