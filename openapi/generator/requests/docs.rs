//! What rustdoc shows of a request.

use super::Set;
use crate::generator::errors;
use crate::generator::lower::Operation;
use crate::generator::lower::parameters::Lowered as Parameter;
use crate::generator::lower::shapes::Shape;
use crate::generator::markdown::code;
use crate::generator::operations::Named;

pub(super) fn request(named: &Named<'_>, operation: &Operation, given: &[&Set<'_>]) -> String {
    let mut parts: Vec<String> = operation
        .summary
        .iter()
        .chain(&operation.description)
        .cloned()
        .collect();
    if let Some(text) = &operation.body_description {
        parts.extend(["The body:".to_owned(), text.clone()]);
    }
    let place = code(&format!("{} {}", named.method.to_uppercase(), named.path));
    let id = code(&named.operation.id);
    parts.push(format!("Zoom's operation {id}, {place}."));
    for (kind, scopes) in [
        ("scopes", &named.operation.scopes),
        ("granular scopes", &named.operation.granular_scopes),
    ] {
        if !scopes.is_empty() {
            let scopes: Vec<_> = scopes.iter().map(|it| code(it)).collect();
            parts.push(format!(
                "The token needs one of the {kind} {}.",
                scopes.join(", ")
            ));
        }
    }
    if let Some(label) = &named.operation.rate_limit_label {
        parts.push(format!("Rate limit label: {}.", code(label)));
    }
    let error = &named.error;
    let variants = errors::variants_of(named);
    if !variants.is_empty() {
        let list: Vec<_> = variants
            .iter()
            .map(|it| format!("[`{it}`](crate::errors::{error}::{it})"))
            .collect();
        parts.push(format!(
            "Documented errors, of [`{error}`](crate::errors::{error}): {}.",
            list.join(", ")
        ));
    }
    parts.push(format!(
        "# Examples\n```\nuse zoom_chat_openapi::requests;\n\nlet request = requests::{}::new({});\n# let _ = request;\n```",
        operation.builder_name,
        example(given)
    ));
    parts.join("\n\n")
}

/// The arguments of `new` in an example.
fn example(given: &[&Set<'_>]) -> String {
    let arguments: Vec<_> = given
        .iter()
        .map(|it| match &it.parameter.shape {
            Shape::Integer => "1".to_owned(),
            Shape::Number => "1.0".to_owned(),
            Shape::Boolean => "true".to_owned(),
            Shape::Enum(_) => format!("\"{}\".into()", it.ident),
            _ => format!("\"{}\"", it.ident),
        })
        .collect();
    arguments.join(", ")
}

pub(super) fn new(given: &[&Set<'_>]) -> String {
    if given.is_empty() {
        return "A request with nothing set.".to_owned();
    }
    // Paragraphs, since a description may have several.
    let paragraphs = given.iter().flat_map(|it| {
        let name = format!("`{}` stands in the path:", it.ident);
        let description = it.parameter.description.clone();
        [
            name,
            description.unwrap_or_else(|| "it has no description.".to_owned()),
        ]
    });
    let paragraphs: Vec<_> = paragraphs.collect();
    format!("A request for one resource.\n\n{}", paragraphs.join("\n\n"))
}

pub(super) fn parameter(parameter: &Parameter) -> Option<String> {
    let default = parameter
        .default
        .as_ref()
        .map(|it| format!("{} unless set.", code(it)));
    let required =
        (parameter.required && parameter.default.is_none()).then(|| "Required.".to_owned());
    let deprecated = parameter.deprecated.then(|| "Deprecated.".to_owned());
    let parts: Vec<_> = parameter
        .description
        .clone()
        .into_iter()
        .chain(required)
        .chain(default)
        .chain(deprecated)
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
