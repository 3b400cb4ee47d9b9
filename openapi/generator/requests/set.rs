//! A parameter of a request: the field that holds it, and the argument or setter that gives its value.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::setters::{held, setter, taken};
use crate::generator::lower::Operation;
use crate::generator::lower::names::Names;
use crate::generator::lower::parameters::{Location, Lowered as Parameter};
use crate::generator::lower::shapes::Shape;

/// A parameter with the name of its setter and of the field that holds it.
pub(super) struct Set<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) ident: syn::Ident,
}

impl<'a> Set<'a> {
    /// The parameters of an operation.
    pub(super) fn all(operation: &'a Operation, names: &mut Names) -> Vec<Self> {
        let parameters = operation.parameters.iter();
        parameters
            .map(|parameter| Set {
                ident: format_ident!("{}", names.claim(wish(parameter))),
                parameter,
            })
            .collect()
    }

    /// Whether it is an argument of `new`: it identifies the resource.
    pub(super) fn is_given(&self) -> bool {
        self.parameter.location == Location::Path && self.parameter.default.is_none()
    }

    /// The field of the request.
    pub(super) fn field(&self) -> TokenStream {
        let (ident, ty) = (&self.ident, held(&self.parameter.shape));
        match self.is_given() {
            true => quote!(#ident: #ty,),
            false => quote!(#ident: Option<#ty>,),
        }
    }

    /// The argument of `new`, where it is one.
    pub(super) fn argument(&self) -> TokenStream {
        let (ident, (ty, _)) = (&self.ident, taken(&self.parameter.shape));
        quote!(#ident: #ty)
    }

    /// What `new` puts into the field.
    pub(super) fn initial(&self) -> TokenStream {
        let ident = &self.ident;
        match (self.is_given(), &self.parameter.shape) {
            (false, _) => quote!(#ident: None,),
            (true, Shape::Text) => quote!(#ident: #ident.into(),),
            (true, _) => quote!(#ident,),
        }
    }

    pub(super) fn setter(&self) -> TokenStream {
        let Self { parameter, ident } = self;
        setter(
            ident,
            &parameter.shape,
            docs::parameter(parameter).as_deref(),
            parameter.deprecated,
            |value| quote!(self.#ident = Some(#value);),
        )
    }
}

/// The preferred name of the setter of a parameter.
fn wish(parameter: &Parameter) -> &str {
    let ident = parameter.ident.as_str();
    // Reserved in the client's method only.
    ident.strip_suffix("_parameter").unwrap_or(ident)
}
