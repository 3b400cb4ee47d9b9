//! Differences between two versions of one operation.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::operation::Operation;
use super::schema::{Comparison, Direction};
use super::{Change, Changes, access};
use crate::{
    document::resolve,
    vendor::{ExtensionKind, extensions},
};

pub(super) fn compare(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    changes.operation = after.title();
    compare_facts(before, after, changes);
    compare_parameters(before, after, changes);
    compare_bodies(before, after, changes);
    compare_responses(before, after, changes);
    compare_errors(before, after, changes);
    access::compare(before, after, changes);
}

pub(super) fn compare_facts(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let labels = extensions(ExtensionKind::Label).map(|label| (label.key, label.name, false));
    for (key, name, breaking) in std::iter::once(("operationId", "operationId", true)).chain(labels)
    {
        let (from, to) = (before.text(key), after.text(key));
        if from != to {
            let what = format!(
                "{name} changed from {} to {}",
                from.unwrap_or("none"),
                to.unwrap_or("none")
            );
            changes.push("", &what, breaking);
        }
    }
    compare_deprecation("", (before.value, after.value), changes);
    let (from, to) = (before.servers(), after.servers());
    let have_own = before.has_own_servers() || after.has_own_servers();
    if have_own && from != to {
        let what = format!(
            "servers changed from {} to {}",
            from.join(", "),
            to.join(", ")
        );
        changes.push("", &what, from.first() != to.first());
    }
}

/// Whether what stands at `place` is to be used no longer, or again.
fn compare_deprecation(place: &str, (before, after): (&Value, &Value), changes: &mut Changes) {
    match (flag(before, "deprecated"), flag(after, "deprecated")) {
        (false, true) => changes.push(place, "deprecated", false),
        (true, false) => changes.push(place, "no longer deprecated", false),
        _ => {}
    }
}

fn flag(owner: &Value, key: &str) -> bool {
    owner.get(key).is_some_and(|value| *value == true)
}

fn compare_parameters(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let (old, new) = (before.parameters(), after.parameters());
    let is_required = |parameter: &Value| {
        parameter
            .get("required")
            .is_some_and(|value| *value == true)
    };
    for (key, (name, parameter)) in &old {
        let place = format!("{} parameter {name}", key.0);
        let Some((renamed, other)) = new.get(key) else {
            changes.push(&place, "removed", true);
            continue;
        };
        if name != renamed {
            changes.push(&place, &format!("renamed to {renamed}"), true);
        }
        match (is_required(parameter), is_required(other)) {
            (false, true) => changes.push(&place, "became required", true),
            (true, false) => changes.push(&place, "became optional", false),
            _ => {}
        }
        compare_deprecation(&place, (parameter, other), changes);
        compare_writing(&place, key.0, (parameter, other), changes);
        let (Some(from), Some(to)) = (schema(parameter), schema(other)) else {
            continue;
        };
        comparison(before, after, Direction::Sent, changes).compare(
            &place,
            "",
            (from, to),
            0,
            false,
        );
    }
    for (key, (name, parameter)) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        let (what, breaking) = if is_required(parameter) {
            ("added, and required", true)
        } else {
            ("added", false)
        };
        changes.push(&format!("{} parameter {name}", key.0), what, breaking);
    }
}

