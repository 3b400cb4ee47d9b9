//! What is settled once, so that nothing after it needs to know: path items that refer to others, the variables of
//! servers, and operations without an id.

use std::collections::BTreeSet;

use super::{Document, PathItem, Server, component_key};
use crate::generator::lower::names::{lower_camel, pascal};
use crate::generator::server;

impl Document {
    pub(super) fn prepare(&mut self) -> Result<(), String> {
        self.resolve_path_items()?;
        let servers = self.path_items_mut().flat_map(PathItem::servers_mut);
        let servers: Vec<&mut Server> = servers.collect();
        for server in servers {
            server.fill()?;
        }
        for server in &mut self.servers {
            server.fill()?;
        }
        self.name_operations();
        Ok(())
    }

    fn path_items_mut(&mut self) -> impl Iterator<Item = &mut PathItem> {
        self.paths.values_mut().chain(self.webhooks.values_mut())
    }

    /// Puts the fields of a path item in the place of each reference to it.
    fn resolve_path_items(&mut self) -> Result<(), String> {
        let (paths, shared) = (self.paths.clone(), self.components.path_items.clone());
        let most = paths.len() + shared.len();
        for item in self.path_items_mut() {
            let mut left = most;
            while let Some(reference) = item.reference.take() {
                let target = match reference.strip_prefix("#/paths/") {
                    Some(path) => component_key(&format!("#/components/paths/{path}"), "paths")
                        .and_then(|key| paths.get(&key)),
                    None => component_key(&reference, "pathItems").and_then(|key| shared.get(&key)),
                };
                let target = target
                    .filter(|_| left > 0)
                    .ok_or_else(|| format!("$ref {reference:?} names no path item"))?;
                left -= 1;
                item.take_from(target.clone());
            }
        }
        Ok(())
    }

    /// Gives an id to every operation without one: `getUsersUserId` for `GET /users/{userId}`.
    fn name_operations(&mut self) {
        let items = self.paths.values().chain(self.webhooks.values());
        let mut taken: BTreeSet<String> = items
            .flat_map(PathItem::operations)
            .map(|(_, operation)| operation.id.clone())
            .collect();
        for (path, item) in self.paths.iter_mut().chain(&mut self.webhooks) {
            for (method, operation) in item.operations_mut() {
                if !operation.id.is_empty() {
                    continue;
                }
                let wish = lower_camel(&pascal(&format!("{method} {path}")));
                let mut number = 1;
                operation.id.clone_from(&wish);
                while !taken.insert(operation.id.clone()) {
                    number += 1;
                    operation.id = format!("{wish}{number}");
                }
            }
        }
    }
}

impl PathItem {
    fn servers_mut(&mut self) -> impl Iterator<Item = &mut Server> {
        let Self {
            get,
            put,
            post,
            delete,
            options,
            head,
            patch,
            trace,
            servers,
            ..
        } = self;
        [get, put, post, delete, options, head, patch, trace]
            .into_iter()
            .flatten()
            .flat_map(|operation| &mut operation.servers)
            .chain(servers)
    }

    /// Takes every field that it does not have itself. Which both have is refused before.
    fn take_from(&mut self, other: Self) {
        self.reference = other.reference;
        for (own, other) in [
            (&mut self.get, other.get),
            (&mut self.put, other.put),
            (&mut self.post, other.post),
            (&mut self.delete, other.delete),
            (&mut self.options, other.options),
            (&mut self.head, other.head),
            (&mut self.patch, other.patch),
            (&mut self.trace, other.trace),
        ] {
            if own.is_none() {
                *own = other;
            }
        }
        self.parameters.extend(other.parameters);
        self.servers.extend(other.servers);
    }
}

impl Server {
    fn fill(&mut self) -> Result<(), String> {
        let defaults = self.variables.iter();
        let defaults = defaults.map(|(name, variable)| (name.as_str(), variable.default.as_str()));
        self.url = server::filled(&self.url, &defaults.collect())?;
        Ok(())
    }
}
