//! One request of a file, with the answers that are saved with it.

use std::collections::HashSet;

use super::{
    Body, Request, Saved, Url, WEBHOOK_URL,
    auth::{self, Auth, Stated},
    body::unknown_mode,
    header::{Headers, is_made_by_importer},
    json::Json,
    response::Own,
    url::{Unread, is_variable},
    walk::{Scope, Walk},
};
use crate::{
    diagnostic::{Kind, Note},
    postman::Field,
};

/// The methods that OpenAPI knows.
const METHODS: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

/// So many fields of a body that is left out are named.
const SHOWN_FIELDS: usize = 50;

/// The item that is read.
struct Item<'i, 'v> {
    own: &'i Json<'i>,
    /// What it says of its request.
    stated: &'i Json<'i>,
    scope: &'i Scope<'v>,
    name: String,
    /// The JSON path of the item.
    path: String,
    /// Where the request stands below it.
    request_path: &'static str,
}

impl Walk<'_> {
    /// Takes up the request of an item. One that OpenAPI cannot describe is told.
    pub(super) fn request(
        &mut self,
        item: &Json<'_>,
        name: String,
        path: String,
        scope: &Scope<'_>,
    ) {
        let stated = item.get("request").unwrap_or(&Json::Null);
        let (url, request_path) = match stated {
            Json::Text(_) => (stated, ""),
            _ => (stated.get("url").unwrap_or(&Json::Null), ".request"),
        };
        let item = Item {
            own: item,
            stated,
            scope,
            name,
            path,
            request_path,
        };
        let method = method(stated);
        if !METHODS.contains(&method.as_str()) {
            let note = format!("OpenAPI 3.0 has no method {method}: the request is left out");
            return self.note_in(&item, ".method", Kind::UnknownMethod.note(note));
        }
        if let Some(request) = self.read_request(item, url, method) {
            self.outcome.requests.push(request);
        }
    }

    fn read_request(
        &mut self,
        item: Item<'_, '_>,
        url: &Json<'_>,
        method: String,
    ) -> Option<Request> {
        let variables = &item.scope.variables;
        let is_webhook = is_variable(url, WEBHOOK_URL);
        let mut url = self.url(&item, url)?;
        let stated_auth = self.stated_auth(&item);
        let headers = Headers::read(item.stated, item.request_path, variables);
        let auth = auth::sent(&stated_auth, &headers, &url, self.is_part);
        let cookies = headers.cookies();
        let (content_type, accepted) = (headers.content_type(), headers.accepted());
        let headers = self.parameters(&item, headers, &mut url, auth.as_deref());
        let description = match item.stated.description() {
            text if text.is_empty() => item.own.description(),
            text => text,
        };
        let is_pruned =
            matches!(method.as_str(), "GET" | "HEAD") && !item.scope.keeps_bodies(item.own);
        let mut body = Body::read(
            item.stated,
            item.request_path,
            content_type.as_deref(),
            variables,
        );
        if let Some(mode) = unknown_mode(item.stated) {
            let note = format!("the body has the unknown mode `{mode}` and is left out");
            self.note_in(&item, ".body", Kind::UnreadableBody.note(note));
        }
        let own = Own::new(
            item.stated,
            &url,
            &headers,
            content_type.as_deref(),
            body.as_ref(),
        );
        let mut responses = Saved::read_all(item.own, &own, variables);
        if is_pruned {
            self.prune(&item, &method, body.take().as_ref(), &mut responses);
        }
        let mut request = Request {
            place: self.place(item.scope, &item.name, item.path),
            vendor: None,
            folders: item.scope.folders.clone(),
            description,
            body,
            content_type,
            accepted,
            responses: Vec::new(),
            is_webhook,
            name: item.name,
            method,
            url,
            headers,
            cookies,
            auth,
        };
        for saved in &mut responses {
            saved.forget_copies(&request);
        }
        request.responses = responses;
        request.shrink_to_fit();
        Some(request)
    }

    /// Tells of the bodies that are not sent, and takes them away: that of the request, and those that answers are saved with.
    fn prune(
        &mut self,
        item: &Item<'_, '_>,
        method: &str,
        own: Option<&Body>,
        responses: &mut [Saved],
    ) {
        if let Some(body) = own {
            self.note_in(item, ".body", pruned(method, body));
        }
        for saved in responses {
            let body = saved.request_body.take();
            if let Some(body) = body.filter(|body| own != Some(body)) {
                let path = format!("{}{}.originalRequest.body", item.path, saved.path);
                self.note(item.scope, &item.name, path, pruned(method, &body));
            }
        }
    }

    /// Notes something about what stands at `below` in the request.
    fn note_in(&mut self, item: &Item<'_, '_>, below: &str, note: Note) {
        let path = format!("{}{}{below}", item.path, item.request_path);
        self.note(item.scope, &item.name, path, note);
    }

    fn url(&mut self, item: &Item<'_, '_>, url: &Json<'_>) -> Option<Url> {
        let (url, member) = match published_url(item.stated) {
            Some(url) => (url, "urlObject"),
            None => (url, "url"),
        };
        let here = format!("{}.{member}", item.request_path);
        let url = match Url::read(url, &here, &item.scope.variables) {
            Ok(url) => url,
            Err(unread) => {
                self.note_in(item, ".url", left_out(&unread));
                return None;
            }
        };
        for (from, to) in &url.renamed {
            let note = format!(
                "the path parameter `{from}` is called `{to}`: names are unique and consist of letters, digits, `_` and `-`"
            );
            self.note_in(item, ".url", Kind::RenamedParameter.note(note));
        }
        for field in unused(&url) {
            let note = format!(
                "the path does not contain `{}`: its description is left out",
                field.name
            );
            let path = format!("{}{}", item.path, field.path);
            self.note(
                item.scope,
                &item.name,
                path,
                Kind::UnusedVariable.note(note),
            );
        }
        Some(url)
    }

    /// How the request is authorized, by itself or by what it stands in.
    fn stated_auth(&mut self, item: &Item<'_, '_>) -> Stated {
        let stated = auth::read(item.stated, &item.scope.variables);
        if let Some(note) = auth::note(&stated, item.stated, &item.scope.variables) {
            self.note_in(item, ".auth.type", note);
        }
        match stated {
            Stated::Inherited => item.scope.auth.clone(),
            stated => stated,
        }
    }

    /// The headers that are parameters. What carries an authorization is none, in the query of `url` neither.
    fn parameters(
        &mut self,
        item: &Item<'_, '_>,
        headers: Headers,
        url: &mut Url,
        auth: Option<&[Auth]>,
    ) -> Vec<Field> {
        let (mut headers, invalid) = headers.parameters();
        for header in &invalid {
            let note = format!(
                "`{}` is not a valid name of an HTTP header: the header is left out",
                header.name
            );
            let path = format!("{}{}", item.path, header.path);
            self.note(item.scope, &item.name, path, Kind::InvalidHeader.note(note));
        }
        url.query.retain(|field| !is_made_by_importer(field));
        let carries = |at: &str, field: &mut Field| {
            let mut auth = auth.into_iter().flatten();
            auth.any(|auth| auth.is_carried_by(at, field))
        };
        let of_headers = headers.extract_if(.., |field| carries("header", field));
        let of_query = url.query.extract_if(.., |field| carries("query", field));
        for field in of_headers.chain(of_query) {
            if let Some(note) = described_credential(&field) {
                let path = format!("{}{}", item.path, field.path);
                self.note(item.scope, &item.name, path, note);
            }
        }
        headers
    }
}

