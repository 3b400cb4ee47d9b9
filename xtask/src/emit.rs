//! Operations as an OpenAPI 3.0.3 document.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    check::{self, Checked},
    codegen::Options,
    components::{self, Components, Site, reference, stored_names},
    diagnostic::Place,
    document::{Document, Packed, Text},
    infer::{Finding, FindingKind, Kind, Object, Property, Schema, Segment, place, to_openapi},
    mine::{self, Disagreement},
    name::{Taken, operation_id, operation_id_of_path, pascal},
    operation::{Content, Location, Operation, Parameter, Response},
    postman::Auth,
    security::Security,
    server,
    settle::Spot,
};

/// The shared error schema's names.
const ERROR: &str = "ZoomError";
const ERROR_DETAIL: &str = "ZoomErrorDetail";

/// What the document is about.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The API's name.
    pub title: String,
    /// The API's version.
    pub version: String,
    /// What it is for, as written.
    pub description: String,
    /// Whether operations name the file they come from. The file alone decides nothing about the API, so a document
    /// made of one named file does not mention it.
    pub names_files: bool,
}

/// Writes the document, and lets go of each operation's samples once it is written; unless it is to be explained, of
/// the whole operation. `stored` is the document that it will replace: what it names keeps its name. `report` hears of
/// each assumption.
///
/// # Errors
///
/// What is wrong with the document, beginning with where.
pub fn emit(
    info: &Info,
    operations: &mut Vec<Operation>,
    options: &Options<'_>,
    report: &mut impl FnMut(&Place, String, Option<Spot>),
) -> Result<Document, String> {
    let stored = options.stored;
    let servers = server::decide(operations, options.base_url, &mut |place, text| {
        report(place, text, None);
    });
    let mut emitter = Emitter {
        components: Components::new(stored.map(stored_names).unwrap_or_default()),
        security: Security::default(),
        ids: operation_ids(operations, stored),
        uses_error: false,
        names_files: info.names_files,
        tags: BTreeMap::new(),
        error_codes: 0,
        at: Spot::root(),
        told: Vec::new(),
    };
    let mut checked = Checked::default();
    let mut paths: BTreeMap<String, BTreeMap<usize, (String, Text)>> = BTreeMap::new();
    let all = mem::take(operations);
    for (mut operation, own_servers) in all.into_iter().zip(&servers.own) {
        let method = operation.method.to_ascii_lowercase();
        let written = emitter.operation(&operation, &method, own_servers);
        checked.operation(&operation.template, &method, &written)?;
        let rank = METHODS
            .iter()
            .position(|known| *known == method)
            .unwrap_or(METHODS.len());
        paths
            .entry(operation.template.clone())
            .or_default()
            .insert(rank, (method, Text::of(&written)));
        if options.explained {
            operation.forget_samples();
            operations.push(operation);
        }
    }
    let paths = paths
        .into_iter()
        .map(|(template, methods)| (template, methods.into_values().collect()))
        .collect();
    emitter.document(info, paths, &servers.root, report)
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where what is told can be settled.
enum Settled {
    At(Spot),
    /// In the shape of this number, which gets its name at the end.
    In(usize, Vec<Segment>),
}

struct Emitter {
    components: Components,
    security: Security,
    /// By template and method.
    ids: HashMap<(String, String), String>,
    uses_error: bool,
    names_files: bool,
    tags: BTreeMap<String, String>,
    error_codes: usize,
    /// The operation that is being written.
    at: Spot,
    told: Vec<(Place, String, Settled)>,
}

impl Emitter {
    fn document(
        self,
        info: &Info,
        paths: Vec<(String, Vec<(String, Text)>)>,
        servers: &[String],
        report: &mut impl FnMut(&Place, String, Option<Spot>),
    ) -> Result<Document, String> {
        let reserved: &[&str] = if self.uses_error {
            &[ERROR, ERROR_DETAIL]
        } else {
            &[]
        };
        let (names, mut schemas) = self.components.name(reserved);
        for (place, text, settled) in self.told {
            let spot = match settled {
                Settled::At(spot) => Some(spot),
                Settled::In(shape, way) => names.get(shape).map(|name| {
                    let components = Spot::root().member("components").member("schemas");
                    along(&components.member(name), &way)
                }),
            };
            report(&place, text, spot);
        }
        if self.uses_error {
            schemas.push((ERROR.to_owned(), Text::of(&error_schema())));
            schemas.push((ERROR_DETAIL.to_owned(), Text::of(&error_detail_schema())));
            schemas.sort_by(|a, b| a.0.cmp(&b.0));
        }
        let mut document = Map::new();
        document.insert("openapi".to_owned(), "3.0.3".into());
        document.insert("x-generated-by".to_owned(), "cargo xtask codegen".into());
        let mut written_info =
            Map::from_iter([("title".to_owned(), Value::from(info.title.as_str()))]);
        let description = mine::to_markdown(&info.description);
        if !description.is_empty() {
            written_info.insert("description".to_owned(), description.into());
        }
        written_info.insert("version".to_owned(), info.version.as_str().into());
        document.insert("info".to_owned(), Value::Object(written_info));
        let servers: Vec<Value> = match servers {
            // What OpenAPI assumes; linters want it said.
            [] => vec![json!({ "url": "/" })],
            servers => servers.iter().map(|url| json!({ "url": url })).collect(),
        };
        document.insert("servers".to_owned(), Value::Array(servers));
        let tags: Vec<Value> = self
            .tags
            .into_iter()
            .map(|(name, description)| match description.as_str() {
                "" => json!({ "name": name }),
                _ => json!({ "name": name, "description": description }),
            })
            .collect();
        if !tags.is_empty() {
            document.insert("tags".to_owned(), Value::Array(tags));
        }
        document.insert("paths".to_owned(), Value::Object(Map::new()));
        let mut components = Map::new();
        if !schemas.is_empty() {
            components.insert("schemas".to_owned(), Value::Object(Map::new()));
        }
        let schemes = self.security.schemes();
        if !schemes.is_empty() {
            components.insert("securitySchemes".to_owned(), Value::Object(schemes));
        }
        if !components.is_empty() {
            document.insert("components".to_owned(), Value::Object(components));
        }
        check::frame(&document)?;
        Ok(Packed {
            frame: document,
            paths,
            schemas,
            names,
            error_codes: self.error_codes,
        }
        .into())
    }

    fn operation(&mut self, operation: &Operation, method: &str, servers: &[String]) -> Value {
        self.at = Spot::root()
            .member("paths")
            .member(&operation.template)
            .member(method);
        let id = self
            .ids
            .get(&(operation.template.clone(), operation.method.clone()))
            .cloned()
            .unwrap_or_default();
        let pascal_id = pascal_of_id(&id);
        let site = |role: &str| Site {
            template: operation.template.clone(),
            method: method.to_owned(),
            role: role.to_owned(),
            way: Vec::new(),
        };
        let mut written = Map::new();
        let tags: Vec<Value> = operation
            .folders
            .iter()
            .filter_map(|folders| self.tag(folders))
            .collect();
        if !tags.is_empty() {
            written.insert("tags".to_owned(), Value::Array(tags));
        }
        if !operation.name.is_empty() {
            written.insert("summary".to_owned(), operation.name.as_str().into());
        }
        let facts = &operation.facts;
        if !facts.description.is_empty() {
            written.insert("description".to_owned(), facts.description.as_str().into());
        }
        written.insert("operationId".to_owned(), id.as_str().into());
        if facts.deprecated.is_some() {
            written.insert("deprecated".to_owned(), true.into());
        }
        if !servers.is_empty() {
            let servers: Vec<Value> = servers.iter().map(|url| json!({ "url": url })).collect();
            written.insert("servers".to_owned(), Value::Array(servers));
        }
        let parameters: Vec<Value> = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, ((location, name), parameter))| {
                self.parameter(index, *location, name, parameter)
            })
            .collect();
        if !parameters.is_empty() {
            written.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if !operation.bodies.is_empty() {
            let place = operation
                .sources
                .first()
                .cloned()
                .unwrap_or_default()
                .at(".request.body");
            let at = self.at.member("requestBody");
            let content =
                self.contents(&operation.bodies, &pascal_id, &site("request"), &place, &at);
            written.insert(
                "requestBody".to_owned(),
                json!({ "required": true, "content": content }),
            );
        }
        written.insert(
            "responses".to_owned(),
            self.responses(operation, &pascal_id, &site),
        );
        let scopes = facts.scopes.as_ref().map_or(&[][..], |scopes| &scopes.fact);
        // What states no authorization is sent without any.
        let auth = operation.auth.as_ref().unwrap_or(&Auth::None);
        let place = operation
            .sources
            .first()
            .cloned()
            .unwrap_or_default()
            .at(".request.auth");
        let mut notes = Vec::new();
        let requirement = self
            .security
            .require(auth, scopes, is_zooms(operation), &mut |note| {
                notes.push(note);
            });
        let mut scheme = Spot::root().member("components").member("securitySchemes");
        let required = requirement.get(0).and_then(Value::as_object);
        if let Some(name) = required.and_then(|required| required.keys().next()) {
            scheme = scheme.member(name);
        }
        for note in notes {
            self.told
                .push((place.clone(), note, Settled::At(scheme.clone())));
        }
        written.insert("security".to_owned(), requirement);
        let mut extend = |key: &str, value: Value| {
            written.insert(key.to_owned(), value);
        };
        if !scopes.is_empty() {
            extend("x-zoom-scopes", json!(scopes));
        }
        if let Some(scopes) = &facts.granular_scopes {
            extend("x-zoom-granular-scopes", json!(scopes.fact));
        }
        if let Some(label) = &facts.rate_limit_label {
            extend("x-zoom-rate-limit-label", label.fact.as_str().into());
        }
        if !operation.errors.is_empty() {
            self.error_codes += operation.errors.len();
            let errors: Vec<Value> = operation
                .errors
                .iter()
                .map(|(status, error)| json!({ "status": status, "code": error.code, "message": error.message }))
                .collect();
            extend("x-zoom-errors", Value::Array(errors));
        }
        let sources: Vec<Value> = operation
            .sources
            .iter()
            .map(|source| match self.names_files {
                true => json!({ "file": source.file, "item": source.item }),
                false => json!({ "item": source.item }),
            })
            .collect();
        extend("x-postman-source", Value::Array(sources));
        Value::Object(written)
    }

    /// The tag of a request in these folders: their names, since the same name may occur in several folders.
    fn tag(&mut self, folders: &[crate::postman::Folder]) -> Option<Value> {
        let innermost = folders.last()?;
        let names: Vec<&str> = folders
            .iter()
            .map(|folder| folder.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return None;
        }
        let name = names.join(" / ");
        let description = mine::to_markdown(&innermost.description);
        self.tags.entry(name.clone()).or_insert(description);
        Some(name.into())
    }

    fn parameter(
        &mut self,
        index: usize,
        location: Location,
        name: &str,
        parameter: &Parameter,
    ) -> Value {
        let parameters = self.at.member("parameters");
        let at = parameters.parameter(index, location.as_str(), name);
        let (mut schema, notes) = schema_of(parameter, location != Location::Path);
        for (note, way) in notes {
            let settled = Settled::At(along(&at.member("schema"), &way));
            self.told.push((parameter.place.clone(), note, settled));
        }
        if matches!(
            schema.kind,
            Kind::Any | Kind::Object(_) | Kind::Map(_) | Kind::OneOf(_)
        ) {
            // In a URL or a header everything is text in the end.
            schema.kind = Kind::String(None);
        }
        let example = schema.example.take();
        let description = schema.description.take();
        let mut written = Map::new();
        written.insert("name".to_owned(), name.into());
        written.insert("in".to_owned(), location.as_str().into());
        if let Some(description) = description {
            written.insert("description".to_owned(), description.into());
        }
        if location == Location::Path || parameter.facts.required.is_some() {
            written.insert("required".to_owned(), true.into());
        }
        written.insert(
            "schema".to_owned(),
            to_openapi(&schema, &mut |_, schema| schema),
        );
        if let Some(example) = example {
            written.insert("example".to_owned(), example);
        }
        Value::Object(written)
    }

    fn contents(
        &mut self,
        contents: &IndexMap<String, Content>,
        operation: &str,
        site: &Site,
        place: &Place,
        at: &Spot,
    ) -> Value {
        let mut written = Map::new();
        for (media_type, content) in contents {
            let at = at.member("content").member(media_type).member("schema");
            written.insert(
                media_type.clone(),
                self.content(content, operation, site, place, &at),
            );
        }
        Value::Object(written)
    }

    /// `at` is where the content's schema stands.
    fn content(
        &mut self,
        content: &Content,
        operation: &str,
        site: &Site,
        place: &Place,
        at: &Spot,
    ) -> Value {
        let mut written = Map::new();
        let mut examples: Vec<Value> = Vec::new();
        match content {
            Content::Json {
                evidence,
                examples: saved,
            } => {
                let resolved = evidence.resolve();
                let (schema, shapes) = self.lifted(&resolved.schema, operation, site);
                for finding in &resolved.findings {
                    let settled = shapes.settled(&finding.segments, at);
                    self.told.push((place.clone(), note_of(finding), settled));
                }
                written.insert("schema".to_owned(), schema);
                examples.clone_from(saved);
            }
            Content::Form(fields) => {
                let mut object = Object::default();
                let mut encoding = Map::new();
                let mut notes: Vec<(Place, String, Vec<Segment>)> = Vec::new();
                for (name, field) in fields {
                    let (mut schema, own_notes) = schema_of(field, true);
                    let mut note = |text, way: Vec<Segment>| {
                        let way = [vec![Segment::Key(name.clone())], way].concat();
                        notes.push((field.place.clone(), text, way));
                    };
                    for (text, way) in own_notes {
                        note(text, way);
                    }
                    if schema.kind == Kind::Any {
                        schema.kind = Kind::String(None);
                    }
                    let own = field.content_type.clone().or_else(|| {
                        let is_json = schema
                            .example
                            .as_ref()
                            .is_some_and(|example| example.is_array() || example.is_object());
                        if is_json {
                            let text = format!(
                                "`{name}` holds JSON text: taken as {} in one form field",
                                kind_name(&schema.kind)
                            );
                            note(text, Vec::new());
                        }
                        is_json.then(|| "application/json".to_owned())
                    });
                    if let Some(content_type) = own {
                        encoding.insert(name.clone(), json!({ "contentType": content_type }));
                    }
                    let required = field.facts.required.is_some();
                    object.properties.insert(
                        name.clone(),
                        Property {
                            schema,
                            present: 1,
                            of: 1,
                            required,
                        },
                    );
                }
                let schema = Schema {
                    kind: Kind::Object(object),
                    ..Schema::default()
                };
                let has_files = fields.values().any(|field| field.is_file);
                let (schema, shapes) = if has_files {
                    self.inline(&schema, operation, site)
                } else {
                    self.lifted(&schema, operation, site)
                };
                for (place, text, way) in notes {
                    self.told.push((place, text, shapes.settled(&way, at)));
                }
                written.insert("schema".to_owned(), schema);
                if !encoding.is_empty() {
                    written.insert("encoding".to_owned(), Value::Object(encoding));
                }
            }
            Content::Text(texts) => {
                written.insert("schema".to_owned(), json!({ "type": "string" }));
                examples = texts
                    .iter()
                    .map(|text| Value::from(text.as_str()))
                    .collect();
            }
            Content::Binary => {
                written.insert(
                    "schema".to_owned(),
                    json!({ "type": "string", "format": "binary" }),
                );
            }
        }
        put_examples(&mut written, examples);
        Value::Object(written)
    }

    fn lifted(&mut self, schema: &Schema, operation: &str, site: &Site) -> (Value, Shapes) {
        self.lifted_where(schema, operation, site, |_| true)
    }

    /// A form with files stands where it is used: it is streamed part by part and never a value of its own.
    fn inline(&mut self, schema: &Schema, operation: &str, site: &Site) -> (Value, Shapes) {
        self.lifted_where(schema, operation, site, |way| !way.is_empty())
    }

    fn lifted_where(
        &mut self,
        schema: &Schema,
        operation: &str,
        site: &Site,
        is_lifted: impl Fn(&[Segment]) -> bool,
    ) -> (Value, Shapes) {
        let mut shapes = Shapes::default();
        let written = to_openapi(schema, &mut |way, shape| {
            if !is_lifted(way) {
                return shape;
            }
            let site = Site {
                way: way.to_vec(),
                ..site.clone()
            };
            let number = self.components.lift(operation, site, &shape);
            shapes.0.push((way.to_vec(), number));
            components::unnamed(number)
        });
        (written, shapes)
    }

    fn responses(
        &mut self,
        operation: &Operation,
        pascal_id: &str,
        site: &impl Fn(&str) -> Site,
    ) -> Value {
        let mut written = Map::new();
        for (status, response) in &operation.responses {
            written.insert(
                status.clone(),
                self.response(operation, status, response, pascal_id, site),
            );
        }
        if written.is_empty() {
            self.told.push((
                operation.sources.first().cloned().unwrap_or_default(),
                "no answer is saved: a 200 without a body is assumed".to_owned(),
                Settled::At(self.at.member("responses").member("200")),
            ));
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
        let at = self.at.member("responses").member(status);
        let is_error = status.starts_with(['4', '5']);
        let speaks_zoom = is_error && (is_zooms(operation) || response.has_errors);
        let all_are_errors = response.content.values().all(|content| match content {
            Content::Json { examples, .. } => examples.iter().all(is_zoom_error),
            Content::Text(texts) => texts.is_empty(),
            Content::Form(_) | Content::Binary => false,
        });
        if speaks_zoom && all_are_errors {
            self.uses_error = true;
            if response.content.is_empty() {
                self.told.push((
                    response.place.clone(),
                    format!("the {status} answer has no body: the shared error schema is assumed"),
                    Settled::At(at.clone()),
                ));
            }
            let examples = response.content.values().flat_map(|content| match content {
                Content::Json { examples, .. } => examples.clone(),
                _ => Vec::new(),
            });
            let mut content = Map::from_iter([("schema".to_owned(), reference(ERROR))]);
            put_examples(&mut content, examples.collect());
            written.insert("content".to_owned(), json!({ "application/json": content }));
        } else if !response.content.is_empty() {
            let content = self.contents(
                &response.content,
                pascal_id,
                &site(status),
                &response.place.at(".body"),
                &at,
            );
            written.insert("content".to_owned(), content);
        }
        Value::Object(written)
    }
}

/// The shapes of a schema that became components, by where in it they stand.
#[derive(Default)]
struct Shapes(Vec<(Vec<Segment>, usize)>);

impl Shapes {
    /// Where what is at the end of `way` can be settled; `schema` is where the whole schema stands.
    fn settled(&self, way: &[Segment], schema: &Spot) -> Settled {
        let innermost = self
            .0
            .iter()
            .filter_map(|(shape, number)| Some((shape.len(), *number, way.strip_prefix(&**shape)?)))
            .max_by_key(|(depth, ..)| *depth);
        match innermost {
            Some((_, number, rest)) => Settled::In(number, rest.to_vec()),
            None => Settled::At(along(schema, way)),
        }
    }
}

/// The schema that a way leads to from the schema at `spot`.
fn along(spot: &Spot, way: &[Segment]) -> Spot {
    way.iter()
        .fold(spot.clone(), |spot, segment| match segment {
            Segment::Key(key) => spot.member("properties").member(key),
            Segment::Item => spot.member("items"),
            Segment::Value => spot.member("additionalProperties"),
        })
}

/// The schema of a parameter or field: its values, then its words. With what is to be told about it, and where in it.
fn schema_of(parameter: &Parameter, tells: bool) -> (Schema, Vec<(String, Vec<Segment>)>) {
    let resolved = parameter.evidence.resolve();
    let mut schema = resolved.schema;
    let findings = resolved.findings.iter().filter(|_| tells);
    let mut notes: Vec<_> = findings
        .map(|finding| (note_of(finding), finding.segments.clone()))
        .collect();
    for disagreement in mine::apply(&parameter.facts, &mut schema) {
        notes.push((disagreement_text(&disagreement), Vec::new()));
    }
    (schema, notes)
}

fn note_of(finding: &Finding) -> String {
    let inner = place(&finding.segments);
    let subject = if inner.is_empty() {
        String::new()
    } else {
        format!("`{inner}`: ")
    };
    format!("{subject}{}", finding_text(&finding.kind))
}

/// Whether an operation is Zoom's.
fn is_zooms(operation: &Operation) -> bool {
    let is_zooms = |server: &String| server::is_zooms(server);
    operation.servers.iter().any(is_zooms)
        || operation.facts.rate_limit_label.is_some()
        || operation
            .errors
            .iter()
            .any(|_| operation.servers.is_empty())
}

/// A body that the shared error schema describes.
fn is_zoom_error(value: &Value) -> bool {
    let Some(members) = value.as_object() else {
        return false;
    };
    members.contains_key("message")
        && members.iter().all(|(key, value)| match key.as_str() {
            "code" => value.is_i64() || value.is_u64(),
            "message" => value.is_string(),
            "errors" => value.as_array().is_some_and(|details| {
                details.iter().all(|detail| {
                    detail.as_object().is_some_and(|detail| {
                        detail.iter().all(|(key, value)| {
                            matches!(key.as_str(), "field" | "message") && value.is_string()
                        })
                    })
                })
            }),
            _ => false,
        })
}

fn error_schema() -> Value {
    json!({
        "type": "object",
        "description": "What Zoom answers instead of a result.",
        "required": ["code", "message"],
        "properties": {
            "code": { "type": "integer", "description": "Zoom's error code; means something only together with the operation and the status." },
            "message": { "type": "string", "description": "What went wrong." },
            "errors": {
                "type": "array",
                "description": "The fields that were refused.",
                "items": reference(ERROR_DETAIL),
            },
        },
    })
}

fn error_detail_schema() -> Value {
    json!({
        "type": "object",
        "description": "A field that was refused.",
        "properties": {
            "field": { "type": "string", "description": "The field." },
            "message": { "type": "string", "description": "What is wrong with it." },
        },
    })
}

/// One example under `example`, several under `examples`.
fn put_examples(content: &mut Map<String, Value>, mut examples: Vec<Value>) {
    match examples.len() {
        0 => {}
        1 => {
            content.insert("example".to_owned(), examples.remove(0));
        }
        _ => {
            let named = examples.into_iter().enumerate();
            let named: Map<String, Value> = named
                .map(|(index, value)| (format!("example{}", index + 1), json!({ "value": value })))
                .collect();
            content.insert("examples".to_owned(), Value::Object(named));
        }
    }
}

/// `sendChatMessage` → `SendChatMessage`.
fn pascal_of_id(id: &str) -> String {
    pascal(id)
}

/// Unique ids: those of the stored document stay, then the requests' names, the first of a name in document order
/// having it alone.
fn operation_ids(
    operations: &[Operation],
    stored: Option<&Value>,
) -> HashMap<(String, String), String> {
    let mut taken = Taken::default();
    let mut ids = HashMap::new();
    for operation in operations {
        let method = operation.method.to_ascii_lowercase();
        let known = stored
            .and_then(|document| {
                document
                    .get("paths")?
                    .get(&operation.template)?
                    .get(&method)?
                    .get("operationId")?
                    .as_str()
            })
            .filter(|id| id.starts_with(&operation_id(&operation.name)) && !id.is_empty());
        if let Some(id) = known
            && taken.take(id)
        {
            ids.insert(
                (operation.template.clone(), operation.method.clone()),
                id.to_owned(),
            );
        }
    }
    for operation in operations {
        let by_path = operation_id_of_path(&operation.method, &operation.template);
        let named = operation_id(&operation.name);
        let starts_well = named.chars().next().is_some_and(char::is_alphabetic);
        let named = if starts_well { named } else { by_path.clone() };
        let parameters = operation
            .parameters
            .keys()
            .filter(|(location, _)| *location == Location::Path);
        let parameters: Vec<String> = parameters.map(|(_, name)| pascal(name)).collect();
        let by_parameters =
            (!parameters.is_empty()).then(|| format!("{named}By{}", parameters.join("And")));
        ids.entry((operation.template.clone(), operation.method.clone()))
            .or_insert_with(|| {
                taken.first_free(
                    [Some(named), by_parameters, Some(by_path)]
                        .into_iter()
                        .flatten(),
                )
            });
    }
    ids
}

fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Array(items) if matches!(items.kind, Kind::Object(_)) => "an array of objects",
        Kind::Array(_) => "an array",
        _ => "an object",
    }
}

