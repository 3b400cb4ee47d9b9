//! Additions to the generated types: constructors and setters, open enums, pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::paging;
use super::setters::{held, setter, switch, taken};
use crate::generator::lower::Lowered;
use crate::generator::lower::names::{Names, pascal};
use crate::generator::lower::schemas::{Boxed, Case, Field, Struct, Union};
use crate::generator::lower::shapes::Shape;
use crate::generator::markdown::code;
use crate::generator::operations::parse;

/// Adds items to the module `types` that progenitor does not write.
pub(crate) fn finish(items: &mut Vec<Item>, lowered: &Lowered) -> Result<(), String> {
    for item in items.iter_mut() {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote!(#[non_exhaustive]));
        }
    }
    let structs = lowered
        .structs
        .iter()
        .map(|(name, facts)| methods(name, facts));
    let pages = lowered
        .structs
        .iter()
        .filter_map(|(name, facts)| paging::page(name, facts, lowered));
    let enums = lowered
        .enums
        .iter()
        .map(|(name, values)| open_enum(name, values, lowered));
    let unions = lowered
        .unions
        .iter()
        .map(|(name, union)| tagged_union(name, union, lowered));
    let complete = lowered
        .structs
        .iter()
        .filter(|(name, _)| lowered.is_lacking(name))
        .map(|(name, facts)| complete(name, facts, lowered));
    let complete_unions = lowered
        .unions
        .iter()
        .filter(|(name, _)| lowered.is_lacking(name))
        .map(|(name, union)| complete_union(name, union, lowered));
    // They are inside the module, where the types need no path.
    let more = parse(quote! {
        #[allow(unused_imports)]
        use crate::types;
        #(#structs)*
        #(#pages)*
        #(#enums)*
        #(#unions)*
        #(#complete)*
        #(#complete_unions)*
    })?;
    items.extend(more.items);
    Ok(())
}

