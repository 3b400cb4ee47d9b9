//! Bodies without properties: bytes, arrays, maps and single values.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Parts, Place};
use crate::generator::lower::Lowered;
use crate::generator::lower::bodies::Body;
use crate::generator::lower::shapes::Shape;
use crate::generator::requests::setters::{held, present, taken};

pub(super) fn place(body: &Body, optional: bool, lowered: &Lowered) -> Place {
    let ident = format_ident!("body");
    let (ty, argument, value) = types(body);
    Place {
        fields: quote!(body: Option<#ty>,),
        setters: quote! {
            /// Sets the body.
            pub fn body(mut self, value: #argument) -> Self {
                self.body = Some(#value);
                self
            }
        },
        default: quote!(body: None,),
        value: lent(body, &quote!(self.body)),
        required: if optional {
            Vec::new()
        } else {
            vec![("body".to_owned(), quote!(self.body.is_some()))]
        },
        held: optional.then_some(ident),
        complete: shape(body)
            .is_some_and(|it| lowered.leads_to_lacking(it))
            .then(|| quote!(self.body.as_ref())),
        token: None,
    }
}

/// A body that is set instead of the shared one: the argument of its method, and the rest.
pub(super) fn alternative(
    body: &Body,
    name: &syn::Ident,
    doc: &str,
    choose: &TokenStream,
) -> (TokenStream, Parts) {
    let (ty, argument, value) = types(body);
    let parts = Parts {
        fields: quote!(#name: Option<#ty>,),
        default: quote!(#name: None,),
        setters: quote! {
            #[doc = #doc]
            pub fn #name(mut self, value: #argument) -> Self {
                self.#name = Some(#value);
                #choose
                self
            }
        },
        ..Parts::default()
    };
    (lent(body, &quote!(self.#name)), parts)
}

fn shape(body: &Body) -> Option<&Shape> {
    match body {
        Body::Json { shape, .. } | Body::Form { shape, .. } => Some(shape),
        Body::Files(_) | Body::Bytes { .. } | Body::None => None,
    }
}

/// The type that holds a body, that of its setter's argument, and the held value.
fn types(body: &Body) -> (TokenStream, TokenStream, TokenStream) {
    match body {
        Body::Json { shape, .. } | Body::Form { shape, .. } => {
            let (argument, value) = taken(present(shape));
            (held(present(shape)), argument, value)
        }
        Body::Files(_) => (
            quote!(crate::multipart::Form),
            quote!(crate::multipart::Form),
            quote!(value),
        ),
        Body::Bytes { .. } | Body::None => (
            quote!(::bytes::Bytes),
            quote!(impl Into<::bytes::Bytes>),
            quote!(value.into()),
        ),
    }
}

/// What the client's method takes of a body that is held as an option.
fn lent(body: &Body, held: &TokenStream) -> TokenStream {
    let (Body::Json { shape, .. } | Body::Form { shape, .. }) = body else {
        // Bytes and files are shared, not copied.
        return quote!(#held.clone().unwrap_or_default());
    };
    match shape {
        Shape::Nullable(of) => match &**of {
            Shape::Text | Shape::Binary => quote!(#held.as_deref()),
            Shape::Integer | Shape::Number | Shape::Boolean => held.clone(),
            _ => quote!(#held.as_ref()),
        },
        Shape::Text | Shape::Binary => quote!(#held.as_deref().unwrap_or_default()),
        Shape::Integer | Shape::Number | Shape::Boolean => quote!(#held.unwrap_or_default()),
        Shape::Enum(name) => {
            let name = format_ident!("{name}");
            quote!(#held.as_ref().unwrap_or(&types::#name::from("")))
        }
        _ => quote!(#held.as_ref().unwrap_or(&Default::default())),
    }
}
