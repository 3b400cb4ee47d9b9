//! The documentation of requests.

use super::Set;
use super::calls::{self, Call};
use crate::generator::errors;
use crate::generator::lower::Operation;
use crate::generator::lower::parameters::Lowered as Parameter;
use crate::generator::markdown::code;
use crate::generator::operations::Named;

pub(super) fn request(
    named: &Named<'_>,
    operation: &Operation,
    calls: &[Call],
    is_paged: bool,
) -> String {
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
    let retry = if named.is_repeatable() {
        "Safe to retry, even if an earlier attempt may have taken effect."
    } else {
        "Not safe to retry after an attempt that may have taken effect: it can take effect twice."
    };
    parts.push(retry.to_owned());
    if is_paged {
        parts.push("The answer is one page of a listing: see [`Paged`](crate::Paged).".to_owned());
    }
    let error = &named.error;
    let variants = errors::variants_of(named);
    if !variants.is_empty() {
        let list: Vec<_> = variants
            .iter()
            .map(|it| format!("[`{it}`](crate::errors::{error}::{it})"))
            .collect();
        parts.push(format!(
            "Documented errors ([`{error}`](crate::errors::{error})): {}.",
            list.join(", ")
        ));
    }
    parts.extend(calls::examples(calls, is_paged));
    parts.join("\n\n")
}

/// Search terms for a request in the documentation.
pub(super) fn aliases(named: &Named<'_>) -> Vec<String> {
    let tasks = named.operation.tasks.keys();
    tasks
        .map(|task| {
            // rustdoc takes nothing else.
            let task = task.replace('\'', "");
            let words = task.split(|c: char| !c.is_alphanumeric() && c != '-');
            words
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|alias| !alias.is_empty())
        .collect()
}

pub(super) fn new(given: &[&Set<'_>]) -> String {
    if given.is_empty() {
        return "A request without any parameters.".to_owned();
    }
    // Paragraphs, since a description may have several.
    let paragraphs = given.iter().flat_map(|it| {
        let name = format!("`{}` is a path parameter", it.ident);
        match it.parameter.description.clone() {
            Some(description) => vec![format!("{name}:"), description],
            None => vec![format!("{name}.")],
        }
    });
    let paragraphs: Vec<_> = paragraphs.collect();
    format!(
        "A request with its path parameters.\n\n{}",
        paragraphs.join("\n\n")
    )
}

pub(super) fn parameter(parameter: &Parameter) -> Option<String> {
    let default = parameter
        .default
        .as_ref()
        .map(|it| format!("Default: {}.", code(it)));
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
