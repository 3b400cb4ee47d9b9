//! Saved answers.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{
    Body, Field, Request, Url,
    body::written,
    header::{Headers, is_made_by_importer},
    json::{Json, unix_lines},
    status,
    variables::Variables,
};

/// A saved answer, with the request that it answered.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The JSON path below the request's item.
    pub path: String,
    /// Its name, as written.
    pub name: String,
    /// Its description, as written, which some exporters add.
    pub description: String,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Whether the status is given as a code, not only in words.
    pub has_code: bool,
    /// The reason phrase.
    pub phrase: String,
    /// The headers that say something about this API.
    pub headers: Vec<Field>,
    /// The media type that a `Content-Type` header states, or the only one that the request accepts.
    pub content_type: Option<String>,
    /// The body; `None` where nothing was saved.
    pub body: Option<String>,
    /// Postman's name of the body's language.
    pub language: Option<String>,
    /// The path parameters of the request that it answered, where they are not those of the item's own request; the rest of
    /// that URL says nothing new, and would take most of the memory of a file.
    pub request_path: Vec<Field>,
    /// Its query parameters, where they are not those of the item's own request.
    pub request_query: Vec<Field>,
    /// Its headers, where they are not those of the item's own request.
    pub request_headers: Vec<Field>,
    /// The media type that the request stated for what it carried.
    pub request_content_type: Option<String>,
    /// What the request carried that it answered, where that is not what the item's own request carries.
    pub request_body: Option<Body>,
}

/// The request of an item. Exporters copy it into every saved answer, where it need not be read again.
pub(super) struct Own<'r> {
    stated: &'r Json<'r>,
    content_type: Option<&'r str>,
    /// Which of its members say nothing new where an answered request has them as well.
    is_telling: IsTelling,
}

/// Several fields of one name are a list, which is a value more.
struct IsTelling {
    url: bool,
    headers: bool,
    body: bool,
}

impl<'r> Own<'r> {
    /// The request that is `stated`, with what was read of it.
    pub(super) fn new(
        stated: &'r Json<'r>,
        url: &Url,
        headers: &[Field],
        content_type: Option<&'r str>,
        body: Option<&Body>,
    ) -> Self {
        Self {
            stated,
            content_type,
            is_telling: IsTelling {
                url: !(are_distinct(&url.path_fields) && are_distinct(&url.query)),
                headers: !are_distinct(headers),
                body: matches!(body, Some(Body::Urlencoded(_) | Body::Multipart(_))),
            },
        }
    }

    /// Whether `request` has the same member `key`.
    fn is_copied(&self, request: &Json<'_>, key: &str) -> bool {
        let copy = request.get(key);
        copy.is_some() && copy == self.stated.get(key)
    }
}

impl Saved {
    /// Lets go of what `request`, the item's own, says as well: exporters copy it into every saved answer.
    pub(super) fn forget_copies(&mut self, request: &Request) {
        forget_copies(&mut self.request_path, &request.url.path_fields, |name| {
            name.into()
        });
        forget_copies(&mut self.request_query, &request.url.query, |name| {
            name.into()
        });
        forget_copies(&mut self.request_headers, &request.headers, |name| {
            name.to_ascii_lowercase().into()
        });
        for auth in request.auth.iter().flatten() {
            self.request_query
                .retain(|field| !auth.is_carried_by("query", field));
            self.request_headers
                .retain(|field| !auth.is_carried_by("header", field));
        }
        if self.content_type.is_none() {
            self.content_type.clone_from(&request.accepted);
        }
        let content_type = self.request_content_type.as_ref();
        if self.request_body == request.body
            && content_type.is_none_or(|stated| Some(stated) == request.content_type.as_ref())
        {
            self.request_body = None;
        }
    }

    /// Reads all of an item's saved answers.
    pub(super) fn read_all(item: &Json<'_>, own: &Own<'_>, variables: &Variables<'_>) -> Vec<Self> {
        let mut key = "response";
        if item.get(key).is_none() {
            key = "responses";
        }
        item.list(key)
            .iter()
            .enumerate()
            .filter(|(_, response)| response.is_object())
            .map(|(index, response)| {
                let path = format!(".{key}[{index}]");
                Self::read(response, path, own, variables)
            })
            .collect()
    }

    fn read(response: &Json<'_>, path: String, own: &Own<'_>, variables: &Variables<'_>) -> Self {
        let request = response.get("originalRequest").unwrap_or(&Json::Null);
        let request_path = format!("{path}.originalRequest");
        let is_copied = |key: &str| own.is_copied(request, key);
        let url = match request {
            Json::Text(_) => Some(request),
            _ => request.get("url"),
        };
        let mut url = url
            .filter(|_| own.is_telling.url || !is_copied("url"))
            .and_then(|url| Url::read(url, &format!("{request_path}.url"), variables).ok())
            .unwrap_or_default();
        url.query.retain(|field| !is_made_by_importer(field));
        let headers = Headers::read(response, &path, variables);
        let (request_headers, request_content_type) =
            match own.is_telling.headers || !is_copied("header") {
                true => {
                    let headers = Headers::read(request, &request_path, variables);
                    let content_type = headers.content_type();
                    (headers, content_type)
                }
                false => (Headers::default(), own.content_type.map(str::to_owned)),
            };
        let body_type = request_content_type.as_deref().or(own.content_type);
        let is_body_new =
            own.is_telling.body || body_type != own.content_type || !is_copied("body");
        let request_body = is_body_new
            .then(|| Body::read(request, &request_path, body_type, variables))
            .flatten();
        Self {
            name: unix_lines(response.text("name").unwrap_or_default()).into_owned(),
            description: response.description(),
            status: status::of(response),
            has_code: response.text("code").is_some(),
            phrase: response.text("status").unwrap_or_default().into_owned(),
            content_type: headers
                .content_type()
                .or_else(|| request_headers.accepted()),
            headers: headers.of_answer(),
            body: response
                .get("body")
                .and_then(written)
                .map(|body| body.trim_start_matches('\u{feff}').to_owned())
                .filter(|body| !body.trim().is_empty()),
            language: language(response),
            request_path: url.path_fields,
            request_query: url.query,
            request_body,
            request_headers: request_headers.parameters().0,
            request_content_type,
            path,
        }
    }
}

/// Postman's name of the body's language. Its library writes what begins with `_` as members of `_`.
fn language(response: &Json<'_>) -> Option<String> {
    let own = response.text("_postman_previewlanguage");
    let meta = || response.get("_")?.text("postman_previewlanguage");
    own.or_else(meta).map(Cow::into_owned)
}

/// Whether each name occurs once.
fn are_distinct(fields: &[Field]) -> bool {
    let mut names = HashSet::new();
    fields.len() < 2
        || fields
            .iter()
            .all(|field| names.insert(field.name.to_ascii_lowercase()))
}

/// Lets go of the `fields` that `own` has as well.
fn forget_copies(fields: &mut Vec<Field>, own: &[Field], name: fn(&str) -> Cow<'_, str>) {
    if fields.is_empty() {
        return;
    }
    // Several fields of one name are a list, which is no copy.
    let mut by_name: HashMap<Cow<'_, str>, Option<&Field>> = HashMap::new();
    for field in own {
        let known = by_name.entry(name(&field.name));
        known
            .and_modify(|known| *known = None)
            .or_insert(Some(field));
    }
    fields.retain(|field| match by_name.get(&name(&field.name)) {
        Some(Some(own)) => own.value != field.value,
        _ => true,
    });
    fields.shrink_to_fit();
}
