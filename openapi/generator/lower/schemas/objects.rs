//! Objects: a struct for each, field by field.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::compose::Properties;
use super::kinds::{follow, is_file};
use super::{Flow, Place, Types};
use crate::generator::document::{Page, Schema};
use crate::generator::lower::names::{Names, snake};
use crate::generator::lower::prose;
use crate::generator::lower::shapes::Shape;
use crate::generator::markdown;

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
    /// Whether it is read from answers and made of integers.
    pub(crate) lenient: bool,
    pub(crate) shape: Shape,
    /// Whether a request has to have it.
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) boxed: Boxed,
    /// Whether null is sent as something else than an absent value.
    pub(crate) null: bool,
    pub(crate) deprecated: bool,
    /// What an empty list does, where that differs from an absent one.
    pub(crate) empty: Option<String>,
}

/// Which part of a field is in a box, because its type contains itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boxed {
    Not,
    /// The value: `Option<Box<T>>`.
    Value,
    /// The option: `Box<Option<T>>`.
    Option,
}

impl Types<'_> {
    /// Makes the struct `name` of an object. The trail holds the components without a
    /// struct of their own that led here: meeting one again would go on for ever.
    pub(super) fn object(
        &mut self,
        schema: &Schema,
        name: &str,
        flow: Flow,
        component: Option<&str>,
        trail: &mut Vec<String>,
    ) {
        let Some(found) = Properties::of(self.schemas, schema) else {
            return;
        };
        let files_apart = component.is_some_and(|key| self.forms.contains(key));
        let mut idents = idents(&found);
        let mut fields = Vec::new();
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (wire, property) in &found.properties {
            if files_apart && is_file(follow(self.schemas, property)) {
                continue;
            }
            let context = format!("{name} {wire}");
            let place = Place {
                name: &context,
                flow,
            };
            let shape = self.lower_through(property, place, trail);
            let is_required = found.required.contains(wire);
            let mut field = Field::of(wire, property, is_required, shape, flow);
            field.ident = idents.remove(wire.as_str()).unwrap_or_default();
            if !field.optional {
                required.push(json!(field.ident));
            }
            properties.insert(field.ident.clone(), field.schema());
            fields.push(field);
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
}

/// The name of each property's field. A property that Rust would call as the document does keeps its name.
fn idents(found: &Properties) -> BTreeMap<&str, String> {
    let mut names = Names::fields();
    let wires = found.properties.keys().map(String::as_str);
    let (exact, cased): (Vec<_>, Vec<_>) = wires.partition(|wire| snake(wire) == *wire);
    exact
        .into_iter()
        .chain(cased)
        .map(|wire| (wire, names.claim(&snake(wire))))
        .collect()
}

impl Field {
    /// The field of a property of this shape, not named yet.
    fn of(wire: &str, property: &Schema, is_required: bool, shape: Shape, flow: Flow) -> Self {
        let nullable = matches!(&shape, Shape::Nullable(of) if **of != Shape::Any);
        // Only answers hold what is read-only.
        let is_required = is_required && !property.read_only;
        let demanded = !flow.inbound && is_required;
        // Optional arrays and maps may be null as well, which gives them a type that
        // tells the absent from the empty.
        let shape = match shape {
            Shape::Array(_) | Shape::Map(_) if !demanded => shape.nullable(),
            shape => shape,
        };
        Self {
            ident: String::new(),
            wire: wire.to_owned(),
            optional: !demanded,
            lenient: flow.inbound && shape.is_integral(),
            shape,
            required: is_required,
            description: prose::describe(property),
            boxed: Boxed::Not,
            deprecated: property.deprecated,
            null: flow.outbound && nullable,
            empty: property.empty_list.as_deref().map(markdown::block),
        }
    }

    /// Its schema for progenitor.
    fn schema(&self) -> Value {
        let mut schema = self.shape.schema();
        let Some(text) = &self.description else {
            return schema;
        };
        match schema.as_object_mut() {
            Some(members) if !members.contains_key("$ref") => {
                members.insert("description".to_owned(), text.as_str().into());
                schema
            }
            // A sibling of `$ref` is ignored; one more level is not.
            _ => json!({ "allOf": [schema], "description": text }),
        }
    }
}
