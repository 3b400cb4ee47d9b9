//! Which requests belong together: those on one method and path.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::Operation;
use crate::{
    diagnostic::Place,
    mine::{self, OperationFacts},
    postman::Request,
};

/// The requests on one method and path, before anything is made of their samples: they stay text until it is this
/// operation's turn, because the samples of all operations at once would take many times the memory of their text.
#[derive(Debug)]
pub struct Draft {
    /// In upper case.
    pub method: String,
    /// The path template.
    pub template: String,
    /// Base URLs, without those that are not known.
    pub servers: Vec<String>,
    /// Variables that stand for a base URL and have no value.
    pub undefined_bases: Vec<String>,
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
    /// The names of its path parameters in the template, by those that it uses itself.
    renamed: BTreeMap<String, String>,
}

/// Takes requests together, in the order of paths and methods.
#[must_use]
pub fn drafts(requests: Vec<Request>) -> Vec<Draft> {
    let templates = Templates::of(&requests);
    let mut drafts: BTreeMap<(String, String), Draft> = BTreeMap::new();
    for mut request in requests {
        let (template, renamed) = templates.shared(&request);
        let facts = mine::operation(&std::mem::take(&mut request.description));
        let draft = drafts
            .entry((template, request.method.clone()))
            .or_insert_with_key(|(template, method)| Draft {
                method: method.clone(),
                template: template.clone(),
                servers: Vec::new(),
                undefined_bases: Vec::new(),
                given_id: None,
                // Most operations have one request.
                sightings: Vec::with_capacity(1),
            });
        draft.add_server(&request, &facts);
        draft.sightings.push(Sighting {
            request,
            facts,
            renamed,
        });
    }
    drafts.into_values().collect()
}

/// Takes requests together and makes operations of them all. `report` hears of what had to be decided.
pub(crate) fn merge(
    requests: Vec<Request>,
    report: &mut impl FnMut(&Place, String),
) -> Vec<Operation> {
    drafts(requests)
        .into_iter()
        .map(|draft| draft.merge(report))
        .collect()
}

impl Draft {
    /// The first request's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.sightings
            .first()
            .map_or("", |sighting| &sighting.request.name)
    }

    /// The names of all requests.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sightings
            .iter()
            .map(|sighting| sighting.request.name.as_str())
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
    pub fn path_parameters(&self) -> IndexSet<String> {
        let Some(Sighting {
            request, renamed, ..
        }) = self.sightings.first()
        else {
            return IndexSet::new();
        };
        parameters(request)
            .into_iter()
            .map(|name| renamed.get(&name).unwrap_or(&name).clone())
            .collect()
    }

    /// The operation, with the samples of all its requests. `report` hears of what had to be decided.
    pub fn merge(self, report: &mut impl FnMut(&Place, String)) -> Operation {
        let mut operation = Operation {
            sources: Vec::with_capacity(self.sightings.len()),
            name: self.name().to_owned(),
            method: self.method,
            template: self.template,
            servers: self.servers,
            undefined_bases: self.undefined_bases,
            ..Operation::default()
        };
        for sighting in self.sightings {
            operation.add(&sighting.request, sighting.facts, &sighting.renamed, report);
        }
        operation
    }

    fn add_server(&mut self, request: &Request, facts: &OperationFacts) {
        let server = facts
            .server
            .as_ref()
            .map_or(&request.url.server, |server| &server.fact);
        if !server.is_empty() && !self.servers.contains(server) {
            self.servers.push(server.clone());
        }
        if let (Some(name), None) = (&request.url.undefined_base, &facts.server)
            && !self.undefined_bases.contains(name)
        {
            self.undefined_bases.push(name.clone());
        }
    }
}

/// The requests of each method and path.
pub(crate) fn together(requests: &[Request]) -> BTreeMap<(String, String), Vec<&Request>> {
    let templates = Templates::of(requests);
    let mut together: BTreeMap<_, Vec<&Request>> = BTreeMap::new();
    for request in requests {
        let (template, _) = templates.shared(request);
        together
            .entry((template, request.method.clone()))
            .or_default()
            .push(request);
    }
    together
}

/// One template for all that differ only in the names of their parameters: OpenAPI takes them for the same path.
struct Templates(BTreeMap<String, Vec<String>>);

impl Templates {
    fn of(requests: &[Request]) -> Self {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for request in requests {
            let own = parameters(request);
            // The least name wins, whatever the order of the requests.
            names
                .entry(skeleton(request))
                .and_modify(|known| {
                    if own < *known {
                        known.clone_from(&own);
                    }
                })
                .or_insert(own);
        }
        Self(names)
    }

    /// The template of `request`, and its parameters' names by those that it uses itself.
    fn shared(&self, request: &Request) -> (String, BTreeMap<String, String>) {
        let own = parameters(request);
        let skeleton = skeleton(request);
        let Some(shared) = self.0.get(&skeleton).filter(|shared| **shared != own) else {
            return (request.url.template(), BTreeMap::new());
        };
        let mut template = skeleton;
        for name in shared {
            template = template.replacen("{}", &format!("{{{name}}}"), 1);
        }
        (
            template,
            own.into_iter().zip(shared.iter().cloned()).collect(),
        )
    }
}

/// The names of a request's path parameters, in their order.
pub(super) fn parameters(request: &Request) -> Vec<String> {
    request
        .url
        .segments
        .iter()
        .flat_map(|segment| segment.parameters.iter().cloned())
        .collect()
}

fn skeleton(request: &Request) -> String {
    let mut skeleton = request.url.template();
    for name in parameters(request) {
        skeleton = skeleton.replacen(&format!("{{{name}}}"), "{}", 1);
    }
    skeleton
}
