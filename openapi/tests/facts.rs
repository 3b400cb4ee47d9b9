//! The document says what `facts/operations.txt` says of each operation, and invents nothing beside it.
//!
//! The table has one line a fact: the parameters, the fields of bodies and answers at every level, with types and
//! limits, the documented errors, scopes, labels and servers. Where the document is meant to differ, `DIFFERENCES`
//! says why; a difference that is gone fails the test as well.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Where the document differs: the operation, what the difference begins with, and why it is meant.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "GET /chat/messages/schedule",
        "missing: answer messages[].reply_main_message_timestamp: number",
        "Zoom declares a number; it is a time in milliseconds, an integer",
    ),
    (
        "GET /chat/messages/schedule",
        "more: answer messages[].reply_main_message_timestamp: ",
        "the same",
    ),
    (
        "GET /chat/channels/{channelId}/pinned",
        "more: answer messages[].pinned_time: format=",
        "Zoom declares a text; it is a time",
    ),
    (
        "GET /chat/users/{userId}/messages/{messageId}/thread",
        "more: query from: format=",
        "Zoom declares a text, and names the format of a time",
    ),
    (
        "GET /chat/users/{userId}/messages/{messageId}/thread",
        "more: query to: format=",
        "the same",
    ),
    (
        "PATCH /chat/users/{userId}/messages/{messageId}/status",
        "more: field timestamp: format=",
        "a time in milliseconds does not fit into 32 bits",
    ),
    (
        "POST /chat/users/{userId}/files",
        "missing: query postToPersonalChat",
        "Zoom declares a text; it is a boolean, and leaves as the same text",
    ),
    (
        "POST /chat/users/{userId}/files",
        "more: query postToPersonalChat",
        "the same",
    ),
    (
        "POST /chat/emoji/files",
        "missing: field file: maxLength=",
        "Zoom declares 256 characters for 256 kilobytes",
    ),
    (
        "POST /im/groups/{groupId}/members",
        "missing: field members: maximum=",
        "Zoom declares the maximum of a number for the length of a list",
    ),
    (
        "POST /im/groups/{groupId}/members",
        "more: field members: maxItems=",
        "the same",
    ),
    (
        "POST /chat/users/{userId}/messages",
        "more: body multipart/form-data",
        "Zoom's item sends a form, its reference declares JSON; the client has both",
    ),
];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// What is said of an operation: each fact by its name, with what more is said of it.
type Facts = BTreeMap<String, BTreeSet<String>>;

/// The table, by method and path without the names of its parameters.
fn table() -> BTreeMap<String, Facts> {
    let mut operations = BTreeMap::new();
    for block in include_str!("facts/operations.txt").split("\n\n") {
        let mut lines = block.lines();
        let Some(operation) = lines.next() else {
            continue;
        };
        let mut facts = Facts::new();
        for line in lines {
            let (name, more) = fact(line.trim_start());
            let known = facts.insert(name, more);
            assert!(known.is_none(), "{operation}: {line} stands there twice");
        }
        operations.insert(skeleton(operation), facts);
    }
    operations
}

/// A line of the table: its first words name the fact, the others are attributes of it.
fn fact(line: &str) -> (String, BTreeSet<String>) {
    let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
    match kind {
        "path" | "query" | "header" | "field" | "answer" => {
            let (name, attributes) = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split_once("\" ").unwrap(),
                None => rest.split_once(' ').unwrap(),
            };
            let attributes = attributes.split(' ').map(str::to_owned).collect();
            (format!("{kind} {name}"), attributes)
        }
        "scopes" | "granular" => (
            kind.to_owned(),
            rest.split(' ').map(str::to_owned).collect(),
        ),
        _ => (line.to_owned(), BTreeSet::new()),
    }
}

fn skeleton(operation: &str) -> String {
    let mut skeleton = String::new();
    let mut inside = false;
    for c in operation.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                skeleton.push_str("{}");
            }
            c if !inside => skeleton.push(c),
            _ => {}
        }
    }
    skeleton
}

struct Document(Value);

impl Document {
    fn read() -> Self {
        Self(serde_json::from_str(include_str!("../zoom-chat.json")).unwrap())
    }

