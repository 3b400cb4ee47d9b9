//! One request struct for each operation. It does not refer to a client, has a setter for each
//! parameter, and implements `Request`, which defines its operation, answer and errors. Its HTTP
//! request is built by the method that progenitor generated for the operation.

mod body;
pub(crate) mod calls;
mod check;
mod docs;
mod paging;
mod send;
mod setters;
pub(crate) mod structs;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::body::Parts;
use self::calls::Calls;
use self::setters::{deprecation, held, setter, taken};
use crate::generator::document::Document;
use crate::generator::lower::names::Names;
use crate::generator::lower::parameters::{Location, Lowered as Parameter};
use crate::generator::lower::shapes::Shape;
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

/// A parameter with the name of its setter and of the field that holds it.
pub(super) struct Set<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) ident: syn::Ident,
}

impl Set<'_> {
    /// Whether it is an argument of `new`: it identifies the resource.
    pub(super) fn is_given(&self) -> bool {
        self.parameter.location == Location::Path && self.parameter.default.is_none()
    }
}

/// The preferred name of the setter of a parameter.
fn wish(parameter: &Parameter) -> &str {
    let ident = parameter.ident.as_str();
    // Reserved in the client's method only.
    ident.strip_suffix("_parameter").unwrap_or(ident)
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
    let Named {
        constant, error, ..
    } = named;
    let id = &named.operation.id;
    let mut names = Names::setters();
    let parameters: Vec<Set<'_>> = operation
        .parameters
        .iter()
        .map(|parameter| Set {
            ident: format_ident!("{}", names.claim(wish(parameter))),
            parameter,
        })
        .collect();
    let body = body::parts(siblings, &mut names, lowered);
    let page = paging::paged(&name, operation, &parameters, &body, lowered);
    let built = send::build(siblings, &parameters, &body)?;
    let check = check::check(id, &parameters, &body);
    let response = send::response(&operation.success);
    let answer = send::answer(&operation.success, lowered);
    let Parts {
        fields: body_fields,
        setters: body_setters,
        default,
        ..
    } = &body;

    let (given, later): (Vec<_>, Vec<_>) = parameters.iter().partition(|it| it.is_given());
    let fields = parameters.iter().map(|it| {
        let (ident, ty) = (&it.ident, held(&it.parameter.shape));
        if it.is_given() {
            quote!(#ident: #ty,)
        } else {
            quote!(#ident: Option<#ty>,)
        }
    });
    let arguments = given.iter().map(|it| {
        let (ident, (ty, _)) = (&it.ident, taken(&it.parameter.shape));
        quote!(#ident: #ty)
    });
    let values = given.iter().map(|it| {
        let ident = &it.ident;
        if it.parameter.shape == Shape::Text {
            quote!(#ident: #ident.into(),)
        } else {
            quote!(#ident,)
        }
    });
    let absent = later.iter().map(|it| {
        let ident = &it.ident;
        quote!(#ident: None,)
    });
    let setters = later.iter().map(|it| {
        let ident = &it.ident;
        let doc = docs::parameter(it.parameter);
        setter(
            ident,
            &it.parameter.shape,
            doc.as_deref(),
            it.parameter.deprecated,
            |value| quote!(self.#ident = Some(#value);),
        )
    });
    let calls = calls.to(&operation.builder_name);
    let doc = docs::request(named, operation, calls, page.is_some());
    let aliases = docs::aliases(named);
    let new_doc = docs::new(&given);
    let deprecation = deprecation(named.operation.deprecated);
    let default_impl = given.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    Ok(quote! {
        #[doc = #doc]
        #(#[doc(alias = #aliases)])*
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
                Self { #(#values)* #(#absent)* #default }
            }
            #(#setters)*
            #body_setters
        }

        #default_impl

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

        #page
    })
}
