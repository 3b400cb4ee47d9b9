//! Changes progenitor's code where it does not support a feature.
//!
//! The changes are made on the syntax tree, operation by operation, from the facts of the
//! lowering, never by searching text.

pub(crate) mod methods;
mod types;

use syn::{File, ImplItem, Item, ItemImpl, ItemMod};

use crate::generator::lower::Lowered;
use crate::generator::requests::structs;

/// Finishes the generated client.
pub(crate) fn client(mut file: File, lowered: &Lowered) -> Result<File, String> {
    for item in &mut file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                let items = items(module)?;
                types::finish(items, lowered)?;
                structs::finish(items, lowered)?;
            }
            Item::Impl(item) => hide_new(item),
            _ => {}
        }
    }
    methods::finish(&mut file.items, lowered)?;
    Ok(file)
}

/// Notes facts of the generated code: boxed fields, and the order of arguments.
pub(crate) fn note(file: &mut File, lowered: &mut Lowered) {
    for item in &file.items {
        if let Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, items)) = &module.content
        {
            structs::note_boxes(items, lowered);
        }
    }
    methods::note_arguments(&mut file.items, lowered);
}

/// Removes the constructor that panics and sets its own time limits: the caller
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
