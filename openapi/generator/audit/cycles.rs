//! Schemas that are composed of themselves, which no value can satisfy by being read.
//!
//! A schema may hold itself in a property, in an array or as a value of a map. It cannot be made of itself by `$ref`,
//! `allOf`, `oneOf` or `anyOf`. Where there is none of that, following compositions ends.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::escape;
use crate::generator::document::component_key;

/// A problem for each component that is composed of itself.
pub(super) fn find(document: &Value) -> Vec<String> {
    let schemas = document.pointer("/components/schemas");
    let Some(schemas) = schemas.and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut search = Search {
        schemas,
        states: BTreeMap::new(),
        problems: Vec::new(),
    };
    for key in schemas.keys() {
        search.visit(key);
    }
    search.problems
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Done,
}

struct Search<'d> {
    schemas: &'d Map<String, Value>,
    states: BTreeMap<String, State>,
    problems: Vec<String>,
}

impl Search<'_> {
    fn visit(&mut self, key: &str) {
        match self.states.get(key) {
            Some(State::Done) => return,
            Some(State::Open) => {
                self.problems.push(format!(
                    "#/components/schemas/{}: the schema is composed of itself by $ref, allOf, oneOf or anyOf; let it hold itself in a property or in items instead",
                    escape(key)
                ));
                return;
            }
            None => {}
        }
        let Some(schema) = self.schemas.get(key) else {
            return;
        };
        self.states.insert(key.to_owned(), State::Open);
        let mut targets = Vec::new();
        composition(schema, &mut targets);
        for target in targets {
            self.visit(&target);
        }
        self.states.insert(key.to_owned(), State::Done);
    }
}

/// The components that a schema is composed of.
fn composition(schema: &Value, targets: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        targets.extend(component_key(reference, "schemas"));
        return;
    }
    for part in ["allOf", "oneOf", "anyOf"] {
        let branches = schema.get(part).and_then(Value::as_array);
        for branch in branches.into_iter().flatten() {
            composition(branch, targets);
        }
    }
}