    fn operations(&self) -> BTreeMap<String, Facts> {
        let paths = self.0.get("paths").and_then(Value::as_object).unwrap();
        let mut operations = BTreeMap::new();
        for (path, item) in paths {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    let key = skeleton(&format!("{} {path}", method.to_uppercase()));
                    operations.insert(key, self.facts(item, operation));
                }
            }
        }
        operations
    }

    fn facts(&self, item: &Value, operation: &Value) -> Facts {
        let mut facts = Facts::new();
        let text = |key: &str| operation.get(key).and_then(Value::as_str);
        facts.insert(
            format!("title {}", text("summary").unwrap()),
            BTreeSet::new(),
        );
        let label = text("x-zoom-rate-limit-label").map_or("None".to_owned(), str::to_uppercase);
        facts.insert(format!("label {label}"), BTreeSet::new());
        for (name, key) in [
            ("scopes", "x-zoom-scopes"),
            ("granular", "x-zoom-granular-scopes"),
        ] {
            let scopes: BTreeSet<_> = texts(operation.get(key)).into_iter().collect();
            if !scopes.is_empty() {
                facts.insert(name.to_owned(), scopes);
            }
        }
        for server in list(operation.get("servers")).chain(list(item.get("servers"))) {
            let url = server.get("url").and_then(Value::as_str).unwrap();
            facts.insert(format!("server {url}"), BTreeSet::new());
        }
        for parameter in list(item.get("parameters")).chain(list(operation.get("parameters"))) {
            let place = parameter.get("in").and_then(Value::as_str).unwrap();
            let name = parameter.get("name").and_then(Value::as_str).unwrap();
            let required = parameter.get("required") == Some(&Value::Bool(true));
            let attributes = self.attributes(parameter.get("schema").unwrap(), required);
            facts.insert(format!("{place} {name}"), attributes);
        }
        for (media_type, content) in members(operation.pointer("/requestBody/content")) {
            facts.insert(format!("body {media_type}"), BTreeSet::new());
            self.fields("field", content.get("schema").unwrap(), "", &mut facts);
        }
        for (status, answer) in members(operation.get("responses")) {
            if !status.starts_with('2') {
                continue;
            }
            let mut media_types = members(answer.get("content")).peekable();
            if media_types.peek().is_none() {
                facts.insert(format!("success {status} none"), BTreeSet::new());
            }
            for (media_type, content) in media_types {
                facts.insert(format!("success {status} {media_type}"), BTreeSet::new());
                self.fields("answer", content.get("schema").unwrap(), "", &mut facts);
            }
        }
        let documented: BTreeSet<_> = list(operation.get("x-zoom-errors"))
            .map(|error| {
                let text = error
                    .get("message")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                format!(
                    "error {} {} {text}",
                    error.get("status").unwrap(),
                    error.get("code").unwrap()
                )
            })
            .collect();
        for (status, _) in members(operation.get("responses")) {
            let coded = documented
                .iter()
                .any(|error| error.starts_with(&format!("error {status} ")));
            if !status.starts_with('2') && status != "default" && !coded {
                facts.insert(format!("error {status}"), BTreeSet::new());
            }
        }
        facts.extend(documented.into_iter().map(|error| (error, BTreeSet::new())));
        facts
    }

    /// The fields of an object at every level: `channels[].id`.
    fn fields(&self, kind: &str, schema: &Value, prefix: &str, facts: &mut Facts) {
        let schema = self.resolved(schema);
        for alternative in list(schema.get("oneOf")).chain(list(schema.get("anyOf"))) {
            self.fields(kind, alternative, prefix, facts);
        }
        let required = texts(schema.get("required"));
        for (name, property) in members(schema.get("properties")) {
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            let attributes = self.attributes(property, required.contains(name));
            facts
                .entry(format!("{kind} {path}"))
                .or_default()
                .extend(attributes);
            self.fields(kind, property, &path, facts);
        }
        if let Some(items) = schema.get("items") {
            let path = format!("{prefix}[]");
            let shape = self.resolved(items);
            if shape.get("properties").is_none() && shape.get("oneOf").is_none() {
                facts.insert(format!("{kind} {path}"), self.attributes(items, false));
            }
            self.fields(kind, items, &path, facts);
        }
    }

    fn attributes(&self, schema: &Value, required: bool) -> BTreeSet<String> {
        let schema = self.resolved(schema);
        let mut attributes = BTreeSet::new();
        let kind = schema.get("type").and_then(Value::as_str).unwrap_or("any");
        attributes.insert(kind.to_owned());
        if required {
            attributes.insert("required".to_owned());
        }
        for key in [
            "format",
            "enum",
            "default",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
        ] {
            if let Some(value) = schema.get(key) {
                attributes.insert(format!("{key}={value}"));
            }
        }
        attributes
    }

    /// What a schema is, with the notes beside a reference.
    fn resolved(&self, schema: &Value) -> Value {
        let mut resolved = schema.clone();
        for part in list(schema.get("allOf")).chain([schema]) {
            let Some(reference) = part.get("$ref").and_then(Value::as_str) else {
                continue;
            };
            let target = self
                .0
                .pointer(reference.strip_prefix('#').unwrap())
                .unwrap();
            for (key, value) in members(Some(&self.resolved(target))) {
                resolved
                    .as_object_mut()
                    .unwrap()
                    .entry(key)
                    .or_insert(value.clone());
            }
        }
        resolved
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    list(value)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Whether an attribute says nothing of an answer: answers are read leniently, so nothing in them is required or has a
/// default.
fn is_ignored(name: &str, attribute: &str) -> bool {
    let of_requests = attribute == "required" || attribute.starts_with("default=");
    of_requests && name.starts_with("answer ")
}

/// Whether the document adds an attribute to facts of many operations: links are URIs, and `me` stands for the user of
/// the token.
fn is_added(name: &str, attribute: &str) -> bool {
    match attribute {
        r#"format="uri""# => name.starts_with("answer "),
        r#"default="me""# => name == "path userId",
        _ => false,
    }
}

/// Facts as the lines of a table.
fn lines(facts: &Facts) -> String {
    let line = |(name, more): (&String, &BTreeSet<String>)| {
        let words = std::iter::once(name).chain(more);
        format!(
            "\n  {}",
            words.map(String::as_str).collect::<Vec<_>>().join(" ")
        )
    };
    facts.iter().map(line).collect()
}

#[test]
fn every_fact_is_in_the_document_and_nothing_else() {
    let (table, document) = (table(), Document::read().operations());
    let mut found = Vec::new();
    for operation in table.keys().chain(document.keys()).collect::<BTreeSet<_>>() {
        let (Some(facts), Some(said)) = (table.get(operation), document.get(operation)) else {
            let place = match document.get(operation) {
                None => "only in the table".to_owned(),
                Some(said) => format!("only in the document, which says:{}", lines(said)),
            };
            found.push((operation, place));
            continue;
        };
        for (name, attributes) in facts {
            match said.get(name) {
                None => found.push((operation, format!("missing: {name}"))),
                Some(said) => {
                    let missing = attributes
                        .difference(said)
                        .filter(|it| !is_ignored(name, it));
                    found.extend(
                        missing.map(|it| (operation, format!("missing: {name}: {it} of {said:?}"))),
                    );
                    let more = said
                        .difference(attributes)
                        .filter(|it| !is_ignored(name, it) && !is_added(name, it));
                    found.extend(more.map(|it| (operation, format!("more: {name}: {it}"))));
                }
            }
        }
        let more = said.keys().filter(|name| !facts.contains_key(*name));
        found.extend(more.map(|name| (operation, format!("more: {name}"))));
    }
    let mut used = BTreeSet::new();
    found.retain(|(operation, difference)| {
        let meant = DIFFERENCES.iter().position(|(at, start, _)| {
            skeleton(at) == **operation && difference.starts_with(start)
        });
        meant.map(|index| used.insert(index)).is_none()
    });
    let lines: Vec<_> = found
        .iter()
        .map(|(operation, difference)| format!("{operation}: {difference}"))
        .collect();
    assert!(
        lines.is_empty(),
        "{} differences between the document and tests/facts/operations.txt (what Zoom's reference says goes into the \
         table; what the document says wrong is mended in the item or its overlay):\n{}",
        lines.len(),
        lines.join("\n")
    );
    let gone: Vec<_> = (0..DIFFERENCES.len())
        .filter(|index| !used.contains(index))
        .map(|index| DIFFERENCES.get(index))
        .collect();
    assert!(gone.is_empty(), "differences that are gone: {gone:#?}");
}
