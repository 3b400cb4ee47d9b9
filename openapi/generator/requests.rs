//! One request struct for each operation. It does not refer to a client, has a setter for each
//! parameter, and implements `Request`, which defines its operation, answer and errors. Its HTTP
//! request is built by the method that progenitor generated for the operation.

mod body;
pub(crate) mod calls;
mod check;
mod docs;
mod paging;
mod send;
mod set;
mod setters;
pub(crate) mod structs;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::body::Parts;
use self::calls::Calls;
use self::set::Set;
use self::setters::deprecation;
use crate::generator::document::Document;
use crate::generator::lower::names::Names;
use crate::generator::lower::{Lowered, Operation};
use crate::generator::operations::{Named, named, parse};

/// The requests of all operations. Lowered operations that differ only in their media type are one.
pub(crate) fn requests(
    document: &Document,
    lowered: &Lowered,
    calls: &Calls,
) -> Result<syn::File, String> {
    let siblings = lowered
        .operations
        .chunk_by(|a, b| (a.http_method, &a.path) == (b.http_method, &b.path));
    let requests = named(document)
        .iter()
        .zip(siblings)
        .map(|(named, siblings)| request(named, siblings, lowered, calls))
        .collect::<Result<Vec<_>, _>>()?;
    parse(quote! {
        // Modules alone: a type imported here could have the name of a request. A small API uses
        // not all of them.
        #[allow(unused_imports)]
        use crate::{errors, operations, request, response, types};

        #(#requests)*
    })
}

fn request(
    named: &Named<'_>,
    siblings: &[Operation],
    lowered: &Lowered,
    calls: &Calls,
) -> Result<TokenStream, String> {
    // Lowering writes at least one operation for each of the document.
    let operation = &siblings[0];
    let name = format_ident!("{}", operation.builder_name);
    let mut names = Names::setters();
    let parameters = Set::all(operation, &mut names);
    let body = body::parts(siblings, &mut names, lowered);
    let page = paging::paged(&name, operation, &parameters, &body, lowered);
    let calls = calls.to(&operation.builder_name);
    let doc = docs::request(named, operation, calls, page.is_some());
    let aliases = docs::aliases(named);
    let definition = definition(&name, named.operation.deprecated, &parameters, &body);
    let implementation = implementation(&name, named, siblings, &parameters, &body, lowered)?;
    Ok(quote! {
        #[doc = #doc]
        #(#[doc(alias = #aliases)])*
        #definition
        #implementation
        #page
    })
}

/// The struct with its constructor and setters.
fn definition(
    name: &syn::Ident,
    deprecated: bool,
    parameters: &[Set<'_>],
    body: &Parts,
) -> TokenStream {
    let Parts {
        fields: body_fields,
        setters: body_setters,
        default,
        ..
    } = body;
    let (given, later): (Vec<_>, Vec<_>) = parameters.iter().partition(|it| it.is_given());
    let fields = parameters.iter().map(Set::field);
    let arguments = given.iter().map(|it| it.argument());
    let initial = given.iter().chain(&later).map(|it| it.initial());
    let setters = later.iter().map(|it| it.setter());
    let new_doc = docs::new(&given);
    let deprecation = deprecation(deprecated);
    let default_impl = given.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #deprecation
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is called"]
        pub struct #name {
            #(#fields)*
            #body_fields
        }

        impl #name {
            #[doc = #new_doc]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#initial)* #default }
            }
            #(#setters)*
            #body_setters
        }

        #default_impl
    }
}

/// What makes it a request: its operation, answer and errors, and how it is sent.
fn implementation(
    name: &syn::Ident,
    named: &Named<'_>,
    siblings: &[Operation],
    parameters: &[Set<'_>],
    body: &Parts,
    lowered: &Lowered,
) -> Result<TokenStream, String> {
    let Named {
        constant, error, ..
    } = named;
    let success = &siblings[0].success;
    let response = send::response(success);
    let answer = send::answer(success, lowered);
    let check = check::check(&named.operation.id, parameters, body);
    let built = send::build(siblings, parameters, body)?;
    Ok(quote! {
        impl crate::sealed::Sealed for #name {}

        impl crate::Request for #name {
            type Response = #response;
            type Error = errors::#error;

            const ANSWER: response::Answer<#response> = #answer;

            fn operation(&self) -> &'static crate::Operation {
                &operations::#constant
            }

            #check

            fn build(&self, client: &crate::Client) -> Result<::reqwest::Request, crate::Error> {
                #built
            }
        }
    })
}
