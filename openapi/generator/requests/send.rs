//! How a request is sent: its HTTP request is built by the client's method of the operation, and
//! its answer is decoded by its type.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Set;
use super::body::Parts;
use super::setters::held;
use crate::generator::lower::responses::Success;
use crate::generator::lower::shapes::Shape;
use crate::generator::lower::{Lowered, Operation};

/// The decoded body of an answer.
pub(super) fn response(success: &Success) -> TokenStream {
    match success {
        Success::Empty => quote!(()),
        Success::Bytes => quote!(crate::ByteStream),
        Success::Json(shape) => held(shape),
        Success::OptionalJson(shape) => held(&shape.clone().nullable()),
    }
}

/// How the answer is read.
pub(super) fn answer(success: &Success, lowered: &Lowered) -> TokenStream {
    match success {
        Success::Empty => quote!(response::Answer::Whole(response::empty)),
        Success::Bytes => quote!(response::Answer::Stream(crate::ResponseValue::stream)),
        Success::OptionalJson(_) => quote!(response::Answer::Whole(response::optional)),
        Success::Json(shape) if has_no_code(shape, lowered) => {
            quote!(response::Answer::Whole(response::json))
        }
        Success::Json(_) => quote!(response::Answer::Whole(response::any)),
    }
}

/// Whether an answer of this shape cannot be mistaken for an error, which has a `code`.
fn has_no_code(shape: &Shape, lowered: &Lowered) -> bool {
    let Shape::Object(name) = shape else {
        return false;
    };
    lowered.schemas.get(name).is_some_and(|schema| {
        schema.pointer("/properties/code").is_none() && schema.get("additionalProperties").is_none()
    })
}

/// The expression that builds the HTTP request, whichever way the body is encoded.
pub(super) fn build(
    siblings: &[Operation],
    parameters: &[Set<'_>],
    body: &Parts,
) -> Result<TokenStream, String> {
    let call =
        |number: usize, value: Option<&TokenStream>| call(&siblings[number], parameters, value);
    body.encoded(call)
}

/// The call of one method of the client.
fn call(
    operation: &Operation,
    parameters: &[Set<'_>],
    body: Option<&TokenStream>,
) -> Result<TokenStream, String> {
    let known: BTreeMap<&str, &Set<'_>> = parameters
        .iter()
        .map(|it| (it.parameter.ident.as_str(), it))
        .collect();
    let method = format_ident!("{}", operation.method_name);
    let arguments = operation
        .arguments
        .iter()
        .map(|argument| match known.get(argument.as_str()) {
            Some(set) => Ok(value(set)),
            None if argument == "body" => body
                .cloned()
                .ok_or(format!("{method} of progenitor takes a body")),
            None => Err(format!("{method} of progenitor takes {argument:?}")),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let expected = parameters.len() + usize::from(body.is_some());
    if arguments.len() != expected {
        return Err(format!(
            "{method} of progenitor takes {} arguments instead of {expected}",
            arguments.len()
        ));
    }
    Ok(quote!(client.#method(#(#arguments),*)))
}

/// What a method takes for a parameter: texts and lists by reference, the rest by value.
/// A required value that is not set has been refused by the check.
fn value(set: &Set<'_>) -> TokenStream {
    let ident = &set.ident;
    let parameter = set.parameter;
    let required = parameter.required;
    match &parameter.shape {
        Shape::Integer | Shape::Number | Shape::Boolean => match (set.is_given(), required) {
            (true, _) | (_, false) => quote!(self.#ident),
            (false, true) => quote!(self.#ident.unwrap_or_default()),
        },
        Shape::Text => match (set.is_given(), required) {
            (true, _) => quote!(&self.#ident),
            (_, false) => quote!(self.#ident.as_deref()),
            (false, true) => {
                let default = parameter.default.as_deref().unwrap_or_default();
                quote!(self.#ident.as_deref().unwrap_or(#default))
            }
        },
        Shape::Enum(name) if required && !set.is_given() => {
            let name = format_ident!("{name}");
            let default = parameter.default.as_deref().unwrap_or_default();
            quote!(self.#ident.as_ref().unwrap_or(&types::#name::from(#default)))
        }
        Shape::Array(_) if required => quote!(self.#ident.as_ref().unwrap_or(&Vec::new())),
        _ if set.is_given() => quote!(&self.#ident),
        _ => quote!(self.#ident.as_ref()),
    }
}
