//! Query parameters: one for a scalar or a list, and one for each property of an object.

use super::{Location, Lowered, describe, is_deprecated, is_object, scalar, type_name};
use crate::generator::document::{Document, Parameter, Schema};
use crate::generator::lower::prose;
use crate::generator::lower::schemas::{Types, follow};
use crate::generator::lower::shapes::Shape;

pub(super) fn lower(
    document: &Document,
    types: &mut Types<'_>,
    operation: &str,
    parameter: &Parameter,
) -> Vec<Lowered> {
    let schema = parameter.schema.as_ref();
    let name = type_name(operation, &parameter.name);
    let resolved = schema.map(|schema| follow(&document.components.schemas, schema));
    if let Some(object) = resolved.filter(|schema| is_object(schema)) {
        return properties(types, parameter, object, &name);
    }
    let array = resolved.filter(|schema| schema.kind.as_deref() == Some("array"));
    let (shape, separator) = match array {
        Some(array) => {
            let item = scalar(types, array.items.as_deref(), &name);
            (Shape::Array(Box::new(item)), separator(parameter))
        }
        None => (scalar(types, schema, &name), None),
    };
    vec![Lowered {
        separator,
        description: describe(parameter, schema),
        deprecated: is_deprecated(parameter),
        ..Lowered::unnamed(
            parameter.name.clone(),
            Location::Query,
            parameter.required,
            shape,
        )
    }]
}

/// The parameters that an object is: the audit has refused styles other than `form` and `deepObject`, and objects without
/// properties.
fn properties(
    types: &mut Types<'_>,
    parameter: &Parameter,
    object: &Schema,
    name: &str,
) -> Vec<Lowered> {
    let lower = |(key, property): (&String, &Schema)| {
        let wire = match style(parameter) {
            "deepObject" => format!("{}[{key}]", parameter.name),
            _ => key.clone(),
        };
        let required = parameter.required && object.required.contains(key);
        let shape = scalar(types, Some(property), &format!("{name} {key}"));
        Lowered {
            description: prose::describe(property),
            deprecated: is_deprecated(parameter),
            ..Lowered::unnamed(wire, Location::Query, required, shape)
        }
    };
    object.properties.iter().map(lower).collect()
}

fn style(parameter: &Parameter) -> &str {
    parameter.style.as_deref().unwrap_or("form")
}

/// What stands between the elements of a list that is one parameter.
fn separator(parameter: &Parameter) -> Option<&'static str> {
    let style = style(parameter);
    match style {
        _ if parameter.explode.unwrap_or(style == "form") => None,
        "spaceDelimited" => Some(" "),
        "pipeDelimited" => Some("|"),
        _ => Some(","),
    }
}
