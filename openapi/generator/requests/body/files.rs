//! Forms with files. The texts are held in their type and the files beside them, so that a
//! value that is set twice is sent once, and the request can be cloned and sent again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Place;
use super::object::property;
use crate::generator::lower::Lowered;
use crate::generator::lower::bodies::Lists;
use crate::generator::lower::names::{Names, snake};
use crate::generator::lower::schemas::Struct;
use crate::generator::markdown::code;

/// A form with files: a setter for each text and each file.
pub(super) fn place(
    files: &[String],
    texts: Option<&str>,
    lists: &Lists,
    needed: &[String],
    several: &[String],
    names: &mut Names,
    lowered: &Lowered,
) -> Place {
    let ty = texts.map(|name| format_ident!("{name}"));
    let facts = texts.and_then(|name| lowered.structs.get(name));
    let properties = || facts.iter().flat_map(|facts| &facts.fields);
    let mut setters = TokenStream::new();
    let mut required = Vec::new();
    let mut file_idents = Vec::new();
    for wire in files {
        file_idents.push(format_ident!("{}", names.claim_property(&snake(wire))));
    }
    let (held_texts, held_files) = (
        private(names, facts, "texts"),
        private(names, facts, "form"),
    );
    for field in properties() {
        let (wire, ident) = (&field.wire, format_ident!("{}", field.ident));
        let before = quote!(self.#held_files = self.#held_files.without(#wire););
        let target = quote!(self.#held_texts.#ident);
        let (_, more) = property(names, field, &target, Some(&before));
        setters.extend(more);
        if field.required {
            let is_set = quote!(#target.is_some() || self.#held_files.has(#wire));
            required.push((wire.clone(), is_set));
        }
    }
    for (wire, ident) in files.iter().zip(&file_idents) {
        let (doc, first) = if several.contains(wire) {
            (
                format!("Adds a file, as a part {} of the form.", code(wire)),
                quote!(self.#held_files),
            )
        } else {
            (
                format!("Sets the file that is the part {} of the form.", code(wire)),
                quote!(self.#held_files.without(#wire)),
            )
        };
        setters.extend(quote! {
            #[doc = #doc]
            pub fn #ident(mut self, file: crate::multipart::File) -> Self {
                self.#held_files = #first.file(#wire, file);
                self
            }
        });
    }
    required.extend(
        needed
            .iter()
            .map(|wire| (wire.clone(), quote!(self.#held_files.has(#wire)))),
    );
    let repeated = &lists.names;
    let (text_field, text_default, value) = match &ty {
        Some(ty) => (
            quote!(#held_texts: types::#ty,),
            quote!(#held_texts: types::#ty::new(),),
            quote!(request::form(&self.#held_texts, &[#(#repeated),*], &self.#held_files)?),
        ),
        None => (quote!(), quote!(), quote!(self.#held_files.clone())),
    };
    let reset = ty
        .as_ref()
        .map(|ty| quote!(self.#held_texts = types::#ty::new();));
    setters.extend(quote! {
        /// Sets the whole form, and replaces the parts that were set before.
        pub fn body(mut self, form: crate::multipart::Form) -> Self {
            self.#held_files = form;
            #reset
            self
        }
    });
    Place {
        fields: quote!(#text_field #held_files: crate::multipart::Form,),
        setters,
        default: quote!(#text_default #held_files: crate::multipart::Form::new(),),
        value,
        held: None,
        required,
        complete: None,
        token: None,
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
