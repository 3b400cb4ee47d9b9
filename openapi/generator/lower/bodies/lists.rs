//! The arrays of a form: JSON, one field for each element, or one field with separators.

use indexmap::IndexMap;

use super::{FormKind, Lists, essence, is_json};
use crate::generator::document::{Encoding, Schema};
use crate::generator::lower::schemas::is_file;

/// What OpenAPI says of arrays of scalars, and what the encoding says otherwise.
pub(super) fn lists(
    media_type: &str,
    properties: &IndexMap<String, Schema>,
    encodings: &IndexMap<String, Encoding>,
    kind: FormKind,
) -> Result<Lists, String> {
    if let Some((wire, _)) = encodings
        .iter()
        .find(|(wire, _)| !properties.contains_key(*wire))
    {
        return Err(format!(
            "{media_type} has an encoding for {wire:?}, which is not a property; correct the name or remove it"
        ));
    }
    let mut lists = Lists::default();
    for (wire, property) in properties {
        let encoding = encodings.get(wire).cloned().unwrap_or_default();
        let refuse = |problem: &str| Err(format!("{media_type} encodes {wire:?} {problem}"));
        let part = encoding
            .content_type
            .as_deref()
            .map(essence)
            .unwrap_or_default();
        if kind == FormKind::Multipart && !is_file(property) && !is_plain(&part) {
            return refuse(
                "in a media type that a part cannot name; use application/json or text/plain",
            );
        }
        if is_json(&part) {
            continue;
        }
        let scalars = property.items.as_deref().is_some_and(|items| {
            let kind = items.kind.as_deref();
            matches!(kind, Some("string" | "integer" | "number" | "boolean"))
        });
        match (property.kind.as_deref(), kind) {
            (Some("array"), FormKind::Urlencoded) => {
                lists.names.push(wire.clone());
                let joined = separator(&encoding).map(|separator| (wire.clone(), separator));
                lists.joined.extend(joined);
            }
            (Some("array"), FormKind::Multipart) if scalars => lists.names.push(wire.clone()),
            (Some("object"), FormKind::Urlencoded)
                if encoding.style.is_some() || encoding.explode.is_some() =>
            {
                return refuse(
                    "as pairs, but an object is one value of JSON; use contentType: application/json",
                );
            }
            _ => {}
        }
    }
    Ok(lists)
}

fn is_plain(essence: &str) -> bool {
    essence.is_empty() || essence == "text/plain" || is_json(essence)
}

/// What separates the elements of an array that is one field.
fn separator(encoding: &Encoding) -> Option<&'static str> {
    let style = encoding.style.as_deref().unwrap_or("form");
    if encoding.explode.unwrap_or(style == "form") {
        return None;
    }
    Some(match style {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        _ => ",",
    })
}
