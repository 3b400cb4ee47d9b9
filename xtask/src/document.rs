//! The document, as it is held until it is written.
//!
//! A tree of JSON values takes ten times the memory of its text. So each operation and each component becomes text as
//! soon as it is made, and a tree again only while it is written, one at a time. An overlay may look at anything, so
//! what one is applied to becomes a tree as a whole.

use std::borrow::Cow;

use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Map, Value};

use crate::components::put_names;

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document(Form);

#[derive(Debug)]
enum Form {
    Whole(Value),
    Packed(Packed),
}

/// A document whose operations and components are text.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// All members, with nothing in the places of the paths and of the schemas.
    pub(crate) frame: Map<String, Value>,
    /// By path template, then by method.
    pub(crate) paths: Vec<(String, Vec<(String, Text)>)>,
    /// By name.
    pub(crate) schemas: Vec<(String, Text)>,
    /// What the numbers in references stand for.
    pub(crate) names: Vec<String>,
    /// The error codes of all operations.
    pub(crate) error_codes: usize,
}

/// A JSON value as compact text.
#[derive(Debug)]
pub(crate) struct Text(Box<str>);

impl Text {
    pub(crate) fn of(value: &Value) -> Self {
        Self(value.to_string().into())
    }

    fn value(&self, names: &[String]) -> serde_json::Result<Value> {
        let mut value = serde_json::from_str(&self.0)?;
        put_names(&mut value, names);
        Ok(value)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Value> for Document {
    fn from(value: Value) -> Self {
        Self(Form::Whole(value))
    }
}

impl From<Packed> for Document {
    fn from(packed: Packed) -> Self {
        Self(Form::Packed(packed))
    }
}

impl Document {
    /// The document as a tree.
    #[must_use]
    pub fn value(&self) -> Cow<'_, Value> {
        match &self.0 {
            Form::Whole(value) => Cow::Borrowed(value),
            // What was text before is JSON.
            Form::Packed(_) => Cow::Owned(serde_json::to_value(self).unwrap_or_default()),
        }
    }

    /// How many operations there are.
    #[must_use]
    pub fn operations(&self) -> usize {
        match &self.0 {
            Form::Whole(value) => operations(value).count(),
            Form::Packed(packed) => packed.paths.iter().map(|(_, methods)| methods.len()).sum(),
        }
    }

    /// How many component schemas there are.
    #[must_use]
    pub fn schemas(&self) -> usize {
        match &self.0 {
            Form::Whole(value) => value
                .pointer("/components/schemas")
                .and_then(Value::as_object)
                .map_or(0, Map::len),
            Form::Packed(packed) => packed.schemas.len(),
        }
    }

    /// How many errors the operations document.
    #[must_use]
    pub fn error_codes(&self) -> usize {
        match &self.0 {
            Form::Whole(value) => operations(value)
                .filter_map(|operation| operation.get("x-zoom-errors")?.as_array())
                .map(Vec::len)
                .sum(),
            Form::Packed(packed) => packed.error_codes,
        }
    }
}

fn operations(document: &Value) -> impl Iterator<Item = &Value> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter(|operation| operation.get("operationId").is_some())
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Whole(value) => value.serialize(serializer),
            Form::Packed(packed) => packed.serialize(serializer),
        }
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts = |entries| Texts {
            entries,
            names: &self.names,
        };
        let mut members = serializer.serialize_map(Some(self.frame.len()))?;
        for (key, member) in &self.frame {
            match (key.as_str(), member) {
                ("paths", _) => {
                    let items = self.paths.iter();
                    let items = items.map(|(template, methods)| (template, texts(methods)));
                    members.serialize_entry(key, &Entries(items))?;
                }
                ("components", Value::Object(components)) => {
                    let parts = components.iter().map(|(key, part)| match key.as_str() {
                        "schemas" => (key, Component::Schemas(texts(&self.schemas))),
                        _ => (key, Component::Other(part)),
                    });
                    members.serialize_entry(key, &Entries(parts))?;
                }
                _ => members.serialize_entry(key, member)?,
            }
        }
        members.end()
    }
}

/// Entries of an object.
struct Entries<I>(I);

impl<'e, I, V> Serialize for Entries<I>
where
    I: Iterator<Item = (&'e String, V)> + Clone,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Component<'p> {
    Schemas(Texts<'p>),
    Other(&'p Value),
}

/// Entries of an object that are text, as trees.
struct Texts<'p> {
    entries: &'p [(String, Text)],
    names: &'p [String],
}

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, text) in self.entries {
            members.serialize_entry(key, &text.value(self.names).map_err(S::Error::custom)?)?;
        }
        members.end()
    }
}
