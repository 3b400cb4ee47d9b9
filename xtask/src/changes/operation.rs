//! The parts of an operation that callers see.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::urls;
use crate::{document::resolve, vendor::documented_errors};

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
    pub(super) fn parameters(&self) -> IndexMap<(&'a str, String), (&'a str, &'a Value)> {
        let mut parameters = IndexMap::new();
        let positions = self.positions();
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
                let identity = match positions.get(name) {
                    Some(position) if place == "path" => format!("{{{position}}}"),
                    _ => name.to_owned(),
                };
                parameters.insert((place, identity), (name, parameter));
            }
        }
        parameters
    }

    /// Where in the path the names of its parameters stand first.
    fn positions(&self) -> HashMap<&'a str, usize> {
        let mut positions = HashMap::new();
        let names = self.path.split('{').skip(1);
        let names = names.map_while(|rest| Some(rest.split_once('}')?.0));
        for (position, name) in names.enumerate() {
            positions.entry(name).or_insert(position);
        }
        positions
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// The own scopes, else those of the security requirements.
    pub(super) fn scopes(&self, key: &str) -> IndexSet<&'a str> {
        let own = self.value.get(key).and_then(Value::as_array);
        own.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    pub(super) fn has_own_servers(&self) -> bool {
        self.own_servers().is_some()
    }

    fn own_servers(&self) -> Option<&'a Value> {
        self.value.get("servers").or(self.item.get("servers"))
    }

    /// The own ones, else the document's.
    pub(super) fn servers(&self) -> Vec<String> {
        urls(self.own_servers().or(self.document.get("servers")))
    }

    /// The alternatives, the document's where the operation has none of its own.
    pub(super) fn security(&self) -> Option<&'a Vec<Value>> {
        let own = self.value.get("security");
        own.or(self.document.get("security"))?.as_array()
    }

    pub(super) fn body(&self) -> Option<&'a Value> {
        self.value
            .get("requestBody")
            .map(|body| resolve(self.document, body))
    }

    pub(super) fn responses(&self) -> IndexMap<&'a str, &'a Value> {
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

    /// Documented errors by status and code: their texts, each with the name that it is given, if it is.
    pub(super) fn errors(&self) -> IndexMap<(u64, i64), IndexMap<&'a str, Option<&'a str>>> {
        let mut errors: IndexMap<(u64, i64), IndexMap<&str, Option<&str>>> = IndexMap::new();
        let all = documented_errors(self.value).and_then(Value::as_array);
        for error in all.into_iter().flatten() {
            let text = |key: &str| error.get(key).and_then(Value::as_str);
            let status = error.get("status").and_then(Value::as_u64);
            let code = error.get("code").and_then(Value::as_i64);
            if let (Some(status), Some(code)) = (status, code) {
                let texts = errors.entry((status, code)).or_default();
                texts.insert(text("message").unwrap_or_default(), text("name"));
            }
        }
        errors
    }
}
