//! Parameters, reduced to texts, numbers and arrays in the query.
//!
//! Each is given to progenitor under its Rust name, which is unique in its operation;
//! the name on the wire is put back into the generated code. So a path and a query
//! parameter may share one name, and none can shadow what a builder needs itself.

mod query;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::names::{Names, snake};
use super::prose;
use super::reach::Flow;
use super::schemas::{Place, Types};
use super::shapes::Shape;
use crate::generator::document::{AdditionalProperties, Document, Parameter, Schema};
use crate::generator::markdown;

/// A parameter of a lowered operation.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    /// The name in Rust.
    pub(crate) ident: String,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
    /// What joins the elements of an array that is not repeated.
    pub(crate) separator: Option<&'static str>,
    pub(crate) description: Option<String>,
    /// The value in the path unless the caller sets one.
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
}

impl Lowered {
    /// A parameter that has no name in Rust yet.
    fn unnamed(wire: impl Into<String>, location: Location, required: bool, shape: Shape) -> Self {
        Self {
            ident: String::new(),
            wire: wire.into(),
            location,
            required,
            shape,
            separator: None,
            description: None,
            default: None,
            deprecated: false,
        }
    }

    /// The parameter object that progenitor is given.
    pub(crate) fn object(&self) -> Value {
        let location = match self.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        json!({ "name": self.ident, "in": location, "required": self.required, "schema": self.shape.schema() })
    }
}

/// Lowers the parameters of an operation, those of its path item and its own, and the path that holds some of them.
pub(crate) fn lower(
    document: &Document,
    types: &mut Types<'_>,
    path: &str,
    operation: &str,
    (shared, own): (&[Parameter], &[Parameter]),
) -> Result<(String, Vec<Lowered>), String> {
    let mut declared: IndexMap<(String, String), &Parameter> = IndexMap::new();
    for parameter in shared.iter().chain(own) {
        let parameter = document.parameter(parameter)?;
        // The names of headers have no case.
        let name = match parameter.location.as_str() {
            "header" => parameter.name.to_ascii_lowercase(),
            _ => parameter.name.clone(),
        };
        declared.insert((parameter.location.clone(), name), parameter);
    }
    let holes = holes(path)?;
    let mut lowered: Vec<Lowered> = Vec::new();
    for &hole in &holes {
        if lowered.iter().any(|known| known.wire == hole) {
            continue;
        }
        let parameter = declared.get(&("path".to_owned(), hole.to_owned())).copied();
        lowered.push(path_parameter(types, operation, hole, parameter));
    }
    for parameter in declared.values() {
        if parameter.location == "path" && !holes.contains(&parameter.name.as_str()) {
            return Err(format!(
                "the path has no {{{}}}, which is declared as a path parameter; put it into the path, or remove it",
                parameter.name
            ));
        }
        match parameter.location.as_str() {
            "query" => lowered.extend(query::lower(document, types, operation, parameter)),
            "header" if is_header(&parameter.name) => {
                lowered.push(header(types, operation, parameter));
            }
            _ => {}
        }
    }
    lowered.extend(cookies(declared.values().copied()));
    name(&mut lowered);
    Ok((rename_holes(path, &holes, &lowered), lowered))
}

/// A parameter in the path, which need not be declared.
fn path_parameter(
    types: &mut Types<'_>,
    operation: &str,
    hole: &str,
    parameter: Option<&Parameter>,
) -> Lowered {
    let schema = parameter.and_then(|parameter| parameter.schema.as_ref());
    let shape = scalar(types, schema, &type_name(operation, hole));
    Lowered {
        description: parameter.and_then(|parameter| describe(parameter, schema)),
        default: schema
            .and_then(|schema| schema.default.as_ref()?.as_str())
            .map(str::to_owned),
        deprecated: parameter.is_some_and(is_deprecated),
        ..Lowered::unnamed(hole, Location::Path, true, shape)
    }
}

fn header(types: &mut Types<'_>, operation: &str, parameter: &Parameter) -> Lowered {
    let schema = parameter.schema.as_ref();
    let wire = parameter.name.to_ascii_lowercase();
    let shape = scalar(types, schema, &type_name(operation, &parameter.name));
    Lowered {
        description: describe(parameter, schema),
        deprecated: is_deprecated(parameter),
        ..Lowered::unnamed(wire, Location::Header, parameter.required, shape)
    }
}