fn finding_text(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Conflict(types) => format!(
            "the values are {}: any of them is allowed",
            types.join(" and ")
        ),
        FindingKind::MixedTexts(types) => {
            format!("the texts hold {}: taken as text", types.join(" and "))
        }
        FindingKind::Untyped => "no value says what type it has: any is allowed".to_owned(),
        FindingKind::Map => "the keys look like data: taken as a map".to_owned(),
        FindingKind::Circular(name) => {
            format!("the exporter left out the recursion into {name}: any value is allowed")
        }
        FindingKind::TooDeep => "the nesting was cut here: any value is allowed".to_owned(),
        FindingKind::HugeInteger => "an integer here is too large for 64 bits".to_owned(),
    }
}

fn disagreement_text(disagreement: &Disagreement) -> String {
    match disagreement {
        Disagreement::Enumeration {
            listed,
            seen: Some(seen),
        } => {
            format!(
                "the description lists {}, but the value is {seen}: not taken as an enumeration",
                listed.join(", ")
            )
        }
        Disagreement::Enumeration { listed, seen: None } => {
            format!(
                "the description lists {}, which are of another type than the value: not taken as an enumeration",
                listed.join(", ")
            )
        }
        Disagreement::Default { stated } => {
            format!("the stated default {stated} does not fit the value: left out")
        }
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
