//! The servers of a document: one for all operations where possible, the others at their operations.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Diagnostics, Kind},
    mine::{self, FieldFacts},
    operation::Draft,
    postman::{Server, ServerVariable},
    stored::Stored,
};

/// Servers of a document, as OpenAPI writes them.
#[derive(Debug, Default)]
pub(super) struct Servers {
    /// For all operations that have none of their own.
    pub root: Vec<Value>,
    /// For each operation, in their order.
    pub own: Vec<Vec<Value>>,
}

/// Decides which server stands for all: the stored document's as long as an operation uses it, so that an item which is
/// added moves no other operation. `base_url` settles those that are not known.
///
/// A host that is not known is a variable whose default cannot be resolved, so that no token goes where nobody meant it to.
pub(super) fn decide(
    drafts: &[Draft],
    base_url: Option<&str>,
    stored: Option<&Stored>,
    diagnostics: &mut Diagnostics,
) -> Servers {
    let all: Vec<Vec<Server>> = drafts
        .iter()
        .map(|draft| settled(draft, base_url, diagnostics))
        .collect();
    let mut uses: BTreeMap<&str, (usize, Vec<&Server>)> = BTreeMap::new();
    for server in all.iter().flatten() {
        let (count, servers) = uses.entry(&server.url).or_default();
        *count += 1;
        servers.push(server);
    }
    // The most used; of several the one that sorts first, so that the order of items decides nothing.
    let kept = stored
        .and_then(Stored::server)
        .filter(|server| uses.contains_key(server));
    let most_used = || {
        let most = uses
            .iter()
            .max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(a.0)));
        most.map(|(url, _)| *url)
    };
    let root = kept.or_else(most_used);
    let written: BTreeMap<&str, Value> = uses
        .iter()
        .map(|(url, (_, servers))| (*url, write(url, servers)))
        .collect();
    let own = all
        .iter()
        .map(|servers| match servers.as_slice() {
            [only] if Some(only.url.as_str()) == root => Vec::new(),
            servers => {
                let servers = servers.iter();
                let written = servers.filter_map(|server| written.get(server.url.as_str()));
                written.cloned().collect()
            }
        })
        .collect();
    let root = root.and_then(|root| written.get(root));
    Servers {
        root: root.cloned().into_iter().collect(),
        own,
    }
}

/// The servers of an operation, with what settles those that are not known.
fn settled(draft: &Draft, base_url: Option<&str>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    let place = draft.place().at(".request.url");
    let vendor = draft.vendor();
    let mut servers: IndexMap<String, Server> = IndexMap::new();
    for stated in draft.servers.values() {
        let vendor = vendor.filter(|_| !stated.is_known());
        let settled = match (base_url, vendor) {
            (Some(url), _) if !stated.is_known() => Server::of(url),
            (None, Some(vendor)) => {
                let (why, _) = unknown(stated);
                let text = format!("{why}: {} is assumed", vendor.server());
                diagnostics.add(&place, Kind::UnknownServer.note(text));
                Server::of(vendor.server())
            }
            _ => {
                if !stated.variables.is_empty() {
                    let (why, what) = unknown(stated);
                    let text = format!("{why}: {what} of the server {}", stated.url);
                    diagnostics.add(&place, Kind::UnknownServer.note(text));
                }
                stated.clone()
            }
        };
        servers.entry(settled.url.clone()).or_insert(settled);
    }
    if servers.len() > 1 {
        let urls: Vec<&str> = servers.keys().map(String::as_str).collect();
        let text = format!(
            "requests to {} have the same method and path: they are one operation with several servers",
            urls.join(" and ")
        );
        diagnostics.add(&place, Kind::SeveralServers.note(text));
    }
    for (server, place, is_stated) in draft.described_servers() {
        let text = match is_stated {
            true => format!(
                "the description names the server {server}, but the URL states another: the URL is followed"
            ),
            false => format!("the description names the server {server}, which is used"),
        };
        diagnostics.add(&place, Kind::DescribedServer.note(text));
    }
    servers.into_values().collect()
}

/// Why a server is not known, and what becomes of its variables.
fn unknown(server: &Server) -> (String, &'static str) {
    let names: Vec<String> = server
        .variables
        .iter()
        .filter(|variable| !variable.written.is_empty())
        .map(|variable| format!("`{}`", variable.written))
        .collect();
    match names.as_slice() {
        [] => ("the URL names no host".to_owned(), "it is a variable"),
        [name] => (format!("{name} has no value"), "it is a variable"),
        names => (
            format!("{} have no value", names.join(" and ")),
            "they are variables",
        ),
    }
}

/// A server as OpenAPI writes it. What each request says about its variables comes together.
fn write(url: &str, servers: &[&Server]) -> Value {
    let mut written = Map::from_iter([("url".to_owned(), Value::from(url))]);
    let variables = servers.iter().flat_map(|server| &server.variables);
    let mut by_name: BTreeMap<&str, (&ServerVariable, BTreeSet<&String>)> = BTreeMap::new();
    for variable in variables {
        let known = by_name.entry(&variable.name);
        let (_, descriptions) = known.or_insert_with(|| (variable, BTreeSet::new()));
        descriptions.extend(&variable.descriptions);
    }
    if !by_name.is_empty() {
        let variables = by_name.into_iter();
        let variables: Map<String, Value> = variables
            .map(|(name, (variable, descriptions))| {
                (name.to_owned(), write_variable(variable, &descriptions))
            })
            .collect();
        written.insert("variables".to_owned(), Value::Object(variables));
    }
    Value::Object(written)
}

fn write_variable(variable: &ServerVariable, descriptions: &BTreeSet<&String>) -> Value {
    let mut facts = FieldFacts::default();
    for description in descriptions {
        facts.merge(mine::field(description));
    }
    let words = facts.words();
    let values = facts.enumeration.map(|found| found.fact);
    let values = values.unwrap_or_default();
    let stated = facts.default.map(|found| found.fact);
    let fits = |value: &String| values.is_empty() || values.contains(value);
    let default = stated
        .filter(fits)
        .or_else(|| values.first().cloned())
        .unwrap_or_else(|| variable.default.clone());
    let mut written = Map::new();
    if !values.is_empty() {
        written.insert("enum".to_owned(), json!(values));
    }
    written.insert("default".to_owned(), default.into());
    if !words.is_empty() {
        written.insert("description".to_owned(), words.into());
    }
    Value::Object(written)
}
