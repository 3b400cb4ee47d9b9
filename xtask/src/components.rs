//! Equal shapes as one component, under names that stay.
//!
//! While the document is written, a shape is only a number. Names are given at the end, when every place of every shape
//! is known: first the names that the stored document has for those places, so that adding an item renames nothing,
//! then the rest in document order.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{
    document::{Fragment, shape_key},
    infer::Segment,
    name::{Taken, pascal, singular},
    settle::Spot,
};

/// Where references to components lead.
pub(crate) const PREFIX: &str = "#/components/schemas/";

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

impl Site {
    /// The body in the document.
    pub(crate) fn body(&self) -> Spot {
        let operation = Spot::operation(&self.template, &self.method);
        match self.role.as_str() {
            "request" => operation.member("requestBody"),
            status => operation.member("responses").member(status),
        }
    }
}

/// The shapes of a document under construction.
#[derive(Debug)]
pub(crate) struct Components {
    /// By what makes them the same.
    shapes: IndexMap<Vec<u8>, Shape>,
    stored: HashMap<Site, String>,
}

#[derive(Debug)]
struct Shape {
    schema: Fragment,
    /// What to call it, best first, from its first place.
    candidates: Vec<String>,
    /// What the stored document calls the first of its places that is there.
    stored: Option<String>,
}

impl Components {
    /// No shapes yet; `stored` is the document that is to be replaced.
    pub(crate) fn new(stored: Option<&Value>) -> Self {
        Self {
            shapes: IndexMap::new(),
            stored: stored.map(stored_names).unwrap_or_default(),
        }
    }

    /// The number of the component that `schema` becomes. `operation` is the operation's name in Pascal case.
    pub(crate) fn lift(&mut self, operation: &str, site: &Site, schema: &Value) -> usize {
        let entry = self.shapes.entry(shape_key(schema));
        let number = entry.index();
        let shape = entry.or_insert_with(|| Shape {
            schema: Fragment::of(schema),
            candidates: candidates(operation, site),
            stored: None,
        });
        if shape.stored.is_none() {
            shape.stored = self.stored.get(site).cloned();
        }
        number
    }

    /// Names all shapes: gives the names by number, and the components by name. `reserved` names are taken already.
    pub(crate) fn name(self, reserved: &[&str]) -> (Vec<String>, Vec<(String, Fragment)>) {
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
            name.get_or_insert_with(|| taken.first_free(shape.candidates.iter().cloned()));
        }
        let names: Vec<String> = names.into_iter().flatten().collect();
        let mut schemas: Vec<(String, Fragment)> = names
            .iter()
            .cloned()
            .zip(self.shapes.into_values().map(|shape| shape.schema))
            .collect();
        schemas.sort_by(|a, b| a.0.cmp(&b.0));
        (names, schemas)
    }
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
fn stored_names(document: &Value) -> HashMap<Site, String> {
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
