//! Lowering: converts the document to one that progenitor supports.
//!
//! The stored document is not changed. The lowered one, in memory, uses the small part of
//! OpenAPI for which progenitor generates code that compiles and means the same. The facts
//! that it cannot express are kept beside it, and added to the generated code afterwards.

pub(crate) mod bodies;
mod lacking;
pub(crate) mod names;
pub(crate) mod parameters;
mod prose;
mod reach;
pub(crate) mod responses;
pub(crate) mod schemas;
pub(crate) mod shapes;
mod uses;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use self::bodies::{Body, Files};
use self::names::OperationNames;
use self::reach::reach;
use self::responses::{Documented, Success};
use self::schemas::{Made, Struct, Types, Union};
use crate::generator::document::{self, Document, PathItem};
use crate::generator::markdown;

/// A document for progenitor, and the facts that it cannot express.
pub(crate) struct Lowered {
    info: Value,
    pub(crate) schemas: Map<String, Value>,
    pub(crate) structs: BTreeMap<String, Struct>,
    pub(crate) enums: BTreeMap<String, Vec<String>>,
    pub(crate) unions: BTreeMap<String, Union>,
    pub(crate) operations: Vec<Operation>,
    /// Where each type is used, in a sentence.
    pub(crate) uses: BTreeMap<String, String>,
    /// The types that can lack a value which a request requires.
    lacking: BTreeSet<String>,
}

/// A lowered operation. An operation of the document with several media types gives one for
/// each.
pub(crate) struct Operation {
    /// The id in the document.
    pub(crate) id: String,
    /// The name of the client's method.
    pub(crate) method_name: String,
    /// The name of the builder.
    pub(crate) builder_name: String,
    pub(crate) http_method: &'static str,
    /// The path in the document.
    pub(crate) path: String,
    /// The path of the server below which it stands.
    pub(crate) base_path: String,
    lowered_path: String,
    pub(crate) parameters: Vec<parameters::Lowered>,
    /// The media type in the document, where siblings differ by it.
    pub(crate) media_type: Option<String>,
    pub(crate) body: Body,
    /// The arguments of the client's method, in order, once it is generated.
    pub(crate) arguments: Vec<String>,
    pub(crate) responses: Vec<Documented>,
    pub(crate) success: Success,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body_description: Option<String>,
}

/// Which responses a document for progenitor holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Responses {
    /// Only the success, for the client.
    Success,
    /// All documented responses, for the mocks.
    Documented,
}

/// Lowers a document.
pub(crate) fn lower(document: &Document) -> Result<Lowered, String> {
    let forms = bodies::forms_with_files(document)?.into_iter().collect();
    let mut types = Types::new(&document.components.schemas, reach(document)?, forms);
    let mut names = OperationNames::new();
    // The names of the document come first, so that no sibling can take one of them.
    let mut claimed: VecDeque<_> = document
        .paths
        .iter()
        .flat_map(|(_, item)| item.operations().map(|(_, operation)| &operation.id))
        .map(|name| names.claim(name))
        .collect();
    let mut operations = Vec::new();
    for (path, item) in &document.paths {
        for (method, operation) in item.operations() {
            let subject = (method, path.as_str(), item, operation);
            let mut claimed = claimed.pop_front();
            let lowered = operation_of(document, &mut types, subject, |suffix| {
                let own = || names.claim(&format!("{} {suffix}", operation.id));
                claimed.take().unwrap_or_else(own)
            });
            let blame = |error: String| blame(method, path, operation, &error);
            operations.extend(lowered.map_err(blame)?);
        }
    }
    let Made {
        schemas,
        structs,
        enums,
        unions,
    } = types.finish();
    let title = markdown::block(&document.info.title);
    let info = json!({ "title": title, "version": "1" });
    let mut lowered = Lowered {
        info,
        schemas,
        structs,
        enums,
        unions,
        operations,
        uses: BTreeMap::new(),
        lacking: BTreeSet::new(),
    };
    lowered.describe_types();
    Ok(lowered)
}

