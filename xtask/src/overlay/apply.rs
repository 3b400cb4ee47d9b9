//! Applying an overlay.

use std::{cmp::Reverse, collections::HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    Action, Change, Overlay, OverlayError, error::Refusal, rename::Renames, target::Target,
};

/// The effect of one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The action, counted from 0.
    pub action: usize,
    /// Its target as written.
    pub target: String,
    /// Why it had no effect, if it had none.
    pub idle: Option<Idle>,
    /// JSON pointers of what it wrote or removed: for an update every value that was set and every item that was
    /// appended, not the selected node. Those of removed items are from before the action.
    pub pointers: Vec<String>,
    /// What it did there.
    pub effect: Effect,
}

/// What an action did at the places that [`Applied::pointers`] names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// It wrote what is there now.
    #[default]
    Written,
    /// It removed what was there.
    Removed {
        /// JSON pointers of the arrays that have lost items, so that the items behind have moved.
        arrays: Vec<String>,
    },
    /// It gave a component another name.
    Renamed {
        /// Its name before.
        from: String,
        /// Its name after.
        to: String,
    },
}

/// Why an action had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// A removal whose target is not there: it has reached its goal.
    Removed,
    /// Its target selects nothing, which [`Strictness::Standard`] allows.
    Unmatched,
    /// It has neither `update` nor `copy` nor `remove`.
    Empty,
    /// Its update has no effect, because it removes as well.
    Overruled,
}

/// How an update whose target selects nothing is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// It is an error: an overlay that no longer fits its document would lose its facts otherwise.
    #[default]
    Strict,
    /// It does nothing, as the Overlay specification has it.
    Standard,
}

/// Applies all actions in order. On an error, the document stays unchanged.
///
/// ```
/// use serde_json::json;
/// use xtask::overlay::{Overlay, Strictness, apply};
///
/// let overlay = Overlay::parse("sandbox.yaml", "
/// overlay: 1.1.0
/// info: { title: Sandbox, version: 1.0.0 }
/// actions:
///   - target: $.info.title
///     update: Sandbox API
/// ").unwrap();
/// let mut document = json!({ "info": { "title": "API" } });
/// apply(&overlay, &mut document, Strictness::Strict).unwrap();
/// assert_eq!(document["info"]["title"], "Sandbox API");
/// ```
///
/// # Errors
///
/// The first update that selects nothing, or action that cannot be carried out on what it selects.
pub fn apply(
    overlay: &Overlay,
    document: &mut Value,
    strictness: Strictness,
) -> Result<Vec<Applied>, Box<OverlayError>> {
    let (mut changed, mut renames) = (document.clone(), Renames::default());
    let applied = apply_to(overlay, &mut changed, strictness, &mut renames)?;
    renames.settle(&mut changed);
    *document = changed;
    Ok(applied)
}

/// Applies all actions in order, to a document that is of no use after an error. Those of `renames` are to be settled
/// after the last overlay.
pub(crate) fn apply_to(
    overlay: &Overlay,
    document: &mut Value,
    strictness: Strictness,
    renames: &mut Renames,
) -> Result<Vec<Applied>, Box<OverlayError>> {
    let mut applied = Vec::with_capacity(overlay.actions.len());
    for (index, action) in overlay.actions.iter().enumerate() {
        if renames.concern(action) {
            renames.settle(document);
        }
        let done = act(action, document, strictness, renames).map_err(|(reason, remedy)| {
            Box::new(OverlayError {
                file: overlay.file.clone(),
                action: Some(index),
                target: Some(action.target.text.clone()),
                position: None,
                reason,
                remedy: remedy.to_owned(),
            })
        })?;
        let (pointers, effect, idle) = match done {
            Done::Something(pointers, effect) => (pointers, effect, action.idle),
            Done::Nothing(idle) => (Vec::new(), Effect::default(), Some(idle)),
        };
        applied.push(Applied {
            action: index,
            target: action.target.text.clone(),
            idle,
            pointers,
            effect,
        });
    }
    Ok(applied)
}

enum Done {
    Something(Vec<String>, Effect),
    Nothing(Idle),
}

fn act(
    action: &Action,
    document: &mut Value,
    strictness: Strictness,
    renames: &mut Renames,
) -> Result<Done, Refusal> {
    if action.change == Change::None {
        return Ok(Done::Nothing(Idle::Empty));
    }
    // Each node once, sorted by location.
    let selected = action.target.pointers(document);
    if selected.is_empty() {
        return match (&action.change, strictness) {
            (Change::Remove, _) => Ok(Done::Nothing(Idle::Removed)),
            (_, Strictness::Standard) => Ok(Done::Nothing(Idle::Unmatched)),
            (_, Strictness::Strict) => Err((
                "the target selects nothing in the document".to_owned(),
                "correct the path, or delete the action if its target no longer exists",
            )),
        };
    }
    let (pointers, effect) = match &action.change {
        Change::None => (Vec::new(), Effect::default()),
        Change::Rename { from, to } => {
            renames.rename(document, from, to)?;
            let (from, to) = (from.clone(), to.clone());
            (
                vec![format!("/components/schemas/{to}")],
                Effect::Renamed { from, to },
            )
        }
        Change::Update(update) => {
            let written = update_all(document, &selected, update, action.takes_primitives)?;
            (written, Effect::Written)
        }
        Change::Copy(from) => {
            let source = source(from, document)?;
            let written = update_all(document, &selected, &source, action.takes_primitives)?;
            (written, Effect::Written)
        }
        Change::Remove => {
            let arrays = remove_all(document, &selected)?;
            (selected, Effect::Removed { arrays })
        }
    };
    Ok(Done::Something(pointers, effect))
}

