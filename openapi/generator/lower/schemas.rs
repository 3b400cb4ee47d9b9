//! Schemas, reduced to the few shapes that progenitor turns into the type one expects.
//!
//! What it is given is rebuilt rather than filtered: a scalar, anything, an array, a
//! map, or a reference to an object with a name of its own. Constraints, defaults,
//! formats, titles and closed enumerations are left out, since each makes it generate
//! newtypes, invented values or types whose first surprise fails a whole response. A
//! union is `serde_json::Value`: an untagged enum of optional fields keeps the first
//! branch that fits and drops the rest.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::names::{Names, pascal, snake, type_name};
use super::prose;
use super::shapes::Shape;
use crate::generator::document::{AdditionalProperties, Page, Schema, component_key};
use crate::generator::markdown;

/// How deep `allOf` may reach through references before it is taken for endless.
const DEPTH: usize = 32;

/// A generated struct.
#[derive(Debug)]
pub(crate) struct Struct {
    /// In the document's order, which progenitor does not keep.
    pub(crate) fields: Vec<Field>,
    /// Whether it keeps properties without a name, in `extra`.
    pub(crate) open: bool,
    /// What the document says of it as a page of a listing.
    pub(crate) page: Option<Page>,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) ident: String,
    pub(crate) wire: String,
    /// Whether it may be left out.
    pub(crate) optional: bool,
    /// Whether it is read from responses and made of integers.
    pub(crate) lenient: bool,
    pub(crate) shape: Shape,
    /// Whether the document requires it.
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) boxed: Boxed,
    /// Whether null is sent as something else than an absent value.
    pub(crate) null: bool,
    /// What an empty list does, where that differs from an absent one.
    pub(crate) empty: Option<String>,
}

/// What of a field is in a box, because its type holds itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boxed {
    Not,
    /// The value: `Option<Box<T>>`.
    Value,
    /// The option: `Box<Option<T>>`.
    Option,
}

/// The types of a document, made while its operations ask for them.
pub(crate) struct Types<'a> {
    schemas: &'a IndexMap<String, Schema>,
    /// Components that responses reach.
    inbound: BTreeSet<String>,
    /// Components whose files travel beside them, as parts of a form.
    forms: BTreeSet<String>,
    names: Names,
    /// The Rust names of the components that are objects.
    objects: BTreeMap<String, String>,
    /// What the components that are no objects come to.
    aliases: BTreeMap<String, Shape>,
    structs: BTreeMap<String, Struct>,
    /// The open enums, by name, with their values as on the wire.
    enums: BTreeMap<String, Vec<String>>,
    lowered: Map<String, Value>,
}

/// All that the types of a document come to.
pub(crate) struct Made {
    /// For progenitor.
    pub(crate) schemas: Map<String, Value>,
    pub(crate) structs: BTreeMap<String, Struct>,
    /// The open enums, by name, with their values as on the wire.
    pub(crate) enums: BTreeMap<String, Vec<String>>,
}

/// Where a schema stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    /// What an object without a name of its own would be called.
    pub(crate) name: &'p str,
    /// Whether the value comes from the server.
    pub(crate) inbound: bool,
}

/// The properties of an object with everything that `allOf` adds to them.
#[derive(Default)]
struct Properties {
    properties: IndexMap<String, Schema>,
    required: BTreeSet<String>,
    additional: Option<Schema>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(
        schemas: &'a IndexMap<String, Schema>,
        inbound: BTreeSet<String>,
        forms: BTreeSet<String>,
    ) -> Self {
        let mut types = Self {
            schemas,
            inbound,
            forms,
            names: Names::types(),
            objects: BTreeMap::new(),
            aliases: BTreeMap::new(),
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
            lowered: Map::new(),
        };
        // Components that are already named as Rust would have it keep their names,
        // whatever stands before them in the document.
        let (exact, cased): (Vec<_>, Vec<_>) = schemas
            .keys()
            .filter(|key| types.is_struct(key))
            .partition(|key| pascal(key) == **key);
        for key in exact.into_iter().chain(cased) {
            let name = types.names.claim(&type_name(key));
            types.objects.insert(key.clone(), name);
        }
        for (key, name) in types.objects.clone() {
            let inbound = types.inbound.contains(&key);
            let schema = &schemas[&key];
            types.object(schema, &name, inbound, Some(&key), &mut Vec::new());
        }
        types
    }

