//! Structs whose fields may all be absent are read and written by `crate::record` instead of
//! serde's derives, which would be a third of what the compiler has to do for the whole client.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Item, ItemStruct, Meta, Path, Token, parse_quote};

use crate::generator::lower::Lowered;
use crate::generator::lower::schemas::{Boxed, Field, Struct};
use crate::generator::lower::shapes::Shape;
use crate::generator::operations::parse;

/// A struct with more fields keeps the derives.
const MOST_FIELDS: usize = 128;

pub(super) fn finish(items: &mut Vec<Item>, lowered: &Lowered) -> Result<(), String> {
    let mut impls = Vec::new();
    for item in items.iter_mut() {
        let Item::Struct(item) = item else { continue };
        let name = item.ident.to_string();
        let Some(facts) = lowered.structs.get(&name).filter(|it| is_record(it)) else {
            continue;
        };
        underive(item)
            .ok_or_else(|| format!("progenitor does not derive what is expected for {name}"))?;
        for field in &mut item.fields {
            hide(&mut field.attrs).map_err(|attribute| {
                format!("progenitor wrote #[serde({attribute})] in {name}, which is not expected")
            })?;
        }
        impls.push(record(&name, facts));
    }
    items.extend(parse(quote!(#(#impls)*))?.items);
    Ok(())
}

/// Whether all fields of a struct are options, which are `None` unless they are read.
fn is_record(facts: &Struct) -> bool {
    let is_option = |it: &Field| it.optional || matches!(it.shape, Shape::Nullable(_));
    !facts.open
        && facts.fields.len() <= MOST_FIELDS
        && facts
            .fields
            .iter()
            .all(|it| is_option(it) && it.boxed != Boxed::Option)
}

/// Takes serde's derives away from a struct that has all of them and `Default`.
fn underive(item: &mut ItemStruct) -> Option<()> {
    let derive = item
        .attrs
        .iter_mut()
        .find(|it| it.path().is_ident("derive"))?;
    let mut traits = derive
        .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        .ok()?;
    let mut taken = Vec::new();
    let mut kept = Punctuated::<Path, Token![,]>::new();
    for path in std::mem::take(&mut traits) {
        let name = path.segments.last()?.ident.to_string();
        if matches!(name.as_str(), "Deserialize" | "Serialize") {
            taken.push(name);
        } else {
            kept.push(path);
        }
    }
    let has_default = kept.iter().any(|it| it.is_ident("Default"));
    if taken.len() != 2 || !has_default {
        return None;
    }
    *derive = parse_quote!(#[derive(#kept)]);
    Some(())
}

/// Leaves the attributes for serde to the derive of a JSON Schema, which reads them as well.
fn hide(attributes: &mut [Attribute]) -> Result<(), String> {
    for attribute in attributes {
        if !attribute.path().is_ident("serde") {
            continue;
        }
        let metas = attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .map_err(|error| error.to_string())?;
        let known = [
            "rename",
            "default",
            "skip_serializing_if",
            "deserialize_with",
        ];
        if let Some(other) = metas
            .iter()
            .find(|meta| !known.iter().any(|name| meta.path().is_ident(name)))
        {
            return Err(quote!(#other).to_string());
        }
        *attribute = parse_quote!(#[cfg_attr(feature = "schemars", serde(#metas))]);
    }
    Ok(())
}

fn record(name: &str, facts: &Struct) -> TokenStream {
    let ident = format_ident!("{name}");
    let names = facts.fields.iter().map(|it| &it.wire);
    let read = facts.fields.iter().enumerate().map(|(index, field)| {
        let ident = format_ident!("{}", field.ident);
        let set = if field.lenient {
            quote!(set_lenient)
        } else if field.null && field.optional {
            quote!(set_nullable)
        } else {
            quote!(set)
        };
        quote!(#index => crate::record::#set(&mut self.#ident, from),)
    });
    let written = facts.fields.iter().map(|field| {
        let (ident, wire) = (format_ident!("{}", field.ident), &field.wire);
        if field.optional {
            quote!(to.optional(#wire, &self.#ident);)
        } else {
            quote!(to.field(#wire, &self.#ident);)
        }
    });
    quote! {
        impl crate::record::Record for #ident {
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                field: usize,
                from: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                match field {
                    #(#read)*
                    _ => crate::record::skip(from),
                }
            }

            fn write<F: crate::record::Fields>(&self, to: &mut F) {
                #(#written)*
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::record::deserialize(from, #name, &[#(#names),*])
            }
        }

        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                crate::record::serialize(self, to, #name)
            }
        }
    }
}
