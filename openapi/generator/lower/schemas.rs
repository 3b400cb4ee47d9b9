//! Schemas, reduced to the few shapes for which progenitor generates the expected type.
//!
//! They are rebuilt rather than filtered: a scalar, any value, an array, a map, or a
//! reference to a named object. Constraints, defaults, formats, titles and closed
//! enumerations are left out, since for each of them progenitor generates newtypes,
//! invented values, or types that fail a whole response for one unexpected value. Unions
//! are replaced as well: of an untagged enum of structs with optional fields, the first
//! branch always matches, and the other fields are lost.

mod compose;
mod forms;
mod kinds;
mod objects;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use self::compose::Properties;
use self::kinds::{exceeds_i64, is_null, kind, union};
pub(crate) use self::kinds::{follow, is_file};
pub(crate) use self::objects::{Boxed, Field, Struct};
use self::unions::tagged;
pub(crate) use self::unions::{Case, Union};
use super::names::{Names, pascal, type_name};
use super::reach::{Flow, Reach};
use super::shapes::Shape;
use crate::generator::document::{Schema, component_key};

/// The types of a document, made while its operations ask for them.
pub(crate) struct Types<'a> {
    schemas: &'a IndexMap<String, Schema>,
    reach: Reach,
    /// Components whose files travel beside them, as parts of a form.
    forms: BTreeSet<String>,
    names: Names,
    /// The Rust names of the components that are structs, or enums of such.
    objects: BTreeMap<String, String>,
    /// What the components that are no objects come to.
    aliases: BTreeMap<String, Shape>,
    structs: BTreeMap<String, Struct>,
    /// The open enums, by name, with their values as on the wire.
    enums: BTreeMap<String, Vec<String>>,
    unions: BTreeMap<String, Union>,
    lowered: Map<String, Value>,
}

/// The types of a document.
pub(crate) struct Made {
    /// For progenitor.
    pub(crate) schemas: Map<String, Value>,
    pub(crate) structs: BTreeMap<String, Struct>,
    /// The open enums, by name, with their values as on the wire.
    pub(crate) enums: BTreeMap<String, Vec<String>>,
    pub(crate) unions: BTreeMap<String, Union>,
}

/// The context of a schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    /// The name of an object that has none.
    pub(crate) name: &'p str,
    /// The direction of the value.
    pub(crate) flow: Flow,
}

impl<'a> Types<'a> {
    pub(crate) fn new(
        schemas: &'a IndexMap<String, Schema>,
        reach: Reach,
        forms: BTreeSet<String>,
    ) -> Self {
        let mut types = Self {
            schemas,
            reach,
            forms,
            names: Names::types(),
            objects: BTreeMap::new(),
            aliases: BTreeMap::new(),
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
            unions: BTreeMap::new(),
            lowered: Map::new(),
        };
        // Components that are already named as Rust would have it keep their names,
        // whatever stands before them in the document.
        let (exact, cased): (Vec<_>, Vec<_>) = schemas
            .keys()
            .filter(|key| types.has_own_type(key))
            .partition(|key| pascal(key) == **key);
        for key in exact.into_iter().chain(cased) {
            let name = types.names.claim(&type_name(key));
            types.objects.insert(key.clone(), name);
        }
        for (key, name) in types.objects.clone() {
            let flow = types.reach.of(&key);
            let schema = &schemas[&key];
            if tagged(schema).is_some() {
                types.tagged_union(&name, schema, Place { name: &name, flow });
            } else {
                types.object(schema, &name, flow, Some(&key), &mut Vec::new());
            }
        }
        types
    }

