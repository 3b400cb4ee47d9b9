//! The OpenAPI document as the build reads it.
//!
//! An own model rather than that of the `openapiv3` crate: that one refuses or reshapes
//! what is legal but unusual, and reports it as "did not match any variant". Here
//! everything is optional that the build can do without, order is kept, and an error
//! has a line and a column.

mod prepare;
mod read;
mod resolve;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

pub(crate) use self::read::{read, subject};
pub(crate) use self::resolve::component_key;

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
    path_items: IndexMap<String, PathItem>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PathItem {
    #[serde(rename = "$ref")]
    reference: Option<String>,
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

    /// The operations, to be changed, in the same order.
    fn operations_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Operation)> {
        [
            ("get", &mut self.get),
            ("put", &mut self.put),
            ("post", &mut self.post),
            ("delete", &mut self.delete),
            ("options", &mut self.options),
            ("head", &mut self.head),
            ("patch", &mut self.patch),
            ("trace", &mut self.trace),
        ]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Operation {
    /// Made of the method and the path where the document has none.
    #[serde(rename = "operationId")]
    pub(crate) id: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: IndexMap<String, Value>,
    pub(crate) servers: Vec<Server>,
    pub(crate) deprecated: bool,
    #[serde(rename = "x-zoom-scopes")]
    pub(crate) scopes: Vec<String>,
    #[serde(rename = "x-zoom-granular-scopes")]
    pub(crate) granular_scopes: Vec<String>,
    #[serde(rename = "x-zoom-rate-limit-label")]
    pub(crate) rate_limit_label: Option<String>,
    #[serde(rename = "x-zoom-repeatable")]
    pub(crate) repeatable: Option<bool>,
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
    /// With the defaults of the variables.
    pub(crate) url: String,
    #[serde(default)]
    variables: IndexMap<String, ServerVariable>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ServerVariable {
    default: String,
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
    pub(crate) deprecated: bool,
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
    pub(crate) style: Option<String>,
    pub(crate) explode: Option<bool>,
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
    pub(crate) discriminator: Option<Discriminator>,
    pub(crate) minimum: Option<Value>,
    pub(crate) maximum: Option<Value>,
    pub(crate) exclusive_minimum: bool,
    pub(crate) exclusive_maximum: bool,
    pub(crate) min_length: Option<Value>,
    pub(crate) max_length: Option<Value>,
    pub(crate) min_items: Option<Value>,
    pub(crate) max_items: Option<Value>,
    pub(crate) read_only: bool,
    pub(crate) deprecated: bool,
    pub(crate) example: Option<Value>,
    pub(crate) default: Option<Value>,
    /// What sending an empty list does, where that differs from leaving it out.
    #[serde(rename = "x-zoom-empty-list")]
    pub(crate) empty_list: Option<String>,
    #[serde(rename = "x-zoom-page")]
    pub(crate) page: Option<Page>,
}

/// The property that tells the schemas of a union apart.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Discriminator {
    pub(crate) property_name: String,
    /// Components by the values that stand for them.
    pub(crate) mapping: IndexMap<String, String>,
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
