//! Schemas as OpenAPI 3.0.3 writes them.

use serde_json::{Map, Value};

use super::schema::{Kind, Limits, Object, Schema, Segment};

/// Writes `schema` as an OpenAPI 3.0.3 Schema Object.
///
/// Every object with properties is handed to `lift`, inner ones first, with the way from the root to it and its
/// finished schema; what `lift` returns stands in its place, usually `{"$ref": …}`. The description, example and
/// default of a lifted object belong to the place and not to the shape, so `lift` does not see them: equal shapes are
/// equal values. `nullable` is part of the shape, because 3.0.3 has no other place for it that validators agree on.
pub fn to_openapi(schema: &Schema, lift: &mut impl FnMut(&[Segment], Value) -> Value) -> Value {
    Writer {
        lift,
        way: Vec::new(),
    }
    .schema(schema)
}

struct Writer<'a, F> {
    lift: &'a mut F,
    way: Vec<Segment>,
}

impl<F: FnMut(&[Segment], Value) -> Value> Writer<'_, F> {
    /// Recurses as deep as the schema does, which [`super::MAX_DEPTH`] bounds for inferred ones.
    fn schema(&mut self, schema: &Schema) -> Value {
        let mut written = Map::new();
        match &schema.kind {
            Kind::Any => {}
            Kind::Boolean => type_of(&mut written, "boolean", None),
            Kind::Integer(format) => type_of(&mut written, "integer", format.as_deref()),
            Kind::Number(format) => type_of(&mut written, "number", format.as_deref()),
            Kind::String(format) => type_of(&mut written, "string", format.as_deref()),
            Kind::Array(items) => {
                type_of(&mut written, "array", None);
                written.insert("items".to_owned(), self.inside(Segment::Item, items));
            }
            Kind::Map(values) => {
                type_of(&mut written, "object", None);
                written.insert(
                    "additionalProperties".to_owned(),
                    self.inside(Segment::Value, values),
                );
            }
            Kind::Object(object) if object.properties.is_empty() && object.additional.is_none() => {
                type_of(&mut written, "object", None);
            }
            Kind::Object(object) => return self.object(object, schema),
            Kind::OneOf(alternatives) => {
                let mut alternatives: Vec<Schema> = alternatives.clone();
                if let Some(first) = alternatives.first_mut() {
                    first.nullable |= schema.nullable;
                }
                let written_alternatives = alternatives
                    .iter()
                    .map(|alternative| self.schema(alternative))
                    .collect();
                written.insert("oneOf".to_owned(), Value::Array(written_alternatives));
            }
        }
        if schema.nullable && written.contains_key("type") {
            written.insert("nullable".to_owned(), Value::Bool(true));
        }
        annotate(&mut written, schema);
        Value::Object(written)
    }

    fn object(&mut self, object: &Object, schema: &Schema) -> Value {
        let mut shape = Map::new();
        type_of(&mut shape, "object", None);
        if schema.nullable {
            shape.insert("nullable".to_owned(), Value::Bool(true));
        }
        let required: Vec<Value> = object
            .properties
            .iter()
            .filter(|(_, property)| property.required)
            .map(|(key, _)| Value::String(key.clone()))
            .collect();
        if !required.is_empty() {
            shape.insert("required".to_owned(), Value::Array(required));
        }
        let properties: Map<String, Value> = object
            .properties
            .iter()
            .map(|(key, property)| {
                (
                    key.clone(),
                    self.inside(Segment::Key(key.clone()), &property.schema),
                )
            })
            .collect();
        shape.insert("properties".to_owned(), Value::Object(properties));
        if let Some(values) = &object.additional {
            shape.insert(
                "additionalProperties".to_owned(),
                self.inside(Segment::Value, values),
            );
        }
        let lifted = (self.lift)(&self.way, Value::Object(shape));
        let mut notes = Map::new();
        annotate(&mut notes, schema);
        if notes.is_empty() {
            return lifted;
        }
        // 3.0.3 ignores whatever stands beside a `$ref`.
        let mut written = Map::from_iter([("allOf".to_owned(), Value::Array(vec![lifted]))]);
        written.append(&mut notes);
        Value::Object(written)
    }

    fn inside(&mut self, segment: Segment, schema: &Schema) -> Value {
        self.way.push(segment);
        let written = self.schema(schema);
        self.way.pop();
        written
    }
}

fn type_of(written: &mut Map<String, Value>, name: &str, format: Option<&str>) {
    written.insert("type".to_owned(), name.into());
    if let Some(format) = format {
        written.insert("format".to_owned(), format.into());
    }
}

fn annotate(written: &mut Map<String, Value>, schema: &Schema) {
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            written.insert(key.to_owned(), value);
        }
    };
    put(
        "enum",
        (!schema.enumeration.is_empty()).then(|| Value::Array(schema.enumeration.clone())),
    );
    put(
        "description",
        schema
            .description
            .clone()
            .filter(|text| !text.is_empty())
            .map(Value::String),
    );
    put("deprecated", schema.deprecated.then_some(Value::Bool(true)));
    put("default", schema.default.clone());
    put("example", schema.example.clone());
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
