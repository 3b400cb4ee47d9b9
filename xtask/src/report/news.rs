//! Which warnings are new since the stored document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::{diagnostic::Warning, document::WEBHOOKS};

/// For each warning whether what it is about is not in the document `before`, or is other there than in `now`. A warning
/// that is about no place in the document is new if its item is.
#[must_use]
pub fn news(warnings: &[Warning], before: &Value, now: &Value) -> Vec<bool> {
    let known = items(before);
    let written = items(now);
    let mut places = Places::of(before, now);
    let is_new = |warning: &Warning| match &warning.target {
        Some(target) => !places.are_same(&target.pointer),
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

/// What stands at the places of two documents.
struct Places<'v> {
    before: &'v Value,
    now: &'v Value,
    /// The parameters in a list, which are as many as the warnings about them.
    lists: HashMap<*const Value, Parameters<'v>>,
    /// What is known by pointer: several warnings may be about one place.
    same: HashMap<String, bool>,
}

/// By name and location the first of them.
type Parameters<'v> = HashMap<(Option<&'v Value>, Option<&'v Value>), &'v Value>;

impl<'v> Places<'v> {
    fn of(before: &'v Value, now: &'v Value) -> Self {
        Self {
            before,
            now,
            lists: HashMap::new(),
            same: HashMap::new(),
        }
    }

    /// Whether the same stands at a place in both documents. A parameter is found by its name, wherever in the list it
    /// stands.
    fn are_same(&mut self, pointer: &str) -> bool {
        if let Some(same) = self.same.get(pointer) {
            return *same;
        }
        let mut both = Some((self.before, self.now));
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            both = both.and_then(|(before, now)| match (before, now) {
                (Value::Array(_), Value::Array(now)) => {
                    let now = now.get(step.parse::<usize>().ok()?)?;
                    Some((self.parameter(before, now)?, now))
                }
                (before, now) => Some((before.get(&step)?, now.get(&step)?)),
            });
        }
        let same = both.is_some_and(|(before, now)| before == now);
        self.same.insert(pointer.to_owned(), same);
        same
    }

    /// The parameter in a list that goes by the name of `now`.
    fn parameter(&mut self, list: &'v Value, now: &'v Value) -> Option<&'v Value> {
        let key = |parameter: &'v Value| (parameter.get("name"), parameter.get("in"));
        let by_key = self.lists.entry(list).or_insert_with(|| {
            // Of several the first.
            let all = list.as_array().into_iter().flatten().rev();
            all.map(|parameter| (key(parameter), parameter)).collect()
        });
        by_key.get(&key(now)).copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Places;

    #[test]
    fn a_parameter_is_the_same_wherever_it_stands() {
        let [size, page] = ["size", "page"].map(|name| json!({ "name": name, "in": "query" }));
        let before = json!({ "get": { "parameters": [size], "summary": "a" } });
        let now = json!({ "get": { "parameters": [page, size], "summary": "b" } });
        let mut places = Places::of(&before, &now);
        assert!(places.are_same("/get/parameters/1"));
        for pointer in [
            "/get/parameters/0",
            "/get/parameters/7",
            "/get/summary",
            "/get",
            "",
            "/put",
        ] {
            assert!(!places.are_same(pointer), "{pointer}");
        }
    }
}
