//! From a file's root to its requests: folders, and what they hand down.

use super::{
    Body, Folder, Request, Saved, Url, WEBHOOK_URL,
    auth::{self, Stated},
    header::{Headers, is_made_by_importer},
    json::Json,
    node::{Malformed, Node},
    origin::Origins,
    settings::Settings,
    url::Unread,
    variables::Variables,
};
use crate::diagnostic::{Kind, Note, Place};

/// How deep folders may nest.
const MAX_FOLDERS: usize = 64;

/// The methods that OpenAPI knows.
const METHODS: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

/// What a file holds.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The file, or the folder of a v3 collection, that it was read from.
    pub file: String,
    /// The collection's name.
    pub title: Option<String>,
    /// The collection's description.
    pub description: String,
    /// The collection's version.
    pub version: Option<String>,
    /// The requests, in the file's order.
    pub requests: Vec<Request>,
    /// What could not be carried over, and where.
    pub notes: Vec<(Place, Note)>,
    /// What the places of this outcome are in the files that people have.
    pub origins: Origins,
}

/// Why a text holds no requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line and column, both from 1, where the text is not even JSON.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        Self {
            position: Some(malformed.position),
            reason: malformed.reason,
            remedy: "repair the JSON, or export the file from Postman again",
        }
    }
}

/// Reads the JSON text of a v2.0 or v2.1 collection, folder or item, whose places begin with `path`; `None` if it is none
/// of these.
///
/// # Errors
///
/// The text is not JSON.
pub(super) fn read(
    file: &str,
    text: &str,
    path: &str,
    settings: &Settings,
) -> Result<Option<Outcome>, Refusal> {
    let mut node = Node::parse(text, text)?;
    let mut path = path.to_owned();
    if let Some(inner) = node.wrapped {
        node = Node::parse(inner, text)?;
        path.push_str(".collection");
    }
    let path = path.as_str();
    let root = &node.own;
    let has_request = root.get("request").is_some() && root.get("$kind").is_none();
    if !has_request && node.items.is_none() {
        return Ok(None);
    }
    let is_folder = root.get("info").is_none() && root.get("name").is_some();
    let mut walk = Walk {
        file,
        is_part: node.items.is_none() || is_folder,
        text,
        outcome: Outcome {
            file: file.to_owned(),
            ..Outcome::default()
        },
    };
    let outer = Scope {
        variables: Variables::of(settings).with(root),
        ..Scope::default()
    };
    if let Some(items) = &node.items {
        let info = root.get("info").unwrap_or(&Json::Null);
        walk.outcome.title = info
            .text("name")
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty());
        walk.outcome.description = info.description();
        walk.outcome.version = version(info);
        let scope = outer.with_auth(root, &mut walk, path);
        if is_folder {
            walk.item(&node, path.to_owned(), &outer, 0)?;
        } else {
            walk.items(items, path, &scope, 0)?;
        }
    } else {
        walk.item(&node, path.to_owned(), &outer, 0)?;
    }
    Ok(Some(walk.outcome))
}

fn version(info: &Json<'_>) -> Option<String> {
    match info.get("version")? {
        version @ Json::Object(_) => {
            let part = |key: &str| version.text(key).unwrap_or("0".into());
            Some(format!(
                "{}.{}.{}",
                part("major"),
                part("minor"),
                part("patch")
            ))
        }
        text => text
            .scalar()
            .map(std::borrow::Cow::into_owned)
            .filter(|text| !text.trim().is_empty()),
    }
}

/// What holds for everything inside a folder.
#[derive(Clone, Debug, Default)]
struct Scope<'a> {
    variables: Variables<'a>,
    folders: Vec<Folder>,
    auth: Stated,
    /// Whether bodies are sent with every method, as far as that is stated.
    keeps_bodies: Option<bool>,
}

impl<'a> Scope<'a> {
    /// Whether bodies are sent with every method.
    fn keeps_bodies(&self, item: &Json<'_>) -> bool {
        keeps_bodies(item).or(self.keeps_bodies).unwrap_or_default()
    }

