//! Operations.

use serde_json::{Map, Value, json};

use super::{Emitter, Settled};
use crate::{
    diagnostic::{Kind, Place, Target},
    name::pascal,
    operation::{Operation, Witnesses},
    site::Site,
};

impl Emitter<'_> {
    pub(super) fn operation(
        &mut self,
        operation: &Operation,
        id: &str,
        method: &str,
        servers: &[Value],
    ) -> Value {
        let pascal_id = pascal(id);
        let site = |role: &str| Site {
            template: operation.template.clone(),
            method: method.to_owned(),
            role: role.to_owned(),
            media_type: String::new(),
            way: Vec::new(),
        };
        let witnesses = Witnesses::of(operation);
        let summary = match operation.name.as_str() {
            // As Postman shows it.
            "" => format!("{} {}", operation.method, operation.template),
            name => name.to_owned(),
        };
        let mut written = self.head(operation, summary, Some(id));
        if !servers.is_empty() {
            written.insert("servers".to_owned(), servers.to_vec().into());
        }
        self.parameters(operation, method, &witnesses, &mut written);
        let is_required = !operation.lacks_body;
        let body = self.body(
            operation,
            &pascal_id,
            &site("request"),
            is_required,
            &witnesses,
        );
        written.extend(body.map(|body| ("requestBody".to_owned(), body)));
        let responses = self.responses(operation, &pascal_id, &site, &witnesses);
        written.insert("responses".to_owned(), responses);
        let security = self.requirement(operation, method);
        written.insert("security".to_owned(), security);
        self.extensions(operation, &mut written);
        written.insert("x-postman-source".to_owned(), self.sources(operation));
        Value::Object(written)
    }

    /// What an operation is called, and what is said of it as a whole.
    pub(super) fn head(
        &mut self,
        operation: &Operation,
        summary: String,
        id: Option<&str>,
    ) -> Map<String, Value> {
        let mut written = Map::new();
        let tags = self.tags.of(operation);
        if !tags.is_empty() {
            written.insert("tags".to_owned(), Value::Array(tags));
        }
        written.insert("summary".to_owned(), summary.into());
        let facts = &operation.facts;
        if !facts.description.is_empty() {
            written.insert("description".to_owned(), facts.description.as_str().into());
        }
        written.extend(id.map(|id| ("operationId".to_owned(), id.into())));
        if facts.deprecated.is_some() {
            written.insert("deprecated".to_owned(), true.into());
        }
        written
    }

    /// Writes what an operation takes beside its body.
    pub(super) fn parameters(
        &mut self,
        operation: &Operation,
        method: &str,
        witnesses: &Witnesses<'_>,
        written: &mut Map<String, Value>,
    ) {
        let parameters = operation.parameters.iter().enumerate();
        let parameters: Vec<Value> = parameters
            .map(|(index, ((location, name), parameter))| {
                let at = || Target::operation(&operation.template, method);
                self.parameter(at, index, *location, name, parameter, witnesses)
            })
            .collect();
        if !parameters.is_empty() {
            written.insert("parameters".to_owned(), Value::Array(parameters));
        }
    }

    /// The body that an operation takes; `None` where it takes none.
    pub(super) fn body(
        &mut self,
        operation: &Operation,
        pascal_id: &str,
        site: &Site,
        is_required: bool,
        witnesses: &Witnesses<'_>,
    ) -> Option<Value> {
        if operation.bodies.is_empty() {
            return None;
        }
        let place = first(operation).at(".request.body");
        let content = self.contents(&operation.bodies, pascal_id, site, &place, witnesses);
        let body = [
            ("required".to_owned(), is_required.into()),
            ("content".to_owned(), content),
        ];
        Some(Value::Object(body.into_iter().collect()))
    }

    /// How an operation is authorized, and what is assumed for that.
    fn requirement(&mut self, operation: &Operation, method: &str) -> Value {
        let place = first(operation);
        if operation.auth.is_empty() {
            let at = Target::operation(&operation.template, method).member("security");
            let note = Kind::OpenAuth
                .note("the request does not specify its authorization: none is assumed");
            self.pending
                .add(&place.at(".request"), note, Settled::At(at));
        }
        let mut notes = Vec::new();
        let requirement = self.security.require(
            &operation.auth,
            &operation.scopes,
            operation.vendor,
            &mut notes,
        );
        let place = place.at(".request.auth");
        for (name, note) in notes {
            let components = Target::root().member("components");
            let scheme = components.member("securitySchemes").member(&name);
            self.pending.add(&place, note, Settled::At(scheme));
        }
        requirement
    }

    /// What the vendor's descriptions state.
    pub(super) fn extensions(&self, operation: &Operation, written: &mut Map<String, Value>) {
        let Some(vendor) = operation.vendor else {
            return;
        };
        for extension in vendor.extensions() {
            if let Some(value) = operation.extensions.get(extension.key) {
                written.insert(extension.key.to_owned(), value.clone());
            }
        }
        if !operation.errors.is_empty() {
            let errors = operation.errors.iter().map(|(status, error)| {
                json!({ "status": status, "code": error.code, "message": error.message })
            });
            written.insert(vendor.errors_key().to_owned(), errors.collect());
        }
    }

    /// The items that it comes from.
    pub(super) fn sources(&self, operation: &Operation) -> Value {
        let sources = operation.sources.iter();
        sources
            .map(|source| match self.names_files {
                true => json!({ "file": source.file, "item": source.item }),
                false => json!({ "item": source.item }),
            })
            .collect()
    }
}

/// The request that an operation was first met in.
fn first(operation: &Operation) -> Place {
    operation.sources.first().cloned().unwrap_or_default()
}
