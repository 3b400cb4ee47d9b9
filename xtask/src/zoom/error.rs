//! The shared error schema.

use serde_json::{Value, json};

use crate::document::reference;

/// The schema's name.
pub(super) const ERROR: &str = "ZoomError";
/// The name of the schema of one refused field.
pub(super) const ERROR_DETAIL: &str = "ZoomErrorDetail";

/// A body that the shared error schema describes.
pub(super) fn is_instance(value: &Value) -> bool {
    let Some(members) = value.as_object() else {
        return false;
    };
    members.contains_key("message")
        && members.iter().all(|(key, value)| match key.as_str() {
            "code" => value.is_i64() || value.is_u64(),
            "message" => value.is_string(),
            "errors" => value.as_array().is_some_and(|details| {
                details.iter().all(|detail| {
                    detail.as_object().is_some_and(|detail| {
                        detail.iter().all(|(key, value)| {
                            matches!(key.as_str(), "field" | "message") && value.is_string()
                        })
                    })
                })
            }),
            _ => false,
        })
}

pub(super) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "Zoom's answer to a request that failed.",
        "required": ["code", "message"],
        "properties": {
            "code": { "type": "integer", "description": "Zoom's error code. It has a meaning only together with the operation and the status." },
            "message": { "type": "string", "description": "The error text." },
            "errors": {
                "type": "array",
                "description": "The rejected fields.",
                "items": reference(ERROR_DETAIL),
            },
        },
    })
}

pub(super) fn detail_schema() -> Value {
    json!({
        "type": "object",
        "description": "A rejected field.",
        "properties": {
            "field": { "type": "string", "description": "The field." },
            "message": { "type": "string", "description": "Why it was rejected." },
        },
    })
}
