//! Equal shapes as one component, under names that stay.
//!
//! While the document is written, a shape is only a number. Names are given at the end, when every place of every shape
//! is known: first the names that the stored document has for those places, so that adding an item renames nothing,
//! then the rest in document order.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{
    document::Text,
    infer::Segment,
    name::{Taken, pascal, singular},
};

const PREFIX: &str = "#/components/schemas/";
/// Marks a reference that has no name yet; no component's name may hold it.
const UNNAMED: &str = "~";

/// Where in an operation a shape stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Site {
    /// The path template.
    pub template: String,
    /// The method, in lower case.
    pub method: String,
    /// `request` or the status of an answer.
    pub role: String,
    /// From the body inwards.
    pub way: Vec<Segment>,
}

/// The shapes of a document under construction.
#[derive(Debug, Default)]
pub(crate) struct Components {
    /// By their text, without the examples that are in it.
    shapes: IndexMap<Box<str>, Shape>,
    /// What the stored document calls the shapes at each place.
    stored: HashMap<Site, String>,
}

#[derive(Debug)]
struct Shape {
    /// With examples, if they make a difference.
    schema: Option<Text>,
    /// The operation and the place at which it was seen first.
    first: (Box<str>, Site),
    /// What the stored document calls it.
    stored: Option<String>,
}

impl Components {
    /// None yet; `stored` are the names that the stored document has for each place.
    pub(crate) fn new(stored: HashMap<Site, String>) -> Self {
        Self {
            stored,
            ..Self::default()
        }
    }

    /// The number of the component that `schema` becomes. `operation` is the operation's name in Pascal case.
    pub(crate) fn lift(&mut self, operation: &str, site: Site, schema: &Value) -> usize {
        let key = without_examples(schema).to_string().into_boxed_str();
        let index = self.shapes.get_index_of(&key).unwrap_or(self.shapes.len());
        let stored = self.stored.get(&site);
        let shape = self.shapes.entry(key).or_insert_with_key(|key| Shape {
            schema: Some(schema.to_string())
                .filter(|text| **text != **key)
                .map(Text::from),
            first: (operation.into(), site),
            stored: None,
        });
        if let (None, Some(name)) = (&shape.stored, stored) {
            shape.stored = Some(name.clone());
        }
        index
    }

    /// Names all shapes. Gives the names by number, and the components in the order of their names. `reserved` names are
    /// taken already.
    pub(crate) fn name(self, reserved: &[&str]) -> (Vec<String>, Vec<(String, Text)>) {
        let mut taken = Taken::default();
        for name in reserved {
            taken.take(name);
        }
        let mut names: Vec<Option<String>> = self
            .shapes
            .values()
            .map(|shape| shape.stored.clone().filter(|name| taken.take(name)))
            .collect();
        for (name, shape) in names.iter_mut().zip(self.shapes.values()) {
            let (operation, site) = &shape.first;
            name.get_or_insert_with(|| taken.first_free(candidates(operation, site)));
        }
        let names: Vec<String> = names.into_iter().flatten().collect();
        let mut components: Vec<(String, Text)> = self
            .shapes
            .into_iter()
            .zip(&names)
            .map(|((key, shape), name)| {
                let schema = shape
                    .schema
                    .unwrap_or_else(|| Text::from(String::from(key)));
                (name.clone(), schema)
            })
            .collect();
        components.sort_by(|a, b| a.0.cmp(&b.0));
        (names, components)
    }
}

/// A reference to the component of this number, until it has a name.
pub(crate) fn unnamed(number: usize) -> Value {
    reference(&format!("{UNNAMED}{number}"))
}

/// A reference to the component `name`.
#[must_use]
pub(crate) fn reference(name: &str) -> Value {
    Value::Object(Map::from_iter([(
        "$ref".to_owned(),
        Value::String(format!("{PREFIX}{name}")),
    )]))
}

/// The component's name that `schema` refers to, if it is a reference, alone or with notes beside it.
pub(crate) fn referred(schema: &Value) -> Option<&str> {
    let reference = schema
        .get("$ref")
        .or_else(|| schema.pointer("/allOf/0/$ref"))?;
    reference.as_str()?.strip_prefix(PREFIX)
}

