//! Forms with files. The texts are held in their type and the files beside them, so that a
//! value that is set twice is sent once, and the request can be cloned and sent again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Place;
use super::object::property;
use crate::generator::lower::Lowered;
use crate::generator::lower::bodies::Files;
use crate::generator::lower::names::{Names, snake};
use crate::generator::lower::schemas::Struct;
use crate::generator::markdown::code;

/// A form with files: a setter for each text and each file.
pub(super) fn place(form: &Files, names: &mut Names, lowered: &Lowered) -> Place {
    let facts = form
        .texts
        .as_ref()
        .and_then(|name| lowered.structs.get(name));
    let file_setters: Vec<_> = form
        .files
        .iter()
        .map(|wire| format_ident!("{}", names.claim_property(&snake(wire))))
        .collect();
    let texts = private(names, facts, "texts");
    let files = private(names, facts, "form");
    let mut setters = TokenStream::new();
    let mut required = Vec::new();
    for field in facts.iter().flat_map(|facts| &facts.fields) {
        let (wire, ident) = (&field.wire, format_ident!("{}", field.ident));
        let before = quote!(self.#files = self.#files.without(#wire););
        let target = quote!(self.#texts.#ident);
        let (_, more) = property(names, field, &target, Some(&before));
        setters.extend(more);
        if field.required {
            let is_set = quote!(#target.is_some() || self.#files.has(#wire));
            required.push((wire.clone(), is_set));
        }
    }
    for (wire, ident) in form.files.iter().zip(&file_setters) {
        setters.extend(setter(ident, wire, form.several.contains(wire), &files));
    }
    for wire in &form.needed {
        required.push((wire.clone(), quote!(self.#files.has(#wire))));
    }
    let ty = form.texts.as_ref().map(|name| format_ident!("{name}"));
    let new = ty.as_ref().map(|ty| quote!(types::#ty::new()));
    let text_field = ty.as_ref().map(|ty| quote!(#texts: types::#ty,));
    let text_default = new.as_ref().map(|new| quote!(#texts: #new,));
    let reset = new.as_ref().map(|new| quote!(self.#texts = #new;));
    setters.extend(quote! {
        /// Sets the whole form, and replaces the parts that were set before.
        pub fn body(mut self, form: crate::multipart::Form) -> Self {
            self.#files = form;
            #reset
            self
        }
    });
    let repeated = &form.lists.names;
    Place {
        fields: quote!(#text_field #files: crate::multipart::Form,),
        setters,
        default: quote!(#text_default #files: crate::multipart::Form::new(),),
        value: match ty {
            Some(_) => quote!(request::form(&self.#texts, &[#(#repeated),*], &self.#files)?),
            None => quote!(self.#files.clone()),
        },
        held: None,
        required,
        complete: None,
        token: None,
    }
}

/// The setter of a file, or of one more of several under the same name.
fn setter(
    ident: &syn::Ident,
    wire: &str,
    is_one_of_several: bool,
    files: &syn::Ident,
) -> TokenStream {
    let part = code(wire);
    let (doc, form) = match is_one_of_several {
        true => (
            format!("Adds a file, as a part {part} of the form."),
            quote!(self.#files),
        ),
        false => (
            format!("Sets the file that is the part {part} of the form."),
            quote!(self.#files.without(#wire)),
        ),
    };
    quote! {
        #[doc = #doc]
        pub fn #ident(mut self, file: crate::multipart::File) -> Self {
            self.#files = #form.file(#wire, file);
            self
        }
    }
}

/// A private field, called as no setter is.
fn private(names: &mut Names, facts: Option<&Struct>, name: &str) -> syn::Ident {
    let mut name = name.to_owned();
    // The setters of the texts are named later.
    while facts.is_some_and(|facts| facts.fields.iter().any(|it| it.ident == name)) {
        name.push_str("_held");
    }
    format_ident!("{}", names.claim(&name))
}
