//! Webhooks: requests that the API sends to the servers of its users.
//!
//! They are path items under their names, as in the `webhooks` of OpenAPI 3.1. Their schemas stand where they are used:
//! a component that only a webhook uses would count as unused wherever `x-webhooks` is not known, and it could take a
//! name from an operation.

use serde_json::{Value, json};

use super::Emitter;
use crate::{
    check,
    diagnostic::Diagnostics,
    document::Fragment,
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
            let written = self.webhook(&webhook, &method);
            check::webhook(&webhook.template, &json!({ method.as_str(): &written }))?;
            let written = (method, Fragment::of(&written));
            match items.last_mut() {
                Some((name, methods)) if *name == webhook.template => methods.push(written),
                _ => items.push((webhook.template, vec![written])),
            }
        }
        self.is_inline = false;
        Ok(items)
    }

    fn webhook(&mut self, webhook: &Operation, method: &str) -> Value {
        let site = |role: &str| Site {
            template: webhook.template.clone(),
            method: method.to_owned(),
            role: role.to_owned(),
            media_type: String::new(),
            way: Vec::new(),
        };
        let witnesses = Witnesses::of(webhook);
        let mut written = self.head(webhook, webhook.template.clone(), None);
        self.parameters(webhook, method, &witnesses, &mut written);
        let body = self.body(webhook, "", &site("request"), true, &witnesses);
        written.extend(body.map(|body| ("requestBody".to_owned(), body)));
        let responses = match webhook.responses.is_empty() {
            // What the receiver answers is its own affair; that it has the event is what 200 says everywhere.
            true => json!({ "200": { "description": "OK" } }),
            false => self.responses(webhook, "", &site, &witnesses),
        };
        written.insert("responses".to_owned(), responses);
        // The sender signs it: none of the schemes by which the API is called applies.
        written.insert("security".to_owned(), json!([]));
        self.extensions(webhook, &mut written);
        written.insert("x-postman-source".to_owned(), self.sources(webhook));
        Value::Object(written)
    }
}
