//! The schema of a place: a plain tree, to which mining adds facts.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::Value;

use super::format;

/// The values that are possible at one place, and further facts about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The type, with what only makes sense for that type.
    pub kind: Kind,
    /// Whether `null` was seen here.
    pub nullable: bool,
    /// Filled by mining; inference has no words of its own.
    pub description: Option<String>,
    /// The first real value (never a placeholder). Arrays and objects have one only where they came as text.
    pub example: Option<Value>,
    /// Filled by mining.
    pub default: Option<Value>,
    /// The only values allowed, already of this schema's type; empty means no restriction. Filled by mining.
    pub enumeration: Vec<Value>,
    /// Filled by mining.
    pub limits: Limits,
    /// Filled by mining.
    pub deprecated: bool,
    /// Distinct real scalar values that were seen, the first few: what an enumeration must not contradict.
    pub seen: Vec<Value>,
}

/// The type of a [`Schema`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// No evidence: nothing was seen, or only `null`.
    #[default]
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number; format `int32`, `int64`, `uint64`, or none.
    Integer(Option<String>),
    /// A number; format `float`, `double`, or none.
    Number(Option<String>),
    /// A text; format as in OpenAPI's format registry, or none.
    String(Option<String>),
    /// A list.
    Array(Box<Schema>),
    /// An object with known properties.
    Object(Object),
    /// An object whose keys are data (ids, dates, addresses).
    Map(Box<Schema>),
    /// Kinds that no single type covers, at least two, in a fixed order.
    OneOf(Vec<Schema>),
}

impl Kind {
    /// Whether `value` is of this kind, its format included. What is in a list or an object is not looked at.
    #[must_use]
    pub fn admits(&self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Boolean => value.is_boolean(),
            Self::Integer(_) => value.is_i64() || value.is_u64(),
            Self::Number(_) => value.is_number(),
            Self::String(None) => value.is_string(),
            Self::String(Some(format)) => {
                value.as_str().is_some_and(|text| format::has(text, format))
            }
            Self::Array(_) => value.is_array(),
            Self::Object(_) | Self::Map(_) => value.is_object(),
            Self::OneOf(kinds) => kinds.iter().any(|schema| schema.kind.admits(value)),
        }
    }
}

impl Schema {
    /// Whether `value` matches this schema, including its members. Recurses as deep as the schema does.
    #[must_use]
    pub fn admits(&self, value: &Value) -> bool {
        if value.is_null() {
            return self.nullable || self.kind == Kind::Any;
        }
        if !self.kind.admits(value) {
            return false;
        }
        match (&self.kind, value) {
            (Kind::Array(items), Value::Array(values)) => values.iter().all(|it| items.admits(it)),
            (Kind::Map(entries), Value::Object(members)) => {
                members.values().all(|member| entries.admits(member))
            }
            (Kind::Object(object), Value::Object(members)) => members
                .iter()
                .all(|(key, member)| object.admits(key, member)),
            (Kind::OneOf(kinds), value) => kinds.iter().any(|kind| kind.admits(value)),
            _ => true,
        }
    }
}

impl Object {
    fn admits(&self, key: &str, member: &Value) -> bool {
        match (self.properties.get(key), &self.additional) {
            (Some(property), _) => property.schema.admits(member),
            (None, Some(additional)) => additional.admits(member),
            (None, None) => true,
        }
    }
}

/// The properties of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// In the order in which they were first seen.
    pub properties: IndexMap<String, Property>,
    /// The values of further keys, which are data.
    pub additional: Option<Box<Schema>>,
}

/// One property of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Property {
    /// What its values are.
    pub schema: Schema,
    /// In how many of the objects it was present.
    pub present: u64,
    /// How many objects there were.
    pub of: u64,
    /// Whether it is documented as required. Presence in all samples is no proof, so inference never sets it.
    pub required: bool,
}

/// Restrictions that a description may state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Smallest number.
    pub minimum: Option<i64>,
    /// Largest number.
    pub maximum: Option<i64>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
}

/// One step from a schema to a schema inside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A property.
    Key(String),
    /// Any item of an array.
    Item,
    /// Any value of a map.
    Value,
}

/// Writes a way as people read it: `at_items[].at_contact`, `counts.*`; empty for the root.
#[must_use]
pub fn place(segments: &[Segment]) -> String {
    segments.iter().fold(String::new(), |mut text, segment| {
        // Writing to a String cannot fail.
        let _ = match segment {
            Segment::Key(key) if text.is_empty() => write!(text, "{key}"),
            Segment::Key(key) => write!(text, ".{key}"),
            Segment::Item => write!(text, "[]"),
            Segment::Value if text.is_empty() => write!(text, "*"),
            Segment::Value => write!(text, ".*"),
        };
        text
    })
}
