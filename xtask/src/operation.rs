//! Requests taken together by method and path: what each of them knows about an operation.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    diagnostic::Place,
    infer::{Evidence, Placeholder},
    lenient_json,
    mine::{self, ErrorFact, FieldFacts, OperationFacts},
    postman::{self, Auth, Field, Folder, Request, Saved},
};

/// An operation, with the evidence of all the requests on its method and path.
#[derive(Debug)]
pub struct Operation {
    /// The requests that it comes from.
    pub sources: Vec<Place>,
    /// The first request's name.
    pub name: String,
    /// In upper case.
    pub method: String,
    /// The path template.
    pub template: String,
    /// Base URLs, without those that are not known.
    pub servers: Vec<String>,
    /// Variables that stand for a base URL and have no value.
    pub undefined_bases: Vec<String>,
    /// The innermost folders.
    pub folders: Vec<Vec<Folder>>,
    /// What the first description says that there is.
    pub facts: OperationFacts,
    /// In the order of the requests.
    pub parameters: IndexMap<(Location, String), Parameter>,
    /// By media type.
    pub bodies: IndexMap<String, Content>,
    /// By status, or `default`.
    pub responses: BTreeMap<String, Response>,
    /// Documented errors with their status.
    pub errors: Vec<(u16, ErrorFact)>,
    /// How it is authorized.
    pub auth: Option<Auth>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl Location {
    /// As OpenAPI writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// A parameter or form field.
#[derive(Debug, Default)]
pub struct Parameter {
    /// Where it was first seen.
    pub place: Place,
    /// Its values.
    pub evidence: Evidence,
    /// What its description says.
    pub facts: FieldFacts,
    /// The media type of a part of its own.
    pub content_type: Option<String>,
    /// Whether it stands for a file.
    pub is_file: bool,
}

/// What a body holds, in one media type.
#[derive(Debug)]
pub enum Content {
    /// JSON.
    Json {
        /// Its values.
        evidence: Box<Evidence>,
        /// The values as they were saved.
        examples: Vec<Value>,
    },
    /// A form's fields.
    Form(IndexMap<String, Parameter>),
    /// Text.
    Text(Vec<String>),
    /// Bytes.
    Binary,
}

impl Content {
    fn forget_samples(&mut self) {
        match self {
            Self::Json { evidence, examples } => {
                **evidence = Evidence::default();
                *examples = Vec::new();
            }
            Self::Form(fields) => {
                for field in fields.values_mut() {
                    field.evidence = Evidence::default();
                }
            }
            Self::Text(examples) => *examples = Vec::new(),
            Self::Binary => {}
        }
    }
}

/// An answer.
#[derive(Debug, Default)]
pub struct Response {
    /// Where it was first seen.
    pub place: Place,
    /// The first description that there is.
    pub description: String,
    /// The reason phrase.
    pub phrase: String,
    /// By media type.
    pub content: IndexMap<String, Content>,
    /// What its error codes' texts would be in.
    pub has_errors: bool,
}

/// So many examples of one body are kept; the schema comes from all of them.
const MAX_EXAMPLES: usize = 8;

/// Whose body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Of the first request of an operation: what describes its fields.
    First,
    /// Of another request that is right.
    Further,
    /// Of a request that was refused: evidence of what can be said, no example of how to say it.
    Refused,
}

impl Role {
    fn is_exemplary(self) -> bool {
        self != Self::Refused
    }
}

/// Takes requests together, in the order of paths and methods. `report` hears of what had to be decided.
pub fn merge(requests: Vec<Request>, report: &mut impl FnMut(&Place, String)) -> Vec<Operation> {
    let templates = Templates::of(&requests);
    let mut operations: BTreeMap<(String, String), Operation> = BTreeMap::new();
    for request in requests {
        let (template, renamed) = templates.shared(&request);
        let key = (template.clone(), request.method.clone());
        let operation = operations
            .entry(key)
            .or_insert_with(|| Operation::new(&request, template));
        operation.add(&request, &renamed, report);
    }
    operations.into_values().collect()
}

/// The requests of each method and path.
pub(crate) fn together(requests: &[Request]) -> BTreeMap<(String, String), Vec<&Request>> {
    let templates = Templates::of(requests);
    let mut together: BTreeMap<_, Vec<&Request>> = BTreeMap::new();
    for request in requests {
        let (template, _) = templates.shared(request);
        together
            .entry((template, request.method.clone()))
            .or_default()
            .push(request);
    }
    together
}

/// One template for all that differ only in the names of their parameters: OpenAPI takes them for the same path.
struct Templates(BTreeMap<String, Vec<String>>);

impl Templates {
    fn of(requests: &[Request]) -> Self {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for request in requests {
            let own = parameters(request);
            // The least name wins, whatever the order of the requests.
            names
                .entry(skeleton(request))
                .and_modify(|known| {
                    if own < *known {
                        known.clone_from(&own);
                    }
                })
                .or_insert(own);
        }
        Self(names)
    }

