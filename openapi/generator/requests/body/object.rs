//! A body whose properties are known.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Place;
use crate::generator::lower::Lowered;
use crate::generator::lower::names::Names;
use crate::generator::lower::schemas::{Field, Struct};
use crate::generator::lower::shapes::Shape;
use crate::generator::markdown::code;
use crate::generator::requests::setters::{present, setter, switch};

pub(super) fn place(
    name: &str,
    facts: &Struct,
    optional: bool,
    names: &mut Names,
    lowered: &Lowered,
) -> Place {
    let ty = format_ident!("{name}");
    let held = format_ident!("body");
    let place = if optional {
        quote!(self.body.get_or_insert_default())
    } else {
        quote!(self.body)
    };
    let mut setters = TokenStream::new();
    let mut token = None;
    for field in &facts.fields {
        let ident = format_ident!("{}", field.ident);
        let (setter, more) = property(names, field, &quote!(#place.#ident), None);
        setters.extend(more);
        if field.wire == "next_page_token" && *present(&field.shape) == Shape::Text {
            token = Some(setter);
        }
    }
    let complete = lowered.is_lacking(name).then(|| {
        if optional {
            quote!(self.body.as_ref())
        } else {
            quote!(&self.body)
        }
    });
    let (fields, default, whole, value) = if optional {
        (
            quote!(body: Option<types::#ty>,),
            quote!(body: None,),
            quote!(Some(value)),
            quote!(self.body.as_ref().unwrap_or(&Default::default())),
        )
    } else {
        (
            quote!(body: types::#ty,),
            quote!(body: types::#ty::new(),),
            quote!(value),
            quote!(&self.body),
        )
    };
    setters.extend(quote! {
        /// Sets the whole body, and replaces the properties that were set before.
        pub fn body(mut self, value: types::#ty) -> Self {
            self.body = #whole;
            self
        }
    });
    Place {
        fields,
        setters,
        default,
        value,
        held: optional.then_some(held),
        required: Vec::new(),
        complete,
        token,
    }
}

/// The setters of a property, and the name of the one that takes its value.
pub(super) fn property(
    names: &mut Names,
    field: &Field,
    target: &TokenStream,
    before: Option<&TokenStream>,
) -> (syn::Ident, TokenStream) {
    let name = format_ident!("{}", names.claim_property(&field.ident));
    let doc = field.doc();
    let mut setters = setter(
        &name,
        &field.shape,
        doc.as_deref(),
        field.deprecated,
        |value| {
            let value = field.hold(value);
            quote!(#before #target = #value;)
        },
    );
    let stem = name.to_string();
    let stem = stem.trim_end_matches('_');
    if field.null {
        let name = format_ident!("{}", names.claim(&format!("{stem}_null")));
        let doc = format!("Sends {} as null.", code(&field.wire));
        let null = field.null();
        setters.extend(switch(&name, &doc, &quote!(#target = #null;)));
    }
    if let Some(meaning) = &field.empty {
        let name = format_ident!("{}", names.claim(&format!("no_{stem}")));
        let value = field.hold(quote!(Vec::new()));
        setters.extend(switch(&name, meaning, &quote!(#target = #value;)));
    }
    (name, setters)
}
