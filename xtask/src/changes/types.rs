//! Components: the types of the generated client.
//!
//! A type is known by where it stands, not by what it looks like, because another may look the same. Where one name
//! stood before and another stands after, callers have to write the other name; and a name that stands nowhere where it
//! stood is another type's now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{Changes, likeness::Likeness, schema::are_equal};

/// Schemas that appeared, vanished, go by another name, or gave their name away. Operations are to be compared before: they
/// show which component stands where.
pub(super) fn compare(old: &Value, new: &Value, changes: &mut Changes) {
    let empty = Map::new();
    let (before, after) = (
        schemas(old).unwrap_or(&empty),
        schemas(new).unwrap_or(&empty),
    );
    let seen = std::mem::take(&mut changes.components);
    let mut moves = Moves::of(&seen);
    let mut likeness = Likeness::of(old);
    let mut free = Free::of(
        new,
        after.iter().filter(|(name, _)| !before.contains_key(*name)),
    );
    for (name, schema) in before {
        let place = format!("schema {name}");
        let now = moves.names_now(name);
        if now.is_empty() && !after.contains_key(name) {
            let is_same = |other: &str, same: &_| {
                !moves.told.contains(other) && are_equal((old, schema), (new, same))
            };
            match free.take(likeness.schema(schema), is_same) {
                Some(other) => {
                    moves.told.insert(other);
                    changes.push(&place, &format!("renamed to {other}"), true);
                }
                None => changes.push(&place, "removed", true),
            }
            continue;
        }
        moves.left(name, after.contains_key(name), &now, changes);
        if let Some(other) = after.get(name).filter(|_| !now.contains(&name.as_str())) {
            let sources = moves.names_before(name);
            if !sources.is_empty() {
                let what = format!("the name now stands for what was {}", sources.join(", "));
                changes.push(&place, &what, true);
            } else if !are_equal((old, schema), (new, other)) {
                changes.push(&place, "the name now stands for another shape", true);
            }
        }
    }
    for name in after.keys() {
        if !before.contains_key(name) && !moves.told.contains(name.as_str()) {
            changes.push(&format!("schema {name}"), "added", false);
        }
    }
}

/// Which component stands where another stood.
struct Moves<'a> {
    /// Names before and after, with the first place where they are.
    seen: &'a BTreeMap<(String, String), String>,
    to: Names<'a>,
    from: Names<'a>,
    /// What is told as the new name of another is not told as added.
    told: BTreeSet<&'a str>,
}

impl<'a> Moves<'a> {
    fn of(seen: &'a BTreeMap<(String, String), String>) -> Self {
        let (mut to, mut from) = (Names::new(), Names::new());
        for (old, new) in seen.keys() {
            to.entry(old).or_default().insert(new);
            from.entry(new).or_default().insert(old);
        }
        Self {
            seen,
            to,
            from,
            told: BTreeSet::new(),
        }
    }

    /// The components that stand where `name` stood.
    fn names_now(&self, name: &str) -> Vec<&'a str> {
        self.to.get(name).into_iter().flatten().copied().collect()
    }

    /// The components that stood where `name` stands.
    fn names_before(&self, name: &str) -> Vec<&'a str> {
        self.from.get(name).into_iter().flatten().copied().collect()
    }

    /// Tells which places of `name` others have `now`.
    fn left(&mut self, name: &str, is_kept: bool, now: &[&'a str], changes: &mut Changes) {
        let place = format!("schema {name}");
        let others = now.iter().copied().filter(|other| *other != name);
        match now {
            [other] if *other != name => {
                changes.push(&place, &format!("renamed to {other}"), true);
            }
            _ if !is_kept => {
                changes.push(&place, &format!("split into {}", now.join(", ")), true);
            }
            _ => {
                for other in others.clone() {
                    let pair = (name.to_owned(), other.to_owned());
                    let at = self.seen.get(&pair).map_or("", String::as_str);
                    changes.push(&place, &format!("renamed to {other} in {at}"), true);
                }
            }
        }
        self.told.extend(others);
    }
}

/// Schemas that a name which is gone may stand for now, by likeness and in their order.
struct Free<'a>(HashMap<u64, Vec<(&'a str, &'a Value)>>);

impl<'a> Free<'a> {
    fn of(document: &'a Value, schemas: impl Iterator<Item = (&'a String, &'a Value)>) -> Self {
        let mut likeness = Likeness::of(document);
        let mut free: HashMap<u64, Vec<_>> = HashMap::new();
        for (name, schema) in schemas {
            let alike = free.entry(likeness.schema(schema)).or_default();
            alike.push((name.as_str(), schema));
        }
        // The first one is taken from the end.
        free.values_mut().for_each(|alike| alike.reverse());
        Self(free)
    }

    /// Takes the first of those with this likeness for which `is_same` holds.
    fn take(&mut self, likeness: u64, is_same: impl Fn(&str, &Value) -> bool) -> Option<&'a str> {
        let alike = self.0.get_mut(&likeness)?;
        let at = alike
            .iter()
            .rposition(|(name, schema)| is_same(name, schema))?;
        Some(alike.remove(at).0)
    }
}

/// Names by names.
type Names<'n> = BTreeMap<&'n str, BTreeSet<&'n str>>;

fn schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}