/// All cookies of `declared`, which share one header, as one parameter.
fn cookies<'a>(declared: impl Iterator<Item = &'a Parameter>) -> Option<Lowered> {
    let cookies: Vec<_> = declared.filter(|it| it.location == "cookie").collect();
    let names: Vec<_> = cookies
        .iter()
        .map(|cookie| format!("`{}=…`", cookie.name))
        .collect();
    let required = cookies.iter().any(|cookie| cookie.required);
    (!cookies.is_empty()).then(|| Lowered {
        description: Some(format!(
            "The Cookie header: {}, joined by `; `.",
            names.join(", ")
        )),
        ..Lowered::unnamed("cookie", Location::Header, required, Shape::Text)
    })
}

/// Names the parameters: first those whose names Rust can take as they are.
fn name(parameters: &mut [Lowered]) {
    let mut names = Names::parameters();
    for exact in [true, false] {
        for parameter in parameters.iter_mut() {
            let wish = snake(&parameter.wire);
            let fits = !exact || (wish == parameter.wire && names.is_free(&wish));
            if parameter.ident.is_empty() && fits {
                parameter.ident = names.claim(&wish);
            }
        }
    }
}

/// The preferred name of an enum, other than those of the operation's body and answer.
fn type_name(operation: &str, wire: &str) -> String {
    let same = ["request", "response"]
        .iter()
        .any(|taken| wire.eq_ignore_ascii_case(taken));
    let more = if same { " parameter" } else { "" };
    format!("{operation} {wire}{more}")
}

/// A scalar as itself, everything else as the text that the caller writes.
fn scalar(types: &mut Types<'_>, schema: Option<&Schema>, name: &str) -> Shape {
    let shape = schema.map_or(Shape::Text, |schema| {
        types.lower(
            schema,
            Place {
                name,
                flow: Flow::OUT,
            },
        )
    });
    match shape {
        Shape::Nullable(of) if of.is_scalar() => *of,
        shape if shape.is_scalar() => shape,
        _ => Shape::Text,
    }
}

/// Whether a parameter or its schema is deprecated.
fn is_deprecated(parameter: &Parameter) -> bool {
    parameter.deprecated || parameter.schema.as_ref().is_some_and(|it| it.deprecated)
}

fn is_object(schema: &Schema) -> bool {
    match schema.kind.as_deref() {
        Some(kind) => kind == "object",
        None => {
            !schema.properties.is_empty()
                || matches!(
                    schema.additional_properties,
                    Some(AdditionalProperties::Of(_))
                )
        }
    }
}

fn describe(parameter: &Parameter, schema: Option<&Schema>) -> Option<String> {
    let own = parameter
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(markdown::block);
    let more = schema.and_then(|schema| {
        // The default of a path parameter is what is sent.
        let default = schema.default.clone();
        prose::describe(&Schema {
            description: None,
            default: default.filter(|_| parameter.location != "path"),
            deprecated: false,
            ..schema.clone()
        })
    });
    let json = (!parameter.content.is_empty()).then(|| {
        let media_types: Vec<_> = parameter.content.keys().map(String::as_str).collect();
        format!("Written as {}.", media_types.join(" or "))
    });
    let joined = schema
        .filter(|schema| parameter.location != "query" && schema.kind.as_deref() == Some("array"))
        .map(|_| "Several values are joined by commas.".to_owned());
    let parts: Vec<_> = [own, more, json, joined].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Whether a header is the operation's to set: OpenAPI does not leave it to the body, the
/// answer or the security scheme.
fn is_header(name: &str) -> bool {
    let elsewhere = ["accept", "content-type", "authorization"];
    !elsewhere.contains(&name.to_ascii_lowercase().as_str())
}

/// The names in the braces of a path template, in order.
fn holes(path: &str) -> Result<Vec<&str>, String> {
    if !path.starts_with('/') {
        return Err("the path does not start with a slash".to_owned());
    }
    let mut holes = Vec::new();
    let mut rest = path;
    while let Some((constant, after)) = rest.split_once('{') {
        let (hole, after) = after
            .split_once('}')
            .ok_or("a brace in the path is not closed")?;
        if constant.contains('}') || hole.contains(['{', '/']) {
            return Err("the braces in the path do not pair".to_owned());
        }
        holes.push(hole);
        rest = after;
    }
    if rest.contains('}') {
        Err("the braces in the path do not pair".to_owned())
    } else {
        Ok(holes)
    }
}

fn rename_holes(path: &str, holes: &[&str], lowered: &[Lowered]) -> String {
    let mut renamed = String::with_capacity(path.len());
    let mut rest = path;
    for hole in holes {
        let Some((constant, after)) = rest.split_once('{') else {
            break;
        };
        let ident = lowered
            .iter()
            .find(|parameter| parameter.location == Location::Path && parameter.wire == **hole)
            .map_or("", |parameter| parameter.ident.as_str());
        renamed.push_str(constant);
        renamed.push_str(&format!("{{{ident}}}"));
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    renamed.push_str(rest);
    renamed
}
