//! Groups requests by method and path.

use std::collections::BTreeMap;

use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

use super::Operation;
use crate::{
    diagnostic::{Diagnostics, Place},
    mine::{self, OperationFacts, Readings},
    name::operation_id,
    postman::{Auth, Folder, Request, Server},
    vendor::{Described, Vendor},
};

/// The requests on one method and path, before anything is made of their samples: they stay text until it is this
/// operation's turn, because the samples of all operations at once would take many times the memory of their text.
#[derive(Debug)]
pub struct Draft {
    /// In upper case.
    pub method: String,
    /// The path template.
    pub template: String,
    /// The base URLs of its requests, by URL.
    pub servers: IndexMap<String, Server>,
    /// The id that an overlay gives it.
    pub given_id: Option<String>,
    /// In the order of the files, at least one.
    sightings: Vec<Sighting>,
}

/// One request, with what its description says.
#[derive(Debug)]
struct Sighting {
    request: Request,
    facts: OperationFacts,
    /// What its description states, as its vendor reads it.
    described: Described,
}

/// Takes requests together, in the order of paths and methods. Parameters have the same names wherever the path is the
/// same once [`unify_paths`](super::unify_paths) has given them.
#[must_use]
pub fn drafts(requests: Vec<Request>) -> Vec<Draft> {
    drafts_by(requests, |request| request.url.template())
}

/// Takes webhooks together, in the order of their names. The name stands where operations have their path template.
#[must_use]
pub fn webhooks(requests: Vec<Request>) -> Vec<Draft> {
    drafts_by(requests, |request| {
        let name = request.name.trim_start_matches('/');
        if name.is_empty() { "webhook" } else { name }.to_owned()
    })
}

fn drafts_by(requests: Vec<Request>, template: impl Fn(&Request) -> String) -> Vec<Draft> {
    let mut drafts: BTreeMap<(String, String), Draft> = BTreeMap::new();
    for mut request in requests {
        let text = std::mem::take(&mut request.description);
        let described = match request.vendor {
            Some(vendor) => vendor.description(&text),
            None => Described {
                rest: text,
                ..Described::default()
            },
        };
        let mut facts = mine::operation(&described.rest);
        let named = || mine::deprecated_name(&request.name);
        facts.deprecated = facts.deprecated.take().or_else(named);
        let draft = drafts
            .entry((template(&request), request.method.clone()))
            .or_insert_with_key(|(template, method)| Draft {
                method: method.clone(),
                template: template.clone(),
                servers: IndexMap::new(),
                given_id: None,
                // Most operations have one request.
                sightings: Vec::with_capacity(1),
            });
        draft.add_server(&request, &described);
        draft.sightings.push(Sighting {
            request,
            facts,
            described,
        });
    }
    drafts.into_values().collect()
}

impl Draft {
    /// The name that stands for all requests: the one that most of them have, or that the others begin with; of two the
    /// shorter. Empty if they have nothing in common: then the path says more than any of them.
    #[must_use]
    pub fn name(&self) -> &str {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.names() {
            *counts.entry(name).or_default() += 1;
        }
        let most = counts
            .iter()
            .find(|(_, count)| **count * 2 > self.sightings.len());
        if let Some((name, _)) = most {
            return name;
        }
        let shortest = counts
            .keys()
            .copied()
            .filter(|name| !name.is_empty())
            .min_by_key(|name| (name.len(), *name))
            .unwrap_or_default();
        let stem = operation_id(shortest);
        let is_common = || {
            let mut others = counts.keys().filter(|name| !name.is_empty());
            !stem.is_empty() && others.all(|name| operation_id(name).starts_with(&stem))
        };
        if counts.len() <= 2 || is_common() {
            shortest
        } else {
            ""
        }
    }

    /// Its requests.
    pub(crate) fn requests(&self) -> impl Iterator<Item = &Request> {
        self.sightings.iter().map(|sighting| &sighting.request)
    }

    /// The requests' names, one for each.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.sightings
            .iter()
            .map(|sighting| sighting.request.name.as_str())
    }

    /// What the requests send to authorize themselves.
    pub(crate) fn auth(&self) -> impl Iterator<Item = &Auth> {
        let requests = self.sightings.iter().map(|sighting| &sighting.request);
        requests.flat_map(|request| request.auth.iter().flatten())
    }

    /// Whose API it belongs to, if that is known.
    pub(crate) fn vendor(&self) -> Option<&'static dyn Vendor> {
        let mut vendors = self.sightings.iter();
        vendors.find_map(|sighting| sighting.request.vendor)
    }

    /// The folders that each request stands in.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &[Folder]> {
        let sightings = self.sightings.iter();
        sightings.map(|sighting| sighting.request.folders.as_slice())
    }

    /// Where the first request stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.sightings
            .first()
            .map(|sighting| sighting.request.place.clone())
            .unwrap_or_default()
    }

    /// The names of the path parameters, in their order.
    #[must_use]
    pub fn path_parameters(&self) -> Vec<String> {
        crate::document::parameters(&self.template)
    }

    /// The operation, with the samples of all its requests. `readings` are those of the
    /// texts before it, `diagnostics` gets what had to be decided.
    pub(crate) fn merge(self, readings: &mut Readings, diagnostics: &mut Diagnostics) -> Operation {
        let mut operation = Operation {
            sources: Vec::with_capacity(self.sightings.len()),
            name: self.name().to_owned(),
            method: self.method,
            template: self.template,
            servers: self.servers.into_values().collect(),
            readings: std::mem::take(readings),
            requests: Vec::with_capacity(self.sightings.len()),
            ..Operation::default()
        };
        for sighting in self.sightings {
            operation.add(
                &sighting.request,
                sighting.facts,
                sighting.described,
                diagnostics,
            );
            operation.requests.push(sighting.request);
        }
        *readings = std::mem::take(&mut operation.readings);
        operation
    }

    /// What the requests state as the extension `key`, with where.
    pub(crate) fn stated(&self, key: &str) -> impl Iterator<Item = (&Value, Place)> {
        self.sightings.iter().filter_map(move |sighting| {
            let mut stated = sighting.described.extensions.iter();
            let (_, value) = stated.find(|(stated, _)| *stated == key)?;
            Some((value, sighting.request.place.at(".request.description")))
        })
    }

    /// Base URLs that descriptions name, with where, and whether the request states another.
    pub(crate) fn described_servers(&self) -> impl Iterator<Item = (&str, Place, bool)> {
        self.sightings.iter().filter_map(|sighting| {
            let server = sighting.described.server.as_deref()?;
            let stated = &sighting.request.url.server;
            let place = sighting.request.place.at(".request.description");
            (stated.url != server).then_some((server, place, stated.is_known()))
        })
    }

    /// A description names the server only where the URL does not.
    fn add_server(&mut self, request: &Request, described: &Described) {
        let stated = &request.url.server;
        let server = match &described.server {
            Some(server) if !stated.is_known() => Server::of(server),
            _ => stated.clone(),
        };
        match self.servers.entry(server.url.clone()) {
            Entry::Occupied(mut known) => known.get_mut().add_descriptions(server),
            Entry::Vacant(new) => drop(new.insert(server)),
        }
    }
}