    /// The template of `request`, and its parameters' names by those that it uses itself.
    fn shared(&self, request: &Request) -> (String, BTreeMap<String, String>) {
        let own = parameters(request);
        let Some(shared) = self
            .0
            .get(&skeleton(request))
            .filter(|shared| **shared != own)
        else {
            return (request.url.template(), BTreeMap::new());
        };
        let mut template = skeleton(request);
        for name in shared {
            template = template.replacen("{}", &format!("{{{name}}}"), 1);
        }
        (
            template,
            own.into_iter().zip(shared.iter().cloned()).collect(),
        )
    }
}

fn parameters(request: &Request) -> Vec<String> {
    request
        .url
        .segments
        .iter()
        .flat_map(|segment| segment.parameters.iter().cloned())
        .collect()
}

fn skeleton(request: &Request) -> String {
    let mut skeleton = request.url.template();
    for name in parameters(request) {
        skeleton = skeleton.replacen(&format!("{{{name}}}"), "{}", 1);
    }
    skeleton
}

impl Operation {
    /// Lets go of the samples, when all is written that follows from them.
    pub(crate) fn forget_samples(&mut self) {
        let answers = self
            .responses
            .values_mut()
            .map(|answer| &mut answer.content);
        for contents in answers.chain([&mut self.bodies]) {
            contents.values_mut().for_each(Content::forget_samples);
        }
        for parameter in self.parameters.values_mut() {
            parameter.evidence = Evidence::default();
        }
    }

    fn new(request: &Request, template: String) -> Self {
        Self {
            sources: Vec::new(),
            name: request.name.clone(),
            method: request.method.clone(),
            template,
            servers: Vec::new(),
            undefined_bases: Vec::new(),
            folders: Vec::new(),
            facts: OperationFacts::default(),
            parameters: IndexMap::new(),
            bodies: IndexMap::new(),
            responses: BTreeMap::new(),
            errors: Vec::new(),
            auth: None,
        }
    }

    fn add(
        &mut self,
        request: &Request,
        renamed: &BTreeMap<String, String>,
        report: &mut impl FnMut(&Place, String),
    ) {
        let is_first = self.sources.is_empty();
        self.sources.push(request.place.clone());
        if !self.folders.contains(&request.folders) {
            self.folders.push(request.folders.clone());
        }
        let facts = mine::operation(&request.description);
        self.add_server(request, &facts);
        self.add_facts(facts);
        if self.auth.is_none() {
            self.auth.clone_from(&request.auth);
        }
        self.add_path_parameters(request, renamed);
        self.add_parameters(
            &request.place,
            Location::Query,
            &request.url.query,
            is_first,
        );
        self.add_parameters(&request.place, Location::Header, &request.headers, is_first);
        if let Some(body) = &request.body {
            let place = request.place.at(".request.body");
            let role = if is_first { Role::First } else { Role::Further };
            self.add_body(&place, body, request.content_type.as_deref(), role, report);
        }
        for saved in &request.responses {
            self.add_examples(Location::Query, &saved.request_query);
            self.add_examples(Location::Path, &saved.request_path);
            if let Some(body) = &saved.request_body {
                let place = request.place.at(&saved.path).at(".originalRequest.body");
                let was_refused = saved.status.is_some_and(|status| status >= 300);
                let role = if was_refused {
                    Role::Refused
                } else {
                    Role::Further
                };
                let content_type = saved
                    .request_content_type
                    .as_ref()
                    .or(request.content_type.as_ref());
                self.add_body(&place, body, content_type.map(String::as_str), role, report);
            }
            self.add_response(&request.place.at(&saved.path), saved, report);
        }
    }

