//! Names that an overlay gives.
//!
//! The id of an operation is an ordinary `update`, but one that has to be known before the document is written: components
//! are named after it. A component is renamed by an action of our own, `x-rename`, which takes its references along.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{Change, Overlay, apply::Refusal, target::Target};
use crate::{diagnostic, document::PREFIX, operation::Draft};

/// Gives operations the ids that overlays have for them.
pub(crate) fn name_operations(overlays: &[Overlay], drafts: &mut [Draft]) {
    let actions = overlays.iter().flat_map(|overlay| &overlay.actions);
    let given: Vec<_> = actions
        .filter_map(|action| match &action.change {
            Change::Update(update) => Some((&action.target, update.get("operationId")?.as_str()?)),
            _ => None,
        })
        .collect();
    if given.is_empty() {
        return;
    }
    let mut paths = Map::new();
    let mut places: HashMap<String, &mut Draft> = HashMap::new();
    for draft in drafts {
        let method = draft.method.to_ascii_lowercase();
        let target = diagnostic::Target::operation(&draft.template, &method);
        paths
            .entry(draft.template.clone())
            .or_insert_with(|| json!({}))[&method] = json!({});
        places.insert(target.pointer, draft);
    }
    let document = json!({ "paths": paths });
    for (target, id) in given {
        for pointer in target.pointers(&document) {
            if let Some(draft) = places.get_mut(&pointer) {
                draft.given_id = Some(id.to_owned());
            }
        }
    }
}

/// The components that overlays rename: what they are called before and after.
pub(crate) fn renamed_components(overlays: &[Overlay]) -> Vec<(&str, &str)> {
    let actions = overlays.iter().flat_map(|overlay| &overlay.actions);
    actions
        .filter_map(|action| match &action.change {
            Change::Rename { from, to } => Some((from.as_str(), to.as_str())),
            _ => None,
        })
        .collect()
}

/// The name of the schema that a target selects, if it can select nothing else.
pub(super) fn component(target: &Target) -> Option<String> {
    let rest = target.text.strip_prefix("$.components.schemas")?;
    let name = rest
        .strip_prefix('.')
        .or_else(|| rest.strip_prefix("['")?.strip_suffix("']"))
        .or_else(|| rest.strip_prefix("[\"")?.strip_suffix("\"]"))?;
    let document = json!({ "components": { "schemas": { name: {} } } });
    let pointer = format!("/components/schemas/{name}");
    (is_name(name) && target.pointers(&document).contains(&pointer)).then(|| name.to_owned())
}

/// Whether OpenAPI allows the name for a component.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    !name.is_empty() && name.chars().all(fits)
}

/// Renames a schema and what refers to it.
pub(super) fn rename(document: &mut Value, from: &str, to: &str) -> Result<(), Refusal> {
    let schemas = document.pointer_mut("/components/schemas");
    let Some(schemas) = schemas.and_then(Value::as_object_mut) else {
        return Ok(());
    };
    if schemas.contains_key(to) {
        return Err((
            format!("a component `{to}` exists already"),
            "choose another name, or rename that one first",
        ));
    }
    let Some(schema) = schemas.shift_remove(from) else {
        return Ok(());
    };
    // Components are in the order of their names.
    let after = schemas.keys().position(|name| name.as_str() > to);
    schemas.shift_insert(after.unwrap_or(schemas.len()), to.to_owned(), schema);
    let (from, to) = (format!("{PREFIX}{from}"), format!("{PREFIX}{to}"));
    redirect(document, &from, &to);
    Ok(())
}

/// Lets every reference to `from`, or into it, lead to `to`; so those of a discriminator.
fn redirect(document: &mut Value, from: &str, to: &str) {
    let turn = |value: &mut Value| {
        let Some(rest) = value.as_str().and_then(|text| text.strip_prefix(from)) else {
            return;
        };
        if rest.is_empty() || rest.starts_with('/') {
            *value = format!("{to}{rest}").into();
        }
    };
    // A list of what is still to see, not recursion: documents may be nested as deep as they like.
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    if key == "$ref" {
                        turn(member);
                    }
                    if let ("mapping", Value::Object(mapping)) = (key.as_str(), &mut *member) {
                        mapping.values_mut().for_each(turn);
                    }
                    open.push(member);
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
