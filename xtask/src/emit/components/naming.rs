//! Assigns names: first those in the stored document, then those of bodies and answers, then those of shared shapes, then
//! those of shapes that belong to one operation.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use super::{
    Components, Use,
    names::{Plain, Role, Stems, parts, whole},
};
use crate::name::Taken;

/// The names of all uses of shapes.
pub(super) struct Named {
    /// By number.
    pub names: Vec<String>,
    /// Those that belong to no operation.
    pub shared: HashSet<String>,
}

pub(super) fn names(components: &Components<'_>, reserved: &[&str]) -> Named {
    let mut naming = Naming {
        components,
        taken: Taken::default(),
        names: vec![None; components.uses.len()],
        shared: HashSet::new(),
    };
    for name in reserved {
        naming.taken.take(name);
    }
    let operations = naming.operations();
    let own: Vec<Own<'_>> = operations
        .iter()
        .map(|(name, uses)| naming.own(name, uses))
        .collect();
    for own in &own {
        naming.keep(own);
    }
    for own in &own {
        naming.give(own, |role| matches!(role, Role::Whole { .. }));
    }
    naming.share();
    for own in &own {
        naming.give(own, |_| true);
    }
    Named {
        names: naming
            .names
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect(),
        shared: naming.shared,
    }
}

struct Naming<'c> {
    components: &'c Components<'c>,
    taken: Taken,
    names: Vec<Option<String>>,
    shared: HashSet<String>,
}

/// What the uses of one operation would be called as its own, best first. They depend on nothing outside of it.
struct Own<'c>(Vec<(usize, &'c Use, Vec<String>)>);