    fn add_server(&mut self, request: &Request, facts: &OperationFacts) {
        let server = facts
            .server
            .as_ref()
            .map_or(&request.url.server, |server| &server.fact);
        if !server.is_empty() && !self.servers.contains(server) {
            self.servers.push(server.clone());
        }
        if let (Some(name), None) = (&request.url.undefined_base, &facts.server)
            && !self.undefined_bases.contains(name)
        {
            self.undefined_bases.push(name.clone());
        }
    }

    fn add_facts(&mut self, facts: OperationFacts) {
        let known = &mut self.facts;
        if known.description.is_empty() {
            known.description = facts.description;
        }
        known.scopes = known.scopes.take().or(facts.scopes);
        known.granular_scopes = known.granular_scopes.take().or(facts.granular_scopes);
        known.rate_limit_label = known.rate_limit_label.take().or(facts.rate_limit_label);
        known.deprecated = known.deprecated.take().or(facts.deprecated);
    }

    fn add_path_parameters(&mut self, request: &Request, renamed: &BTreeMap<String, String>) {
        for name in parameters(request) {
            let shared = renamed.get(&name).unwrap_or(&name).clone();
            let parameter = self
                .parameters
                .entry((Location::Path, shared.clone()))
                .or_insert_with(|| Parameter::named(&shared));
            for field in request
                .url
                .path_fields
                .iter()
                .filter(|field| field.name == name)
            {
                parameter.add(&request.place, field);
            }
            if parameter.place == Place::default() {
                parameter.place = request.place.at(".request.url.path");
            }
        }
    }

    /// Parameters of a further request on the same method and path are optional: it came without the others.
    fn add_parameters(
        &mut self,
        place: &Place,
        location: Location,
        fields: &[Field],
        is_first: bool,
    ) {
        let before: Vec<String> = self.names(location);
        let mut by_name: IndexMap<&str, Vec<&Field>> = IndexMap::new();
        for field in fields {
            by_name.entry(field.name.as_str()).or_default().push(field);
        }
        for (name, fields) in &by_name {
            let is_new = !before.iter().any(|known| known == name);
            let parameter = self
                .parameters
                .entry((location, (*name).to_owned()))
                .or_insert_with(|| Parameter::named(name));
            parameter.add_all(place, fields);
            if is_new && !is_first {
                parameter.facts.required = None;
            }
        }
        if !is_first {
            for name in before
                .iter()
                .filter(|name| !by_name.contains_key(name.as_str()))
            {
                if let Some(parameter) = self.parameters.get_mut(&(location, name.clone())) {
                    parameter.facts.required = None;
                }
            }
        }
    }

    fn names(&self, location: Location) -> Vec<String> {
        self.parameters
            .keys()
            .filter(|(at, _)| *at == location)
            .map(|(_, name)| name.clone())
            .collect()
    }

    /// More values for parameters that are known.
    fn add_examples(&mut self, location: Location, values: &[(String, String)]) {
        for (name, value) in values {
            if let Some(parameter) = self.parameters.get_mut(&(location, name.clone())) {
                parameter.observe_further(value);
            }
        }
    }

