//! Applying an overlay.

use serde_json::Value;
use serde_json_path::NormalizedPath;

use super::{Action, Change, Overlay, OverlayError, rename::rename};

/// What one action did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The action, counted from 0.
    pub action: usize,
    /// Its target as written.
    pub target: String,
    /// Whether it removes.
    pub is_removal: bool,
    /// JSON pointers of what it wrote or removed: for an update every value that was set and every item that was
    /// appended, not the selected node. Those of removed items are from before the action. Empty for a removal whose
    /// target is not there: it has nothing left to do.
    pub pointers: Vec<String>,
}

impl Applied {
    /// Whether it was a removal that found nothing to remove.
    #[must_use]
    pub fn is_done_already(&self) -> bool {
        self.is_removal && self.pointers.is_empty()
    }
}

/// Applies all actions in order. On an error the document is left as it was.
///
/// # Errors
/// The first update that selects nothing, or action that cannot be carried out on what it selects.
pub fn apply(overlay: &Overlay, document: &mut Value) -> Result<Vec<Applied>, Box<OverlayError>> {
    let mut changed = document.clone();
    let mut applied = Vec::with_capacity(overlay.actions.len());
    for (index, action) in overlay.actions.iter().enumerate() {
        let pointers = act(action, &mut changed).map_err(|(reason, remedy)| {
            Box::new(OverlayError {
                file: overlay.file.clone(),
                action: Some(index),
                target: Some(action.target.clone()),
                position: None,
                reason,
                remedy: remedy.to_owned(),
            })
        })?;
        applied.push(Applied {
            action: index,
            target: action.target.clone(),
            is_removal: action.change == Change::Remove,
            pointers,
        });
    }
    *document = changed;
    Ok(applied)
}

pub(super) type Refusal = (String, &'static str);

fn act(action: &Action, document: &mut Value) -> Result<Vec<String>, Refusal> {
    // A path may select a node more than once; it is changed once. This also sorts by location.
    let selected = action.path.query_located(document).dedup();
    let selected: Vec<String> = selected
        .locations()
        .map(NormalizedPath::to_json_pointer)
        .collect();
    if selected.is_empty() && action.change != Change::Remove {
        return Err((
            "selects nothing in the document".to_owned(),
            "mend the path, or delete the action if what it was for is gone",
        ));
    }
    match &action.change {
        Change::Rename { from, to } => {
            rename(document, from, to)?;
            Ok(vec![format!("/components/schemas/{to}")])
        }
        Change::Update(update) => {
            let mut written = Vec::new();
            for pointer in &selected {
                let Some(node) = document.pointer_mut(pointer) else {
                    continue;
                };
                update_node(node, update, pointer, &mut written)?;
            }
            Ok(written)
        }
        Change::Remove => {
            // Backwards, so that the indices of what is still to go stay right; what lay in a removed node is gone.
            for pointer in selected.iter().rev() {
                remove(document, pointer)?;
            }
            Ok(selected)
        }
    }
}

fn update_node(
    node: &mut Value,
    update: &Value,
    pointer: &str,
    written: &mut Vec<String>,
) -> Result<(), Refusal> {
    match (&mut *node, update) {
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => {
            merge(node, update, pointer, written);
            Ok(())
        }
        (Value::Array(items), entry) => {
            written.push(format!("{pointer}/{}", items.len()));
            items.push(entry.clone());
            Ok(())
        }
        (Value::Object(_), _) => Err((
            format!("`{pointer}` is an object, but the update is none"),
            "write the update as an object of the fields to set",
        )),
        _ => Err((
            format!("`{pointer}` is neither an object nor an array"),
            "select the object that contains it, and set it there",
        )),
    }
}

/// Objects merge field by field, arrays are appended to, anything else is replaced. Recurses as deep as the update,
/// whose nesting the JSON parser bounds.
fn merge(node: &mut Value, update: &Value, pointer: &str, written: &mut Vec<String>) {
    match (node, update) {
        (Value::Object(members), Value::Object(updates)) => {
            for (key, update) in updates {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match members.get_mut(key) {
                    Some(member) => merge(member, update, &pointer, written),
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
        (node, update) => {
            *node = update.clone();
            written.push(pointer.to_owned());
        }
    }
}

fn remove(document: &mut Value, pointer: &str) -> Result<(), Refusal> {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return Err((
            "would remove the whole document".to_owned(),
            "select something inside it",
        ));
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
    Ok(())
}
