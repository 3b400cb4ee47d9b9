//! How a request is sent: by the client's method of the operation.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Set;
use super::body::Parts;
use super::setters::held;
use crate::generator::lower::Operation;
use crate::generator::lower::responses::Success;
use crate::generator::lower::shapes::Shape;

/// The decoded body of an answer.
pub(super) fn answer(success: &Success) -> TokenStream {
    match success {
        Success::Empty => quote!(()),
        Success::Bytes => quote!(crate::ByteStream),
        Success::Json(shape) => held(shape),
        Success::OptionalJson(shape) => held(&shape.clone().nullable()),
    }
}

/// The expression that sends, whichever way the body is encoded.
pub(super) fn send(
    siblings: &[Operation],
    parameters: &[Set<'_>],
    body: &Parts,
) -> Result<TokenStream, String> {
    let call =
        |number: usize, value: Option<&TokenStream>| call(&siblings[number], parameters, value);
    body.sent(call)
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
    Ok(quote!(client.#method(#(#arguments),*).await))
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
