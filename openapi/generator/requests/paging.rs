//! Listings: the requests that take the token of a page, and the answers that are pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Set;
use super::body::Parts;
use super::setters::present;
use crate::generator::lower::parameters::Location;
use crate::generator::lower::responses::Success;
use crate::generator::lower::schemas::{Field, Struct};
use crate::generator::lower::shapes::Shape;
use crate::generator::lower::{Lowered, Operation};

const TOKEN: &str = "next_page_token";

/// `impl Paged`, where the request takes a token and the answer is a page.
pub(super) fn paged(
    name: &syn::Ident,
    operation: &Operation,
    parameters: &[Set<'_>],
    body: &Parts,
    lowered: &Lowered,
) -> Option<TokenStream> {
    let in_query = parameters
        .iter()
        .find(|it| it.parameter.location == Location::Query && it.parameter.wire == TOKEN)
        .map(|it| &it.ident);
    let setter = in_query.or(body.token.as_ref())?;
    let Success::Json(Shape::Object(answer)) = &operation.success else {
        return None;
    };
    listed(answer, lowered)?;
    Some(quote! {
        impl crate::Paged for #name {
            fn page(self, token: String) -> Self {
                self.#setter(token)
            }
        }
    })
}

/// The list of a page, and the name of the type of its items.
pub(crate) fn listed<'a>(name: &str, lowered: &'a Lowered) -> Option<(&'a Field, &'a str)> {
    let facts = lowered.structs.get(name)?;
    facts
        .fields
        .iter()
        .find(|it| it.wire == TOKEN && *present(&it.shape) == Shape::Text && !it.null)?;
    let wanted = facts.page.as_ref().and_then(|page| page.items.as_deref());
    let mut lists = facts
        .fields
        .iter()
        .filter(|field| !field.null && wanted.is_none_or(|wanted| field.wire == wanted))
        .filter_map(|field| match present(&field.shape) {
            Shape::Array(of) => match &**of {
                Shape::Object(item) => Some((field, item.as_str())),
                _ => None,
            },
            _ => None,
        });
    lists.next().filter(|_| lists.next().is_none())
}

/// `impl Page` for an answer that is one.
pub(super) fn page(name: &str, facts: &Struct, lowered: &Lowered) -> Option<TokenStream> {
    let (list, item) = listed(name, lowered)?;
    let wanted = facts.page.as_ref().and_then(|page| page.key.as_deref());
    let key = key(list, lowered.structs.get(item)?, wanted).map_or_else(
        || (quote!(_), quote!(None)),
        |field| {
            let ident = format_ident!("{}", field.ident);
            let value = if field.optional {
                quote!(item.#ident.as_deref())
            } else {
                quote!(Some(&item.#ident))
            };
            (quote!(item), value)
        },
    );
    let wire = &list.wire;
    let (argument, key) = key;
    let (name, item, list) = (
        format_ident!("{name}"),
        format_ident!("{item}"),
        format_ident!("{}", list.ident),
    );
    Some(quote! {
        impl crate::Page for #name {
            type Item = #item;

            const LIST: &'static str = #wire;

            fn next_page_token(&self) -> Option<&str> {
                self.next_page_token.as_deref().filter(|token| !token.is_empty())
            }

            fn has_items(&self) -> bool {
                self.#list.is_some()
            }

            fn into_items(self) -> Vec<#item> {
                self.#list.unwrap_or_default()
            }

            fn key(#argument: &#item) -> Option<&str> {
                #key
            }
        }
    })
}

/// The text that tells an item from the others: what the document names, `id`, the id that is
/// called after the list, or the only one there is.
fn key<'a>(list: &Field, item: &'a Struct, wanted: Option<&str>) -> Option<&'a Field> {
    let text = |wire: &str| {
        item.fields
            .iter()
            .find(|it| it.wire == wire && *present(&it.shape) == Shape::Text && !it.null)
    };
    if let Some(wanted) = wanted {
        return text(wanted);
    }
    let singular = list.wire.strip_suffix('s').unwrap_or(&list.wire);
    text("id")
        .or_else(|| text(&format!("{singular}_id")))
        .or_else(|| {
            let mut ids = item
                .fields
                .iter()
                .filter(|it| it.wire.ends_with("_id") && text(&it.wire).is_some());
            ids.next().filter(|_| ids.next().is_none())
        })
}