/// How the values of a parameter are written into a request.
fn compare_writing(
    place: &str,
    location: &str,
    (before, after): (&Value, &Value),
    changes: &mut Changes,
) {
    let writing = |parameter: &Value| {
        let usual = match location {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        let style = parameter
            .get("style")
            .and_then(Value::as_str)
            .unwrap_or(usual);
        let explode = parameter.get("explode").and_then(Value::as_bool);
        let exploded = match explode.unwrap_or(style == "form") {
            true => "",
            false => " without explode",
        };
        let reserved = match flag(parameter, "allowReserved") {
            true => " with reserved characters",
            false => "",
        };
        format!("{style}{exploded}{reserved}")
    };
    let (from, to) = (writing(before), writing(after));
    if from != to {
        changes.push(place, &format!("style changed from {from} to {to}"), true);
    }
    match (
        flag(before, "allowEmptyValue"),
        flag(after, "allowEmptyValue"),
    ) {
        (false, true) => changes.push(place, "may be empty", false),
        (true, false) => changes.push(place, "may no longer be empty", true),
        _ => {}
    }
}

fn compare_bodies(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let is_required = |body: &Value| body.get("required").is_some_and(|value| *value == true);
    match (before.body(), after.body()) {
        (None, Some(body)) if is_required(body) => {
            changes.push("body", "added, and required", true);
        }
        (None, Some(_)) => changes.push("body", "added", false),
        (Some(_), None) => changes.push("body", "removed", true),
        (Some(from), Some(to)) => {
            match (is_required(from), is_required(to)) {
                (false, true) => changes.push("body", "became required", true),
                (true, false) => changes.push("body", "became optional", false),
                _ => {}
            }
            compare_contents(before, after, "body", (from, to), Direction::Sent, changes);
        }
        (None, None) => {}
    }
}

fn compare_responses(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let (old, new) = (before.responses(), after.responses());
    for (status, from) in &old {
        let place = format!("response {status}");
        match new.get(status) {
            Some(to) => {
                let both = (*from, *to);
                compare_headers(before, after, &place, both, changes);
                compare_contents(before, after, &place, both, Direction::Received, changes);
            }
            // Errors arrive as errors, documented or not.
            None => changes.push(&place, "removed", status.starts_with('2')),
        }
    }
    let is_success = |status: &str| status.starts_with('2');
    for (status, response) in new.iter().filter(|(status, _)| !old.contains_key(*status)) {
        // A call yields one type. With a success of another shape, that is no longer the one of the others.
        let mut others = old.keys().filter(|other| is_success(other));
        let is_other = |other: &&str| {
            let other = new.get(other).copied();
            other.is_some_and(|other| shapes(other) != shapes(response))
        };
        let is_breaking = is_success(status) && others.any(is_other);
        changes.push(&format!("response {status}"), "added", is_breaking);
    }
}

/// The headers of an answer, whose names have no case.
fn compare_headers(
    before: &Operation<'_>,
    after: &Operation<'_>,
    place: &str,
    (from, to): (&Value, &Value),
    changes: &mut Changes,
) {
    let headers = |operation: &Operation<'_>, response: &Value| {
        let all = response.get("headers").and_then(Value::as_object);
        let all = all.into_iter().flatten();
        all.map(|(name, header)| {
            let header = resolve(operation.document, header);
            (name.to_ascii_lowercase(), (name.clone(), header.clone()))
        })
        .collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (headers(before, from), headers(after, to));
    for (key, (name, header)) in &old {
        let place = format!("{place} header {name}");
        let Some((_, other)) = new.get(key) else {
            changes.push(&place, "removed", true);
            continue;
        };
        if let (Some(from), Some(to)) = (schema(header), schema(other)) {
            let mut inner = Comparison {
                old: before.document,
                new: after.document,
                direction: Direction::Received,
                changes: &mut *changes,
                met: HashSet::new(),
            };
            inner.compare(&place, "", (from, to), 0, false);
        }
    }
    for (_, (name, _)) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.push(&format!("{place} header {name}"), "added", false);
    }
}

/// Media types and, for each in both, the schemas. Media types of one body mostly share a schema: what was reported
/// for one is not repeated for the next.
pub(super) fn compare_contents(
    before: &Operation<'_>,
    after: &Operation<'_>,
    place: &str,
    (from, to): (&Value, &Value),
    direction: Direction,
    changes: &mut Changes,
) {
    let empty = Map::new();
    let (old, new) = (
        content(from).unwrap_or(&empty),
        content(to).unwrap_or(&empty),
    );
    for media_type in old
        .keys()
        .filter(|media_type| !new.contains_key(*media_type))
    {
        changes.push(place, &format!("media type {media_type} removed"), true);
    }
    for media_type in new
        .keys()
        .filter(|media_type| !old.contains_key(*media_type))
    {
        changes.push(place, &format!("media type {media_type} added"), false);
    }
    let mut known: HashSet<Change> = HashSet::new();
    for (media_type, from) in old {
        let to = new.get(media_type);
        if let (Some(from), Some(to)) = (schema(from), to.and_then(schema)) {
            let start = changes.found.len();
            comparison(before, after, direction, changes).compare(place, "", (from, to), 0, false);
            let mut new = changes.found.split_off(start);
            new.retain(|change| !known.contains(change));
            known.extend(new.iter().cloned());
            changes.found.append(&mut new);
        }
    }
}

fn compare_errors(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let (old, new) = (before.errors(), after.errors());
    let place = |(status, code): &(u64, i64)| format!("error {status}/{code}");
    for (key, texts) in &old {
        let Some(others) = new.get(key) else {
            changes.push(&place(key), "removed", true);
            continue;
        };
        // Each text is a variant of the generated error, under its name or one made of its words.
        let is_lost = texts.keys().any(|text| !others.contains_key(text));
        if is_lost || texts.len() != others.len() {
            changes.push(&place(key), "text changed", is_lost);
        }
        for (text, name) in texts {
            let now = others.get(text).copied().unwrap_or(*name);
            if now != *name {
                let (from, to) = (name.unwrap_or("none"), now.unwrap_or("none"));
                changes.push(
                    &place(key),
                    &format!("name changed from {from} to {to}"),
                    true,
                );
            }
        }
    }
    for key in new.keys().filter(|key| !old.contains_key(*key)) {
        changes.push(&place(key), "added", false);
    }
}

fn content(owner: &Value) -> Option<&Map<String, Value>> {
    owner.get("content")?.as_object()
}

/// The schemas by media type.
fn shapes(owner: &Value) -> Vec<(&String, Option<&Value>)> {
    let content = content(owner).into_iter().flatten();
    content
        .map(|(media_type, it)| (media_type, schema(it)))
        .collect()
}

fn schema(owner: &Value) -> Option<&Value> {
    owner.get("schema")
}

fn comparison<'a, 'c>(
    before: &Operation<'a>,
    after: &Operation<'a>,
    direction: Direction,
    changes: &'c mut Changes,
) -> Comparison<'a, 'c> {
    Comparison {
        old: before.document,
        new: after.document,
        direction,
        changes,
        met: HashSet::new(),
    }
}
