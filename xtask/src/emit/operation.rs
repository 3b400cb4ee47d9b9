//! Operations.

use serde_json::{Map, Value, json};

use super::{Emitter, Settled};
use crate::{
    diagnostic::{Kind, Target},
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
        let mut written = Map::new();
        let tags = self.tags.of(operation);
        if !tags.is_empty() {
            written.insert("tags".to_owned(), Value::Array(tags));
        }
        let summary = match operation.name.as_str() {
            // As Postman shows it.
            "" => format!("{} {}", operation.method, operation.template),
            name => name.to_owned(),
        };
        written.insert("summary".to_owned(), summary.into());
        let facts = &operation.facts;
        if !facts.description.is_empty() {
            written.insert("description".to_owned(), facts.description.as_str().into());
        }
        written.insert("operationId".to_owned(), id.into());
        if facts.deprecated.is_some() {
            written.insert("deprecated".to_owned(), true.into());
        }
        if !servers.is_empty() {
            written.insert("servers".to_owned(), servers.to_vec().into());
        }
        let parameters: Vec<Value> = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, ((location, name), parameter))| {
                let at = || Target::operation(&operation.template, method);
                self.parameter(at, index, *location, name, parameter, &witnesses)
            })
            .collect();
        if !parameters.is_empty() {
            written.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if !operation.bodies.is_empty() {
            let place = operation
                .sources
                .first()
                .cloned()
                .unwrap_or_default()
                .at(".request.body");
            let site = site("request");
            let content = self.contents(&operation.bodies, &pascal_id, &site, &place, &witnesses);
            written.insert(
                "requestBody".to_owned(),
                json!({ "required": !operation.lacks_body, "content": content }),
            );
        }
        written.insert(
            "responses".to_owned(),
            self.responses(operation, &pascal_id, &site, &witnesses),
        );
        let scopes = &operation.scopes;
        let first = operation.sources.first().cloned().unwrap_or_default();
        if operation.auth.is_empty() {
            let at = Target::operation(&operation.template, method).member("security");
            self.pending.add(
                &first.at(".request"),
                Kind::OpenAuth
                    .note("the request does not say how it is authorized: none is assumed"),
                Settled::At(at),
            );
        }
        let mut notes = Vec::new();
        let requirement =
            self.security
                .require(&operation.auth, scopes, operation.vendor, &mut notes);
        for (name, note) in notes {
            let schemes = Target::root()
                .member("components")
                .member("securitySchemes");
            self.pending.add(
                &first.at(".request.auth"),
                note,
                Settled::At(schemes.member(&name)),
            );
        }
        written.insert("security".to_owned(), requirement);
        self.extensions(operation, &mut written);
        written.insert("x-postman-source".to_owned(), self.sources(operation));
        Value::Object(written)
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