/// What the stored document calls the shapes at each place.
#[must_use]
pub(crate) fn stored_names(document: &Value) -> HashMap<Site, String> {
    let mut names = HashMap::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (template, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let answers = operation
                .get("responses")
                .and_then(Value::as_object)
                .into_iter()
                .flatten();
            let bodies = operation
                .get("requestBody")
                .map(|body| ("request", body))
                .into_iter()
                .chain(answers.map(|(status, answer)| (status.as_str(), answer)));
            for (role, body) in bodies {
                let contents = body
                    .get("content")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten();
                for schema in contents.filter_map(|(_, content)| content.get("schema")) {
                    let site = Site {
                        template: template.clone(),
                        method: method.clone(),
                        role: role.to_owned(),
                        way: Vec::new(),
                    };
                    Stored {
                        document,
                        names: &mut names,
                    }
                    .collect(schema, &site, &mut Vec::new());
                }
            }
        }
    }
    names
}

struct Stored<'a> {
    document: &'a Value,
    names: &'a mut HashMap<Site, String>,
}

impl<'a> Stored<'a> {
    /// `around` holds the components that `schema` lies in: a document may be recursive.
    fn collect(&mut self, schema: &'a Value, site: &Site, around: &mut Vec<&'a str>) {
        let mut schema = schema;
        let name = referred(schema).filter(|name| !around.contains(name));
        if let Some(name) = name {
            self.names
                .entry(site.clone())
                .or_insert_with(|| name.to_owned());
            let Some(component) = self
                .document
                .pointer(&format!("/components/schemas/{name}"))
            else {
                return;
            };
            schema = component;
            around.push(name);
        }
        let inside = |segment| Site {
            way: [site.way.as_slice(), &[segment]].concat(),
            ..site.clone()
        };
        for (key, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            self.collect(property, &inside(Segment::Key(key.clone())), around);
        }
        if let Some(items) = schema.get("items") {
            self.collect(items, &inside(Segment::Item), around);
        }
        if let Some(values) = schema
            .get("additionalProperties")
            .filter(|values| values.is_object())
        {
            self.collect(values, &inside(Segment::Value), around);
        }
        if name.is_some() {
            around.pop();
        }
    }
}

/// `SendChatMessageAtItem`, then with the keys around it, then with the side that it is on.
fn candidates(operation: &str, site: &Site) -> Vec<String> {
    let side = if site.role == "request" {
        "Request"
    } else {
        "Response"
    };
    let mut keys: Vec<String> = Vec::new();
    for (index, segment) in site.way.iter().enumerate() {
        if let Segment::Key(key) = segment {
            let is_many = matches!(
                site.way.get(index + 1),
                Some(Segment::Item | Segment::Value)
            );
            keys.push(pascal(&if is_many { singular(key) } else { key.clone() }));
        }
    }
    keys.retain(|key| !key.is_empty());
    if keys.is_empty() {
        let base = format!("{operation}{side}");
        return match site.way.as_slice() {
            [] => vec![base.clone(), format!("{base}{}", site.role)],
            _ => vec![format!("{base}Item"), format!("{base}Item{}", site.role)],
        };
    }
    let mut candidates: Vec<String> = (0..keys.len())
        .rev()
        .map(|from| {
            format!(
                "{operation}{}",
                keys.iter()
                    .skip(from)
                    .map(String::as_str)
                    .collect::<String>()
            )
        })
        .collect();
    candidates.push(format!("{operation}{side}{}", keys.concat()));
    candidates
}

/// A shape is the same with other examples in it.
fn without_examples(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        let mut inner = Some(property);
        while let Some(schema) = inner {
            if let Some(schema) = schema.as_object_mut() {
                schema.shift_remove("example");
            }
            inner = schema.get_mut("items");
        }
    }
    schema
}

/// Replaces numbers by names, in every `$ref` of `value`. The recursion is as deep as a written schema.
pub(crate) fn put_names(value: &mut Value, names: &[String]) {
    let name_of = |target: &str| {
        let number = target.strip_prefix(PREFIX)?.strip_prefix(UNNAMED)?;
        names.get(number.parse::<usize>().ok()?)
    };
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match (key.as_str(), member) {
                    ("$ref", Value::String(target)) => {
                        if let Some(name) = name_of(target) {
                            *target = format!("{PREFIX}{name}");
                        }
                    }
                    // Examples are data, and may hold anything.
                    ("example" | "examples", _) => {}
                    // Here the keys are names, whatever they are.
                    ("properties", Value::Object(properties)) => {
                        properties
                            .values_mut()
                            .for_each(|property| put_names(property, names));
                    }
                    (_, member) => put_names(member, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put_names(item, names)),
        _ => {}
    }
}
