//! The names in the document that is to be replaced, which stay.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    document::{parameters, referred, skeleton},
    infer::Segment,
    site::{FINGERPRINT, Site},
};

/// The names in a document. It is read part by part: as a tree it would take many times the memory of its text.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The names of path parameters, by the template without them.
    paths: HashMap<String, Vec<String>>,
    /// Operation ids, by template and method.
    ids: HashMap<(String, String), String>,
    /// Component names, by each place that uses one.
    shapes: HashMap<Site, String>,
    /// The fingerprints of components that belong to no operation.
    fingerprints: HashMap<String, String>,
    security_schemes: Map<String, Value>,
    title: Option<String>,
    /// The server of the operations that have none of their own.
    server: Option<String>,
    /// The descriptions of tags.
    tags: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Document<'t> {
    #[serde(borrow, default)]
    paths: Parts<'t>,
    #[serde(borrow, default)]
    components: Components<'t>,
}

#[derive(Default, Deserialize)]
struct Components<'t> {
    #[serde(borrow, default)]
    schemas: Parts<'t>,
    #[serde(rename = "securitySchemes", default)]
    security_schemes: Map<String, Value>,
}

#[derive(Default, Deserialize)]
struct Head {
    #[serde(default)]
    info: Value,
    #[serde(default)]
    servers: Value,
    #[serde(default)]
    tags: Value,
}

type Parts<'t> = BTreeMap<Cow<'t, str>, &'t RawValue>;

impl Stored {
    /// The names in the text of a document; none if it is no OpenAPI document.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut stored = Self::default();
        let Ok(document) = serde_json::from_str::<Document<'_>>(text) else {
            return stored;
        };
        if let Ok(head) = serde_json::from_str::<Head>(text) {
            stored.head(&head);
        }
        stored.security_schemes = document.components.security_schemes;
        let mut components: HashMap<&str, Shape> = HashMap::new();
        for (name, schema) in &document.components.schemas {
            let schema = parsed(schema);
            if let Some(fingerprint) = schema.get(FINGERPRINT).and_then(Value::as_str) {
                let known = &mut stored.fingerprints;
                known.insert(name.to_string(), fingerprint.to_owned());
            }
            components.insert(name, Shape::of(&schema));
        }
        for (template, item) in &document.paths {
            stored
                .paths
                .entry(skeleton(template))
                .or_insert_with(|| parameters(template));
            for (method, operation) in members(Some(&parsed(item))) {
                stored.operation(template, method, operation, &components);
            }
        }
        stored
    }

    /// The names of the parameters of a path without them.
    pub(crate) fn path_parameters(&self, skeleton: &str) -> Option<&[String]> {
        self.paths.get(skeleton).map(Vec::as_slice)
    }

    /// The names without what overlays made of them: for each that is renamed, what it is called after and before.
    pub(crate) fn before(&self, renamed: &HashMap<&str, &str>) -> Self {
        let mut stored = self.clone();
        for name in stored.shapes.values_mut() {
            if let Some(before) = renamed.get(name.as_str()) {
                (*before).clone_into(name);
            }
        }
        let known = &mut stored.fingerprints;
        known.retain(|name, _| !renamed.contains_key(name.as_str()));
        known.extend(renamed.iter().filter_map(|(after, before)| {
            let fingerprint = self.fingerprints.get(*after)?;
            Some(((*before).to_owned(), fingerprint.clone()))
        }));
        stored
    }

    pub(crate) fn id(&self, template: &str, method: &str) -> Option<&str> {
        let key = (template.to_owned(), method.to_owned());
        self.ids.get(&key).map(String::as_str)
    }

    pub(crate) fn shape(&self, site: &Site) -> Option<&str> {
        self.shapes.get(site).map(String::as_str)
    }

    /// What the component `name` was made of, if it belongs to no operation.
    pub(crate) fn fingerprint(&self, name: &str) -> Option<&str> {
        self.fingerprints.get(name).map(String::as_str)
    }

    pub(crate) fn security_schemes(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.security_schemes.iter()
    }

    pub(crate) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    pub(crate) fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// The description of the tag `name`.
    pub(crate) fn tag(&self, name: &str) -> Option<&String> {
        self.tags.get(name)
    }

    fn head(&mut self, head: &Head) {
        let text = |value: &Value, pointer: &str| {
            let text = value.pointer(pointer).and_then(Value::as_str);
            text.map(str::to_owned)
        };
        self.title = text(&head.info, "/title");
        self.server = text(&head.servers, "/0/url");
        for tag in head.tags.as_array().into_iter().flatten() {
            if let (Some(name), Some(description)) = (text(tag, "/name"), text(tag, "/description"))
            {
                self.tags.insert(name, description);
            }
        }
    }

    fn operation(
        &mut self,
        template: &str,
        method: &str,
        operation: &Value,
        components: &HashMap<&str, Shape>,
    ) {
        if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
            self.ids
                .insert((template.to_owned(), method.to_owned()), id.to_owned());
        }
        let request = operation.get("requestBody").map(|body| ("request", body));
        let answers = members(operation.get("responses"));
        let answers = answers.map(|(status, answer)| (status.as_str(), answer));
        for (role, body) in request.into_iter().chain(answers) {
            for (media_type, content) in members(body.get("content")) {
                let Some(schema) = content.get("schema") else {
                    continue;
                };
                Walk {
                    components,
                    site: Site {
                        template: template.into(),
                        method: method.into(),
                        role: role.into(),
                        media_type: media_type.as_str().into(),
                        way: Vec::new(),
                    },
                    around: Vec::new(),
                    shapes: &mut self.shapes,
                }
                .collect(&Shape::of(schema));
            }
        }
    }
}

