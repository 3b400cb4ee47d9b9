//! One form of setters, whatever is set: a parameter, a property of a body or a field of a
//! type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::generator::lower::shapes::Shape;

/// The type that holds a value of this shape.
pub(crate) fn held(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Any => quote!(::serde_json::Value),
        Shape::Text | Shape::Binary => quote!(String),
        Shape::Integer => quote!(i64),
        Shape::Number => quote!(f64),
        Shape::Boolean => quote!(bool),
        Shape::Array(of) => {
            let of = held(of);
            quote!(Vec<#of>)
        }
        Shape::Map(of) if **of == Shape::Any => {
            quote!(::serde_json::Map<String, ::serde_json::Value>)
        }
        Shape::Map(of) => {
            let of = held(of);
            quote!(::std::collections::BTreeMap<String, #of>)
        }
        // Anything includes null.
        Shape::Nullable(of) if matches!(**of, Shape::Any | Shape::Nullable(_)) => held(of),
        Shape::Nullable(of) => {
            let of = held(of);
            quote!(Option<#of>)
        }
        Shape::Object(name) | Shape::Enum(name) | Shape::Union(name) => {
            let name = format_ident!("{name}");
            quote!(types::#name)
        }
    }
}

/// The type of a setter's argument `value`, and what makes the held value of it.
///
/// Texts convert from whatever can become one. Numbers, booleans and enums are taken as they
/// are, so that a text does not become a value of an enum unnoticed.
pub(crate) fn taken(shape: &Shape) -> (TokenStream, TokenStream) {
    match shape {
        Shape::Text | Shape::Binary => (quote!(impl Into<String>), quote!(value.into())),
        Shape::Any => (quote!(impl Into<::serde_json::Value>), quote!(value.into())),
        Shape::Array(of) => match &**of {
            Shape::Text | Shape::Binary | Shape::Any => {
                let (of, _) = taken(of);
                (
                    quote!(impl IntoIterator<Item = #of>),
                    quote!(value.into_iter().map(Into::into).collect()),
                )
            }
            // `impl Trait` within another would not say how to convert.
            of => {
                let of = held(of);
                (
                    quote!(impl IntoIterator<Item = #of>),
                    quote!(value.into_iter().collect()),
                )
            }
        },
        Shape::Map(of) => {
            let of = held(of);
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, #of)>),
                quote!(
                    value
                        .into_iter()
                        .map(|(key, value)| (key.into(), value))
                        .collect()
                ),
            )
        }
        _ => (held(shape), quote!(value)),
    }
}

/// What a nullable value is when it is not null.
pub(crate) fn present(shape: &Shape) -> &Shape {
    match shape {
        Shape::Nullable(of) => of,
        shape => shape,
    }
}

/// What marks an item that the document declares deprecated.
pub(crate) fn deprecation(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "the API declares it deprecated"]))
}

/// A setter. `put` writes the statement that takes the held value.
pub(crate) fn setter(
    name: &syn::Ident,
    shape: &Shape,
    doc: Option<&str>,
    deprecated: bool,
    put: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let (argument, value) = taken(present(shape));
    let put = put(value);
    let doc = doc.map_or_else(|| format!("Sets `{name}`."), str::to_owned);
    let deprecation = deprecation(deprecated);
    quote! {
        #[doc = #doc]
        #deprecation
        pub fn #name(mut self, value: #argument) -> Self {
            #put
            self
        }
    }
}

/// A setter without an argument.
pub(crate) fn switch(name: &syn::Ident, doc: &str, put: &TokenStream) -> TokenStream {
    quote! {
        #[doc = #doc]
        pub fn #name(mut self) -> Self {
            #put
            self
        }
    }
}
