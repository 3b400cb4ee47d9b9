//! Differences between two versions of one operation.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::schema::{Comparison, Direction};
use super::view::resolve;
use super::{Changes, listed, urls};

/// One operation with the document around it.
pub(super) struct Operation<'a> {
    pub(super) document: &'a Value,
    pub(super) path: &'a str,
    pub(super) item: &'a Value,
    pub(super) method: &'a str,
    pub(super) value: &'a Value,
}

impl<'a> Operation<'a> {
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    /// The path with the parameters' names left out: renaming one leaves the operation the same.
    pub(super) fn skeleton(&self) -> String {
        let mut skeleton = String::new();
        let mut is_name = false;
        for c in self.path.chars() {
            is_name &= c != '}';
            if !is_name {
                skeleton.push(c);
            }
            is_name |= c == '{';
        }
        skeleton
    }

    /// By place and name, in document order; the operation's own win over the path item's. A path parameter counts by
    /// its position.
    fn parameters(&self) -> IndexMap<(&'a str, String), (&'a str, &'a Value)> {
        let mut parameters = IndexMap::new();
        for owner in [self.item, self.value] {
            for parameter in owner
                .get("parameters")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let parameter = resolve(self.document, parameter);
                let text = |key: &str| parameter.get(key).and_then(Value::as_str);
                let (Some(place), Some(name)) = (text("in"), text("name")) else {
                    continue;
                };
                let identity = match self.path.find(&format!("{{{name}}}")) {
                    Some(_) if place == "path" => self.position(name),
                    _ => name.to_owned(),
                };
                parameters.insert((place, identity), (name, parameter));
            }
        }
        parameters
    }

    fn position(&self, name: &str) -> String {
        let names = self
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        let position = names.take_while(|other| *other != name).count();
        format!("{{{position}}}")
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// The own scopes, else those of the security requirements.
    fn scopes(&self, key: &str) -> IndexSet<&'a str> {
        let own = self.value.get(key).and_then(Value::as_array);
        own.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    fn security(&self) -> IndexSet<&'a str> {
        let requirements = self
            .value
            .get("security")
            .or(self.document.get("security"))
            .and_then(Value::as_array);
        requirements
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect()
    }

    fn body(&self) -> Option<&'a Value> {
        self.value
            .get("requestBody")
            .map(|body| resolve(self.document, body))
    }

    fn responses(&self) -> IndexMap<&'a str, &'a Value> {
        let responses = self
            .value
            .get("responses")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        responses
            .map(|(status, response)| (status.as_str(), resolve(self.document, response)))
            .collect()
    }

    /// Documented errors by status and code.
    fn errors(&self) -> IndexMap<(u64, i64), IndexSet<&'a str>> {
        let mut errors: IndexMap<(u64, i64), IndexSet<&str>> = IndexMap::new();
        for error in self
            .value
            .get("x-zoom-errors")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let status = error.get("status").and_then(Value::as_u64);
            let code = error.get("code").and_then(Value::as_i64);
            if let (Some(status), Some(code)) = (status, code) {
                let message = error
                    .get("message")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                errors.entry((status, code)).or_default().insert(message);
            }
        }
        errors
    }
}

pub(super) fn compare(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    changes.operation = after.title();
    compare_facts(before, after, changes);
    compare_parameters(before, after, changes);
    compare_bodies(before, after, changes);
    compare_responses(before, after, changes);
    compare_errors(before, after, changes);
    compare_access(before, after, changes);
}

fn compare_facts(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    for (key, name, breaking) in [
        ("operationId", "operationId", true),
        ("x-zoom-rate-limit-label", "rate-limit label", false),
    ] {
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
    let is_deprecated = |operation: &Operation<'_>| {
        operation
            .value
            .get("deprecated")
            .is_some_and(|value| *value == true)
    };
    if is_deprecated(after) && !is_deprecated(before) {
        changes.push("", "deprecated", false);
    }
    let servers = |operation: &Operation<'_>| -> Vec<String> {
        let own = operation
            .value
            .get("servers")
            .or(operation.item.get("servers"));
        urls(own).into_iter().map(str::to_owned).collect()
    };
    let (from, to) = (servers(before), servers(after));
    if from != to {
        let text = |urls: &[String]| listed(&urls.iter().map(String::as_str).collect::<Vec<_>>());
        changes.push(
            "",
            &format!("own servers changed from {} to {}", text(&from), text(&to)),
            false,
        );
    }
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
        let (Some(from), Some(to)) = (schema(parameter), schema(other)) else {
            continue;
        };
        comparison(before, after, Direction::Sent, changes).compare(&place, "", from, to, 0);
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
            Some(to) => compare_contents(
                before,
                after,
                &place,
                (from, to),
                Direction::Received,
                changes,
            ),
            // Errors arrive as errors, documented or not.
            None => changes.push(&place, "removed", status.starts_with('2')),
        }
    }
    for status in new.keys().filter(|status| !old.contains_key(*status)) {
        changes.push(&format!("response {status}"), "added", false);
    }
}

/// Media types and, for each in both, the schemas. Media types of one body mostly share a schema: what was reported
/// for one is not repeated for the next.
fn compare_contents(
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
    let first = changes.found.len();
    for (media_type, from) in old {
        let to = new.get(media_type);
        if let (Some(from), Some(to)) = (schema(from), to.and_then(schema)) {
            let start = changes.found.len();
            comparison(before, after, direction, changes).compare(place, "", from, to, 0);
            let repeated = changes.found.split_off(start);
            let known = changes.found.get(first..).unwrap_or_default().to_vec();
            changes.found.extend(
                repeated
                    .into_iter()
                    .filter(|change| !known.contains(change)),
            );
        }
    }
}

fn compare_errors(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    let (old, new) = (before.errors(), after.errors());
    let place = |(status, code): &(u64, i64)| format!("error {status}/{code}");
    for (key, messages) in &old {
        match new.get(key) {
            None => changes.push(&place(key), "removed", true),
            Some(others) if others != messages => changes.push(&place(key), "text changed", false),
            Some(_) => {}
        }
    }
    for key in new.keys().filter(|key| !old.contains_key(*key)) {
        changes.push(&place(key), "added", false);
    }
}

fn compare_access(before: &Operation<'_>, after: &Operation<'_>, changes: &mut Changes) {
    for (key, name) in [
        ("x-zoom-scopes", "scope"),
        ("x-zoom-granular-scopes", "granular scope"),
    ] {
        let (old, new) = (before.scopes(key), after.scopes(key));
        // Any one scope suffices, so one less can shut a caller out.
        for scope in old.difference(&new) {
            changes.push("", &format!("{name} {scope} removed"), true);
        }
        for scope in new.difference(&old) {
            changes.push("", &format!("{name} {scope} added"), false);
        }
    }
    let (old, new) = (before.security(), after.security());
    if old != new {
        let text = |schemes: &IndexSet<&str>| listed(&schemes.iter().copied().collect::<Vec<_>>());
        changes.push(
            "",
            &format!("security changed from {} to {}", text(&old), text(&new)),
            !new.is_empty(),
        );
    }
}

fn content(owner: &Value) -> Option<&Map<String, Value>> {
    owner.get("content")?.as_object()
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
