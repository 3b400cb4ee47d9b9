//! The shapes to which schemas are reduced.

use serde_json::{Value, json};

/// The shape of the values of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Anything at all.
    Any,
    Text,
    /// A text that is the content of a file.
    Binary,
    Integer,
    Number,
    Boolean,
    Array(Box<Shape>),
    Map(Box<Shape>),
    /// An element that may be null.
    Nullable(Box<Shape>),
    /// An object, by the name of its Rust type.
    Object(String),
    /// A text of which the document lists the values, by the name of its Rust type.
    Enum(String),
    /// One of several objects, by the name of its Rust type.
    Union(String),
}

impl Shape {
    /// The schema for progenitor.
    pub(crate) fn schema(&self) -> Value {
        match self {
            Self::Any => json!({}),
            Self::Text | Self::Binary => json!({ "type": "string" }),
            Self::Integer => json!({ "type": "integer", "format": "int64" }),
            Self::Number => json!({ "type": "number", "format": "double" }),
            Self::Boolean => json!({ "type": "boolean" }),
            Self::Array(items) => json!({ "type": "array", "items": items.schema() }),
            Self::Map(values) => {
                json!({ "type": "object", "additionalProperties": values.schema() })
            }
            Self::Nullable(of) => match &**of {
                Self::Object(_) | Self::Enum(_) | Self::Union(_) => {
                    json!({ "allOf": [of.schema()], "nullable": true })
                }
                // Anything includes null.
                Self::Any | Self::Nullable(_) => of.schema(),
                _ => {
                    let mut schema = of.schema();
                    schema["nullable"] = true.into();
                    schema
                }
            },
            Self::Object(name) | Self::Enum(name) | Self::Union(name) => {
                json!({ "$ref": format!("#/components/schemas/{name}") })
            }
        }
    }

    pub(crate) fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) => self,
            _ => Self::Nullable(Box::new(self)),
        }
    }

    /// Whether all that the shape is made of in the end is integers.
    pub(crate) fn is_integral(&self) -> bool {
        match self {
            Self::Integer => true,
            Self::Array(of) | Self::Map(of) | Self::Nullable(of) => of.is_integral(),
            _ => false,
        }
    }

    pub(crate) fn is_scalar(&self) -> bool {
        matches!(
            self,
            Self::Text | Self::Integer | Self::Number | Self::Boolean | Self::Enum(_)
        )
    }
}