/// Notes which fields progenitor has put into a box, because their type contains itself.
pub(crate) fn note_boxes(items: &[Item], lowered: &mut Lowered) {
    for item in items {
        let Item::Struct(item) = item else { continue };
        let Some(facts) = lowered.structs.get_mut(&item.ident.to_string()) else {
            continue;
        };
        for field in &item.fields {
            let ty = &field.ty;
            let Some(ident) = &field.ident else { continue };
            let Some(fact) = facts.fields.iter_mut().find(|it| ident == &it.ident) else {
                continue;
            };
            let ty = quote!(#ty).to_string();
            let (boxed, option) = (ty.find("boxed :: Box"), ty.find("option :: Option"));
            fact.boxed = match (boxed, option) {
                (None, _) => Boxed::Not,
                (Some(boxed), Some(option)) if boxed < option => Boxed::Option,
                (Some(_), _) => Boxed::Value,
            };
            // A box has no place for the difference between null and nothing.
            fact.null &= fact.boxed != Boxed::Option;
        }
    }
}

impl Field {
    /// `value` as the field holds it.
    pub(super) fn hold(&self, value: TokenStream) -> TokenStream {
        let value = match self.boxed {
            Boxed::Not => value,
            Boxed::Value => quote!(Box::new(#value)),
            Boxed::Option => return quote!(Box::new(Some(#value))),
        };
        match (self.optional, &self.shape) {
            (true, _) if self.null => quote!(Some(Some(#value))),
            (true, _) | (false, Shape::Nullable(_)) => quote!(Some(#value)),
            (false, _) => value,
        }
    }

    /// Null as the field holds it.
    pub(super) fn null(&self) -> TokenStream {
        if self.optional {
            quote!(Some(None))
        } else {
            quote!(None)
        }
    }

    /// What rustdoc shows of its setter.
    pub(super) fn doc(&self) -> Option<String> {
        let required = self.required.then(|| "Required.".to_owned());
        let parts: Vec<_> = self
            .description
            .clone()
            .into_iter()
            .chain(required)
            .collect();
        (!parts.is_empty()).then(|| parts.join("\n\n"))
    }
}

fn methods(name: &str, facts: &Struct) -> TokenStream {
    let name = format_ident!("{name}");
    // Required fields are arguments of `new`, except where a request checks them.
    let (given, later): (Vec<&Field>, Vec<&Field>) =
        facts.fields.iter().partition(|it| !it.optional);
    let arguments = given.iter().map(|field| {
        let ident = format_ident!("{}", field.ident);
        let (ty, _) = taken(&field.shape);
        quote!(#ident: #ty)
    });
    let values = given.iter().map(|field| {
        let ident = format_ident!("{}", field.ident);
        let (_, value) = taken(&field.shape);
        let value = match (field.boxed, &field.shape) {
            (Boxed::Value, Shape::Nullable(_)) => quote!(#value.map(Box::new)),
            (Boxed::Value | Boxed::Option, _) => quote!(Box::new(#value)),
            (Boxed::Not, _) => value,
        };
        quote!(#ident: { let value = #ident; #value },)
    });
    let absent = later.iter().map(|field| {
        let ident = format_ident!("{}", field.ident);
        quote!(#ident: Default::default(),)
    });
    let extra = facts.open.then(|| quote!(extra: Default::default(),));
    let mut names = Names::setters();
    let setters = facts.fields.iter().map(|field| setters(field, &mut names));
    quote! {
        impl #name {
            /// A value with the required fields only.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #(#absent)* #extra }
            }
            #(#setters)*
        }
    }
}

/// The setters of a field: of its value, and of null where that is not the same as no value.
fn setters(field: &Field, names: &mut Names) -> TokenStream {
    let ident = format_ident!("{}", field.ident);
    let name = format_ident!("{}", names.claim(&field.ident));
    let mut setters = setter(
        &name,
        &field.shape,
        field.doc().as_deref(),
        field.deprecated,
        |value| {
            let value = field.hold(value);
            quote!(self.#ident = #value;)
        },
    );
    if field.null {
        let stem = field.ident.trim_end_matches('_');
        let name = format_ident!("{}", names.claim(&format!("{stem}_null")));
        let doc = format!("Sends {} as null.", code(&field.wire));
        let null = field.null();
        setters.extend(switch(&name, &doc, &quote!(self.#ident = #null;)));
    }
    setters
}

/// An enum with a case for values that the document does not list.
fn open_enum(name: &str, values: &[String], lowered: &Lowered) -> TokenStream {
    let ident = format_ident!("{name}");
    let doc = used(
        name,
        "A value that is not documented is `Unknown`.",
        lowered,
    );
    let mut names = Names::values();
    let variants = values.iter().map(|value| {
        let variant = format_ident!("{}", names.claim(&pascal(value)));
        let doc = code(value);
        quote!(#[doc = #doc] #variant = #value,)
    });
    quote! {
        crate::open_enum! {
            #[doc = #doc]
            #ident { #(#variants)* }
        }
    }
}

/// Documentation that begins with where the type is used.
fn used(name: &str, text: &str, lowered: &Lowered) -> String {
    match lowered.uses.get(name) {
        Some(uses) => format!("{uses}\n\n{text}"),
        None => text.to_owned(),
    }
}

/// An enum of the schemas of a union, with a case for other values.
fn tagged_union(name: &str, union: &Union, lowered: &Lowered) -> TokenStream {
    let ident = format_ident!("{name}");
    let property = &union.property;
    let cases = union.cases.iter().map(|case| {
        let Case {
            name,
            shape,
            values,
        } = case;
        let (variant, ty) = (format_ident!("{name}"), held(shape));
        let said: Vec<_> = values.iter().map(|it| code(it)).collect();
        let doc = format!("{} is {}.", code(property), said.join(" or "));
        quote!(#[doc = #doc] #variant(#ty) = #(#values)|*,)
    });
    let doc = format!(
        "One of several schemas. The property {} identifies which.",
        code(property)
    );
    let doc = used(name, &doc, lowered);
    // Structs differ from each other; other types may be the same.
    let conversions = union
        .cases
        .iter()
        .filter(|case| matches!(case.shape, Shape::Object(_) | Shape::Union(_)))
        .map(|case| {
            let (variant, ty) = (format_ident!("{}", case.name), held(&case.shape));
            quote! {
                impl From<#ty> for #ident {
                    fn from(value: #ty) -> Self {
                        Self::#variant(Box::new(value))
                    }
                }
            }
        });
    quote! {
        crate::tagged_union! {
            #[doc = #doc]
            #ident by #property { #(#cases)* }
        }
        #(#conversions)*
    }
}

/// The check of a struct for missing values.
fn complete(name: &str, facts: &Struct, lowered: &Lowered) -> TokenStream {
    let ident = format_ident!("{name}");
    let steps = facts.fields.iter().map(|field| {
        let (ident, wire) = (format_ident!("{}", field.ident), &field.wire);
        let missing = field
            .can_be_missing()
            .then(|| quote!(.or_else(|| self.#ident.is_none().then_some(#wire))));
        let within = lowered
            .leads_to_lacking(&field.shape)
            .then(|| quote!(.or_else(|| crate::request::Complete::missing(&self.#ident))));
        quote!(#missing #within)
    });
    quote! {
        impl crate::request::Complete for #ident {
            fn missing(&self) -> Option<&'static str> {
                None #(#steps)*
            }
        }
    }
}

fn complete_union(name: &str, union: &Union, lowered: &Lowered) -> TokenStream {
    let ident = format_ident!("{name}");
    let lacking = union
        .cases
        .iter()
        .filter(|case| lowered.leads_to_lacking(&case.shape))
        .map(|case| {
            let variant = format_ident!("{}", case.name);
            quote!(Self::#variant(value) => crate::request::Complete::missing(value),)
        });
    quote! {
        impl crate::request::Complete for #ident {
            fn missing(&self) -> Option<&'static str> {
                match self {
                    #(#lacking)*
                    _ => None,
                }
            }
        }
    }
}
