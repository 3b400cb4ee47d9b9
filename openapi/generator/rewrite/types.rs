//! The generated types: field order, names on the wire, lenient integers, JSON Schema.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Item, ItemStruct, Meta, Token, parse_quote};

use crate::generator::lower::Lowered;
use crate::generator::lower::schemas::Struct;

pub(super) fn finish(items: &mut [Item], lowered: &Lowered) -> Result<(), String> {
    let mut found = 0;
    for item in items {
        match item {
            Item::Struct(item) => {
                derive_schema(&mut item.attrs);
                let facts = lowered.structs.get(&item.ident.to_string());
                let facts = facts.ok_or_else(|| {
                    format!(
                        "progenitor wrote a type {} that is not expected",
                        item.ident
                    )
                })?;
                fields(item, facts)?;
                found += 1;
            }
            Item::Enum(item) => {
                return Err(format!(
                    "progenitor wrote an enum {} that is not expected",
                    item.ident
                ));
            }
            _ => {}
        }
    }
    if found == lowered.structs.len() {
        Ok(())
    } else {
        Err(format!(
            "progenitor wrote {found} structs instead of {}",
            lowered.structs.len()
        ))
    }
}

fn derive_schema(attributes: &mut Vec<Attribute>) {
    attributes
        .push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
}

fn fields(item: &mut ItemStruct, facts: &Struct) -> Result<(), String> {
    let Fields::Named(fields) = &mut item.fields else {
        return Err(format!("progenitor wrote {} without fields", item.ident));
    };
    let mut generated: BTreeMap<String, Field> = std::mem::take(&mut fields.named)
        .into_iter()
        .filter_map(|field| Some((field.ident.as_ref()?.to_string(), field)))
        .collect();
    for fact in &facts.fields {
        let missing = || format!("progenitor wrote no field {} of {}", fact.ident, item.ident);
        let mut field = generated.remove(&fact.ident).ok_or_else(missing)?;
        if fact.wire != fact.ident {
            let wire = &fact.wire;
            serde(&mut field, parse_quote!(rename = #wire));
        }
        if fact.optional {
            // progenitor forgets to leave out what it had to box.
            let is_none = "::std::option::Option::is_none";
            serde(&mut field, parse_quote!(skip_serializing_if = #is_none));
            if fact.null {
                // Null differs from nothing, so there is one option for each.
                let ty = &field.ty;
                field.ty = parse_quote!(::std::option::Option<#ty>);
                serde(&mut field, parse_quote!(default));
                serde(
                    &mut field,
                    parse_quote!(deserialize_with = "crate::nullable::deserialize"),
                );
            }
        }
        if fact.lenient {
            // An option is absent by default only while serde reads it by itself.
            serde(&mut field, parse_quote!(default));
            serde(
                &mut field,
                parse_quote!(deserialize_with = "crate::lenient::deserialize"),
            );
        }
        fields.named.push(field);
    }
    // The properties without a name, if the type has any, stand last.
    fields.named.extend(generated.into_values());
    Ok(())
}

/// Adds `meta` to the serde attribute of a field, instead of what has the same name.
fn serde(field: &mut Field, meta: Meta) {
    let mut metas: Punctuated<Meta, Token![,]> = Punctuated::new();
    field.attrs.retain(|attribute| {
        let parsed = attribute
            .path()
            .is_ident("serde")
            .then(|| {
                attribute
                    .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                    .ok()
            })
            .flatten();
        let keep = parsed.is_none();
        metas.extend(
            parsed
                .into_iter()
                .flatten()
                .filter(|known| known.path() != meta.path()),
        );
        keep
    });
    metas.push(meta);
    field.attrs.push(parse_quote!(#[serde(#metas)]));
}