    /// The schemas for progenitor, and what is to be known of the structs made of them.
    pub(crate) fn finish(self) -> Made {
        Made {
            schemas: self.lowered,
            structs: self.structs,
            enums: self.enums,
        }
    }

    /// The open enum of these values: one type for each set of values.
    fn open_enum(&mut self, schema: &Schema, place: Place<'_>) -> Shape {
        let values: Vec<String> = schema
            .values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        if values.is_empty() {
            return Shape::Text;
        }
        if let Some((name, _)) = self.enums.iter().find(|(_, known)| **known == values) {
            return Shape::Enum(name.clone());
        }
        let wish = place.name.strip_suffix(" item").unwrap_or(place.name);
        let name = self.names.claim(&type_name(wish));
        self.lowered
            .insert(name.clone(), json!({ "type": "string" }));
        self.enums.insert(name.clone(), values);
        Shape::Enum(name)
    }

    pub(crate) fn lower(&mut self, schema: &Schema, place: Place<'_>) -> Shape {
        self.lower_through(schema, place, &mut Vec::new())
    }

    /// The properties of a form, as far as it is an object.
    pub(crate) fn form_properties(&self, schema: &Schema) -> IndexMap<String, Schema> {
        self.properties(schema, DEPTH)
            .unwrap_or_default()
            .properties
    }

    /// What a form has to hold.
    pub(crate) fn form_required(&self, schema: &Schema) -> BTreeSet<String> {
        self.properties(schema, DEPTH).unwrap_or_default().required
    }

    /// The struct of the texts of a form with files, if it has any.
    pub(crate) fn form_texts(&mut self, schema: &Schema, place: Place<'_>) -> Option<String> {
        let texts = match &schema.reference {
            Some(_) => schema.clone(),
            None => {
                let mut texts = schema.clone();
                texts.properties.retain(|_, property| !is_file(property));
                texts
            }
        };
        match self.lower(&texts, place) {
            Shape::Object(name) => Some(name),
            _ => None,
        }
    }

    fn lower_through(
        &mut self,
        schema: &Schema,
        place: Place<'_>,
        trail: &mut Vec<String>,
    ) -> Shape {
        let shape = self.lower_plain(schema, place, trail);
        if schema.nullable {
            shape.nullable()
        } else {
            shape
        }
    }

    fn lower_plain(&mut self, schema: &Schema, place: Place<'_>, trail: &mut Vec<String>) -> Shape {
        if let Some(reference) = &schema.reference {
            let Some(key) = component_key(reference, "schemas") else {
                return Shape::Any;
            };
            if let Some(name) = self.objects.get(&key) {
                let object = Shape::Object(name.clone());
                let nullable = self.schemas.get(&key).is_some_and(|schema| schema.nullable);
                return if nullable { object.nullable() } else { object };
            }
            if let Some(shape) = self.aliases.get(&key) {
                return shape.clone();
            }
            let Some(target) = self.schemas.get(&key).filter(|_| !trail.contains(&key)) else {
                return Shape::Any;
            };
            // Whoever refers to the component means the same items.
            let name = format!("{key} item");
            let place = Place {
                name: &name,
                inbound: self.inbound.contains(&key),
            };
            let outermost = trail.is_empty();
            trail.push(key.clone());
            let shape = self.lower_through(target, place, trail);
            trail.pop();
            if outermost {
                self.aliases.insert(key, shape.clone());
            }
            return shape;
        }
        if let [only] = schema.all_of.as_slice()
            && schema.properties.is_empty()
        {
            return self.lower_through(only, place, trail);
        }
        if let Some(union) = union(schema) {
            return self.union(union, place, trail);
        }
        match kind(schema) {
            Some("string") if schema.format.as_deref() == Some("binary") => Shape::Binary,
            Some("string") if !schema.values.is_empty() => self.open_enum(schema, place),
            Some("string") => Shape::Text,
            Some("integer") if exceeds_i64(schema) => Shape::Any,
            Some("integer") => Shape::Integer,
            Some("number") => Shape::Number,
            Some("boolean") => Shape::Boolean,
            Some("array") => {
                let items = schema.items.as_deref().cloned().unwrap_or_default();
                Shape::Array(Box::new(self.lower_through(&items, place, trail)))
            }
            Some("object") => self.inline_object(schema, place, trail),
            _ => Shape::Any,
        }
    }

