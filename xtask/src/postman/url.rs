//! Where a request goes: its server, its path template, its parameters.

use std::borrow::Cow;

use super::{Field, json::Json, variables::Variables};
use crate::name::path_parameter;

/// Where a request goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// The base URL without a trailing slash; empty if the file does not say.
    pub server: String,
    /// The variable that stands for the base URL and has no value.
    pub undefined_base: Option<String>,
    /// The path template's segments.
    pub segments: Vec<Segment>,
    /// What is known about the path parameters.
    pub path_fields: Vec<Field>,
    /// The query parameters; a repeated key is repeated here.
    pub query: Vec<Field>,
    /// Path parameters that are called otherwise in the file, by what they are called there.
    pub renamed: Vec<(String, String)>,
}

/// One segment of a path template: literal text and parameters in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// As OpenAPI writes it: `users`, `{userId}`, `{id}.{format}`.
    pub template: String,
    /// The parameters in it.
    pub parameters: Vec<String>,
}

impl Url {
    /// The path template.
    #[must_use]
    pub fn template(&self) -> String {
        if self.segments.is_empty() {
            return "/".to_owned();
        }
        let mut template = String::new();
        for segment in &self.segments {
            template.push('/');
            template.push_str(&segment.template);
        }
        // A trailing slash says nothing.
        let end = template.trim_end_matches('/').len().max(1);
        template.truncate(end);
        template
    }

    /// The names of the path parameters, in their order.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        let parameters = self.segments.iter().map(|segment| &segment.parameters);
        parameters.flatten().cloned().collect()
    }

    /// Reads a request's `url`; `None` if there is none.
    pub(super) fn read(url: &Json<'_>, path: &str, variables: &Variables<'_>) -> Option<Self> {
        let here = format!("{path}.url");
        let mut read = match url {
            Json::Text(text) => Self::parse(text, &here, variables),
            Json::Object(_) if url.get("host").or(url.get("path")).is_some() => {
                Self::assemble(url, &here, variables)
            }
            Json::Object(_) => Self::parse(&url.text("raw")?, &here, variables),
            _ => return None,
        };
        if url.get("query").is_some_and(Json::is_list) {
            read.query = Field::read_all(url, "query", &here, variables);
        }
        read.path_fields
            .retain(|known| !names(url, "variable").any(|name| name == known.name));
        read.path_fields
            .extend(Field::read_all(url, "variable", &here, variables));
        let is_empty = read.server.is_empty()
            && read.undefined_base.is_none()
            && read.segments.is_empty()
            && !matches!(url.get("path"), Some(Json::List(_)));
        read.rename_parameters();
        (!is_empty).then_some(read)
    }

    /// Gives each parameter of the path a name that tools find, and that is its own: Postman fills in one value wherever a
    /// name occurs, OpenAPI lets it occur once.
    fn rename_parameters(&mut self) {
        let mut taken: Vec<String> = Vec::new();
        for segment in &mut self.segments {
            let mut template = String::new();
            let mut rest = segment.template.as_str();
            for name in &mut segment.parameters {
                let fitting = path_parameter(name);
                let mut new = fitting.to_string();
                let mut number = 1;
                while taken.contains(&new) {
                    number += 1;
                    new = format!("{fitting}{number}");
                }
                if let Some((before, after)) = rest.split_once(&format!("{{{name}}}")) {
                    template.push_str(before);
                    template.push_str(&format!("{{{new}}}"));
                    rest = after;
                }
                if new != *name {
                    self.renamed.push((name.clone(), new.clone()));
                    name.clone_from(&new);
                }
                taken.push(new);
            }
            template.push_str(rest);
            segment.template = template;
        }
        for (from, to) in &self.renamed {
            let fields = self.path_fields.iter().filter(|field| field.name == *from);
            let renamed: Vec<Field> = fields
                .map(|field| Field {
                    name: to.clone(),
                    ..field.clone()
                })
                .collect();
            self.path_fields.extend(renamed);
        }
    }

    fn assemble(url: &Json<'_>, here: &str, variables: &Variables<'_>) -> Self {
        let mut host = match url.get("host") {
            Some(Json::List(labels)) => {
                let labels: Vec<_> = labels.iter().filter_map(Json::scalar).collect();
                labels.join(".")
            }
            Some(text) => text.scalar().unwrap_or_default().into_owned(),
            None => String::new(),
        };
        if let (Some(protocol), false) = (
            url.text("protocol"),
            host.is_empty() || host.contains("://"),
        ) {
            host = format!("{protocol}://{host}");
        }
        if let (Some(port), false) = (
            url.text("port").filter(|port| !port.is_empty()),
            host.is_empty(),
        ) {
            host = format!("{host}:{port}");
        }
        let mut assembled = Self::default();
        assembled.set_base(&host, variables);
        match url.get("path") {
            Some(Json::List(segments)) => {
                let segments: Vec<Cow<'_, str>> = segments
                    .iter()
                    .filter_map(|segment| segment.scalar().or_else(|| segment.text("value")))
                    .collect();
                assembled.set_path(segments.iter().map(AsRef::as_ref), here, variables);
            }
            Some(text) => {
                let text = text.scalar().unwrap_or_default();
                assembled.set_path(text.trim_start_matches('/').split('/'), here, variables);
            }
            None => {}
        }
        assembled
    }

    fn parse(text: &str, here: &str, variables: &Variables<'_>) -> Self {
        let text = text.trim();
        let text = text.split_once('#').map_or(text, |(before, _)| before);
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let after_scheme = text.find("://").map_or(0, |at| at + 3);
        let host_end = text
            .get(after_scheme..)
            .and_then(|rest| rest.find('/'))
            .map_or(text.len(), |at| after_scheme + at);
        let (host, path) = text.split_at_checked(host_end).unwrap_or((text, ""));
        let mut parsed = Self::default();
        parsed.set_base(host, variables);
        parsed.set_path(path.trim_start_matches('/').split('/'), here, variables);
        parsed.query = Field::read_form(query, here, variables);
        parsed
    }

    fn set_base(&mut self, host: &str, variables: &Variables<'_>) {
        let filled = variables.fill(host);
        if let Some(name) = undefined(&filled) {
            self.undefined_base = Some(name.to_owned());
            return;
        }
        let base = filled.trim().trim_end_matches('/');
        // Credentials before the host are security, and secret.
        let (scheme, rest) = base.split_once("://").unwrap_or(("", base));
        let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
        let base = match scheme {
            "" => host.to_owned(),
            scheme => format!("{scheme}://{host}"),
        };
        self.server = if base.is_empty() || base.contains("://") {
            base
        } else {
            format!("https://{base}")
        };
    }

    fn set_path<'s>(
        &mut self,
        segments: impl Iterator<Item = &'s str>,
        here: &str,
        variables: &Variables<'_>,
    ) {
        let segments: Vec<&str> = segments.collect();
        // A trailing slash says nothing; an empty segment within the path does.
        let end = segments
            .iter()
            .rposition(|segment| !segment.is_empty())
            .map_or(0, |at| at + 1);
        for segment in segments.into_iter().take(end) {
            let parts = Segment::read(segment, variables);
            for name in &parts.parameters {
                if let Some(value) = variables.get(name) {
                    self.path_fields.push(Field {
                        path: format!("{here}.path"),
                        name: name.clone(),
                        value: Some(value.into_owned()),
                        ..Field::default()
                    });
                }
            }
            self.segments.push(parts);
        }
    }
}

