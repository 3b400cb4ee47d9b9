//! Equal shapes as one component, under names that stay.
//!
//! While the document is written, a shape is only a number. Names are given at the end, when every place of every shape
//! is known: first the names that the stored document has for those places, so that adding an item renames nothing,
//! then the rest in document order.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{
    document::{Fragment, shape_key},
    infer::Segment,
    name::{Key, Taken, component, pascal},
    settle::Spot,
    stored::Stored,
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
    /// In which form.
    pub media_type: String,
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
pub(crate) struct Components<'s> {
    /// By what makes them the same.
    shapes: IndexMap<Vec<u8>, Shape>,
    stored: Option<&'s Stored>,
}

#[derive(Debug)]
struct Shape {
    schema: Fragment,
    /// What to call it, best first, from its first place.
    candidates: Vec<String>,
    /// What the stored document calls the first of its places that is there.
    stored: Option<String>,
}

impl<'s> Components<'s> {
    /// No shapes yet; `stored` has the names that stay.
    pub(crate) fn new(stored: Option<&'s Stored>) -> Self {
        Self {
            shapes: IndexMap::new(),
            stored,
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
            let stored = self.stored.and_then(|stored| stored.shape(site));
            shape.stored = stored.map(str::to_owned);
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

/// What is told about an example that [`holds_reference`].
pub(crate) const NO_EXAMPLE: &str =
    "the value holds a `$ref`, which tools would follow even in an example: left out as example";

/// Whether tools would take something in `value` for a reference.
pub(crate) fn holds_reference(value: &Value) -> bool {
    // A list of what is still to see, not recursion: values may be nested as deep as they like.
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if members.get("$ref").is_some_and(Value::is_string) {
                    return true;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

/// `SendChatMessageAtItem`, then with the keys around it, then with the side that it is on.
fn candidates(operation: &str, site: &Site) -> Vec<String> {
    let side = if site.role == "request" {
        "Request"
    } else {
        "Response"
    };
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (index, segment) in site.way.iter().enumerate() {
        if let Segment::Key(name) = segment {
            let next = site.way.get(index + 1);
            let is_many = matches!(next, Some(Segment::Item | Segment::Value));
            keys.push(Key { name, is_many });
        }
    }
    keys.retain(|key| !pascal(key.name).is_empty());
    let base = format!("{operation}{side}");
    if keys.is_empty() {
        let base = match site.way.as_slice() {
            [] => base,
            _ => format!("{base}Item"),
        };
        let role = pascal(&site.role);
        return vec![base.clone(), format!("{base}{role}")];
    }
    let mut candidates: Vec<String> = (0..keys.len())
        .rev()
        .map(|from| component(operation, keys.get(from..).unwrap_or_default()))
        .collect();
    candidates.push(component(&base, &keys));
    candidates
}
