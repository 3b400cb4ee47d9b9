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
    pub(super) default: Option<&'a Value>,
    /// What texts must match, and numbers be a multiple of.
    pub(super) patterns: IndexMap<&'static str, &'a Value>,
    /// The keywords of [`FLAGS`] that hold.
    pub(super) flags: BTreeSet<&'static str>,
    /// Whether there are no properties but those that are listed.
    pub(super) is_closed: bool,
}

/// Keywords that hold or do not.
const FLAGS: [&str; 4] = ["uniqueItems", "readOnly", "writeOnly", "deprecated"];

/// Limits that forbid what is above them, then those that forbid what is below.
pub(super) const UPPER: [&str; 5] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];
pub(super) const LOWER: [&str; 5] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];

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
                self.limits.insert(exclusive(schema, limit), number);
            }
        }
        self.default = self.default.or(schema.get("default"));
        for keyword in ["pattern", "multipleOf"] {
            if let Some(value) = schema.get(keyword) {
                self.patterns.entry(keyword).or_insert(value);
            }
        }
        let holds = |flag: &&str| schema.get(*flag) == Some(&Value::Bool(true));
        self.flags.extend(FLAGS.into_iter().filter(holds));
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
        self.is_closed |= is_certain && values == Some(&Value::Bool(false));
    }
}

/// What a limit is called where it excludes its own value: OpenAPI 3.0 has a flag beside it, 3.1 the limit itself.
fn exclusive(schema: &Value, limit: &'static str) -> &'static str {
    let excludes = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    match limit {
        "maximum" if excludes("exclusiveMaximum") => "exclusiveMaximum",
        "minimum" if excludes("exclusiveMinimum") => "exclusiveMinimum",
        _ => limit,
    }
}