/// The one node that a `copy` takes.
fn source(from: &Target, document: &Value) -> Result<Value, Refusal> {
    let found = from.pointers(document);
    match found.as_slice() {
        [pointer] => Ok(document.pointer(pointer).cloned().unwrap_or_default()),
        found => Err((
            format!("`copy` selects {} nodes with {}", found.len(), from.text),
            "select exactly one node to copy",
        )),
    }
}

fn update_all(
    document: &mut Value,
    selected: &[String],
    update: &Value,
    takes_primitives: bool,
) -> Result<Vec<String>, Refusal> {
    let mut kinds = selected
        .iter()
        .filter_map(|pointer| document.pointer(pointer))
        .map(kind);
    if let Some(first) = kinds.next()
        && let Some(other) = kinds.find(|kind| *kind != first)
    {
        return Err((
            format!("the target selects {first} and {other}"),
            "select nodes of one kind in each action: objects, arrays or primitive values",
        ));
    }
    let mut written = Vec::new();
    for pointer in selected {
        if let Some(node) = document.pointer_mut(pointer) {
            update_node(node, update, pointer, takes_primitives, &mut written)?;
        }
    }
    Ok(written)
}

/// A place in messages.
fn named(pointer: &str) -> String {
    match pointer {
        "" => "the document".to_owned(),
        pointer => format!("`{pointer}`"),
    }
}

/// What an update distinguishes.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => "a primitive value",
    }
}

fn update_node(
    node: &mut Value,
    update: &Value,
    pointer: &str,
    takes_primitives: bool,
    written: &mut Vec<String>,
) -> Result<(), Refusal> {
    match (kind(node), kind(update)) {
        ("a primitive value", _) if !takes_primitives => Err((
            format!("`{pointer}` is neither an object nor an array"),
            "select the object that contains it, and set it there; Overlay 1.1 can select it itself: `\"overlay\": \"1.1.0\"`",
        )),
        ("an array", "an object" | "a primitive value") => {
            if let Value::Array(items) = node {
                written.push(format!("{pointer}/{}", items.len()));
                items.push(update.clone());
            }
            Ok(())
        }
        _ => merge(node, update, pointer, written),
    }
}

/// Objects merge field by field, arrays are appended to, primitive values are replaced. Recurses as deep as the update,
/// whose nesting the parser bounds.
fn merge(
    node: &mut Value,
    update: &Value,
    pointer: &str,
    written: &mut Vec<String>,
) -> Result<(), Refusal> {
    match (node, update) {
        (Value::Object(members), Value::Object(updates)) => {
            for (key, update) in updates {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match members.get_mut(key) {
                    Some(member) => merge(member, update, &pointer, written)?,
                    None => {
                        members.insert(key.clone(), update.clone());
                        written.push(pointer);
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(entries)) => {
            for entry in entries {
                written.push(format!("{pointer}/{}", items.len()));
                items.push(entry.clone());
            }
        }
        (node, update) if kind(node) == kind(update) => {
            *node = update.clone();
            written.push(pointer.to_owned());
        }
        (node, update) => {
            return Err((
                format!(
                    "{} is {}, but the update has {} there",
                    named(pointer),
                    kind(node),
                    kind(update)
                ),
                "write a value of the same kind, or remove what is there in an action before this one",
            ));
        }
    }
    Ok(())
}

/// Removes from each object and array at once all that is to go: one by one would move what stays as often. Gives the
/// pointers of the arrays among them.
fn remove_all(document: &mut Value, selected: &[String]) -> Result<Vec<String>, Refusal> {
    let mut by_parent: IndexMap<&str, HashSet<String>> = IndexMap::new();
    for pointer in selected {
        let Some((parent, key)) = pointer.rsplit_once('/') else {
            return Err((
                "would remove the whole document".to_owned(),
                "select something inside it",
            ));
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        by_parent.entry(parent).or_default().insert(key);
    }
    // The innermost first, so that the indices in the pointers to what is still to go stay right.
    by_parent.sort_by_cached_key(|parent, _| Reverse(parent.matches('/').count()));
    let mut arrays = Vec::new();
    for (parent, keys) in by_parent {
        match document.pointer_mut(parent) {
            Some(Value::Object(members)) => members.retain(|key, _| !keys.contains(key)),
            Some(Value::Array(items)) => {
                arrays.push(parent.to_owned());
                let mut index = 0_usize..;
                items.retain(|_| {
                    let index = index.next().unwrap_or_default();
                    !keys.contains(&index.to_string())
                });
            }
            _ => {}
        }
    }
    Ok(arrays)
}