    fn inline_object(
        &mut self,
        schema: &Schema,
        place: Place<'_>,
        trail: &mut Vec<String>,
    ) -> Shape {
        let Some(properties) = self.properties(schema, DEPTH) else {
            return Shape::Any;
        };
        if !properties.properties.is_empty() {
            let name = self.names.claim(&type_name(place.name));
            self.object(schema, &name, place.inbound, None, trail);
            return Shape::Object(name);
        }
        match properties.additional {
            Some(values) => Shape::Map(Box::new(self.lower_through(&values, place, trail))),
            None => Shape::Any,
        }
    }

    /// A union is anything, unless all its branches say the same.
    fn union(&mut self, branches: &[Schema], place: Place<'_>, trail: &mut Vec<String>) -> Shape {
        let mut branches: Vec<_> = branches.iter().filter(|branch| !is_null(branch)).collect();
        branches.dedup();
        if let [only] = branches.as_slice() {
            return self.lower_through(only, place, trail);
        }
        let shapes: BTreeSet<_> = branches.iter().map(|branch| self.scalar(branch)).collect();
        match shapes.iter().collect::<Vec<_>>().as_slice() {
            [Some("string")] => Shape::Text,
            [Some("boolean")] => Shape::Boolean,
            [Some("integer")] if !branches.iter().any(|branch| exceeds_i64(branch)) => {
                Shape::Integer
            }
            [Some("number")] | [Some("integer"), Some("number")] => Shape::Number,
            _ => Shape::Any,
        }
    }

    fn scalar(&self, schema: &Schema) -> Option<&'static str> {
        let plain =
            schema.reference.is_none() && schema.all_of.is_empty() && union(schema).is_none();
        match kind(schema).filter(|_| plain)? {
            "string" => Some("string"),
            "boolean" => Some("boolean"),
            "integer" => Some("integer"),
            "number" => Some("number"),
            _ => None,
        }
    }

    /// Whether a component becomes a struct.
    fn is_struct(&self, key: &str) -> bool {
        let Some(schema) = self.schemas.get(key) else {
            return false;
        };
        schema.reference.is_none()
            && !matches!(
                (schema.all_of.as_slice(), schema.properties.is_empty()),
                ([_], true)
            )
            && union(schema).is_none()
            && kind(schema) == Some("object")
            && self.properties(schema, DEPTH).is_some_and(|found| {
                found
                    .properties
                    .values()
                    .any(|property| !self.forms.contains(key) || !is_file(property))
            })
    }

    /// Makes the struct `name` of an object. The trail holds the components without a
    /// struct of their own that led here: meeting one again would go on for ever.
    fn object(
        &mut self,
        schema: &Schema,
        name: &str,
        inbound: bool,
        component: Option<&str>,
        trail: &mut Vec<String>,
    ) {
        let Some(found) = self.properties(schema, DEPTH) else {
            return;
        };
        let files_apart = component.is_some_and(|key| self.forms.contains(key));
        let mut names = Names::fields();
        let mut fields = Vec::new();
        let mut properties = Map::new();
        let mut required = Vec::new();
        // A property that Rust would call as the document does keeps its name.
        let (exact, cased): (Vec<_>, Vec<_>) = found
            .properties
            .keys()
            .partition(|wire| snake(wire) == **wire);
        let idents: BTreeMap<_, _> = exact
            .into_iter()
            .chain(cased)
            .map(|wire| (wire.clone(), names.claim(&snake(wire))))
            .collect();
        for (wire, property) in &found.properties {
            if files_apart && is_file(property) {
                continue;
            }
            let ident = &idents[wire];
            let context = format!("{name} {wire}");
            let shape = self.lower_through(
                property,
                Place {
                    name: &context,
                    inbound,
                },
                trail,
            );
            let nullable = matches!(&shape, Shape::Nullable(of) if **of != Shape::Any);
            let demanded = !inbound && found.required.contains(wire);
            // Optional arrays and maps may be null as well, which gives them a type that
            // tells the absent from the empty.
            let shape = match shape {
                Shape::Array(_) | Shape::Map(_) if !demanded => shape.nullable(),
                shape => shape,
            };
            if demanded {
                required.push(json!(ident));
            }
            let mut lowered = shape.schema();
            if let Some(text) = prose::describe(property) {
                lowered = match lowered.as_object_mut() {
                    Some(schema) if !schema.contains_key("$ref") => {
                        schema.insert("description".to_owned(), text.into());
                        lowered
                    }
                    // A sibling of `$ref` is ignored; one more level is not.
                    _ => json!({ "allOf": [lowered], "description": text }),
                };
            }
            properties.insert(ident.clone(), lowered);
            fields.push(Field {
                ident: ident.clone(),
                wire: wire.clone(),
                optional: !demanded,
                lenient: inbound && shape.is_integral(),
                shape,
                required: found.required.contains(wire),
                description: prose::describe(property),
                boxed: Boxed::Not,
                null: !inbound && nullable,
                empty: property.empty_list.as_deref().map(markdown::block),
            });
        }
        let mut lowered =
            json!({ "type": "object", "properties": properties, "required": required });
        if found.additional.is_some() {
            lowered["additionalProperties"] = json!({});
        }
        if let Some(text) = schema
            .description
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            lowered["description"] = markdown::block(text).into();
        }
        self.lowered.insert(name.to_owned(), lowered);
        self.structs.insert(
            name.to_owned(),
            Struct {
                fields,
                open: found.additional.is_some(),
                page: schema.page.clone(),
            },
        );
    }

    /// The properties of an object and of everything that it is composed of, or `None`
    /// where a part of the composition is no object.
    fn properties(&self, schema: &Schema, depth: usize) -> Option<Properties> {
        let depth = depth.checked_sub(1)?;
        if let Some(reference) = &schema.reference {
            return self.properties(
                self.schemas.get(&component_key(reference, "schemas")?)?,
                depth,
            );
        }
        if union(schema).is_some() || kind(schema).is_some_and(|kind| kind != "object") {
            return None;
        }
        let mut all = Properties {
            properties: schema.properties.clone(),
            required: schema.required.iter().cloned().collect(),
            additional: match &schema.additional_properties {
                Some(AdditionalProperties::Of(values)) => Some((**values).clone()),
                Some(AdditionalProperties::Allowed(true)) if schema.properties.is_empty() => {
                    Some(Schema::default())
                }
                _ => None,
            },
        };
        for branch in &schema.all_of {
            let part = self.properties(branch, depth)?;
            for (wire, property) in part.properties {
                match all.properties.get_mut(&wire) {
                    // Two parts that disagree leave nothing certain about the value.
                    Some(known) if *known != property => *known = Schema::default(),
                    Some(_) => {}
                    None => {
                        all.properties.insert(wire, property);
                    }
                }
            }
            all.required.extend(part.required);
            all.additional = all.additional.or(part.additional);
        }
        Some(all)
    }
}

