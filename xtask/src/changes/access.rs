//! Differences in what callers need in order to be let in: scopes, security requirements and schemes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Changes, operation::Operation};
use crate::vendor::{Extension, ExtensionKind, extensions};

/// The schemes of one alternative, with the scopes that each asks for.
type Requirement<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// What an operation asks of its callers.
pub(super) fn compare(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    for Extension { key, name, .. } in extensions(ExtensionKind::Scopes) {
        let (old, new) = (before.scopes(key), after.scopes(key));
        // Any one scope suffices, so one less can shut a caller out.
        for scope in old.difference(&new) {
            changes.push("", &format!("{name} {scope} removed"), true);
        }
        for scope in new.difference(&old) {
            changes.push("", &format!("{name} {scope} added"), false);
        }
    }
    let (old, new) = (requirements(before), requirements(after));
    if old != new {
        let what = format!("security changed from {} to {}", text(&old), text(&new));
        changes.push("", &what, !admits(&old, &new));
    }
}

/// The alternatives; none of them means that everybody is let in.
fn requirements<'a>(operation: &Operation<'a>) -> BTreeSet<Requirement<'a>> {
    let alternatives = operation.security().into_iter().flatten();
    let requirement = |alternative: &'a Value| {
        let schemes = alternative.as_object()?.iter();
        let scopes = |scopes: &'a Value| {
            let scopes = scopes.as_array().into_iter().flatten();
            scopes.filter_map(Value::as_str).collect()
        };
        let schemes = schemes.map(|(name, asked)| (name.as_str(), scopes(asked)));
        Some(schemes.collect::<Requirement<'a>>())
    };
    alternatives.filter_map(requirement).collect()
}

/// Whether whoever met one of the `old` alternatives meets one of the `new` ones.
fn admits(old: &BTreeSet<Requirement<'_>>, new: &BTreeSet<Requirement<'_>>) -> bool {
    let open = Requirement::new();
    let met = |old: &Requirement<'_>| {
        new.iter().any(|new| {
            new.iter()
                .all(|(name, scopes)| old.get(name).is_some_and(|known| scopes.is_subset(known)))
        })
    };
    new.is_empty()
        || match old.is_empty() {
            true => met(&open),
            false => old.iter().all(met),
        }
}

fn text(requirements: &BTreeSet<Requirement<'_>>) -> String {
    let scheme = |(name, scopes): (&&str, &BTreeSet<&str>)| match scopes.len() {
        0 => (*name).to_owned(),
        _ => {
            let scopes: Vec<&str> = scopes.iter().copied().collect();
            format!("{name} ({})", scopes.join(", "))
        }
    };
    let alternatives: Vec<String> = requirements
        .iter()
        .map(|schemes| match schemes.len() {
            0 => "none".to_owned(),
            _ => schemes
                .iter()
                .map(scheme)
                .collect::<Vec<_>>()
                .join(" with "),
        })
        .collect();
    match alternatives.is_empty() {
        true => "none".to_owned(),
        false => alternatives.join(" or "),
    }
}

/// The members of a scheme without which a caller does not get in, if they are not what they were.
const KEYS: [&str; 5] = ["type", "in", "name", "scheme", "openIdConnectUrl"];

/// The addresses of an OAuth 2 flow.
const URLS: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

/// The ways of authorization that a document has.
pub(super) fn compare_schemes(old: &Value, new: &Value, changes: &mut Changes) {
    let schemes = |document| map(document, "/components/securitySchemes");
    pairs(schemes(old), schemes(new), |name, pair| {
        let place = format!("security scheme {name}");
        let Some((before, after)) = present(&place, pair, changes) else {
            return;
        };
        members(&place, &KEYS, (before, after), changes);
        pairs(map(before, "/flows"), map(after, "/flows"), |flow, pair| {
            let place = format!("{place} flow {flow}");
            let Some((before, after)) = present(&place, pair, changes) else {
                return;
            };
            members(&place, &URLS, (before, after), changes);
            let scopes = |flow| map(flow, "/scopes");
            pairs(scopes(before), scopes(after), |scope, pair| {
                present(&format!("{place} scope {scope}"), pair, changes);
            });
        });
    });
}

fn map<'a>(value: &'a Value, pointer: &str) -> Option<&'a Map<String, Value>> {
    value.pointer(pointer)?.as_object()
}

/// Calls `act` for each key with what both have under it.
fn pairs<'a>(
    old: Option<&'a Map<String, Value>>,
    new: Option<&'a Map<String, Value>>,
    mut act: impl FnMut(&str, (Option<&'a Value>, Option<&'a Value>)),
) {
    let keys = |map: Option<&'a Map<String, Value>>| map.into_iter().flat_map(Map::keys);
    let all: BTreeSet<&String> = keys(old).chain(keys(new)).collect();
    for key in all.into_iter().filter(|key| !key.starts_with("x-")) {
        let value = |map: Option<&'a Map<String, Value>>| map.and_then(|map| map.get(key));
        act(key, (value(old), value(new)));
    }
}

/// Both, unless one is missing, which is told.
fn present<'a>(
    place: &str,
    pair: (Option<&'a Value>, Option<&'a Value>),
    changes: &mut Changes,
) -> Option<(&'a Value, &'a Value)> {
    match pair {
        (Some(before), Some(after)) => return Some((before, after)),
        (Some(_), None) => changes.push(place, "removed", true),
        (None, _) => changes.push(place, "added", false),
    }
    None
}

fn members(place: &str, keys: &[&str], (old, new): (&Value, &Value), changes: &mut Changes) {
    for key in keys {
        let [from, to] = [old, new].map(|it| it.get(key).and_then(Value::as_str).unwrap_or("none"));
        if from != to {
            changes.push(place, &format!("{key} changed from {from} to {to}"), true);
        }
    }
}