    fn add_body(
        &mut self,
        place: &Place,
        body: &postman::Body,
        content_type: Option<&str>,
        role: Role,
        report: &mut impl FnMut(&Place, String),
    ) {
        match body {
            postman::Body::Urlencoded(fields) => {
                self.add_form("application/x-www-form-urlencoded", place, fields, role);
            }
            postman::Body::Multipart(fields) => {
                self.add_form("multipart/form-data", place, fields, role);
            }
            postman::Body::File => {
                let media_type = content_type.unwrap_or("application/octet-stream");
                self.bodies
                    .entry(media_type.to_owned())
                    .or_insert(Content::Binary);
            }
            postman::Body::GraphQl { query, variables } => {
                let variables = lenient_json::parse(variables)
                    .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
                let value = serde_json::json!({ "query": query, "variables": variables });
                add_json(&mut self.bodies, "application/json", value, role);
            }
            postman::Body::Raw { text, language } => {
                let (media_type, json) = media_type(text, content_type, language.as_deref());
                match json {
                    Some(value) => add_json(&mut self.bodies, &media_type, value, role),
                    None => {
                        if is_json(&media_type) {
                            report(
                                place,
                                format!(
                                    "the body claims to be {media_type} but cannot be read as that; its fields are not known"
                                ),
                            );
                        }
                        add_text(&mut self.bodies, &media_type, text, role);
                    }
                }
            }
        }
    }

    fn add_form(&mut self, media_type: &str, place: &Place, fields: &[Field], role: Role) {
        let mut by_name: IndexMap<&str, Vec<&Field>> = IndexMap::new();
        for field in fields {
            by_name.entry(field.name.as_str()).or_default().push(field);
        }
        let content = self
            .bodies
            .entry(media_type.to_owned())
            .or_insert_with(|| Content::Form(IndexMap::new()));
        let Content::Form(known) = content else {
            return;
        };
        for (name, fields) in by_name {
            match known.get_mut(name) {
                Some(parameter) if role != Role::First => {
                    for value in fields.iter().filter_map(|field| field.value.as_deref()) {
                        parameter.observe_further(value);
                    }
                }
                _ => known
                    .entry(name.to_owned())
                    .or_insert_with(|| Parameter::named(name))
                    .add_all(place, &fields),
            }
        }
    }

    fn add_response(
        &mut self,
        place: &Place,
        saved: &Saved,
        report: &mut impl FnMut(&Place, String),
    ) {
        let facts = mine::response(&saved.name);
        let stated = facts.status.as_ref().map(|status| status.fact);
        let status = saved.status.or(stated);
        let key = status.map_or_else(|| "default".to_owned(), |status| status.to_string());
        if status.is_none() {
            report(
                place,
                "the saved answer has no status: taken as the default answer".to_owned(),
            );
        }
        let response = self.responses.entry(key).or_insert_with(|| Response {
            place: place.clone(),
            ..Response::default()
        });
        if response.description.is_empty() {
            response.description = facts.description;
        }
        if response.phrase.is_empty() {
            response.phrase.clone_from(&saved.phrase);
        }
        for error in facts.errors {
            response.has_errors = true;
            let error = (status.unwrap_or_default(), error.fact);
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
        let Some(body) = &saved.body else { return };
        let (media_type, json) = media_type(
            body,
            saved.content_type.as_deref(),
            saved.language.as_deref(),
        );
        match json {
            Some(value) => add_json(&mut response.content, &media_type, value, Role::First),
            None => {
                if is_json(&media_type) {
                    report(
                        place,
                        format!(
                            "the saved body claims to be {media_type} but cannot be read as that; its fields are not known"
                        ),
                    );
                }
                add_text(&mut response.content, &media_type, body, Role::First);
            }
        }
    }
}

impl Parameter {
    /// Nothing seen yet of the parameter `name`.
    fn named(name: &str) -> Self {
        Self {
            evidence: Evidence::of_field(name),
            ..Self::default()
        }
    }

    fn add(&mut self, place: &Place, field: &Field) {
        self.add_all(place, &[field]);
    }

