//! Operations.

use std::{borrow::Cow, sync::Arc};

use serde_json::{Value, json};

use super::{Emitter, Settled};
use crate::{
    diagnostic::{Kind, Place, Target},
    name::pascal,
    node::{Node, Object},
    operation::{Operation, Witnesses},
    site::Site,
};

impl Emitter<'_> {
    pub(super) fn operation<'o>(
        &mut self,
        operation: &'o Operation,
        id: &'o str,
        method: &str,
        servers: &'o [Value],
    ) -> Object<'o> {
        let pascal_id = pascal(id);
        let (template, in_method): (Arc<str>, Arc<str>) =
            (operation.template.as_str().into(), method.into());
        let none: Arc<str> = "".into();
        let site = |role: &str| Site {
            template: Arc::clone(&template),
            method: Arc::clone(&in_method),
            role: role.into(),
            media_type: Arc::clone(&none),
            way: Vec::new(),
        };
        let witnesses = Witnesses::of(operation);
        let summary = match operation.name.as_str() {
            // As Postman shows it.
            "" => format!("{} {}", operation.method, operation.template).into(),
            name => name.into(),
        };
        let mut written = self.head(operation, summary, Some(id));
        if !servers.is_empty() {
            let servers: Vec<Node<'_>> = servers.iter().map(Node::from).collect();
            written.put("servers", servers);
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
        if let Some(body) = body {
            written.put("requestBody", body);
        }
        let responses = self.responses(operation, &pascal_id, &site, &witnesses);
        written.put("responses", responses);
        written.put("security", self.requirement(operation, method));
        self.extensions(operation, &mut written);
        written.put("x-postman-source", self.sources(operation));
        written
    }

    /// What an operation is called, and what is said of it as a whole.
    pub(super) fn head<'o>(
        &mut self,
        operation: &'o Operation,
        summary: Cow<'o, str>,
        id: Option<&'o str>,
    ) -> Object<'o> {
        let mut written = Object::default();
        let tags = self.tags.of(operation);
        if !tags.is_empty() {
            written.put("tags", tags);
        }
        written.put("summary", Node::Text(summary));
        let facts = &operation.facts;
        if !facts.description.is_empty() {
            written.put("description", facts.description.as_str());
        }
        if let Some(id) = id {
            written.put("operationId", id);
        }
        if facts.deprecated.is_some() {
            written.put("deprecated", true);
        }
        written
    }

    /// Writes what an operation takes beside its body.
    pub(super) fn parameters<'o>(
        &mut self,
        operation: &'o Operation,
        method: &str,
        witnesses: &Witnesses<'_>,
        written: &mut Object<'o>,
    ) {
        let parameters = operation.parameters.iter().enumerate();
        let parameters: Vec<Node<'_>> = parameters
            .map(|(index, ((location, name), parameter))| {
                let at = || Target::operation(&operation.template, method);
                let written = self.parameter(at, index, *location, name, parameter, witnesses);
                written.into()
            })
            .collect();
        if !parameters.is_empty() {
            written.put("parameters", parameters);
        }
    }

    /// The body that an operation takes; `None` where it takes none.
    pub(super) fn body<'o>(
        &mut self,
        operation: &'o Operation,
        pascal_id: &str,
        site: &Site,
        is_required: bool,
        witnesses: &Witnesses<'_>,
    ) -> Option<Object<'o>> {
        if operation.bodies.is_empty() {
            return None;
        }
        let place = || first(operation).at(".request.body");
        let content = self.contents(&operation.bodies, pascal_id, site, &place, witnesses);
        let mut body = Object::default();
        body.put("required", is_required);
        body.put("content", content);
        Some(body)
    }

    /// How an operation is authorized, and what is assumed for that.
    fn requirement(&mut self, operation: &Operation, method: &str) -> Value {
        if operation.auth.is_empty() {
            let at = Target::operation(&operation.template, method).member("security");
            let note = Kind::OpenAuth
                .note("the request does not specify its authorization: none is assumed");
            let place = first(operation).at(".request");
            self.pending.add(&place, note, Settled::At(at));
        }
        let mut notes = Vec::new();
        let requirement = self.security.require(
            &operation.auth,
            &operation.scopes,
            operation.vendor,
            &mut notes,
        );
        for (name, note) in notes {
            let place = first(operation).at(".request.auth");
            let components = Target::root().member("components");
            let scheme = components.member("securitySchemes").member(&name);
            self.pending.add(&place, note, Settled::At(scheme));
        }
        requirement
    }

    /// What the vendor's descriptions state.
    pub(super) fn extensions<'o>(&self, operation: &'o Operation, written: &mut Object<'o>) {
        let Some(vendor) = operation.vendor else {
            return;
        };
        for extension in vendor.extensions() {
            if let Some(value) = operation.extensions.get(extension.key) {
                written.put(extension.key, value);
            }
        }
        if !operation.errors.is_empty() {
            let errors = operation.errors.iter().map(|(status, error)| {
                json!({ "status": status, "code": error.code, "message": error.message })
            });
            written.put(vendor.errors_key(), errors.collect::<Value>());
        }
    }

    /// The items that it comes from.
    pub(super) fn sources<'o>(&self, operation: &'o Operation) -> Vec<Node<'o>> {
        let sources = operation.sources.iter();
        sources
            .map(|source| {
                let mut written = Object::default();
                if self.names_files {
                    written.put("file", source.file.as_str());
                }
                written.put("item", source.item.as_str());
                written.into()
            })
            .collect()
    }
}

/// The request that an operation was first met in.
fn first(operation: &Operation) -> Place {
    operation.sources.first().cloned().unwrap_or_default()
}
