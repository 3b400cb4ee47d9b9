//! Names shapes and makes components of them. Names are stable.
//!
//! While the document is written, a shape is only a number. Names are given at the end, when every place of every shape
//! is known. The rules, for which [`names`] has the words and [`naming`] the order:
//!
//! - The body and the answer of an operation are its own, and named after it.
//! - A shape inside them belongs to its operation as well and is named after it and the key (`SendChatMessageAtItem`),
//!   unless several operations have the same shape under the same key: then they share one component, which is called
//!   what it is (`AtItem`). Of several shapes with one key the one that most operations have is called so; the others
//!   belong to their operations.
//! - What has a name by these rules in the stored document keeps it: an operation that has a component of its own does
//!   not lose it to others that come to have the same shape, and when the shapes of a shared component part, those that
//!   stay as they were keep its name. To tell which ones did, a shared component carries the [`FINGERPRINT`] of its
//!   shape; and its properties are in the order of their names and without examples, because an order and examples would
//!   be those of one operation.
//!
//! So an operation that is added, removed or changed renames nothing of another.

mod names;
mod naming;

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};

use crate::{
    document::Fragment,
    node::Node,
    site::{FINGERPRINT, Site},
    stored::Stored,
};

use names::Role;

/// The shapes of a document under construction.
#[derive(Debug)]
pub(crate) struct Components<'s> {
    stored: Option<&'s Stored>,
    /// The names of the operations in Pascal case.
    operations: IndexSet<String>,
    /// All shapes, inner ones before those around them.
    shapes: IndexMap<Identity, Shape>,
    /// What has a number: each operation's use of a shape.
    uses: Vec<Use>,
    /// Numbers, by operation and shape.
    numbers: HashMap<(usize, usize), usize>,
}

/// What makes a shape the same: what it is for, and its text.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Identity {
    role: Role,
    /// Without examples; the numbers in it are those of shapes.
    schema: Fragment,
}

/// A shape, whichever operations use it.
#[derive(Debug)]
struct Shape {
    fingerprint: u64,
}

/// A shape in one operation, wherever it stands there.
#[derive(Debug)]
struct Use {
    operation: usize,
    shape: usize,
    schema: Fragment,
    sites: Vec<Site>,
    /// What the stored document calls these sites.
    stored: Vec<String>,
}

impl<'s> Components<'s> {
    /// No shapes yet; `stored` has the names that stay.
    pub(crate) fn new(stored: Option<&'s Stored>) -> Self {
        Self {
            stored,
            operations: IndexSet::new(),
            shapes: IndexMap::new(),
            uses: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// The number of the component that `schema` becomes. `operation` is the operation's name in Pascal case; what is
    /// inside of `schema` was lifted before.
    pub(crate) fn lift(&mut self, operation: &str, site: Site, schema: &Node<'_>) -> usize {
        let operation = match self.operations.get_index_of(operation) {
            Some(known) => known,
            None => self.operations.insert_full(operation.to_owned()).0,
        };
        let shape = self.shape(Role::of(&site), schema);
        let number = *self.numbers.entry((operation, shape)).or_insert_with(|| {
            self.uses.push(Use {
                operation,
                shape,
                schema: Fragment::of(schema),
                sites: Vec::with_capacity(1),
                stored: Vec::new(),
            });
            self.uses.len() - 1
        });
        if let Some(used) = self.uses.get_mut(number) {
            let stored = self.stored.and_then(|stored| stored.shape(&site));
            if let Some(name) = stored.filter(|name| !used.stored.iter().any(|known| known == name))
            {
                used.stored.push(name.to_owned());
            }
            used.sites.push(site);
        }
        number
    }

    fn shape(&mut self, role: Role, schema: &Node<'_>) -> usize {
        let shape_of = |number: usize| self.uses.get(number).map_or(number, |used| used.shape);
        let schema = Fragment::of_shape(schema).renumbered(shape_of);
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(schema.text());
        for inner in schema.numbers() {
            if let Some((_, shape)) = self.shapes.get_index(inner) {
                fingerprint.add(&shape.fingerprint.to_be_bytes());
            }
        }
        let entry = self.shapes.entry(Identity { role, schema });
        let index = entry.index();
        entry.or_insert(Shape {
            fingerprint: fingerprint.0,
        });
        index
    }

    /// Names all shapes: gives the names by number, and the components by name. `reserved` names are taken already.
    pub(crate) fn name(self, reserved: &[&str]) -> (Vec<String>, Vec<(String, Fragment)>) {
        let named = naming::names(&self, reserved);
        let mut schemas: IndexMap<String, Fragment> = IndexMap::new();
        for (used, name) in self.uses.into_iter().zip(&named.names) {
            if !named.shared.contains(name) {
                schemas.insert(name.clone(), used.schema);
            } else if let Some((identity, shape)) = self.shapes.get_index(used.shape) {
                schemas.entry(name.clone()).or_insert_with(|| {
                    let number_of = |inner: usize| {
                        let number = self.numbers.get(&(used.operation, inner));
                        number.copied().unwrap_or(inner)
                    };
                    let own = identity.schema.clone().renumbered(number_of);
                    let fingerprint = format!("{:016x}", shape.fingerprint).into();
                    own.with(FINGERPRINT, &fingerprint)
                });
            }
        }
        schemas.sort_keys();
        (named.names, schemas.into_iter().collect())
    }
}

/// A hash that is the same on every machine and in every version: it is written into the document (64-bit FNV-1a).
pub(crate) struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Fingerprint {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
