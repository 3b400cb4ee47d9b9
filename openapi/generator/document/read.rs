//! Reading a document.

use serde_json::Value;

use super::{Document, Operation};
use crate::generator::audit;

/// Parses a document and checks that it is of a version that the build understands.
pub(crate) fn read(text: &str) -> Result<Document, String> {
    let mut document: Document =
        serde_json::from_str(text).map_err(|error| match culprit(text) {
            Some(operation) => format!("{operation}: {error}"),
            None => error.to_string(),
        })?;
    if !document.openapi.starts_with("3.0.") {
        return Err(format!(
            "#/openapi: OpenAPI {} is not supported; convert the document to 3.0.x",
            document.openapi
        ));
    }
    let json = serde_json::from_str(text).map_err(|error| error.to_string())?;
    audit::audit(&json)?;
    document.prepare()?;
    Ok(document)
}

/// The operation on account of which a document could not be read.
fn culprit(text: &str) -> Option<String> {
    let document: Value = serde_json::from_str(text).ok()?;
    document
        .get("paths")?
        .as_object()?
        .iter()
        .find_map(|(path, item)| {
            item.as_object()?.iter().find_map(|(method, operation)| {
                let unreadable = METHODS.contains(&method.as_str())
                    && serde_json::from_value::<Operation>(operation.clone()).is_err();
                unreadable.then(|| {
                    subject(
                        method,
                        path,
                        operation.get("operationId").and_then(Value::as_str),
                    )
                })
            })
        })
}

/// What an error about an operation begins with: where it is, and which.
pub(crate) fn subject(method: &str, path: &str, id: Option<&str>) -> String {
    let id = id.map(|id| format!(" ({id})")).unwrap_or_default();
    format!("#/paths/{}/{method}{id}", audit::escape(path))
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
