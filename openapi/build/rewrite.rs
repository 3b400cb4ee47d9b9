//! What progenitor cannot be told, put into the code that it generated.
//!
//! All of it is done on the syntax tree, operation by operation, from the facts that
//! lowering left; nothing is searched for in text.

mod builders;
mod types;

use syn::visit_mut::VisitMut;
use syn::{File, ImplItem, Item, ItemImpl, ItemMod};

use crate::build::lower::Lowered;

/// Finishes the generated client.
pub(crate) fn client(mut file: File, lowered: &Lowered) -> Result<File, String> {
    for item in &mut file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => types::finish(items(module)?, lowered)?,
            Item::Mod(module) if module.ident == "builder" => {
                for item in items(module)? {
                    builders::Finish::new(lowered).visit_item_mut(item);
                }
            }
            Item::Impl(item) => hide_new(item),
            _ => {}
        }
    }
    Ok(file)
}

/// Takes away the constructor that panics and sets time limits of its own: the caller
/// has the HTTP client.
fn hide_new(item: &mut ItemImpl) {
    item.items
        .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "new"));
}

fn items(module: &mut ItemMod) -> Result<&mut Vec<Item>, String> {
    let name = module.ident.to_string();
    module
        .content
        .as_mut()
        .map(|(_, items)| items)
        .ok_or(format!("progenitor wrote an empty module {name}"))
}
