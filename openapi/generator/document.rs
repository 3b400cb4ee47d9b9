//! The OpenAPI document as the build reads it.
//!
//! An own model rather than that of the `openapiv3` crate: that one refuses or reshapes
//! what is legal but unusual, and reports it as "did not match any variant". Here
//! everything is optional that the build can do without, order is kept, and an error
//! has a line and a column.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    openapi: String,
    pub(crate) info: Info,
    #[serde(default)]
    pub(crate) servers: Vec<Server>,
    pub(crate) paths: IndexMap<String, PathItem>,
    /// What the API sends, by name.
    #[serde(default, rename = "x-webhooks")]
    pub(crate) webhooks: IndexMap<String, PathItem>,
    #[serde(default)]
    pub(crate) components: Components,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Info {
    #[serde(default)]
    pub(crate) title: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Components {
    pub(crate) schemas: IndexMap<String, Schema>,
    parameters: IndexMap<String, Parameter>,
    request_bodies: IndexMap<String, RequestBody>,
    responses: IndexMap<String, Response>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PathItem {
    get: Option<Operation>,
    put: Option<Operation>,
    post: Option<Operation>,
    delete: Option<Operation>,
    options: Option<Operation>,
    head: Option<Operation>,
    patch: Option<Operation>,
    trace: Option<Operation>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) servers: Vec<Server>,
}

impl PathItem {
    /// The operations with their methods, in a fixed order.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&'static str, &Operation)> {
        [
            ("get", &self.get),
            ("put", &self.put),
            ("post", &self.post),
            ("delete", &self.delete),
            ("options", &self.options),
            ("head", &self.head),
            ("patch", &self.patch),
            ("trace", &self.trace),
        ]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Operation {
    pub(crate) operation_id: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: IndexMap<String, Value>,
    pub(crate) servers: Vec<Server>,
    #[serde(rename = "x-zoom-scopes")]
    pub(crate) scopes: Vec<String>,
    #[serde(rename = "x-zoom-granular-scopes")]
    pub(crate) granular_scopes: Vec<String>,
    #[serde(rename = "x-zoom-rate-limit-label")]
    pub(crate) rate_limit_label: Option<String>,
    #[serde(rename = "x-zoom-repeatable")]
    pub(crate) repeatable: Option<bool>,
    /// What it is used for, in the words of those who look for it; what is set for that is the index's.
    #[serde(rename = "x-tasks")]
    pub(crate) tasks: IndexMap<String, serde::de::IgnoredAny>,
    #[serde(rename = "x-zoom-errors")]
    pub(crate) errors: Vec<DocumentedError>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DocumentedError {
    pub(crate) status: u16,
    pub(crate) code: i64,
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// A name for the Rust variant, where the one made from the text will not do.
    #[serde(default)]
    pub(crate) name: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Server {
    pub(crate) url: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameter {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(crate) name: String,
    #[serde(rename = "in")]
    pub(crate) location: String,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) style: Option<String>,
    pub(crate) explode: Option<bool>,
    pub(crate) schema: Option<Schema>,
    pub(crate) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RequestBody {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Response {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(crate) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MediaType {
    pub(crate) schema: Option<Schema>,
    pub(crate) encoding: IndexMap<String, Encoding>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Encoding {
    pub(crate) content_type: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) nullable: bool,
    pub(crate) properties: IndexMap<String, Schema>,
    pub(crate) required: Vec<String>,
    pub(crate) additional_properties: Option<AdditionalProperties>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) any_of: Vec<Schema>,
    #[serde(rename = "enum")]
    pub(crate) values: Vec<Value>,
    pub(crate) minimum: Option<Value>,
    pub(crate) maximum: Option<Value>,
    pub(crate) max_length: Option<Value>,
    pub(crate) max_items: Option<Value>,
    pub(crate) example: Option<Value>,
    pub(crate) default: Option<Value>,
    /// What sending an empty list does, where that differs from leaving it out.
    #[serde(rename = "x-zoom-empty-list")]
    pub(crate) empty_list: Option<String>,
    #[serde(rename = "x-zoom-page")]
    pub(crate) page: Option<Page>,
}

/// What a page of a listing holds, where its properties do not say so.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub(crate) struct Page {
    /// The property that lists.
    pub(crate) items: Option<String>,
    /// The property of an item that tells it from the others.
    pub(crate) key: Option<String>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(crate) enum AdditionalProperties {
    Allowed(bool),
    Of(Box<Schema>),
}

/// Parses a document and checks that it is of a version that the build understands.
pub(crate) fn read(text: &str) -> Result<Document, String> {
    let document: Document = serde_json::from_str(text).map_err(|error| match culprit(text) {
        Some(operation) => format!("{operation}: {error}"),
        None => error.to_string(),
    })?;
    if document.openapi.starts_with("3.0.") {
        Ok(document)
    } else {
        Err(format!(
            "OpenAPI {} is not supported, only 3.0.x",
            document.openapi
        ))
    }
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

/// What an error about an operation begins with.
pub(crate) fn subject(method: &str, path: &str, id: Option<&str>) -> String {
    let id = id.map(|id| format!(" ({id})")).unwrap_or_default();
    format!("{} {path}{id}", method.to_uppercase())
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

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
