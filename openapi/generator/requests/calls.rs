//! The calls that the index of the requests shows: each task with the call that does it.
//!
//! `cargo xtask codegen` writes them from the documented values, and they are compiled as part
//! of the documentation. Here they become the examples of the requests that they make.

use std::collections::BTreeMap;

/// The calls of an index, by the name of the request.
#[derive(Default)]
pub(crate) struct Calls(BTreeMap<String, Vec<Call>>);

/// One call.
pub(super) struct Call {
    /// What it does, in the words of people who look for it.
    tasks: Vec<String>,
    /// The statement, on one line or several.
    statement: String,
}

impl Calls {
    /// The calls in the code of `index`, which is Markdown: a task is a comment, and the statements
    /// up to the next one do it.
    pub(crate) fn of(index: &str) -> Self {
        let mut calls = Self::default();
        let (mut task, mut lines) = ("", Vec::new());
        let mut is_code = false;
        for line in index.lines() {
            if line.starts_with("```") {
                is_code = line == "```rust";
            } else if !is_code || line.is_empty() || line.starts_with("use ") {
                // Prose, or what the calls import.
            } else if let Some(words) = line.strip_prefix("// ") {
                task = words;
            } else {
                lines.push(line);
                if line.ends_with(';') {
                    calls.add(task, &std::mem::take(&mut lines).join("\n"));
                }
            }
        }
        calls
    }

    fn add(&mut self, task: &str, statement: &str) {
        let path = statement.strip_prefix("requests::");
        let Some((request, _)) = path.and_then(|path| path.split_once("::")) else {
            return;
        };
        let calls = self.0.entry(request.to_owned()).or_default();
        if let Some(call) = calls.iter_mut().find(|it| it.statement == statement) {
            call.tasks.push(task.to_owned());
        } else {
            calls.push(Call {
                tasks: vec![task.to_owned()],
                statement: statement.to_owned(),
            });
        }
    }

    /// The calls of the request of this name, in the order of the index.
    pub(super) fn to(&self, request: &str) -> &[Call] {
        self.0.get(request).map_or(&[], Vec::as_slice)
    }
}

/// The examples of a request, as Markdown. The last one of a listing gets the next page.
pub(super) fn examples(calls: &[Call], is_paged: bool) -> Option<String> {
    let first = calls.first()?;
    let mut lines = vec![
        "# use zoom_chat_openapi::{Paged, multipart::File, requests, types};".to_owned(),
        "# use serde_json::json;".to_owned(),
    ];
    for call in calls {
        lines.extend(call.tasks.iter().map(|task| format!("// {task}")));
        lines.push(call.statement.clone());
    }
    if is_paged {
        let request = first.statement.trim_end_matches(';');
        let indent = if request.contains('\n') { "\n    " } else { "" };
        lines.push("// the next page, with the token of the page before".to_owned());
        lines.push(format!(
            "{request}{indent}.page(\"next_page_token\".to_owned());"
        ));
    }
    Some(format!("# Examples\n```\n{}\n```", lines.join("\n")))
}
