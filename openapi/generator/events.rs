//! The events of the document's webhooks.
//!
//! Each is a struct whose members are all optional, and a variant of an enum, by the name of
//! the event. Decoding never fails: a member that is missing, or of another type, is `None`.
//! So no event is lost because it differs from its documentation.

mod shape;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::shape::{Field, Struct, Structs};
use crate::generator::document::{Document, Operation};
use crate::generator::lower::names::{snake, type_name};
use crate::generator::markdown::{block, code};
use crate::generator::operations::parse;

/// The generated file.
pub(crate) fn events(document: &Document) -> Result<syn::File, String> {
    let mut structs = Structs::new(document);
    let webhooks: Vec<(&String, &Operation)> = document
        .webhooks
        .iter()
        .filter_map(|(name, item)| Some((name, item.operations().next()?.1)))
        .collect();
    let names: Vec<String> = webhooks
        .iter()
        .map(|(name, _)| structs.claim(&type_name(name)))
        .collect();
    for ((event, webhook), name) in webhooks.iter().zip(&names) {
        let docs = docs(event, webhook);
        structs.event(name, docs, webhook)?;
    }
    let definitions = structs.done().into_iter().map(|it| definition(&it));
    let kind = kind(&webhooks, &names);
    parse(quote! {
        #(#definitions)*
        #kind
    })
}

fn docs(event: &str, webhook: &Operation) -> String {
    let mut docs = format!("The event {}.", code(event));
    if let Some(description) = &webhook.description {
        docs = format!("{docs}\n\n{}", block(description));
    }
    let scopes = [&webhook.scopes, &webhook.granular_scopes];
    let scopes: Vec<String> = scopes.into_iter().flatten().map(|it| code(it)).collect();
    if !scopes.is_empty() {
        docs = format!("{docs}\n\nNeeds one of the scopes {}.", scopes.join(", "));
    }
    docs
}

fn definition(it: &Struct) -> TokenStream {
    let name = format_ident!("{}", it.name);
    let doc = &it.docs;
    let idents = idents(&it.fields);
    let members = it.fields.iter().zip(&idents).map(|(field, ident)| {
        let Field { name, docs, kind } = field;
        let rename = (*ident != name)
            .then(|| quote!(#[cfg_attr(feature = "schemars", schemars(rename = #name))]));
        quote!(#[doc = #docs] #rename pub #ident: Option<#kind>)
    });
    let read = it.fields.iter().zip(&idents).map(|(field, ident)| {
        let name = &field.name;
        quote!(#ident: members.take(#name))
    });
    let value = match it.fields.is_empty() {
        true => quote!(crate::tolerant::Members::of(value).map(|_| Self {})),
        false => quote! {
            let mut members = crate::tolerant::Members::of(value)?;
            Some(Self { #(#read),* })
        },
    };
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct #name { #(#members),* }

        impl crate::tolerant::Tolerant for #name {
            fn read(value: ::serde_json::Value) -> Option<Self> {
                #value
            }
        }
    }
}

/// The names of a struct's fields, each once.
fn idents(fields: &[Field]) -> Vec<syn::Ident> {
    let mut taken = BTreeSet::new();
    fields
        .iter()
        .map(|field| {
            let mut ident = snake(&field.name);
            while !taken.insert(ident.clone()) {
                ident.push('_');
            }
            format_ident!("{ident}")
        })
        .collect()
}

fn kind(webhooks: &[(&String, &Operation)], names: &[String]) -> TokenStream {
    let events: Vec<&String> = webhooks.iter().map(|(event, _)| *event).collect();
    let docs = events.iter().map(|event| format!("{}.", code(event)));
    let idents: Vec<_> = names.iter().map(|name| format_ident!("{name}")).collect();
    quote! {
        /// The events that this version knows, by name.
        ///
        /// What an event lacks, or has in another type than the documented one, is `None` in
        /// its struct.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Kind {
            #(#[doc = #docs] #idents(Box<#idents>),)*
            /// Another event.
            Unknown,
        }

        impl Kind {
            /// The names of all events that this version knows.
            pub const NAMES: &'static [&'static str] = &[#(#events),*];

            /// The event `name` with the members of `event`, the whole of it.
            #[must_use]
            pub fn read(name: &str, event: ::serde_json::Value) -> Self {
                match name {
                    #(#events => Self::#idents(crate::tolerant::read(event)),)*
                    _ => {
                        drop(event);
                        Self::Unknown
                    }
                }
            }

            /// The event's name.
            #[must_use]
            pub fn name(&self) -> Option<&'static str> {
                match self {
                    #(Self::#idents(_) => Some(#events),)*
                    Self::Unknown => None,
                }
            }
        }
    }
}
