//! References between the components of a document.

use indexmap::IndexMap;

use super::{Document, Operation, Parameter, RequestBody, Response};

impl Document {
    pub(crate) fn parameter<'a>(
        &'a self,
        parameter: &'a Parameter,
    ) -> Result<&'a Parameter, String> {
        resolve(&self.components.parameters, "parameters", parameter, |it| {
            it.reference.as_deref()
        })
    }

    pub(crate) fn request_body<'a>(
        &'a self,
        body: &'a RequestBody,
    ) -> Result<&'a RequestBody, String> {
        resolve(
            &self.components.request_bodies,
            "requestBodies",
            body,
            |it| it.reference.as_deref(),
        )
    }

    /// The responses of an operation that have a status or are the default, resolved.
    pub(crate) fn responses(
        &self,
        operation: &Operation,
    ) -> Result<Vec<(String, Response)>, String> {
        operation
            .responses
            .iter()
            .filter(|(status, _)| !status.starts_with("x-"))
            .map(|(status, response)| {
                let response: Response = serde_json::from_value(response.clone())
                    .map_err(|error| format!("response {status}: {error}"))?;
                let response = resolve(&self.components.responses, "responses", &response, |it| {
                    it.reference.as_deref()
                })?;
                Ok((status.clone(), response.clone()))
            })
            .collect()
    }
}

/// The key of the component that a `$ref` to `#/components/{section}/…` names.
pub(crate) fn component_key(reference: &str, section: &str) -> Option<String> {
    let key = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!key.contains('/')).then(|| unescape(key))
}

fn unescape(key: &str) -> String {
    let bytes = key.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| key.get(at + 1..at + 3)).flatten();
        if let Some(decoded) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            out.push(decoded);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out)
        .replace("~1", "/")
        .replace("~0", "~")
}

/// Follows references between components, at most as many as there are components.
fn resolve<'a, T>(
    components: &'a IndexMap<String, T>,
    section: &str,
    start: &'a T,
    reference: impl Fn(&T) -> Option<&str>,
) -> Result<&'a T, String> {
    let mut at = start;
    for _ in 0..=components.len() {
        let Some(target) = reference(at) else {
            return Ok(at);
        };
        at = component_key(target, section)
            .and_then(|key| components.get(&key))
            .ok_or_else(|| format!("$ref {target:?} names no component in {section}"))?;
    }
    Err(format!("a $ref in {section} leads back to itself"))
}