/// What to tell of a field that carries an authorization, and so is no parameter: where it is described, that is lost.
pub(crate) fn described_credential(field: &Field) -> Option<Note> {
    let note = || {
        let name = &field.name;
        let text = format!(
            "`{name}` carries the authorization and is no parameter: its description is left out"
        );
        Kind::DescribedCredential.note(text)
    };
    (!field.description.trim().is_empty()).then(note)
}

/// The variables that are described, but that neither the path nor the server of a URL has.
fn unused(url: &Url) -> Vec<&Field> {
    let parameters = url.parameters();
    let renamed = url.renamed.iter().map(|(from, _)| from);
    let of_server = url.server.variables.iter();
    let of_server =
        of_server.flat_map(|it| [it.name.as_str(), it.written.trim_matches(['{', '}'])]);
    let used: HashSet<&str> = parameters
        .iter()
        .chain(renamed)
        .map(String::as_str)
        .chain(of_server)
        .collect();
    let described = |field: &&Field| {
        !field.description.trim().is_empty() && !used.contains(field.name.as_str())
    };
    url.path_fields.iter().filter(described).collect()
}

/// What to tell of a body that is not sent.
fn pruned(method: &str, body: &Body) -> Note {
    let names = body.field_names();
    let shown = names.iter().take(SHOWN_FIELDS);
    let shown: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    let more = match names.len().saturating_sub(SHOWN_FIELDS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let what = match names.is_empty() {
        true => "it".to_owned(),
        false => format!("the one with {}{more}", shown.join(", ")),
    };
    Kind::PrunedBody.note(format!(
        "Postman sends no body with {method} unless `disableBodyPruning` is set: {what} is left out"
    ))
}

fn method(stated: &Json<'_>) -> String {
    let method = stated.text("method");
    let method = method.map(|method| method.trim().to_ascii_uppercase());
    let method = method.filter(|method| !method.is_empty());
    method.unwrap_or_else(|| "GET".to_owned())
}

fn left_out(unread: &Unread) -> Note {
    match unread {
        Unread::Nothing => Kind::NoUrl.note("the request has no URL and is left out"),
        Unread::Protocol(scheme) => {
            let protocol = match scheme.as_str() {
                "ws" | "wss" => "WebSocket",
                "grpc" | "grpcs" => "gRPC",
                scheme => scheme,
            };
            Kind::OtherProtocol.note(format!(
                "the request uses {protocol}, which OpenAPI does not describe, and is left out"
            ))
        }
    }
}

/// The URL in parts that published documentation has beside the text of it: it has the descriptions.
fn published_url<'r>(request: &'r Json<'_>) -> Option<&'r Json<'r>> {
    let url = request.get("urlObject")?;
    let is_given = |part| url.get(part).is_some_and(Json::is_list);
    (is_given("host") && is_given("path")).then_some(url)
}
