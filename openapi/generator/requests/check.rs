//! The checks of a request before it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::Set;
use super::body::Parts;
use crate::generator::lower::parameters::Location;
use crate::generator::lower::shapes::Shape;

pub(super) fn check(id: &str, parameters: &[Set<'_>], body: &Parts) -> TokenStream {
    let steps = parameters.iter().map(step);
    let body = &body.check;
    quote! {
        fn check(&self) -> Result<(), request::InvalidRequest> {
            request::Check::of(#id) #(#steps)* #body .finish()
        }
    }
}

fn step(set: &Set<'_>) -> TokenStream {
    let (wire, ident) = (&set.parameter.wire, &set.ident);
    let required = (set.parameter.required && !set.is_given() && set.parameter.default.is_none())
        .then(|| quote!(.required(#wire, self.#ident.is_some())));
    let (as_text, of_option) = match &set.parameter.shape {
        Shape::Text => (quote!(&self.#ident), quote!(self.#ident.as_deref())),
        Shape::Enum(_) => (
            quote!(self.#ident.as_str()),
            quote!(self.#ident.as_ref().map(|value| value.as_str())),
        ),
        Shape::Array(of) => {
            let element = match &**of {
                Shape::Text => quote!(String::as_str),
                Shape::Enum(_) => quote!(|value| value.as_str()),
                _ => return quote!(#required),
            };
            let joined = set.parameter.separator.map(|separator| {
                quote!(.joined(#wire, #separator, self.#ident.iter().flatten().map(#element)))
            });
            return quote!(#required #joined);
        }
        // Numbers and booleans can be sent anywhere.
        _ => return quote!(#required),
    };
    let more = match set.parameter.location {
        Location::Path if set.is_given() => quote!(.path(#wire, #as_text)),
        Location::Path => {
            let default = set.parameter.default.as_deref().unwrap_or_default();
            quote!(.path(#wire, #of_option.unwrap_or(#default)))
        }
        Location::Header => quote!(.header(#wire, #of_option)),
        Location::Query => quote!(),
    };
    quote!(#required #more)
}