/// The branches of a union, unless they only say which properties go together.
fn union(schema: &Schema) -> Option<&[Schema]> {
    [&schema.one_of, &schema.any_of]
        .into_iter()
        .find(|branches| {
            branches.iter().any(|branch| {
                schema.properties.is_empty()
                    || *branch
                        != Schema {
                            required: branch.required.clone(),
                            ..Schema::default()
                        }
            })
        })
        .map(Vec::as_slice)
}

/// The type of a schema, guessed where it is not said.
fn kind(schema: &Schema) -> Option<&str> {
    if let Some(kind) = &schema.kind {
        return Some(kind);
    }
    let values = || schema.values.iter().filter(|value| !value.is_null());
    if !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.all_of.is_empty()
    {
        Some("object")
    } else if schema.items.is_some() {
        Some("array")
    } else if values().next().is_some() && values().all(Value::is_string) {
        Some("string")
    } else if values().next().is_some() && values().all(Value::is_i64) {
        Some("integer")
    } else {
        None
    }
}

fn is_null(schema: &Schema) -> bool {
    schema.kind.as_deref() == Some("null") || matches!(schema.values.as_slice(), [Value::Null])
}

/// Whether a property is a file, or several.
pub(crate) fn is_file(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("binary") || schema.items.as_deref().is_some_and(is_file)
}

fn exceeds_i64(schema: &Schema) -> bool {
    [&schema.minimum, &schema.maximum, &schema.example]
        .into_iter()
        .flatten()
        .chain(&schema.values)
        .any(|value| {
            value.is_u64() && !value.is_i64()
                || value.as_f64().is_some_and(|value| value.abs() > 9.3e18)
        })
}