/// Lowers an operation, to one for each of its bodies. `name` is given their suffixes, and names the method and the builder.
fn operation_of(
    document: &Document,
    types: &mut Types<'_>,
    (http_method, path, item, operation): (&'static str, &str, &PathItem, &document::Operation),
    mut name: impl FnMut(&str) -> (String, String),
) -> Result<Vec<Operation>, String> {
    let id = operation.id.as_str();
    let shared = (item.parameters.as_slice(), operation.parameters.as_slice());
    let (lowered_path, parameters) = parameters::lower(document, types, path, id, shared)?;
    let responses = responses::lower(types, &document.responses(operation)?, id);
    let success = responses::success(&responses);
    let variants = bodies::lower(document, types, operation, id)?;
    let has_siblings = variants.len() > 1;
    let lowered = variants.into_iter().map(|variant| {
        let (method_name, builder_name) = name(&variant.suffix);
        Operation {
            id: id.to_owned(),
            method_name,
            builder_name,
            http_method,
            path: path.to_owned(),
            base_path: base_path(document, item, operation),
            lowered_path: lowered_path.clone(),
            parameters: parameters.clone(),
            media_type: variant.media_type.filter(|_| has_siblings),
            body_description: describe_body(document, operation),
            body: variant.body,
            arguments: Vec::new(),
            responses: responses.clone(),
            success: success.clone(),
            summary: operation.summary.as_deref().map(markdown::block),
            description: operation.description.as_deref().map(markdown::block),
        }
    });
    Ok(lowered.collect())
}

/// An error that begins with the operation.
pub(crate) fn blame(
    method: &str,
    path: &str,
    operation: &document::Operation,
    error: &str,
) -> String {
    format!(
        "{}: {error}",
        document::subject(method, path, Some(&operation.id))
    )
}

impl Lowered {
    /// Describes the types that the document does not describe, by their uses.
    fn describe_types(&mut self) {
        self.uses = uses::describe(self);
        for (name, schema) in &mut self.schemas {
            let Value::Object(schema) = schema else {
                continue;
            };
            let description = schema.entry("description");
            description.or_insert_with(|| match self.uses.get(name) {
                Some(sentence) => sentence.as_str().into(),
                // Its properties are part of other types.
                None => format!("The schema {} of the document.", markdown::code(name)).into(),
            });
        }
    }

    /// Makes every property of a body optional in its type: a request begins without any
    /// of them, and checks itself for missing ones.
    pub(crate) fn loosen_bodies(&mut self) {
        for operation in &self.operations {
            let name = match &operation.body {
                Body::Json {
                    shape: shapes::Shape::Object(name),
                    ..
                }
                | Body::Form {
                    shape: shapes::Shape::Object(name),
                    ..
                } => name,
                Body::Files(Files {
                    texts: Some(name), ..
                }) => name,
                _ => continue,
            };
            if let Some(schema) = self.schemas.get_mut(name) {
                schema["required"] = json!([]);
            }
            for field in self
                .structs
                .get_mut(name)
                .into_iter()
                .flat_map(|it| &mut it.fields)
            {
                field.optional = true;
                // As an optional array of any other type: absent is not empty.
                if matches!(field.shape, shapes::Shape::Array(_) | shapes::Shape::Map(_)) {
                    field.shape = field.shape.clone().nullable();
                    if let Some(schema) = self.schemas.get_mut(name) {
                        schema["properties"][&field.ident]["nullable"] = true.into();
                    }
                }
            }
        }
        self.note_lacking();
    }

    /// The document for progenitor, with the operations that `keep` accepts.
    pub(crate) fn document(
        &self,
        responses: Responses,
        keep: impl Fn(&Operation) -> bool,
    ) -> Value {
        let mut paths = Map::new();
        for operation in self.operations.iter().filter(|operation| keep(operation)) {
            // A path item holds one operation for each method, and siblings share both.
            // progenitor reads several slashes as one, so more of them make another path.
            let mut path = operation.lowered_path.clone();
            while paths
                .get(&path)
                .is_some_and(|item: &Value| item.get(operation.http_method).is_some())
            {
                path.insert(0, '/');
            }
            paths.entry(path).or_insert_with(|| json!({}))[operation.http_method] =
                operation.object(responses);
        }
        json!({
            "openapi": "3.0.3",
            "info": self.info,
            "paths": paths,
            "components": { "schemas": self.schemas },
        })
    }

    pub(crate) fn method(&self, name: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method_name == name)
    }

    pub(crate) fn operation(&self, builder_name: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.builder_name == builder_name)
    }
}

impl Operation {
    fn object(&self, responses: Responses) -> Value {
        let mut object = json!({
            "operationId": self.method_name,
            "parameters": self.parameters.iter().map(parameters::Lowered::object).collect::<Vec<_>>(),
            "responses": match responses {
                Responses::Success => self.success.object(),
                Responses::Documented => self.documented(),
            },
        });
        // The methods are private; the requests are documented instead.
        if let Some(body) = self.body.object() {
            object["requestBody"] = body;
        }
        object
    }

    /// The documented responses, as far as a mock can name a method after their status.
    fn documented(&self) -> Value {
        let nameable = |status: &str| status.parse().map_or(true, has_reason);
        self.responses
            .iter()
            .filter(|response| nameable(&response.status))
            .map(|response| (response.status.clone(), response.content.object()))
            .collect::<Map<_, _>>()
            .into()
    }
}

/// Whether a status has a reason phrase in the registry of statuses.
fn has_reason(status: u16) -> bool {
    matches!(
        status,
        200..=208 | 226 | 300..=305 | 307 | 308 | 400..=418 | 421..=426 | 428 | 429 | 431 | 451 | 500..=508 | 510 | 511
    )
}

/// The path of the server of an operation: `/v2`.
fn base_path(document: &Document, item: &PathItem, operation: &document::Operation) -> String {
    let server = [&operation.servers, &item.servers, &document.servers]
        .into_iter()
        .find_map(|servers| servers.first());
    let url = server.map_or("", |server| server.url.as_str());
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    host.find('/')
        .map_or("", |at| &host[at..])
        .trim_end_matches('/')
        .to_owned()
}

/// The description of the body of an operation.
fn describe_body(document: &Document, operation: &document::Operation) -> Option<String> {
    let body = document
        .request_body(operation.request_body.as_ref()?)
        .ok()?;
    let text = body.description.as_deref()?;
    (!text.trim().is_empty()).then(|| markdown::block(text))
}