impl<'c> Naming<'c> {
    /// The uses of each operation with their numbers, in the order of the operations' names.
    fn operations(&self) -> BTreeMap<&'c str, Vec<(usize, &'c Use)>> {
        let mut operations: BTreeMap<&str, Vec<(usize, &Use)>> = BTreeMap::new();
        for (number, used) in self.components.uses.iter().enumerate() {
            if let Some(operation) = self.components.operations.get_index(used.operation) {
                operations
                    .entry(operation)
                    .or_default()
                    .push((number, used));
            }
        }
        operations
    }

    fn role(&self, shape: usize) -> Option<&'c Role> {
        let (identity, _) = self.components.shapes.get_index(shape)?;
        Some(&identity.role)
    }

    fn own(&self, operation: &str, uses: &[(usize, &'c Use)]) -> Own<'c> {
        let wholes = uses
            .iter()
            .filter(|(_, used)| matches!(self.role(used.shape), Some(Role::Whole { .. })));
        let sites = wholes
            .flat_map(|(_, used)| used.sites.iter().map(|site| (site, used.stored.as_slice())));
        let plain = Plain::of(operation, sites);
        let stems = Stems::of(operation);
        let mut candidates: Vec<(usize, &Use, Vec<String>)> = uses
            .iter()
            .map(|(number, used)| {
                let names = used
                    .sites
                    .iter()
                    .flat_map(|site| match self.role(used.shape) {
                        Some(Role::Whole { .. }) => whole(operation, site, &plain),
                        _ => parts(&stems, site),
                    });
                (*number, *used, unique(names))
            })
            .collect();
        // Bodies and answers first, the usual one before the others; then parts from the outside inwards.
        candidates.sort_by_key(|(_, used, names)| {
            let length = names.iter().map(String::len).min();
            let depth = used.sites.iter().map(|site| site.way.len()).min();
            match self.role(used.shape) {
                Some(Role::Whole { .. }) => (false, length),
                _ => (true, depth),
            }
        });
        let mut taken = Taken::default();
        for (_, used, names) in &mut candidates {
            if let Some(kept) = kept(used, names).filter(|name| taken.take(name)) {
                prefer(names, &kept);
            }
        }
        for (_, used, names) in &mut candidates {
            let is_kept = names.first().is_some_and(|name| used.stored.contains(name));
            if !is_kept && let Some(free) = names.iter().find(|name| taken.take(name)).cloned() {
                prefer(names, &free);
            }
        }
        Own(candidates)
    }

    /// Lets what belongs to an operation in the stored document keep its name.
    fn keep(&mut self, own: &Own<'_>) {
        for (number, used, names) in &own.0 {
            let shared = self.role(used.shape).and_then(Role::shared_name);
            let is_shared =
                shared.is_some_and(|name| used.stored.iter().any(|known| known == name));
            let kept = names.first().filter(|name| used.stored.contains(name));
            if !is_shared
                && let Some(name) = kept
                && self.taken.take(name)
            {
                self.set(*number, name);
            }
        }
    }

    /// Names what still has no name, after its operation.
    fn give(&mut self, own: &Own<'_>, is_meant: impl Fn(&Role) -> bool) {
        for (number, used, names) in &own.0 {
            let is_open = self.names.get(*number).is_some_and(Option::is_none);
            if is_open && self.role(used.shape).is_some_and(&is_meant) {
                let name = self.taken.first_free(names.iter().cloned());
                self.set(*number, &name);
            }
        }
    }

    fn set(&mut self, number: usize, name: &str) {
        if let Some(known) = self.names.get_mut(number) {
            *known = Some(name.to_owned());
        }
    }

    /// Names the shapes that several operations share, and those that did in the stored document.
    fn share(&mut self) {
        let mut open: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, used) in self.components.uses.iter().enumerate() {
            if self.names.get(number).is_some_and(Option::is_none) {
                open.entry(used.shape).or_default().push(number);
            }
        }
        let mut rivals: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for shape in open.keys() {
            if let Some(name) = self.role(*shape).and_then(Role::shared_name) {
                rivals.entry(name).or_default().push(*shape);
            }
        }
        let chosen: BTreeSet<(usize, &str)> = rivals
            .into_iter()
            .filter_map(|(name, shapes)| {
                let shape = self.holder(name, &shapes, &open)?;
                self.taken.take(name).then_some((shape, name))
            })
            .collect();
        // Inner shapes come first: what is around them can be shared only if they are.
        for (shape, name) in chosen {
            let uses = open.get(&shape).map_or(&[][..], Vec::as_slice);
            let (alike, others): (Vec<usize>, Vec<usize>) = uses
                .iter()
                .partition(|number| self.is_shared_inside(**number));
            let had_it = |number: &usize| self.had(*number, name);
            let sharing = if alike.len() > 1 || alike.iter().any(had_it) {
                alike
            } else {
                others.into_iter().find(had_it).into_iter().collect()
            };
            if !sharing.is_empty() {
                self.shared.insert(name.to_owned());
            }
            for number in sharing {
                self.set(number, name);
            }
        }
    }

    /// Which of several shapes is called `name`: of those that had the name in the stored document the one that is still
    /// the same; otherwise the one that most operations have, and more than one.
    fn holder(
        &self,
        name: &str,
        shapes: &[usize],
        open: &BTreeMap<usize, Vec<usize>>,
    ) -> Option<usize> {
        let stored = self
            .components
            .stored
            .and_then(|stored| stored.fingerprint(name));
        shapes
            .iter()
            .filter_map(|shape| {
                let uses = open.get(shape)?;
                let keepers = uses
                    .iter()
                    .filter(|number| self.had(**number, name))
                    .count();
                let (identity, known) = self.components.shapes.get_index(*shape)?;
                let is_same = stored == Some(format!("{:016x}", known.fingerprint).as_str());
                let is_meant = keepers > 0 || uses.len() > 1;
                let rank = (
                    keepers > 0,
                    keepers > 0 && is_same,
                    uses.len(),
                    identity.schema.text().len(),
                    Reverse(known.fingerprint),
                );
                is_meant.then_some((rank, *shape))
            })
            .max()
            .map(|(_, shape)| shape)
    }

    /// Whether the stored document called this use of a shape so.
    fn had(&self, number: usize, name: &str) -> bool {
        let used = self.components.uses.get(number);
        used.is_some_and(|used| used.stored.iter().any(|known| known == name))
    }

    fn is_shared_inside(&self, number: usize) -> bool {
        let Some(used) = self.components.uses.get(number) else {
            return false;
        };
        used.schema.numbers().all(|inner| {
            let name = self.names.get(inner).and_then(Option::as_ref);
            name.is_some_and(|name| self.shared.contains(name))
        })
    }
}

/// The first name in the stored document that follows from the rules, perhaps with a number.
fn kept(used: &Use, names: &[String]) -> Option<String> {
    let follows = |stored: &&String| {
        names.iter().any(|name| {
            stored
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    used.stored.iter().find(follows).cloned()
}

fn prefer(names: &mut Vec<String>, name: &str) {
    names.retain(|known| known != name);
    names.insert(0, name.to_owned());
}

fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}
