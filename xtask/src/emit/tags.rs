//! Folders as tags.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use serde_json::{Value, json};

use crate::{
    mine,
    name::Taken,
    node::Node,
    operation::{Draft, Operation},
    postman::Folder,
    stored::Stored,
};

/// What stands between the names of a folder and of the one in it.
const SEPARATOR: &str = " / ";

/// The tags of a document.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// With the descriptions of all folders that each stands for.
    known: BTreeMap<String, BTreeSet<String>>,
    /// The tags of folders whose names would come to the tag of others, by their names.
    apart: HashMap<Vec<String>, String>,
}

impl Tags {
    /// No tags yet. A folder `A / B` has another than a folder `B` in `A`.
    pub(super) fn new<'d>(drafts: impl Iterator<Item = &'d Draft>) -> Self {
        let mut paths: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
        for folders in drafts.flat_map(Draft::folders) {
            let names = names(folders);
            let alike = paths.entry(names.join(SEPARATOR)).or_default();
            alike.insert(names.into_iter().map(str::to_owned).collect());
        }
        let mut taken: Taken = Taken::default();
        for tag in paths.keys() {
            taken.take(tag);
        }
        let mut apart = HashMap::new();
        for alike in paths.into_values() {
            let mut alike: Vec<Vec<String>> = alike.into_iter().collect();
            // The one that nests deepest has the tag that says so.
            alike.sort_by_key(|names| Reverse(names.len()));
            for names in alike.into_iter().skip(1) {
                let names_alone = names.iter().map(|name| name.replace(SEPARATOR, "/"));
                let tag = names_alone.collect::<Vec<_>>().join(SEPARATOR);
                apart.insert(names, taken.first_free([tag]));
            }
        }
        Self {
            known: BTreeMap::new(),
            apart,
        }
    }

    /// The tags of an operation, each once, in the order of their names.
    pub(super) fn of(&mut self, operation: &Operation) -> Vec<Node<'static>> {
        let tags: BTreeSet<String> = operation
            .folders
            .iter()
            .filter_map(|folders| self.tag(folders))
            .collect();
        tags.into_iter().map(Node::from).collect()
    }

    /// The tag of a request in these folders: their names, since the same name may occur in several folders.
    fn tag(&mut self, folders: &[Folder]) -> Option<String> {
        let innermost = folders.last()?;
        let names = names(folders);
        if names.is_empty() {
            return None;
        }
        let name = match self.apart.is_empty() {
            true => None,
            false => {
                let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
                self.apart.get(&names).cloned()
            }
        };
        let name = name.unwrap_or_else(|| names.join(SEPARATOR));
        let descriptions = self.known.entry(name.clone()).or_default();
        let description = mine::to_markdown(&innermost.description);
        if !description.is_empty() {
            descriptions.insert(description);
        }
        Some(name)
    }

    /// The document's tags. Of several descriptions of one tag the stored document's stays, otherwise the longest says
    /// most.
    pub(super) fn written(self, stored: Option<&Stored>) -> Vec<Value> {
        self.known
            .into_iter()
            .map(|(name, descriptions)| {
                let kept = stored.and_then(|stored| stored.tag(&name));
                let description = descriptions
                    .into_iter()
                    .max_by_key(|text| (kept == Some(text), text.len(), Reverse(text.clone())));
                match description {
                    None => json!({ "name": name }),
                    Some(description) => json!({ "name": name, "description": description }),
                }
            })
            .collect()
    }
}

/// The names of folders, outermost first, without those that have none.
fn names(folders: &[Folder]) -> Vec<&str> {
    let names = folders.iter().map(|folder| folder.name.as_str());
    names.filter(|name| !name.is_empty()).collect()
}