    fn with_auth(&self, holder: &'a Json<'a>, walk: &mut Walk<'_>, path: &str) -> Self {
        let mut inner = Self {
            variables: self.variables.with(holder),
            keeps_bodies: keeps_bodies(holder).or(self.keeps_bodies),
            ..self.clone()
        };
        let stated = auth::read(holder, &inner.variables);
        if let Stated::Unknown(kind) = &stated {
            walk.note(&inner, "", format!("{path}.auth.type"), unknown_auth(kind));
        }
        if stated != Stated::Inherited {
            inner.auth = stated;
        }
        inner
    }
}

/// Whether the owner of `holder` has switched off that Postman takes the bodies from requests of some methods.
fn keeps_bodies(holder: &Json<'_>) -> Option<bool> {
    let behavior = holder.get("protocolProfileBehavior")?;
    match behavior.get("disableBodyPruning")? {
        Json::Bool(is_disabled) => Some(*is_disabled),
        _ => None,
    }
}

fn unknown_auth(kind: &str) -> Note {
    Kind::UnknownAuth.note(format!("auth type `{kind}` has no counterpart in OpenAPI"))
}

struct Walk<'f> {
    file: &'f str,
    /// Whether the file is a part of a collection: what the others would say is not known.
    is_part: bool,
    text: &'f str,
    outcome: Outcome,
}

