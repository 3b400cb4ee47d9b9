//! Which warnings are new since the stored document.

use std::collections::HashSet;

use serde_json::Value;

use crate::{diagnostic::Warning, document::WEBHOOKS};

/// For each warning whether what it is about is not in the document `before`, or is other there than in `now`. A warning
/// that is about no place in the document is new if its item is.
#[must_use]
pub fn news(warnings: &[Warning], before: &Value, now: &Value) -> Vec<bool> {
    let known = items(before);
    let written = items(now);
    let is_new = |warning: &Warning| match &warning.target {
        Some(target) => !is_same(before, now, &target.pointer),
        None => {
            let item = |files: &HashSet<Item<'_>>| {
                let place = &warning.place;
                files.contains(&(None, &place.item))
                    || files.contains(&(Some(&place.file), &place.item))
            };
            item(&written) && !item(&known)
        }
    };
    warnings.iter().map(is_new).collect()
}

/// The file, if the document names it, and the name.
type Item<'v> = (Option<&'v str>, &'v str);

/// The items that operations and webhooks come from.
fn items(document: &Value) -> HashSet<Item<'_>> {
    let sections = ["paths", WEBHOOKS].into_iter();
    let sections = sections.filter_map(|section| document.get(section)?.as_object());
    let operations = sections
        .flat_map(|section| section.values())
        .filter_map(Value::as_object)
        .flat_map(|methods| methods.values());
    operations
        .filter_map(|operation| operation.get("x-postman-source")?.as_array())
        .flatten()
        .filter_map(|source| {
            let file = source.get("file").and_then(Value::as_str);
            Some((file, source.get("item")?.as_str()?))
        })
        .collect()
}

/// Whether the same stands at a place in both documents. A parameter is found by its name, wherever in the list it stands.
fn is_same(before: &Value, now: &Value, pointer: &str) -> bool {
    let mut both = Some((before, now));
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        both = both.and_then(|(before, now)| match (before, now) {
            (Value::Array(before), Value::Array(now)) => {
                let now = now.get(step.parse::<usize>().ok()?)?;
                let is_same = |other: &&Value| {
                    let same = |key: &str| other.get(key) == now.get(key);
                    same("name") && same("in")
                };
                Some((before.iter().find(is_same)?, now))
            }
            (before, now) => Some((before.get(&step)?, now.get(&step)?)),
        });
    }
    both.is_some_and(|(before, now)| before == now)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_same;

    #[test]
    fn a_parameter_is_the_same_wherever_it_stands() {
        let [size, page] = ["size", "page"].map(|name| json!({ "name": name, "in": "query" }));
        let before = json!({ "get": { "parameters": [size], "summary": "a" } });
        let now = json!({ "get": { "parameters": [page, size], "summary": "b" } });
        assert!(is_same(&before, &now, "/get/parameters/1"));
        for pointer in [
            "/get/parameters/0",
            "/get/parameters/7",
            "/get/summary",
            "/get",
            "",
            "/put",
        ] {
            assert!(!is_same(&before, &now, pointer), "{pointer}");
        }
    }
}
