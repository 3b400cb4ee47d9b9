//! The parts of an operation: what it says of itself, its servers, parameters, bodies and answers.

use serde_json::Value;

use super::{
    Explanation, Subjects,
    words::{brief, escaped, is_kind, items, kind, members},
};
use crate::{
    document::referred,
    operation::{Location, Response, Subject},
};

/// Keys of an operation that stand for themselves.
const PLAIN: [&str; 6] = [
    "operationId",
    "summary",
    "description",
    "deprecated",
    "tags",
    "security",
];

/// Where parameters are.
const LOCATIONS: [Location; 4] = [
    Location::Path,
    Location::Query,
    Location::Header,
    Location::Cookie,
];

/// All that is inside a place, or nothing of it.
pub(super) const ALL: fn(&str) -> bool = |_| true;
pub(super) const NONE: fn(&str) -> bool = |_| false;

impl<'a> Explanation<'a> {
    /// What an operation says of itself: its names, its words, and the extensions of its vendor.
    pub(super) fn head(&mut self, written: &'a Value, pointer: &str) {
        for key in PLAIN {
            let Some(value) = written.get(key) else {
                continue;
            };
            let at = match key {
                "description" => self.origins.described(key),
                "deprecated" => self.origins.deprecated(),
                "tags" => self.origins.tags(),
                "security" => self.authorized_by(self.origins.security()),
                _ => self.origins.name(),
            };
            let fact = format!("{key} {}", brief(value));
            let pointer = format!("{pointer}/{key}");
            match key {
                "security" => {
                    let place = (pointer.as_str(), ALL);
                    self.inferred(fact, place, &at, Subjects::Security, "");
                }
                _ => self.stated(fact, &pointer, &at),
            }
        }
        let Some(vendor) = self.operation.vendor else {
            return;
        };
        for extension in vendor.extensions() {
            if let Some(value) = written.get(extension.key) {
                let at = self.origins.described(extension.key);
                let pointer = format!("{pointer}/{}", extension.key);
                self.stated(format!("{} {}", extension.key, brief(value)), &pointer, &at);
            }
        }
        let key = vendor.errors_key();
        for (index, error) in items(written.get(key)).enumerate() {
            let status = error.get("status").and_then(Value::as_u64);
            let status = status.unwrap_or_default();
            let (code, message) = (error.get("code"), error.get("message"));
            let fact = format!(
                "error {status} {} {}",
                code.unwrap_or(&Value::Null),
                brief(message.unwrap_or(&Value::Null)),
            );
            let at = self.origins.error(code, message);
            self.stated(fact, &format!("{pointer}/{key}/{index}"), &at);
        }
    }

    pub(super) fn servers(&mut self, written: &'a Value, pointer: &str) {
        let (servers, at) = match written.get("servers") {
            Some(servers) => (Some(servers), format!("{pointer}/servers")),
            None => (self.document.get("servers"), "/servers".to_owned()),
        };
        for (index, server) in items(servers).enumerate() {
            let at = format!("{at}/{index}");
            let url = server.get("url").and_then(Value::as_str);
            let url = url.unwrap_or_default();
            let place = self.origins.server(url);
            let fact = format!("server {url}");
            self.inferred(fact, (&at, ALL), &place, Subjects::Server, "");
        }
    }

    pub(super) fn parameter(&mut self, parameter: &'a Value, pointer: &str) {
        let text = |key: &str| {
            let text = parameter.get(key).and_then(Value::as_str);
            text.unwrap_or_default()
        };
        let (name, place) = (text("name"), text("in"));
        let location = LOCATIONS.into_iter().find(|it| it.as_str() == place);
        let key = location.map(|location| (location, name.to_owned()));
        let drafted = key.and_then(|key| self.operation.parameters.get(&key));
        let at = drafted.map_or_else(|| self.origins.item(), |drafted| drafted.place.clone());
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let fact = format!("{place} parameter {name}: {}", kind(schema));
        let subject = location.map(|location| Subject::Parameter(location, name));
        self.tell(
            fact,
            pointer,
            |way| {
                way.strip_prefix("schema")
                    .is_some_and(|way| is_kind(way.trim_start_matches('/')))
            },
            |this| {
                let assumption = this.assumption(&at, Subjects::Type, "");
                assumption.unwrap_or_else(|| this.shown(subject, &[], &at))
            },
        );
        if parameter.get("required") == Some(&Value::Bool(true)) {
            let at = match location {
                Some(Location::Path) | None => at.clone(),
                Some(_) => self
                    .origins
                    .said(name, &at, |facts| facts.required.is_some()),
            };
            self.stated("  required".to_owned(), &format!("{pointer}/required"), &at);
        }
        for key in ["description", "deprecated"] {
            if let Some(value) = parameter.get(key) {
                let at = self.origins.restriction(name, key, value, &at);
                let fact = format!("  {key} {}", brief(value));
                self.stated(fact, &format!("{pointer}/{key}"), &at);
            }
        }
        self.restrictions(schema, &format!("{pointer}/schema"), &at, Some(name), "");
    }

    /// Why a body is required, or is not.
    fn requires_body(&self) -> String {
        let requests = self.operation.requests();
        let item = self.origins.item();
        match requests.iter().find(|request| request.body.is_none()) {
            Some(without) => self.stated_in(&without.place.at(".request")),
            None if requests.len() > 1 => {
                format!(
                    "inferred  each of the {} requests has a body",
                    requests.len()
                )
            }
            None => self.stated_in(&item.at(".request.body")),
        }
    }

    pub(super) fn body(&mut self, body: &'a Value, pointer: &str) {
        let fact = match body.get("required") {
            Some(Value::Bool(true)) => "body required",
            _ => "body optional",
        };
        let required = format!("{pointer}/required");
        self.tell(fact.to_owned(), &required, ALL, Self::requires_body);
        for (media_type, content) in members(body.get("content")) {
            let pointer = format!("{pointer}/content/{}", escaped(media_type));
            let subject = Subject::Body(media_type);
            let at = self
                .origins
                .body(subject, &self.origins.item().at(".request.body"));
            let fact = format!("body {media_type}");
            self.tell(fact, &pointer, NONE, |this| this.stated_in(&at));
            let drafted = self.operation.bodies.get(media_type);
            self.fields(content, &pointer, drafted, (subject, &at));
        }
    }

    pub(super) fn response(&mut self, status: &'a str, response: &'a Value, pointer: &str) {
        let drafted: Option<&Response> = self.operation.responses.get(status).map(|it| &**it);
        let item = self.origins.item();
        let at = drafted.map_or(item, |drafted| drafted.place.clone());
        let description = response.get("description").unwrap_or(&Value::Null);
        let said = self.origins.answer(status, description);
        self.inferred(
            format!("response {status} {}", brief(description)),
            (pointer, |way| way == "description"),
            &said.unwrap_or_else(|| at.clone()),
            Subjects::Answer,
            "",
        );
        for (media_type, content) in members(response.get("content")) {
            let pointer = format!("{pointer}/content/{}", escaped(media_type));
            let own = drafted.and_then(|drafted| drafted.content.get(media_type));
            let schema = content.get("schema").unwrap_or(&Value::Null);
            match (own, referred(schema)) {
                (None, Some(name)) => {
                    let fact = format!("  body {media_type}: {name}");
                    self.inferred(fact, (&pointer, NONE), &at, Subjects::Answer, "");
                }
                _ => {
                    let subject = Subject::Answer(status, media_type);
                    let at = self.origins.body(subject, &at.at(".body"));
                    self.fields(content, &pointer, own, (subject, &at));
                }
            }
        }
    }
}
