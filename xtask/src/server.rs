//! Which servers a document names: one for all where that can be, the others at their operations.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Kind, Note, Place},
    operation::Draft,
    stored::Stored,
};

/// Where requests go whose host is not known: to no host that there is, so that they take a token to nobody.
const UNKNOWN: &str = "https://unknown.invalid";

/// Servers of a document.
#[derive(Debug, Default)]
pub struct Servers {
    /// For all operations that have none of their own.
    pub root: Vec<String>,
    /// For each operation, in their order.
    pub own: Vec<Vec<String>>,
}

/// Decides which server stands for all: the stored document's as long as an operation uses it, so that an item which is
/// added moves no other operation. `base_url` settles those that are not known.
pub fn decide(
    drafts: &[Draft],
    base_url: Option<&str>,
    stored: Option<&Stored>,
    report: &mut impl FnMut(&Place, Note),
) -> Servers {
    let assumed = |draft: &Draft| {
        let vendor = draft.vendor();
        vendor.map_or(UNKNOWN, |vendor| vendor.server())
    };
    let servers_of = |draft: &Draft| {
        let mut servers = draft.servers.clone();
        if servers.is_empty() || (base_url.is_some() && !draft.undefined_bases.is_empty()) {
            let stated = base_url.unwrap_or_else(|| assumed(draft));
            servers.push(stated.trim_end_matches('/').to_owned());
        }
        servers
    };
    let all: Vec<Vec<String>> = drafts.iter().map(servers_of).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for server in all.iter().flatten() {
        *uses.entry(server).or_default() += 1;
    }
    // The most used; of several the one that sorts first, so that the order of items decides nothing.
    let kept = stored
        .and_then(Stored::server)
        .filter(|server| uses.contains_key(server));
    let most_used = || uses.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    let root = kept
        .or_else(|| most_used().map(|(server, _)| *server))
        .map(str::to_owned);
    if base_url.is_none() {
        for draft in drafts.iter().filter(|draft| draft.servers.is_empty()) {
            let place = draft.place().at(".request.url");
            let why = match draft.undefined_bases.first() {
                Some(name) => format!("`{{{{{name}}}}}` has no value"),
                None => "the URL names no host".to_owned(),
            };
            let assumed = assumed(draft);
            report(
                &place,
                Kind::UnknownServer.note(format!(
                    "{why}: {assumed} is assumed (settle it with --base-url, or with a variable in the collection)"
                )),
            );
        }
    }
    let own = all
        .into_iter()
        .map(|servers| {
            if servers.iter().eq(root.iter()) {
                Vec::new()
            } else {
                servers
            }
        })
        .collect();
    Servers {
        root: root.into_iter().collect(),
        own,
    }
}