    /// Adds what stands under one name in one request; more than one field is a list.
    fn add_all(&mut self, place: &Place, fields: &[&Field]) {
        for field in fields {
            if self.place == Place::default() {
                self.place = place_of(place, field);
            }
            self.is_file |= field.is_file;
            self.content_type = self
                .content_type
                .take()
                .or_else(|| field.content_type.clone());
            let facts = mine::field(&field.description);
            if self.facts.description.is_empty() {
                let required = self.facts.required.take();
                self.facts = facts;
                self.facts.required = self.facts.required.take().or(required);
            } else {
                self.facts.required = self.facts.required.take().or(facts.required);
            }
        }
        match fields {
            [field] if field.is_file && !field.has_many_files => self.observe_file(),
            [field] if field.is_file => self.evidence.observe(&serde_json::json!(["<binary>"])),
            [field] => match &field.value {
                Some(value) => self.evidence.observe_text(value),
                None => self.evidence.observe_presence(),
            },
            fields if fields.iter().any(|field| field.is_file) => {
                self.evidence.observe(&serde_json::json!(["<binary>"]));
            }
            fields => {
                let values = fields.iter().filter_map(|field| field.value.as_deref());
                self.evidence.observe_texts(values);
            }
        }
    }

    fn observe_file(&mut self) {
        self.evidence
            .observe_placeholder(Placeholder::String(Some("binary".to_owned())));
    }

    fn observe_further(&mut self, value: &str) {
        if !self.is_file {
            self.evidence.observe_text(value);
        }
    }
}

/// Where a field stands: its own path lies below the item's, as that of its list does.
fn place_of(place: &Place, field: &Field) -> Place {
    let item = place
        .path
        .split_once(".request")
        .map_or(place.path.as_str(), |(item, _)| item);
    let item = item.split_once(".response[").map_or(item, |(item, _)| item);
    Place {
        path: format!("{item}{}", field.path),
        ..place.clone()
    }
}

fn add_json(contents: &mut IndexMap<String, Content>, media_type: &str, value: Value, role: Role) {
    let content = contents
        .entry(media_type.to_owned())
        .or_insert_with(|| Content::Json {
            evidence: Box::default(),
            examples: Vec::new(),
        });
    if let Content::Json { evidence, examples } = content {
        evidence.observe(&value);
        if role.is_exemplary()
            && examples.len() < MAX_EXAMPLES
            && !Placeholder::occurs_in(&value)
            && !examples.contains(&value)
        {
            examples.push(value);
        }
    }
}

fn add_text(contents: &mut IndexMap<String, Content>, media_type: &str, text: &str, role: Role) {
    let content = contents
        .entry(media_type.to_owned())
        .or_insert_with(|| Content::Text(Vec::new()));
    if let Content::Text(examples) = content
        && role.is_exemplary()
        && examples.len() < MAX_EXAMPLES
        && !examples.iter().any(|known| known == text)
    {
        examples.push(text.to_owned());
    }
}

/// A text's media type: what is stated, then Postman's language, then what it looks like; with its value if that is
/// JSON.
fn media_type(
    text: &str,
    content_type: Option<&str>,
    language: Option<&str>,
) -> (String, Option<Value>) {
    let stated = content_type.map(str::to_owned).or_else(|| {
        let media_type = match language? {
            "json" => "application/json",
            "xml" => "application/xml",
            "html" => "text/html",
            "javascript" => "application/javascript",
            _ => return None,
        };
        Some(media_type.to_owned())
    });
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    match stated {
        Some(media_type) if is_json(&media_type) => {
            let value = lenient_json::parse(text);
            (media_type, value)
        }
        // Postman calls "text" whatever it was not told about.
        Some(media_type) if media_type != "text/plain" => (media_type, None),
        _ => match lenient_json::parse(text).filter(|_| looks_like_json) {
            Some(value) => ("application/json".to_owned(), Some(value)),
            None if text.trim_start().starts_with("<?xml") => ("application/xml".to_owned(), None),
            None if text
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("<!doctype html") =>
            {
                ("text/html".to_owned(), None)
            }
            None => ("text/plain".to_owned(), None),
        },
    }
}

/// Whether a media type is JSON or built on it.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json")
}