fn parsed(part: &RawValue) -> Value {
    serde_json::from_str(part.get()).unwrap_or_default()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// What is in a schema that has or may have names.
struct Shape {
    /// The component that it refers to.
    component: Option<String>,
    inside: Vec<(Segment, Shape)>,
}

impl Shape {
    /// Recurses as deep as a parsed schema does.
    fn of(schema: &Value) -> Self {
        let properties = members(schema.get("properties"))
            .map(|(key, property)| (Segment::Key(key.clone()), property));
        let items = schema.get("items").map(|items| (Segment::Item, items));
        let values = schema.get("additionalProperties");
        let values = values.map(|values| (Segment::Value, values));
        let inside = properties
            .chain(items)
            .chain(values)
            .map(|(segment, schema)| (segment, Self::of(schema)))
            .filter(|(_, shape)| shape.component.is_some() || !shape.inside.is_empty());
        let mut shape = Self {
            component: referred(schema).map(Cow::into_owned),
            inside: inside.collect(),
        };
        // Alternatives stand in the same place, and at most one of them is an object.
        let alternatives = schema.get("oneOf").and_then(Value::as_array);
        for alternative in alternatives.into_iter().flatten().map(Self::of) {
            shape.component = shape.component.or(alternative.component);
            shape.inside.extend(alternative.inside);
        }
        shape
    }
}

struct Walk<'a> {
    components: &'a HashMap<&'a str, Shape>,
    site: Site,
    /// The components that the site lies in: a document may be recursive.
    around: Vec<&'a str>,
    shapes: &'a mut HashMap<Site, String>,
}

impl<'a> Walk<'a> {
    fn collect(&mut self, shape: &Shape) {
        let around = &self.around;
        let name = shape.component.as_deref();
        if let Some(name) = name.filter(|name| !around.contains(name)) {
            self.shapes
                .entry(self.site.clone())
                .or_insert_with(|| name.to_owned());
            if let Some((name, component)) = self.components.get_key_value(name) {
                self.around.push(name);
                self.inside(&component.inside);
                self.around.pop();
            }
        }
        // What stands beside a component: its alternatives.
        self.inside(&shape.inside);
    }

    fn inside(&mut self, shapes: &[(Segment, Shape)]) {
        for (segment, shape) in shapes {
            self.site.way.push(segment.clone());
            self.collect(shape);
            self.site.way.pop();
        }
    }
}
