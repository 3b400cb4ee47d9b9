//! Answers.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Emitter, Settled, content::put_examples};
use crate::{
    diagnostic::Kind,
    document::reference,
    operation::{Content, Example, MAX_EXAMPLES, Operation, Response, Witnesses, on_one_line},
    site::Site,
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
            let assumed = json!({ "description": reason("200") });
            written.shift_insert(0, "200".to_owned(), assumed);
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
        // What it says is known when the examples are written; it stands before them.
        let mut written = Map::from_iter([("description".to_owned(), Value::Null)]);
        let headers: Map<String, Value> = response
            .headers
            .iter()
            .map(|(name, header)| {
                let target = site(status).body().member("headers").member(name);
                (name.clone(), self.header(&target, header, witnesses))
            })
            .collect();
        if !headers.is_empty() {
            written.insert("headers".to_owned(), Value::Object(headers));
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
            written.insert("content".to_owned(), error_content(error, response));
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
        let description = described(response, status, written.get("content"));
        written.insert("description".to_owned(), description.into());
        Value::Object(written)
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
fn error_content(error: &str, response: &Response) -> Value {
    let examples = response.content.values().flat_map(|content| match content {
        Content::Json { examples, .. } => examples.iter().collect(),
        _ => Vec::new(),
    });
    let examples: Vec<&Example> = examples.collect();
    let mut content = Map::from_iter([("schema".to_owned(), reference(error))]);
    put_examples(&mut content, &examples);
    let contents = [("application/json".to_owned(), Value::Object(content))];
    Value::Object(contents.into_iter().collect())
}

/// What an answer is called: the first name that was saved, and those that no example in `content` has.
fn described(response: &Response, status: &str, content: Option<&Value>) -> String {
    let contents = content.and_then(Value::as_object).into_iter().flatten();
    let examples = contents.filter_map(|(_, content)| content.get("examples")?.as_object());
    let summaries = examples
        .flat_map(|examples| examples.values())
        .filter_map(|example| example.get("summary")?.as_str());
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
