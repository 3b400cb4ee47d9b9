//! Where each fact about one operation comes from: an item, an overlay, or an assumption.
//!
//! The facts are read from the finished document, so nothing that stands in it can be missing here. What an overlay
//! wrote is known from its actions; what was assumed, from the warnings; all the rest from an item.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{
    codegen::Generated,
    components::referred,
    diagnostic::Place,
    operation::{Content, Location, Operation, Response},
    vendor,
};

/// How deep fields are followed; a document may be recursive.
const MAX_DEPTH: usize = 16;

/// Explains an operation, named by method and path (`POST /chat/users/{userId}/messages`) or by its id.
///
/// # Errors
///
/// The operations that there are, if it is none of them.
pub fn explain(generated: &Generated, name: &str) -> Result<String, String> {
    let document = generated.document.tree();
    let known = |operation: &&Operation| {
        let written = document.pointer(&pointer_of(operation));
        let id = written.and_then(|written| written.get("operationId")?.as_str());
        id == Some(name.trim()) || title(operation).eq_ignore_ascii_case(name.trim())
    };
    let Some(operation) = generated.operations.iter().find(known) else {
        let all: Vec<String> = generated.operations.iter().map(title).collect();
        return Err(format!(
            "there is no operation `{name}`; there are:\n  {}",
            all.join("\n  ")
        ));
    };
    let mut explanation = Explanation {
        generated,
        document: &document,
        operation,
        lines: Vec::new(),
        told: Vec::new(),
    };
    explanation.operation();
    Ok(explanation.text())
}

fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.template)
}

fn pointer_of(operation: &Operation) -> String {
    let template = operation.template.replace('~', "~0").replace('/', "~1");
    format!(
        "/paths/{template}/{}",
        operation.method.to_ascii_lowercase()
    )
}

struct Explanation<'a> {
    generated: &'a Generated,
    document: &'a Value,
    operation: &'a Operation,
    /// Fact and origin.
    lines: Vec<(String, String)>,
    /// The bodies' components that are explained already: media types often share one.
    told: Vec<&'a str>,
}

impl<'a> Explanation<'a> {
    fn text(self) -> String {
        let widest = self
            .lines
            .iter()
            .map(|(fact, _)| fact.chars().count())
            .max()
            .unwrap_or_default()
            .min(72);
        let mut text = format!("{}\n", title(self.operation));
        for (fact, origin) in &self.lines {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {fact:widest$}  {origin}");
        }
        text
    }

    fn operation(&mut self) {
        let pointer = pointer_of(self.operation);
        let document = self.document;
        let Some(written) = document.pointer(&pointer) else {
            return;
        };
        let item = self.operation.sources.first().cloned().unwrap_or_default();
        let plain = [
            ("operationId", ".name"),
            ("summary", ".name"),
            ("description", ".request.description"),
            ("deprecated", ".request.description"),
            ("tags", ""),
        ];
        let stated = vendor::all_extensions().map(|it| (it.key, ".request.description"));
        let plain = plain
            .into_iter()
            .chain(stated)
            .chain([("security", ".request.auth")]);
        for (key, below) in plain {
            if let Some(value) = written.get(key) {
                self.inferred(
                    format!("{key} {}", brief(value)),
                    &format!("{pointer}/{key}"),
                    &item.at(below),
                    "",
                );
            }
        }
        let (servers, at) = match written.get("servers") {
            Some(servers) => (Some(servers), format!("{pointer}/servers")),
            None => (document.get("servers"), "/servers".to_owned()),
        };
        for server in servers.and_then(Value::as_array).into_iter().flatten() {
            let url = server
                .get("url")
                .and_then(Value::as_str)
                .unwrap_or_default();
            self.inferred(format!("server {url}"), &at, &item.at(".request.url"), "");
        }
        for (index, parameter) in items(written.get("parameters")).enumerate() {
            self.parameter(parameter, &format!("{pointer}/parameters/{index}"), &item);
        }
        if let Some(body) = written.get("requestBody") {
            let at = item.at(".request.body");
            let required = if body.get("required") == Some(&Value::Bool(true)) {
                ", required"
            } else {
                ""
            };
            for (media_type, content) in members(body.get("content")) {
                let at_content = format!("{pointer}/requestBody/content/{}", escaped(media_type));
                self.stated(format!("body {media_type}{required}"), &at_content, &at);
                let own = self.operation.bodies.get(media_type);
                self.fields(content, &at_content, own, &at);
            }
        }
        for (status, response) in members(written.get("responses")) {
            let drafted = self.operation.responses.get(status);
            self.response(
                status,
                response,
                &format!("{pointer}/responses/{status}"),
                drafted,
                &item,
            );
        }
        let vendor = self.operation.vendor;
        let errors_key = vendor.map_or("", |vendor| vendor.errors_key());
        for (index, error) in items(written.get(errors_key)).enumerate() {
            let status = error
                .get("status")
                .and_then(Value::as_u64)
                .unwrap_or_default();
            let told = format!(
                "error {status} {} {}",
                error.get("code").unwrap_or(&Value::Null),
                brief(error.get("message").unwrap_or(&Value::Null)),
            );
            let drafted = self.operation.responses.get(&status.to_string());
            let at = drafted.map_or_else(|| item.clone(), |response| response.place.at(".name"));
            self.stated(told, &format!("{pointer}/{errors_key}/{index}"), &at);
        }
    }

