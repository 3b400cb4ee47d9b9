//! Copies of the generated records that serde's derives read and write, to compare them with.

use quote::{ToTokens, quote};
use syn::{Attribute, Fields, Item, ItemStruct, parse_quote};

/// A module with the copies of the records in `client`, the code of a client whose types are
/// `types`, and with a function that gives each pair to a comparison.
pub(super) fn module(name: &str, client: &str, types: &str) -> Result<String, String> {
    let file = syn::parse_file(client).map_err(|error| error.to_string())?;
    let items = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let (_, items) = items.ok_or("a client without types")?;
    let records: Vec<String> = items.iter().filter_map(record).collect();
    let structs: Vec<ItemStruct> = items
        .into_iter()
        .filter_map(|item| match item {
            Item::Struct(item) if records.contains(&item.ident.to_string()) => Some(item),
            _ => None,
        })
        .map(derived)
        .collect();
    let idents = structs.iter().map(|item| &item.ident);
    let types: syn::Path = syn::parse_str(types).map_err(|error| error.to_string())?;
    let compare = idents.map(|ident| quote!(pair::<#types::#ident, #ident>(stringify!(#ident));));
    let module = quote::format_ident!("{name}");
    let code = quote! {
        #[allow(missing_docs, unused_imports, unused_qualifications)]
        pub mod #module {
            use #types::*;
            use super::pair;
            #(#structs)*
            pub fn pairs() {
                #(#compare)*
            }
        }
    };
    let file = syn::parse2(code).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

/// The name of the type that an item makes a record.
fn record(item: &Item) -> Option<String> {
    let Item::Impl(item) = item else { return None };
    let (path, _) = item.trait_.as_ref()?;
    let ident = &path.segments.last()?.ident;
    (ident == "Record").then(|| item.self_ty.to_token_stream().to_string())
}

fn derived(mut item: ItemStruct) -> ItemStruct {
    item.attrs = vec![parse_quote!(
        #[derive(Clone, Debug, Default, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
    )];
    if let Fields::Named(fields) = &mut item.fields {
        for field in &mut fields.named {
            field.attrs = field.attrs.iter().filter_map(for_serde).collect();
        }
    }
    item
}

/// What an attribute says to serde.
fn for_serde(attribute: &Attribute) -> Option<Attribute> {
    let syn::Meta::List(list) = &attribute.meta else {
        return None;
    };
    let metas = list.path.is_ident("cfg_attr").then(|| {
        list.parse_args_with(
            syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated,
        )
    });
    let meta = metas?
        .ok()?
        .into_iter()
        .find(|it| it.path().is_ident("serde"))?;
    Some(parse_quote!(#[#meta]))
}
