//! Answers.

use serde_json::{Map, Value, json};

use super::{Emitter, Settled, content::put_examples};
use crate::{
    components::{Site, reference},
    diagnostic::Kind,
    operation::{Content, Operation, Response, Witnesses},
    vendor::Vendor,
};

impl Emitter<'_> {
    pub(super) fn responses(
        &mut self,
        operation: &Operation,
        pascal_id: &str,
        site: &impl Fn(&str) -> Site,
        witnesses: &Witnesses<'_>,
    ) -> Value {
        let mut written = Map::new();
        for (status, response) in &operation.responses {
            written.insert(
                status.clone(),
                self.response(operation, status, response, pascal_id, site, witnesses),
            );
        }
        if written.is_empty() {
            self.told.add(
                &operation.sources.first().cloned().unwrap_or_default(),
                Kind::NoAnswer.note("no answer is saved: a 200 without a body is assumed"),
                Settled::At(site("200").body()),
            );
            written.insert("200".to_owned(), json!({ "description": reason("200") }));
        }
        Value::Object(written)
    }

    fn response(
        &mut self,
        operation: &Operation,
        status: &str,
        response: &Response,
        pascal_id: &str,
        site: &impl Fn(&str) -> Site,
        witnesses: &Witnesses<'_>,
    ) -> Value {
        let description = [
            response.description.as_str(),
            response.phrase.as_str(),
            reason(status),
        ]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or("Response");
        let mut written = Map::from_iter([("description".to_owned(), Value::from(description))]);
        let is_error = status.starts_with(['4', '5']);
        let vendor = operation.vendor.filter(|_| is_error);
        let describes = |vendor: &&'static dyn Vendor| {
            response.content.values().all(|content| match content {
                Content::Json { examples, .. } => examples.iter().all(|body| vendor.is_error(body)),
                Content::Text(texts) => texts.is_empty(),
                Content::Form(_) | Content::Binary => false,
            })
        };
        let vendor = vendor.filter(describes);
        let errors = vendor.and_then(|vendor| self.shared_error(vendor));
        if let Some(error) = errors {
            if response.content.is_empty() {
                self.told.add(
                    &response.place,
                    Kind::NoErrorBody.note(format!(
                        "the {status} answer has no body: the shared error schema is assumed"
                    )),
                    Settled::At(site(status).body()),
                );
            }
            let examples = response.content.values().flat_map(|content| match content {
                Content::Json { examples, .. } => examples.clone(),
                _ => Vec::new(),
            });
            let mut content = Map::from_iter([("schema".to_owned(), reference(error))]);
            put_examples(&mut content, examples.collect());
            written.insert("content".to_owned(), json!({ "application/json": content }));
        } else if !response.content.is_empty() {
            let content = self.contents(
                &response.content,
                pascal_id,
                &site(status),
                &response.place.at(".body"),
                witnesses,
            );
            written.insert("content".to_owned(), content);
        }
        Value::Object(written)
    }
}

/// The usual words for a status.
fn reason(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "304" => "Not Modified",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "409" => "Conflict",
        "422" => "Unprocessable Content",
        "429" => "Too Many Requests",
        "500" => "Internal Server Error",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Gateway Timeout",
        _ if status.starts_with('2') => "Success",
        _ if status.starts_with('3') => "Redirection",
        _ if status.starts_with('4') => "Client Error",
        _ if status.starts_with('5') => "Server Error",
        _ => "Any other answer",
    }
}
