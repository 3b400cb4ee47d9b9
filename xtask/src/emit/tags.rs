//! Folders as tags.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::{Value, json};

use crate::{mine, operation::Operation, postman::Folder, stored::Stored};

/// The tags of a document, with the descriptions of all folders that each stands for.
#[derive(Debug, Default)]
pub(super) struct Tags(BTreeMap<String, BTreeSet<String>>);

impl Tags {
    /// The tags of an operation, each once, in the order of their names.
    pub(super) fn of(&mut self, operation: &Operation) -> Vec<Value> {
        let tags: BTreeSet<String> = operation
            .folders
            .iter()
            .filter_map(|folders| self.tag(folders))
            .collect();
        tags.into_iter().map(Value::from).collect()
    }

    /// The tag of a request in these folders: their names, since the same name may occur in several folders.
    fn tag(&mut self, folders: &[Folder]) -> Option<String> {
        let innermost = folders.last()?;
        let names: Vec<&str> = folders
            .iter()
            .map(|folder| folder.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return None;
        }
        let name = names.join(" / ");
        let descriptions = self.0.entry(name.clone()).or_default();
        let description = mine::to_markdown(&innermost.description);
        if !description.is_empty() {
            descriptions.insert(description);
        }
        Some(name)
    }

    /// The document's tags. Of several descriptions of one tag the stored document's stays, otherwise the longest says
    /// most.
    pub(super) fn written(self, stored: Option<&Stored>) -> Vec<Value> {
        self.0
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