    /// The schemas for progenitor, and what is to be known of the structs made of them.
    pub(crate) fn finish(self) -> Made {
        Made {
            schemas: self.lowered,
            structs: self.structs,
            enums: self.enums,
            unions: self.unions,
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
            return self.referred(reference, trail);
        }
        if let Some(only) = renamed(schema) {
            return self.lower_through(only, place, trail);
        }
        if let Some(branches) = union(schema) {
            let shape = self.union(schema, branches, place, trail);
            let is_nullable = branches.iter().any(is_null);
            return if is_nullable { shape.nullable() } else { shape };
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

    /// The shape of the component that a reference names.
    fn referred(&mut self, reference: &str, trail: &mut Vec<String>) -> Shape {
        let Some(key) = component_key(reference, "schemas") else {
            return Shape::Any;
        };
        if let Some(name) = self.objects.get(&key) {
            let object = self.own_type(&key, name);
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
            flow: self.reach.of(&key),
        };
        let outermost = trail.is_empty();
        trail.push(key.clone());
        let shape = self.lower_through(target, place, trail);
        trail.pop();
        if outermost {
            self.aliases.insert(key, shape.clone());
        }
        shape
    }

    fn inline_object(
        &mut self,
        schema: &Schema,
        place: Place<'_>,
        trail: &mut Vec<String>,
    ) -> Shape {
        let Some(properties) = Properties::of(self.schemas, schema) else {
            return Shape::Any;
        };
        if !properties.properties.is_empty() {
            let name = self.names.claim(&type_name(place.name));
            self.object(schema, &name, place.flow, None, trail);
            return Shape::Object(name);
        }
        match properties.additional {
            Some(values) => Shape::Map(Box::new(self.lower_through(&values, place, trail))),
            None => Shape::Any,
        }
    }

    /// A union is what all its branches are, an enum, a struct, or anything.
    fn union(
        &mut self,
        schema: &Schema,
        branches: &[Schema],
        place: Place<'_>,
        trail: &mut Vec<String>,
    ) -> Shape {
        let mut branches: Vec<_> = branches.iter().filter(|branch| !is_null(branch)).collect();
        branches.dedup();
        if tagged(schema).is_some() && !branches.is_empty() {
            let name = self.names.claim(&type_name(place.name));
            self.tagged_union(&name, schema, place);
            return Shape::Union(name);
        }
        if let [only] = branches.as_slice()
            && schema.properties.is_empty()
        {
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
            _ => self.inline_object(schema, place, trail),
        }
    }

    fn scalar(&self, schema: &Schema) -> Option<&'static str> {
        let schema = follow(self.schemas, schema);
        let plain = schema.all_of.is_empty() && union(schema).is_none();
        match kind(schema).filter(|_| plain)? {
            "string" => Some("string"),
            "boolean" => Some("boolean"),
            "integer" => Some("integer"),
            "number" => Some("number"),
            _ => None,
        }
    }

    /// Whether a component becomes a struct, or an enum of such.
    fn has_own_type(&self, key: &str) -> bool {
        let Some(schema) = self.schemas.get(key) else {
            return false;
        };
        if schema.reference.is_some() || renamed(schema).is_some() {
            return false;
        }
        if let Some((_, branches)) = tagged(schema) {
            return !branches.iter().all(is_null);
        }
        let branches = union(schema).unwrap_or_default().iter();
        let mut branches: Vec<_> = branches.filter(|branch| !is_null(branch)).collect();
        branches.dedup();
        if branches.len() == 1 && schema.properties.is_empty() {
            return false;
        }
        (kind(schema) == Some("object") || !branches.is_empty())
            && Properties::of(self.schemas, schema).is_some_and(|found| {
                found.properties.values().any(|property| {
                    !self.forms.contains(key) || !is_file(follow(self.schemas, property))
                })
            })
    }

    /// The type of a component that has its own, by its name.
    fn own_type(&self, key: &str, name: &str) -> Shape {
        match self.schemas.get(key).and_then(tagged) {
            Some(_) => Shape::Union(name.to_owned()),
            None => Shape::Object(name.to_owned()),
        }
    }
}

/// The schema that a schema repeats under another name.
fn renamed(schema: &Schema) -> Option<&Schema> {
    match schema.all_of.as_slice() {
        [only]
            if schema.properties.is_empty()
                && schema.required.is_empty()
                && union(schema).is_none() =>
        {
            Some(only)
        }
        _ => None,
    }
}
