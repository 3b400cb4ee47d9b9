//! From a file's root to its requests: folders, and what they hand down.

use super::{
    Auth, Body, Field, Folder, Request, Saved, Url, WEBHOOK_URL,
    auth::{self, Stated},
    field::content_type,
    json::Json,
    node::{Malformed, Node},
    origin::Origins,
    settings::Settings,
    url::Unread,
    variables::Variables,
};
use crate::diagnostic::{Kind, Note, Place};

/// What the name and the password in a URL are sent as.
const BASIC: Auth = Auth::Http {
    scheme: "basic",
    format: None,
};

/// How deep folders may nest.
const MAX_FOLDERS: usize = 64;

/// What OpenAPI expresses elsewhere than as header parameters, or what the transport sets.
const NO_PARAMETERS: [&str; 17] = [
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "host",
    "origin",
    "postman-token",
    "proxy-authorization",
    "referer",
    "transfer-encoding",
    "user-agent",
];

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
    let mut walk = Walk {
        file,
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
        let is_folder = root.get("info").is_none() && root.get("name").is_some();
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
    auth: Option<Auth>,
}

impl<'a> Scope<'a> {
    fn with_auth(&self, holder: &'a Json<'a>, walk: &mut Walk<'_>, path: &str) -> Self {
        let mut inner = Self {
            variables: self.variables.with(holder),
            ..self.clone()
        };
        match auth::read(holder, &inner.variables) {
            Stated::Inherited => {}
            Stated::Auth(auth) => inner.auth = Some(auth),
            Stated::Unknown(kind) => {
                walk.note(&inner, "", format!("{path}.auth.type"), unknown_auth(&kind));
            }
        }
        inner
    }
}

fn unknown_auth(kind: &str) -> Note {
    Kind::UnknownAuth.note(format!("auth type `{kind}` has no counterpart in OpenAPI"))
}

struct Walk<'f> {
    file: &'f str,
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
        let url = match Url::read(url, &request_path, variables) {
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
        let auth = match auth::read(stated, variables) {
            Stated::Auth(auth) => Some(auth),
            Stated::Inherited => scope.auth.clone(),
            Stated::Unknown(kind) => {
                self.note(scope, &name, at(".auth.type"), unknown_auth(&kind));
                None
            }
        };
        let mut headers = Field::read_headers(stated, &request_path, variables);
        let auth = auth
            .or_else(|| authorization(&headers))
            .or_else(|| url.has_credentials.then_some(BASIC));
        let content_type = content_type(&headers);
        headers.retain(|header| {
            !NO_PARAMETERS.contains(&header.name.to_ascii_lowercase().as_str())
                && !header
                    .description
                    .starts_with("Added as a part of security scheme")
        });
        let description = match stated.description() {
            text if text.is_empty() => item.description(),
            text => text,
        };
        let mut request = Request {
            place: self.place(scope, &name, path),
            vendor: None,
            folders: scope.folders.clone(),
            description,
            content_type,
            body: Body::read(stated, &request_path, variables),
            responses: Vec::new(),
            is_webhook,
            name,
            method,
            url,
            headers,
            auth,
        };
        let mut responses = Saved::read_all(item, variables);
        for saved in &mut responses {
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

/// A literal `Authorization` header is security, not a parameter.
fn authorization(headers: &[Field]) -> Option<Auth> {
    let header = headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("authorization"))?;
    let scheme = header
        .value
        .as_deref()?
        .split_whitespace()
        .next()?
        .to_ascii_lowercase();
    match scheme.as_str() {
        "bearer" => Some(Auth::Http {
            scheme: "bearer",
            format: None,
        }),
        "basic" => Some(Auth::Http {
            scheme: "basic",
            format: None,
        }),
        _ => Some(Auth::ApiKey {
            name: header.name.clone(),
            location: "header",
        }),
    }
}
