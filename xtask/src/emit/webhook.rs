//! Webhooks: requests that the API sends to the servers of its users.
//!
//! They are path items under their names, as in the `webhooks` of OpenAPI 3.1. Their schemas stand where they are used:
//! a component that only a webhook uses would count as unused wherever `x-webhooks` is not known, and it could take a
//! name from an operation.

use std::{borrow::Cow, sync::Arc};

use serde_json::{Value, json};

use super::Emitter;
use crate::{
    check,
    diagnostic::Diagnostics,
    document::Fragment,
    node::{Node, Object},
    operation::{Draft, Operation, Witnesses},
    site::Site,
};

type Items = Vec<(String, Vec<(String, Fragment)>)>;

impl Emitter<'_> {
    /// The path items of all webhooks, in the order of their names.
    pub(super) fn webhooks(
        &mut self,
        drafts: Vec<Draft>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Items, String> {
        self.is_inline = true;
        let mut items: Items = Vec::new();
        for draft in drafts {
            let webhook = draft.merge(&mut self.readings, diagnostics);
            let method = webhook.method.to_ascii_lowercase();
            let written = Node::from(self.webhook(&webhook, &method));
            let fragment = Fragment::of(&written);
            let item = json!({ method.as_str(): Value::from(written) });
            check::webhook(&webhook.template, &item)?;
            let written = (method, fragment);
            match items.last_mut() {
                Some((name, methods)) if *name == webhook.template => methods.push(written),
                _ => items.push((webhook.template, vec![written])),
            }
        }
        self.is_inline = false;
        Ok(items)
    }

    fn webhook<'o>(&mut self, webhook: &'o Operation, method: &str) -> Object<'o> {
        let (template, in_method): (Arc<str>, Arc<str>) =
            (webhook.template.as_str().into(), method.into());
        let none: Arc<str> = "".into();
        let site = |role: &str| Site {
            template: Arc::clone(&template),
            method: Arc::clone(&in_method),
            role: role.into(),
            media_type: Arc::clone(&none),
            way: Vec::new(),
        };
        let witnesses = Witnesses::of(webhook);
        let mut written = self.head(webhook, Cow::Borrowed(&webhook.template), None);
        self.parameters(webhook, method, &witnesses, &mut written);
        let body = self.body(webhook, "", &site("request"), true, &witnesses);
        if let Some(body) = body {
            written.put("requestBody", body);
        }
        let responses = match webhook.responses.is_empty() {
            // What the receiver answers is its own affair; that it has the event is what 200 says everywhere.
            true => Object::from_iter([("200", Object::from_iter([("description", "OK")]))]),
            false => self.responses(webhook, "", &site, &witnesses),
        };
        written.put("responses", responses);
        // The sender signs it: none of the schemes by which the API is called applies.
        written.put("security", Vec::new());
        self.extensions(webhook, &mut written);
        written.put("x-postman-source", self.sources(webhook));
        written
    }
}