impl Segment {
    /// `:id`, `{id}` and `{{id}}` are parameters; within a segment a known `{{variable}}` is its value.
    fn read(text: &str, variables: &Variables<'_>) -> Self {
        let is_whole = |text: &str| {
            text.starts_with("{{") && text.ends_with("}}") && text.matches("{{").count() == 1
        };
        let text = if is_whole(text) {
            Cow::Borrowed(text)
        } else {
            variables.fill(text)
        };
        let mut segment = Self {
            template: String::new(),
            parameters: Vec::new(),
        };
        let mut rest = text.as_ref();
        let mut before = None;
        while let Some(next) = rest.chars().next() {
            let after = rest.get(next.len_utf8()..).unwrap_or_default();
            let opens = before.is_none_or(|before: char| !before.is_alphanumeric());
            rest = match next {
                '{' => {
                    let inner = after.trim_start_matches('{');
                    match inner.split_once('}') {
                        Some((name, behind)) if !name.trim().is_empty() => {
                            segment.push(name.trim());
                            behind.trim_start_matches('}')
                        }
                        _ => {
                            segment.template.push_str("%7B");
                            after
                        }
                    }
                }
                ':' if opens => {
                    let end = after
                        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
                        .unwrap_or(after.len());
                    match after.split_at_checked(end) {
                        Some((name, behind)) if !name.is_empty() => {
                            segment.push(name);
                            behind
                        }
                        _ => {
                            segment.template.push(next);
                            after
                        }
                    }
                }
                '}' => {
                    segment.template.push_str("%7D");
                    after
                }
                _ => {
                    segment.template.push(next);
                    after
                }
            };
            before = Some(next);
        }
        segment
    }

    fn push(&mut self, name: &str) {
        self.template.push('{');
        self.template.push_str(name);
        self.template.push('}');
        self.parameters.push(name.to_owned());
    }
}

fn names<'a>(url: &'a Json<'a>, key: &str) -> impl Iterator<Item = Cow<'a, str>> {
    url.list(key).iter().filter_map(|entry| entry.text("key"))
}

/// The first variable in a text that was to be filled.
fn undefined(text: &str) -> Option<&str> {
    text.split_once("{{")?
        .1
        .split_once("}}")
        .map(|(name, _)| name.trim())
}

/// Percent-decodes a query's text, where that gives text.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