    fn parameter(&mut self, parameter: &'a Value, pointer: &str, item: &Place) {
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let location = [Location::Path, Location::Query, Location::Header]
            .into_iter()
            .find(|location| location.as_str() == text("in"));
        let drafted = location.and_then(|location| {
            self.operation
                .parameters
                .get(&(location, text("name").to_owned()))
        });
        let at = drafted.map_or_else(|| item.clone(), |drafted| drafted.place.clone());
        let required = if parameter.get("required") == Some(&Value::Bool(true)) {
            ", required"
        } else {
            ""
        };
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let told = format!(
            "{} parameter {}: {}{required}",
            text("in"),
            text("name"),
            kind(schema)
        );
        self.inferred(told, pointer, &at, "");
        self.notes(schema, &format!("{pointer}/schema"), &at, "");
    }

    fn response(
        &mut self,
        status: &str,
        response: &'a Value,
        pointer: &str,
        drafted: Option<&'a Response>,
        item: &Place,
    ) {
        let description = response.get("description").unwrap_or(&Value::Null);
        let at = drafted.map_or_else(|| item.clone(), |drafted| drafted.place.clone());
        self.inferred(
            format!("response {status} {}", brief(description)),
            pointer,
            &at.at(".name"),
            "",
        );
        for (media_type, content) in members(response.get("content")) {
            let at_content = format!("{pointer}/content/{}", escaped(media_type));
            let own = drafted.and_then(|drafted| drafted.content.get(media_type));
            let schema = content.get("schema").unwrap_or(&Value::Null);
            match (own, referred(schema)) {
                (None, Some(name)) => {
                    self.inferred(format!("  body {media_type}: {name}"), &at_content, &at, "");
                }
                _ => self.fields(content, &at_content, own, &at.at(".body")),
            }
        }
    }

    /// The fields of a body. Those of a form have places of their own.
    fn fields(
        &mut self,
        content: &'a Value,
        pointer: &str,
        drafted: Option<&'a Content>,
        at: &Place,
    ) {
        let schema = content.get("schema").unwrap_or(&Value::Null);
        let name = referred(schema).unwrap_or_default();
        if self.told.contains(&name) {
            self.stated(format!("  the fields of {name}, as above"), pointer, at);
            return;
        }
        self.told.extend(referred(schema));
        self.schema(schema, &format!("{pointer}/schema"), drafted, at, "");
        for (name, encoding) in members(content.get("encoding")) {
            let place = form_place(drafted, name).unwrap_or(at).clone();
            let told = format!(
                "  encoding of {name}: {}",
                brief(encoding.get("contentType").unwrap_or(&Value::Null))
            );
            self.inferred(
                told,
                &format!("{pointer}/encoding/{}", escaped(name)),
                &place,
                "",
            );
        }
    }

