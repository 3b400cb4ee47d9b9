//! Schemas as a caller sees them: references followed, compositions flattened.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::document::resolve;

/// How many parts of one composed schema are looked at, each once: compositions may refer to themselves.
const MAX_PARTS: usize = 256;

/// One schema with all that applies to the same value taken together; alternatives count as possible.
#[derive(Default)]
pub(super) struct View<'a> {
    pub(super) types: BTreeSet<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) is_nullable: bool,
    pub(super) enumeration: Option<Vec<&'a Value>>,
    pub(super) properties: IndexMap<&'a str, &'a Value>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) items: Option<&'a Value>,
    pub(super) values: Option<&'a Value>,
    pub(super) limits: IndexMap<&'static str, f64>,
}

/// Limits that forbid what is above them, then those that forbid what is below.
pub(super) const UPPER: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
pub(super) const LOWER: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];

impl<'a> View<'a> {
    pub(super) fn of(document: &'a Value, schema: &'a Value) -> Self {
        let mut view = Self::default();
        view.add(document, schema, true, &mut HashSet::new());
        view
    }

    fn add(
        &mut self,
        document: &'a Value,
        schema: &'a Value,
        is_certain: bool,
        met: &mut HashSet<*const Value>,
    ) {
        let schema = resolve(document, schema);
        if met.len() == MAX_PARTS || !met.insert(schema) {
            return;
        }
        self.add_values(schema);
        self.add_members(schema, is_certain);
        for (keyword, is_certain) in [("allOf", is_certain), ("oneOf", false), ("anyOf", false)] {
            for part in schema
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                self.add(document, part, is_certain, met);
            }
        }
    }

    /// The values that a schema allows.
    fn add_values(&mut self, schema: &'a Value) {
        // A list of types in OpenAPI 3.1, with null as one of them.
        let types = schema.get("type").map(|kind| match kind {
            Value::Array(kinds) => kinds.as_slice(),
            kind => std::slice::from_ref(kind),
        });
        for kind in types.into_iter().flatten().filter_map(Value::as_str) {
            match kind {
                "null" => self.is_nullable = true,
                kind => drop(self.types.insert(kind)),
            }
        }
        self.format = self.format.or(schema.get("format").and_then(Value::as_str));
        let nullable = schema.get("nullable").and_then(Value::as_bool);
        self.is_nullable |= nullable.unwrap_or_default();
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            self.enumeration.get_or_insert_default().extend(values);
        }
        for limit in UPPER.into_iter().chain(LOWER) {
            if let Some(number) = schema.get(limit).and_then(Value::as_f64) {
                self.limits.insert(limit, number);
            }
        }
    }

    /// What is inside the values of a schema; an alternative requires nothing for certain.
    fn add_members(&mut self, schema: &'a Value, is_certain: bool) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, property) in properties.into_iter().flatten() {
            self.properties.entry(key).or_insert(property);
        }
        if is_certain {
            let required = schema.get("required").and_then(Value::as_array);
            let required = required.into_iter().flatten();
            self.required.extend(required.filter_map(Value::as_str));
        }
        self.items = self.items.or(schema.get("items"));
        let values = schema.get("additionalProperties");
        self.values = self.values.or(values.filter(|values| values.is_object()));
    }
}
