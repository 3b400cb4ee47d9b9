//! Walks the objects of a document by the kinds that they must be of.

use serde_json::{Map, Value};

use super::{
    kinds::{Holds, Kind},
    rules,
};
use crate::document::{WEBHOOKS, referent, resolve};

/// What is wrong, and the keys that lead there, the last one first.
struct Fault {
    keys: Vec<String>,
    reason: String,
}

impl From<String> for Fault {
    fn from(reason: String) -> Self {
        Self {
            keys: Vec::new(),
            reason,
        }
    }
}

impl Fault {
    fn below(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }
}

/// Each object of the document has the members of its kind and no others, each reference leads to an object of the kind that
/// is due, and the rules of each kind hold.
pub(super) fn all(document: &Value) -> Result<(), String> {
    object(document, Kind::Document, document).map_err(|fault| {
        let keys = fault.keys.iter().rev();
        let at: String = keys
            .map(|key| match key.starts_with('[') {
                true => key.clone(),
                false => format!(".{key}"),
            })
            .collect();
        format!("${at}: {}", fault.reason)
    })
}

/// Recurses as deep as the document does.
fn object(document: &Value, kind: Kind, value: &Value) -> Result<(), Fault> {
    let Some(members) = value.as_object() else {
        return match (kind, value) {
            // Only additional properties may be so, which the types know.
            (Kind::Schema, Value::Bool(_)) => Ok(()),
            _ => Err("is not an object".to_owned().into()),
        };
    };
    if let Some(target) = members.get("$ref") {
        reference(document, kind, value, target)?;
        // What stands beside it is ignored.
        return Ok(());
    }
    if let Some(missing) = kind
        .required()
        .iter()
        .find(|key| !members.contains_key(**key))
    {
        return Err(format!("there is no `{missing}`").into());
    }
    rules::hold(document, kind, members)?;
    match kind {
        Kind::Responses => map(document, Kind::Response, members, true),
        Kind::Callback => map(document, Kind::PathItem, members, true),
        _ => of_kind(document, kind, members),
    }
}

fn of_kind(document: &Value, kind: Kind, members: &Map<String, Value>) -> Result<(), Fault> {
    for (key, value) in members {
        let Some(holds) = kind.member(key) else {
            if key == WEBHOOKS && kind == Kind::Document {
                member(document, Holds::Map(Kind::PathItem), value)
                    .map_err(|fault| fault.below(key))?;
            } else if !key.starts_with("x-") {
                return Err(format!(
                    "`{key}` is not a member of OpenAPI 3.0's {} object",
                    kind.name()
                )
                .into());
            }
            continue;
        };
        member(document, holds, value).map_err(|fault| fault.below(key))?;
    }
    Ok(())
}

fn member(document: &Value, holds: Holds, value: &Value) -> Result<(), Fault> {
    if let Some(due) = holds.mismatch(value) {
        return Err(format!("is not {due}").into());
    }
    match (holds, value) {
        (Holds::One(kind), _) => object(document, kind, value),
        (Holds::List(kind), Value::Array(items)) => {
            items.iter().enumerate().try_for_each(|(index, item)| {
                object(document, kind, item).map_err(|fault| fault.below(format!("[{index}]")))
            })
        }
        (Holds::Map(kind), Value::Object(members)) => {
            map(document, kind, members, kind == Kind::PathItem)
        }
        (Holds::Content, Value::Object(members)) => {
            for name in members.keys() {
                rules::media_type(name)?;
            }
            map(document, Kind::MediaType, members, false)
        }
        _ => Ok(()),
    }
}

/// A map of objects. Its keys are names, and may begin with `x-`, unless it is one that may hold extensions.
fn map(
    document: &Value,
    kind: Kind,
    members: &Map<String, Value>,
    is_extended: bool,
) -> Result<(), Fault> {
    members
        .iter()
        .filter(|(key, _)| !is_extended || !key.starts_with("x-"))
        .try_for_each(|(key, value)| {
            object(document, kind, value).map_err(|fault| fault.below(key))
        })
}

fn reference(document: &Value, kind: Kind, value: &Value, target: &Value) -> Result<(), Fault> {
    let Some(target) = target.as_str() else {
        return Err("`$ref` is not a text".to_owned().into());
    };
    if resolve(document, value)
        .get("$ref")
        .and_then(Value::as_str)
        .is_some_and(|last| referent(document, last).is_some())
    {
        return Err(format!("{target} leads back to itself").into());
    }
    let mut component = target
        .strip_prefix("#/components/")
        .unwrap_or_default()
        .split('/');
    let (found, is_component) = (component.next().unwrap_or_default(), component.count() == 1);
    match kind.section() {
        Some(section) if is_component && found != section && !found.starts_with("x-") => {
            Err(format!(
                "{target} is not among {section}, as that of a {} must be",
                kind.name()
            )
            .into())
        }
        _ => Ok(()),
    }
}