impl Walk<'_> {
    fn place(&self, scope: &Scope<'_>, name: &str, path: String) -> Place {
        let folders = scope.folders.iter().map(|folder| folder.name.as_str());
        let names: Vec<&str> = folders.chain((!name.is_empty()).then_some(name)).collect();
        Place {
            file: self.file.to_owned(),
            item: names.join(" / "),
            path,
        }
    }

    fn note(&mut self, scope: &Scope<'_>, name: &str, path: String, note: Note) {
        let place = self.place(scope, name, path);
        self.outcome.notes.push((place, note));
    }

    fn items(
        &mut self,
        items: &[&str],
        path: &str,
        scope: &Scope<'_>,
        depth: usize,
    ) -> Result<(), Malformed> {
        for (index, item) in items.iter().enumerate() {
            let node = Node::parse(item, self.text)?;
            self.item(&node, format!("{path}.item[{index}]"), scope, depth)?;
        }
        Ok(())
    }

    fn item<'a>(
        &mut self,
        node: &'a Node<'_>,
        path: String,
        scope: &Scope<'a>,
        depth: usize,
    ) -> Result<(), Malformed> {
        let item = &node.own;
        let name = item.text("name").unwrap_or_default().trim().to_owned();
        let has_request = item
            .get("request")
            .is_some_and(|request| !matches!(request, Json::Null));
        if let Some(items) = &node.items {
            if depth == MAX_FOLDERS {
                self.note(
                    scope,
                    &name,
                    path,
                    Kind::DeepFolders.note(format!(
                        "folders nest deeper than {MAX_FOLDERS}; what lies further in is left out"
                    )),
                );
                return Ok(());
            }
            let mut inner = scope.with_auth(item, self, &path);
            inner.folders.push(Folder {
                name,
                description: item.description(),
            });
            self.items(items, &path, &inner, depth + 1)?;
        } else if has_request {
            if item.list("variable").is_empty() {
                self.request(item, name, path, scope);
            } else {
                let inner = Scope {
                    variables: scope.variables.with(item),
                    ..scope.clone()
                };
                self.request(item, name, path, &inner);
            }
        } else {
            self.note(
                scope,
                &name,
                path,
                Kind::NoRequest.note("holds no request; left out"),
            );
        }
        Ok(())
    }

    fn request(&mut self, item: &Json<'_>, name: String, path: String, scope: &Scope<'_>) {
        let stated = item.get("request").unwrap_or(&Json::Null);
        let variables = &scope.variables;
        let (url, request_path) = match stated {
            Json::Text(_) => (stated, String::new()),
            _ => (
                stated.get("url").unwrap_or(&Json::Null),
                ".request".to_owned(),
            ),
        };
        let method = stated
            .text("method")
            .map(|method| method.trim().to_ascii_uppercase())
            .filter(|method| !method.is_empty())
            .unwrap_or_else(|| "GET".to_owned());
        let at = |below: &str| format!("{path}{request_path}{below}");
        if !METHODS.contains(&method.as_str()) {
            self.note(
                scope,
                &name,
                at(".method"),
                Kind::UnknownMethod.note(format!("OpenAPI 3.0 has no method {method}; left out")),
            );
            return;
        }
        let is_webhook = goes_to_webhook(url);
        let mut url = match Url::read(url, &request_path, variables) {
            Ok(url) => url,
            Err(unread) => {
                self.note(scope, &name, at(".url"), left_out(&unread));
                return;
            }
        };
        for (from, to) in &url.renamed {
            let note = format!(
                "a path parameter's name is of letters, digits and `_.-`, and occurs once: `{from}` is called `{to}`"
            );
            self.note(scope, &name, at(".url"), Kind::RenamedParameter.note(note));
        }
        let mut stated_auth = auth::read(stated, variables);
        if let Stated::Unknown(kind) = &stated_auth {
            self.note(scope, &name, at(".auth.type"), unknown_auth(kind));
        }
        if stated_auth == Stated::Inherited {
            stated_auth.clone_from(&scope.auth);
        }
        let headers = Headers::read(stated, &request_path, variables);
        let auth = auth::sent(&stated_auth, &headers, &url, self.is_part);
        let cookies = headers.cookies();
        let (content_type, accepted) = (headers.content_type(), headers.accepted());
        let (mut headers, invalid) = headers.parameters();
        for header in &invalid {
            let note = format!("no HTTP header can be called `{}`; left out", header.name);
            self.note(
                scope,
                &name,
                format!("{path}{}", header.path),
                Kind::InvalidHeader.note(note),
            );
        }
        url.query.retain(|field| !is_made_by_importer(field));
        for auth in auth.iter().flatten() {
            headers.retain(|field| !auth.is_carried_by("header", field));
            url.query
                .retain(|field| !auth.is_carried_by("query", field));
        }
        let description = match stated.description() {
            text if text.is_empty() => item.description(),
            text => text,
        };
        let mut body = Body::read(stated, &request_path, content_type.as_deref(), variables);
        let is_pruned = matches!(method.as_str(), "GET" | "HEAD") && !scope.keeps_bodies(item);
        if is_pruned && body.take().is_some() {
            let note = format!(
                "Postman sends no body with {method} unless `disableBodyPruning` is set: it is left out"
            );
            self.note(scope, &name, at(".body"), Kind::PrunedBody.note(note));
        }
        let mut request = Request {
            place: self.place(scope, &name, path),
            vendor: None,
            folders: scope.folders.clone(),
            description,
            body,
            content_type,
            accepted,
            responses: Vec::new(),
            is_webhook,
            name,
            method,
            url,
            headers,
            cookies,
            auth,
        };
        let mut responses = Saved::read_all(item, request.content_type.as_deref(), variables);
        for saved in &mut responses {
            if is_pruned {
                saved.request_body = None;
            }
            saved.forget_copies(&request);
        }
        request.responses = responses;
        request.shrink_to_fit();
        self.outcome.requests.push(request);
    }
}

fn left_out(unread: &Unread) -> Note {
    match unread {
        Unread::Nothing => Kind::NoUrl.note("has no URL; left out"),
        Unread::Protocol(scheme) => {
            let protocol = match scheme.as_str() {
                "ws" | "wss" => "WebSocket",
                "grpc" | "grpcs" => "gRPC",
                scheme => scheme,
            };
            Kind::OtherProtocol.note(format!(
                "goes over {protocol}, which OpenAPI does not describe; left out"
            ))
        }
    }
}

/// Whether the whole URL is [`WEBHOOK_URL`].
fn goes_to_webhook(url: &Json<'_>) -> bool {
    let text = url.get("raw").unwrap_or(url).as_text();
    text.is_some_and(|text| text.trim().trim_end_matches('/') == WEBHOOK_URL)
}
