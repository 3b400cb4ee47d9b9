//! One error enum for each operation, from its documented errors.

mod name;
mod sentence;
mod template;
mod variant;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::variant::Variant;
use crate::generator::document::Document;
use crate::generator::markdown::code;
use crate::generator::operations::{Named, named, parse};

/// From here on Zoom's codes belong to operations. Smaller ones (124, 200, 300 …) stand
/// for whatever the text says, so there the text has to agree.
const FIRST_OWN_CODE: i64 = 1000;

/// The enums of all operations.
pub(crate) fn enums(document: &Document) -> Result<syn::File, String> {
    let named = named(document);
    let enums = named.iter().map(errors_of);
    parse(quote!(#(#enums)*))
}

/// The names of the variants of an operation's errors.
pub(crate) fn variants_of(named: &Named<'_>) -> Vec<String> {
    variant::variants(&named.operation.errors)
        .into_iter()
        .map(|it| it.name)
        .collect()
}

fn errors_of(named: &Named<'_>) -> TokenStream {
    let Named {
        error,
        constant,
        operation,
        ..
    } = named;
    let variants = variant::variants(&operation.errors);
    let doc = format!("The documented errors of {}.", code(&operation.id));
    let definitions = variants.iter().map(definition);
    let displays = variants.iter().map(display);
    let arms = keys(&variants)
        .into_iter()
        .map(|(status, code)| arm(&variants, status, code));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #error {
            #(#definitions)*
            /// An error that is not documented.
            Unknown {
                /// The HTTP status.
                status: u16,
                /// Zoom's error code, where the answer held one.
                code: Option<i64>,
                /// The text of the answer.
                message: String,
            },
        }

        impl crate::OperationError for #error {
            const OPERATION: &'static crate::Operation = &crate::operations::#constant;

            fn decode(status: u16, code: Option<i64>, message: &str) -> Self {
                match (status, code) {
                    #(#arms)*
                    _ => {}
                }
                Self::Unknown { status, code, message: message.to_owned() }
            }
        }

        impl std::fmt::Display for #error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#displays)*
                    Self::Unknown { status, code: Some(code), message } => {
                        write!(f, "status {status}, code {code}: {}", crate::Shown(message))
                    }
                    Self::Unknown { status, code: None, message } => {
                        write!(f, "status {status}: {}", crate::Shown(message))
                    }
                }
            }
        }

        impl std::error::Error for #error {}
    }
}

fn definition(variant: &Variant) -> TokenStream {
    let name = format_ident!("{}", variant.name);
    let keys: Vec<_> = variant
        .keys
        .iter()
        .map(|(status, code)| format!("status {status}, code {code}"))
        .collect();
    let doc = format!("{}: {}", keys.join("; "), code(&variant.templates[0].text));
    let fields = variant
        .fields
        .iter()
        .zip(&variant.templates[0].holes)
        .map(|(field, hole)| {
            let field = format_ident!("{field}");
            let doc = format!(
                "What stands for {}; empty when the text was another.",
                code(hole)
            );
            quote!(#[doc = #doc] #field: String)
        });
    if variant.fields.is_empty() {
        quote!(#[doc = #doc] #name,)
    } else {
        quote!(#[doc = #doc] #name { #(#fields),* },)
    }
}

fn display(variant: &Variant) -> TokenStream {
    let pattern = construct(variant);
    let mut format = String::new();
    let mut values = Vec::new();
    for (index, literal) in variant.templates[0].literals.iter().enumerate() {
        format.push_str(&literal.replace('{', "{{").replace('}', "}}"));
        if let Some(field) = variant.fields.get(index) {
            format.push_str("{}");
            values.push(format_ident!("{field}"));
        }
    }
    if format.is_empty() {
        format = variant
            .keys
            .iter()
            .map(|(_, code)| format!("code {code}"))
            .take(1)
            .collect();
    }
    quote!(#pattern => write!(f, #format #(, crate::Shown(#values))*),)
}

fn construct(variant: &Variant) -> TokenStream {
    let name = format_ident!("{}", variant.name);
    let fields = variant.fields.iter().map(|field| format_ident!("{field}"));
    if variant.fields.is_empty() {
        quote!(Self::#name)
    } else {
        quote!(Self::#name { #(#fields),* })
    }
}

/// Every (status, code), once, in the order of the document.
fn keys(variants: &[Variant]) -> Vec<(u16, i64)> {
    let mut keys = Vec::new();
    for &key in variants.iter().flat_map(|variant| &variant.keys) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn arm(variants: &[Variant], status: u16, code: i64) -> TokenStream {
    let candidates: Vec<_> = variants
        .iter()
        .filter(|variant| variant.keys.contains(&(status, code)))
        .collect();
    let tries = variant::spellings(variants, (status, code))
        .into_iter()
        .filter(|(variant, template)| !template.is_silent() || !variant.fields.is_empty())
        .map(|(variant, template)| {
            let construct = construct(variant);
            let fields = variant.fields.iter().map(|field| format_ident!("{field}"));
            let literals = template.folded();
            quote! {
                if let Some([#(#fields),*]) = crate::template::capture(&[#(#literals),*], message) {
                    return #construct;
                }
            }
        });
    let silent = candidates
        .iter()
        .find(|variant| variant.templates[0].is_silent());
    let certain = match candidates.as_slice() {
        _ if silent.is_some() => silent,
        [only] if code >= FIRST_OWN_CODE => Some(only),
        _ => None,
    };
    let otherwise = certain.map(|variant| {
        let construct = construct(variant);
        let fields = variant.fields.iter().map(|field| format_ident!("{field}"));
        if variant.fields.is_empty() && candidates.len() == 1 {
            quote!(return #construct;)
        } else {
            quote! {
                #(let #fields = String::new();)*
                return #construct;
            }
        }
    });
    let needs_no_text = certain.is_some()
        && candidates.len() == 1
        && candidates.iter().all(|it| it.fields.is_empty());
    let tries = (!needs_no_text).then(|| quote!(#(#tries)*));
    quote!((#status, Some(#code)) => { #tries #otherwise })
}
