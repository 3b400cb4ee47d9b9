//! Answers.

use std::collections::HashSet;

use super::{Emitter, Settled, content::put_examples};
use crate::{
    diagnostic::Kind,
    document::reference,
    node::{Node, Object},
    operation::{Content, Example, MAX_EXAMPLES, Operation, Response, Witnesses, on_one_line},
    site::Site,
};

impl Emitter<'_> {
    pub(super) fn responses<'o>(
        &mut self,
        operation: &'o Operation,
        pascal_id: &str,
        site: &impl Fn(&str) -> Site,
        witnesses: &Witnesses<'_>,
    ) -> Object<'o> {
        let mut written = Object::default();
        for (status, response) in &operation.responses {
            written.put(
                status,
                self.response(operation, status, response, pascal_id, site, witnesses),
            );
        }
        let is_error = |status: &str| status.starts_with(['4', '5']);
        let saved = || operation.responses.iter();
        // An error that has no code is written by hand: so is the success that stands beside it.
        let are_errors = saved().all(|(status, _)| is_error(status))
            && saved().any(|(_, response)| response.has_code);
        if written.is_empty() || are_errors {
            let what = if written.is_empty() {
                "no answer is"
            } else {
                "only errors are"
            };
            self.pending.add(
                &operation.sources.first().cloned().unwrap_or_default(),
                Kind::NoAnswer.note(format!("{what} saved: a 200 without a body is assumed")),
                Settled::At(site("200").body()),
            );
            let assumed = Object::from_iter([("description", reason("200"))]);
            written.put_first("200", assumed);
        }
        written
    }

    fn response<'o>(
        &mut self,
        operation: &Operation,
        status: &str,
        response: &'o Response,
        pascal_id: &str,
        site: &impl Fn(&str) -> Site,
        witnesses: &Witnesses<'_>,
    ) -> Object<'o> {
        let mut written = Object::default();
        let headers: Object<'_> = response
            .headers
            .iter()
            .map(|(name, header)| {
                let target = site(status).body().member("headers").member(name);
                (name.as_str(), self.header(&target, header, witnesses))
            })
            .collect();
        if !headers.is_empty() {
            written.put("headers", headers);
        }
        if let Some(error) = self.shared_by(operation, status, response) {
            if response.content.is_empty() {
                self.pending.add(
                    &response.place,
                    Kind::NoErrorBody.note(format!(
                        "the {status} answer has no body: the shared error schema is assumed"
                    )),
                    Settled::At(site(status).body()),
                );
            }
            written.put("content", error_content(error, response));
        } else if !response.content.is_empty() {
            let content = self.contents(
                &response.content,
                pascal_id,
                &site(status),
                &|| response.place.at(".body"),
                witnesses,
            );
            written.put("content", content);
        }
        // What it says is known only when the examples are written.
        let description = described(response, status, written.get("content"));
        written.put_first("description", description);
        written
    }

    /// The name of the vendor's error schema, where an answer is an error that it describes.
    fn shared_by(
        &mut self,
        operation: &Operation,
        status: &str,
        response: &Response,
    ) -> Option<&'static str> {
        let is_error = status.starts_with(['4', '5']);
        let vendor = operation.vendor.filter(|_| is_error)?;
        let mut contents = response.content.values();
        let describes_all = contents.all(|content| match content {
            Content::Json { examples, .. } => {
                examples.iter().all(|body| vendor.is_error(&body.value))
            }
            Content::Text(texts) => texts.iter().next().is_none(),
            Content::Form(_) | Content::Binary => false,
        });
        describes_all.then(|| self.shared_error(vendor)).flatten()
    }
}

/// The content of an answer that the schema `error` describes.
fn error_content<'o>(error: &str, response: &'o Response) -> Object<'o> {
    let examples = response.content.values().flat_map(|content| match content {
        Content::Json { examples, .. } => examples.iter().collect(),
        _ => Vec::new(),
    });
    let examples: Vec<&Example> = examples.collect();
    let mut content = Object::from_iter([("schema", reference(error))]);
    put_examples(&mut content, &examples);
    Object::from_iter([("application/json", content)])
}

/// What an answer is called: the first name that was saved, and those that no example in `content` has.
fn described(response: &Response, status: &str, content: Option<&Node<'_>>) -> String {
    let contents = content.into_iter().flat_map(Node::members);
    let examples = contents.filter_map(|(_, content)| content.get("examples"));
    let examples = examples.flat_map(Node::members);
    let summaries = examples.filter_map(|(_, example)| example.get("summary")?.as_text());
    let shown: HashSet<&str> = summaries.collect();
    let mut names = response.names.iter();
    let Some(first) = names.next() else {
        let words = [response.phrase.as_str(), reason(status)];
        let words = words.into_iter().find(|text| !text.is_empty());
        return words.unwrap_or("Response").to_owned();
    };
    let mut description = first.clone();
    // Those that are more than are kept are told.
    let is_cut = shown.len() >= MAX_EXAMPLES;
    for name in names.filter(|name| !is_cut && !shown.contains(on_one_line(name).as_str())) {
        if !first.contains(name.as_str()) {
            description.push_str("\n\n");
            description.push_str(name);
        }
    }
    description
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