    /// `way` leads from the body to `schema`.
    fn schema(
        &mut self,
        schema: &'a Value,
        pointer: &str,
        drafted: Option<&'a Content>,
        at: &Place,
        way: &str,
    ) {
        let depth = way.matches(['.', '[']).count();
        if depth == MAX_DEPTH {
            return;
        }
        let (schema, pointer) = self.resolved(schema, pointer);
        let indent = "  ".repeat(depth + 1);
        let required: Vec<&str> = items(schema.get("required"))
            .filter_map(Value::as_str)
            .collect();
        for (name, property) in members(schema.get("properties")) {
            let own = form_place(drafted, name);
            let place = own.unwrap_or(at).clone();
            let inner_pointer = format!("{pointer}/properties/{}", escaped(name));
            let inner_way = if way.is_empty() {
                name.clone()
            } else {
                format!("{way}.{name}")
            };
            let is_required = if required.contains(&name.as_str()) {
                ", required"
            } else {
                ""
            };
            let told = format!("{indent}field {inner_way}: {}{is_required}", kind(property));
            let subject = if own.is_some() {
                ""
            } else {
                inner_way.as_str()
            };
            self.inferred(told, &inner_pointer, &place, subject);
            self.notes(property, &inner_pointer, &place, &indent);
            self.schema(property, &inner_pointer, None, &place, &inner_way);
        }
        for (key, step) in [("items", "[]"), ("additionalProperties", ".*")] {
            if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
                self.schema(
                    inner,
                    &format!("{pointer}/{key}"),
                    None,
                    at,
                    &format!("{way}{step}"),
                );
            }
        }
    }

    /// What restricts a value, where that did not come with the value itself.
    fn notes(&mut self, schema: &Value, pointer: &str, at: &Place, indent: &str) {
        let told = [
            "enum",
            "default",
            "maxLength",
            "minLength",
            "maximum",
            "minimum",
            "maxItems",
            "minItems",
            "pattern",
        ];
        for key in told {
            if let Some(value) = schema.get(key) {
                self.stated(
                    format!("{indent}  {key} {}", brief(value)),
                    &format!("{pointer}/{key}"),
                    at,
                );
            }
        }
    }

    /// The schema that a reference stands for, and where that is.
    fn resolved(&self, schema: &'a Value, pointer: &str) -> (&'a Value, String) {
        let component = referred(schema).map(|name| format!("/components/schemas/{name}"));
        let found = component.and_then(|at| Some((self.document.pointer(&at)?, at)));
        found.unwrap_or_else(|| (schema, pointer.to_owned()))
    }

    /// A fact that an item or an overlay states.
    fn stated(&mut self, fact: String, pointer: &str, at: &Place) {
        let origin = self.overlay(pointer).unwrap_or_else(|| item(at));
        self.lines.push((fact, origin));
    }

    /// A fact that may have been assumed for want of a statement; `subject` is the field that it is about.
    fn inferred(&mut self, fact: String, pointer: &str, at: &Place, subject: &str) {
        let origin = self
            .overlay(pointer)
            .or_else(|| self.assumption(at, subject))
            .unwrap_or_else(|| item(at));
        self.lines.push((fact, origin));
    }

    /// The overlay action that wrote this place, or something around it.
    fn overlay(&self, pointer: &str) -> Option<String> {
        let is_within = |written: &String| {
            pointer
                .strip_prefix(written.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let (file, applied) = self
            .generated
            .applied
            .iter()
            .rev()
            .find(|(_, applied)| applied.pointers.iter().any(is_within))?;
        Some(format!("overlay   {file} $.actions[{}]", applied.action))
    }

    fn assumption(&self, at: &Place, subject: &str) -> Option<String> {
        let is_about = |text: &str| {
            let inner = text
                .strip_prefix('`')
                .and_then(|rest| rest.split_once("`: "))
                .map_or("", |(inner, _)| inner);
            inner == subject
        };
        let warning = self
            .generated
            .warnings
            .iter()
            .find(|warning| warning.place == *at && is_about(&warning.text))?;
        Some(format!("assumed   {}", warning.text))
    }
}

fn item(at: &Place) -> String {
    format!("item      {} “{}” {}", at.file, at.item, at.path)
}

/// Where a form's field stands.
fn form_place<'c>(drafted: Option<&'c Content>, name: &str) -> Option<&'c Place> {
    match drafted? {
        Content::Form(fields) => fields.get(name).map(|field| &field.place),
        Content::Json { .. } | Content::Text(_) | Content::Binary => None,
    }
}

/// A schema in one or two words.
fn kind(schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return name.to_owned();
    }
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match (text("type"), text("format"), schema.get("items")) {
        (Some("array"), _, Some(items)) => format!("array of {}", kind(items)),
        (Some(kind), Some(format), _) => format!("{kind} ({format})"),
        (Some(kind), None, _) => kind.to_owned(),
        (None, ..) if schema.get("oneOf").is_some() => "one of several".to_owned(),
        (None, ..) => "any".to_owned(),
    }
}

/// A value on one line, cut where it is long.
fn brief(value: &Value) -> String {
    const LONGEST: usize = 48;
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) if items.iter().all(Value::is_string) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

/// A key as a JSON pointer writes it.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
