//! The index of the requests that are generated from a document: by task, as calls that compile, and by category.
//!
//! A task is the summary of an operation, or one of those that `x-tasks` names in the words of people who look for it,
//! each with what is set for it. One with the words of the summary takes its place:
//!
//! ```json
//! { "x-tasks": { "archive a channel": { "method": "archive", "channel_ids": ["channel_id"] } } }
//! ```

mod call;
mod literal;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Map, Value};

use crate::name::pascal;
use call::call;
use literal::Literals;

/// The tasks of an operation.
const TASKS: &str = "x-tasks";

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation, and where it stands.
struct Listed<'d> {
    method: &'d str,
    path: &'d str,
    operation: &'d Value,
}

/// The index of a document as Markdown, for the documentation of the module `requests` of the crate `library`.
///
/// # Errors
///
/// If an operation has no id, a task sets what its operation does not have, or something required has no value to show.
pub fn index(document: &Value, library: &str) -> Result<String, String> {
    let operations = operations(document);
    let mut text = format!("{HEAD}\n");
    by_task(document, library, &operations, &mut text)?;
    by_category(document, &operations, &mut text);
    Ok(text)
}

const HEAD: &str = "<!-- Written by `cargo xtask codegen`. Not to be edited. -->

Each operation has a request: `new` takes what stands in its path, and everything else is a setter. What it is for, what it
needs and how it fails stands with each. The calls set what is required, or one parameter where nothing is; values are
examples.";

fn operations(document: &Value) -> Vec<Listed<'_>> {
    members(document.get("paths"))
        .flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| {
                Some(Listed {
                    method,
                    path,
                    operation: item.get(method)?,
                })
            })
        })
        .collect()
}

/// Calls under their tasks, in the order of the alphabet.
fn by_task(
    document: &Value,
    library: &str,
    operations: &[Listed<'_>],
    text: &mut String,
) -> Result<(), String> {
    let mut calls: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let nothing = Map::new();
    let literals = Literals::of(document);
    for listed in operations {
        let mut add = |task: &str, settings: &Map<String, Value>| {
            let call = call(document, &literals, listed.operation, settings).map_err(|error| {
                format!("{} {}: {error}", listed.method.to_uppercase(), listed.path)
            })?;
            calls.entry(uncapitalized(task)).or_default().push(call);
            Ok::<_, String>(())
        };
        let tasks = || members(listed.operation.get(TASKS));
        let summary = uncapitalized(listed.summary());
        if !tasks().any(|(task, _)| uncapitalized(task) == summary) {
            add(&summary, &nothing)?;
        }
        for (task, settings) in tasks() {
            add(task, settings.as_object().unwrap_or(&nothing))?;
        }
    }
    text.push_str("\n# By task\n");
    let initial = |task: &str| task.chars().next().map(|c| c.to_ascii_uppercase());
    let calls: Vec<_> = calls.into_iter().collect();
    for block in calls.chunk_by(|(one, _), (other, _)| initial(one) == initial(other)) {
        let code =
            |(task, calls): &(String, Vec<String>)| format!("// {task}\n{}\n", calls.join("\n"));
        let code: String = block.iter().map(code).collect();
        let heading = block.first().and_then(|(task, _)| initial(task));
        let heading = heading.unwrap_or('-');
        let imports = imports(library, &code);
        let _ = write!(text, "\n## {heading}\n\n```rust\n{imports}\n{code}```\n");
    }
    Ok(())
}

/// What the code of a block imports. Only rustdoc hides lines, so these are to be read.
fn imports(library: &str, code: &str) -> String {
    let of_library: Vec<_> = [
        ("File::", "multipart::File"),
        ("requests::", "requests"),
        ("types::", "types"),
    ]
    .into_iter()
    .filter_map(|(path, import)| code.contains(path).then_some(import))
    .collect();
    let mut imports = match of_library.as_slice() {
        [one] => format!("use {library}::{one};\n"),
        several => format!("use {library}::{{{}}};\n", several.join(", ")),
    };
    if code.contains("json!(") {
        imports.push_str("use serde_json::json;\n");
    }
    imports
}

/// Links to the requests under their tags.
fn by_category(document: &Value, operations: &[Listed<'_>], text: &mut String) {
    let mut categories: BTreeMap<&str, Vec<&Listed<'_>>> = BTreeMap::new();
    for listed in operations {
        let tag = listed.operation.pointer("/tags/0").and_then(Value::as_str);
        categories
            .entry(tag.unwrap_or("Others"))
            .or_default()
            .push(listed);
    }
    text.push_str("\n# By category\n");
    for (category, operations) in categories {
        let _ = write!(text, "\n## {}\n\n", escaped(category));
        let tags = document.get("tags").and_then(Value::as_array);
        let tag = tags.and_then(|tags| {
            tags.iter()
                .find(|tag| tag.get("name").is_some_and(|it| it == category))
        });
        if let Some(description) = tag.and_then(|tag| tag.get("description")?.as_str()) {
            let _ = write!(text, "{}\n\n", escaped(description));
        }
        for listed in operations {
            let _ = writeln!(
                text,
                "- [`{}`]: {} (`{} {}`)",
                listed.request(),
                escaped(listed.summary()),
                listed.method.to_uppercase(),
                listed.path
            );
        }
    }
}

impl Listed<'_> {
    fn summary(&self) -> &str {
        let text = |key| self.operation.get(key).and_then(Value::as_str);
        text("summary")
            .or_else(|| text("operationId"))
            .unwrap_or_default()
    }

    fn request(&self) -> String {
        let id = self.operation.get("operationId").and_then(Value::as_str);
        pascal(id.unwrap_or_default())
    }
}

/// A text that Markdown shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A summary as a task: on one line, without a capital at its beginning that no name has.
fn uncapitalized(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => text,
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
