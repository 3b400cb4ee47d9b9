//! Schemas as OpenAPI 3.0.3 writes them.

use serde_json::Value;

use super::schema::{Kind, Limits, Object as Properties, Schema, Segment};
use crate::node::{Node, Object};

/// Writes `schema` as an OpenAPI 3.0.3 Schema Object.
///
/// Every object with properties is handed to `lift`, inner ones first, with the way from the root to it and its
/// finished schema; what `lift` returns stands in its place, usually a reference. The description, example and
/// default of a lifted object belong to the place and not to the shape, so `lift` does not see them: equal shapes are
/// equal nodes. `nullable` is part of the shape, because 3.0.3 has no other place for it that validators agree on.
pub fn to_openapi<'n>(
    schema: Schema,
    lift: &mut impl FnMut(&[Segment], Node<'n>) -> Node<'n>,
) -> Node<'n> {
    let way = Vec::new();
    Writer { lift, way }.schema(schema)
}

struct Writer<'a, F> {
    lift: &'a mut F,
    way: Vec<Segment>,
}

impl<'n, F: FnMut(&[Segment], Node<'n>) -> Node<'n>> Writer<'_, F> {
    /// Recurses as deep as the schema does, which [`super::MAX_DEPTH`] bounds for inferred ones.
    fn schema(&mut self, mut schema: Schema) -> Node<'n> {
        let mut written = Object::default();
        let mut is_typed = true;
        match std::mem::take(&mut schema.kind) {
            Kind::Any => is_typed = false,
            Kind::Boolean => type_of(&mut written, "boolean", None),
            Kind::Integer(format) => type_of(&mut written, "integer", format),
            Kind::Number(format) => type_of(&mut written, "number", format),
            Kind::String(format) => type_of(&mut written, "string", format),
            Kind::Array(items) => {
                type_of(&mut written, "array", None);
                written.put("items", self.inside(Segment::Item, *items));
            }
            Kind::Map(values) => {
                type_of(&mut written, "object", None);
                written.put("additionalProperties", self.inside(Segment::Value, *values));
            }
            Kind::Object(object) if object.properties.is_empty() && object.additional.is_none() => {
                type_of(&mut written, "object", None);
            }
            Kind::Object(object) => return self.object(object, schema),
            Kind::OneOf(mut alternatives) => {
                is_typed = false;
                if let Some(first) = alternatives.first_mut() {
                    first.nullable |= schema.nullable;
                }
                let alternatives = alternatives.into_iter();
                let alternatives: Vec<Node<'_>> = alternatives.map(|it| self.schema(it)).collect();
                written.put("oneOf", alternatives);
            }
        }
        if schema.nullable && is_typed {
            written.put("nullable", true);
        }
        annotate(&mut written, schema);
        written.into()
    }

    fn object(&mut self, object: Properties, schema: Schema) -> Node<'n> {
        let mut shape = Object::default();
        type_of(&mut shape, "object", None);
        if schema.nullable {
            shape.put("nullable", true);
        }
        let required: Vec<Node<'_>> = object
            .properties
            .iter()
            .filter(|(_, property)| property.required)
            .map(|(key, _)| key.clone().into())
            .collect();
        if !required.is_empty() {
            shape.put("required", required);
        }
        let properties = object.properties.into_iter();
        let properties: Object<'_> = properties
            .map(|(key, property)| {
                let written = self.inside(Segment::Key(key.clone()), property.schema);
                (key, written)
            })
            .collect();
        shape.put("properties", properties);
        if let Some(values) = object.additional {
            shape.put("additionalProperties", self.inside(Segment::Value, *values));
        }
        let lifted = (self.lift)(&self.way, shape.into());
        let mut notes = Object::default();
        annotate(&mut notes, schema);
        if notes.is_empty() {
            return lifted;
        }
        // 3.0.3 ignores whatever stands beside a `$ref`.
        let mut written = Object::default();
        written.put("allOf", vec![lifted]);
        written.append(notes);
        written.into()
    }

    fn inside(&mut self, segment: Segment, schema: Schema) -> Node<'n> {
        self.way.push(segment);
        let written = self.schema(schema);
        self.way.pop();
        written
    }
}

fn type_of(written: &mut Object<'_>, name: &'static str, format: Option<String>) {
    written.put("type", name);
    if let Some(format) = format {
        written.put("format", format);
    }
}

fn annotate(written: &mut Object<'_>, schema: Schema) {
    if !schema.enumeration.is_empty() {
        written.put("enum", Value::Array(schema.enumeration));
    }
    if let Some(description) = schema.description.filter(|text| !text.is_empty()) {
        written.put("description", description);
    }
    if schema.deprecated {
        written.put("deprecated", true);
    }
    let mut put = |key: &'static str, value: Option<Value>| {
        if let Some(value) = value {
            written.put(key, value);
        }
    };
    put("default", schema.default);
    put("example", schema.example);
    let Limits {
        minimum,
        maximum,
        min_length,
        max_length,
        min_items,
        max_items,
    } = schema.limits;
    put("minimum", minimum.map(Value::from));
    put("maximum", maximum.map(Value::from));
    put("minLength", min_length.map(Value::from));
    put("maxLength", max_length.map(Value::from));
    put("minItems", min_items.map(Value::from));
    put("maxItems", max_items.map(Value::from));
}
