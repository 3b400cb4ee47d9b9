//! The JSON document that Postman's API exports.

use serde_json::Value;

use super::{Content, Node, Place, build};
use crate::postman::{collection::Refusal, origin::Converted};

/// The members that wrap an export, outermost first.
const WRAPPERS: [&str; 2] = ["data", "collection"];

/// The kinds of what holds items.
const HOLDERS: [&str; 2] = ["collection", "folder"];

/// Whether a file's root is a v3 collection, folder or request.
pub(crate) fn is_export(root: &Value) -> bool {
    let (inner, _) = unwrapped(root, "$");
    let has_kind = inner.get("$kind").is_some_and(Value::is_string);
    let has_items = inner
        .get("items")
        .and_then(Value::as_array)
        .is_some_and(|items| {
            items
                .iter()
                .any(|item| item.get("$kind").is_some_and(Value::is_string))
        });
    has_kind || has_items
}

/// Why a file that belongs to the folder of a collection is nothing alone.
pub(crate) fn incomplete(root: &Value) -> Option<Refusal> {
    let kind = root.get("$kind").and_then(Value::as_str)?;
    let name = match kind {
        _ if kind.ends_with("-example") => "a saved answer",
        _ if kind.ends_with("-message") => "a saved message",
        _ if HOLDERS.contains(&kind) && root.get("items").is_none() => {
            "the definition of a collection or a folder"
        }
        _ => return None,
    };
    Some(Refusal {
        position: None,
        reason: format!("the file is {name} in Postman's v3 format, without requests"),
        remedy: "name the folder of the collection, which holds its `.resources`",
    })
}

/// Reads it. `base` is where the root stands, and where places in the converted form begin.
pub(crate) fn read_export(root: &Value, base: &str) -> Converted {
    let (inner, path) = unwrapped(root, base);
    build::collection(node(inner, path), base)
}

fn unwrapped<'v>(root: &'v Value, base: &str) -> (&'v Value, String) {
    let (mut inner, mut path) = (root, base.to_owned());
    for key in WRAPPERS {
        if let Some(wrapped) = inner.get(key).filter(|wrapped| wrapped.is_object()) {
            inner = wrapped;
            path = format!("{path}.{key}");
        }
    }
    (inner, path)
}

/// Recurses as deep as the text, whose nesting the parser bounds.
fn node(value: &Value, path: String) -> Node {
    let kind = value.get("$kind").and_then(Value::as_str);
    let is_holder = match kind {
        Some(kind) if HOLDERS.contains(&kind) => true,
        Some(kind) if kind.contains("request") => false,
        _ => value.get("items").is_some(),
    };
    let nodes = |key: &str| {
        let children = value
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        children
            .enumerate()
            .filter(|(_, child)| child.is_object())
            .map(|(index, child)| (child, format!("{path}.{key}[{index}]")))
            .collect::<Vec<_>>()
    };
    let content = if !is_holder {
        let example = |(child, path): (&Value, String)| Node {
            own: child.clone(),
            name: String::new(),
            place: Place { file: None, path },
            content: Content::Request(Vec::new()),
        };
        Content::Request(nodes("examples").into_iter().map(example).collect())
    } else {
        Content::Folder(
            nodes("items")
                .into_iter()
                .map(|(child, path)| node(child, path))
                .collect(),
        )
    };
    let mut own = value.clone();
    if let Some(members) = own.as_object_mut() {
        members.shift_remove("items");
        members.shift_remove("examples");
    }
    Node {
        own,
        name: String::new(),
        place: Place { file: None, path },
        content,
    }
}
