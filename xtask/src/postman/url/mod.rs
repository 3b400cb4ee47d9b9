//! The URL of a request: its server, its path template, its parameters.
//!
//! A URL is read as Postman sends it: variables are filled in first, then the text is split. A variable may hold a host, a
//! path, a query, or all of them.

mod fill;
mod names;
mod percent;
mod query;
mod segment;
mod server;
mod text;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{Field, json::Json, variables::Variables};
use crate::infer::is_signed_token;

pub(super) use query::written as read_form;
pub use segment::{Part, Segment};
pub(crate) use server::unresolvable;
pub use server::{Server, ServerVariable};

/// The URL of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// The base URL.
    pub server: Server,
    /// The path template's segments; the last is empty if the path ends with a slash.
    pub segments: Vec<Segment>,
    /// The known facts about the path parameters.
    pub path_fields: Vec<Field>,
    /// The query parameters; a repeated key is repeated here.
    pub query: Vec<Field>,
    /// Path parameters that are called otherwise in the file, by what they are called there.
    pub renamed: Vec<(String, String)>,
    /// Whether it carries a user's name or password, which are not kept.
    pub has_credentials: bool,
}

/// Why there is no URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// Nothing is there, or nothing that has a host.
    Nothing,
    /// It goes over this protocol, which is not HTTP.
    Protocol(String),
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
            segment.write(&mut template);
        }
        template
    }

    /// The names of the path parameters, in their order.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        let parameters = self.segments.iter().flat_map(Segment::parameters);
        parameters.cloned().collect()
    }

    /// Reads a request's `url`, which stands at the path `here`.
    pub(super) fn read(
        url: &Json<'_>,
        here: &str,
        variables: &Variables<'_>,
    ) -> Result<Self, Unread> {
        let text = text_of(url).ok_or(Unread::Nothing)?;
        let own = own_fields(url, here, variables);
        let filled = fill::fill(text.trim(), variables);
        let parts = text::split(&filled.text).ok_or(Unread::Nothing)?;
        let is_empty = parts.host.is_empty() && parts.path.is_empty();
        if (is_empty && !matches!(url.get("path"), Some(Json::List(_)))) || is_remark(&parts) {
            return Err(Unread::Nothing);
        }
        let scheme = parts.scheme.unwrap_or_default().to_ascii_lowercase();
        if !matches!(scheme.as_str(), "" | "http" | "https") && !scheme.starts_with(['{', '<']) {
            return Err(Unread::Protocol(scheme));
        }
        let start = parts.path.as_ptr().addr() - filled.text.as_ptr().addr();
        let base_end = filled.base_end.map_or(0, |end| end.saturating_sub(start));
        let (base, path) = parts
            .path
            .split_at_checked(base_end)
            .unwrap_or(("", parts.path));
        let base = match base.trim_matches('/') {
            "" => Vec::new(),
            base => text::split_all(base, '/'),
        };
        let mut read = Self {
            server: Server::read(&parts, &base),
            has_credentials: parts.credentials.is_some()
                || url.get("auth").is_some_and(Json::is_object),
            ..Self::default()
        };
        read.read_path(path, &own, here, variables);
        read.query = query::listed(url, here, variables);
        query::add_written(&mut read.query, parts.query.unwrap_or_default(), here);
        read.describe_server(&own, variables);
        read.path_fields.extend(own);
        read.name_parameters();
        Ok(read)
    }

    fn read_path(&mut self, path: &str, own: &[Field], here: &str, variables: &Variables<'_>) {
        // Postman's way to write a colon that begins a word: a variable that stands for itself.
        let literal: HashSet<&str> = own
            .iter()
            .filter(|field| {
                field.value.as_deref().and_then(|it| it.strip_prefix(':')) == Some(&field.name)
            })
            .map(|field| field.name.as_str())
            .collect();
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() {
            return;
        }
        let mut described: HashSet<String> = own.iter().map(|field| field.name.clone()).collect();
        for text in text::split_all(path, '/') {
            // Whoever sends a request puts his own there.
            let text = match is_signed_token(text.trim()) {
                true => "{token}",
                false => text,
            };
            let segment = Segment::read(text, |name| literal.contains(name));
            for name in segment.parameters() {
                if described.insert(name.clone()) {
                    self.path_fields
                        .extend(variables.field(name, format!("{here}.path")));
                }
            }
            self.segments.push(segment);
        }
    }

    /// Gives the variables of the server their descriptions.
    fn describe_server(&mut self, own: &[Field], variables: &Variables<'_>) {
        if self.server.variables.is_empty() {
            return;
        }
        let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
        for field in own
            .iter()
            .filter(|field| !field.description.trim().is_empty())
        {
            let words = by_name.entry(&field.name).or_default();
            words.push(&field.description);
        }
        for variable in &mut self.server.variables {
            let name = variable
                .written
                .trim_matches(|c: char| matches!(c, '{' | '}' | '<' | '>'));
            variable.descriptions = match by_name.get(name) {
                Some(words) => words.iter().map(|words| (*words).to_owned()).collect(),
                None => variables
                    .description(name)
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
            };
        }
    }
}

/// The text of a request's `url`, as one text or from its parts.
fn text_of<'u>(url: &'u Json<'_>) -> Option<Cow<'u, str>> {
    match url {
        Json::Text(text) => Some(Cow::Borrowed(text.as_ref())),
        Json::Object(_) => match url.text("raw") {
            Some(raw) if says_more(&raw, url) => Some(raw),
            _ if is_given(url, "host") || is_given(url, "path") => Some(assembled(url).into()),
            raw => raw,
        },
        _ => None,
    }
}

/// Whether a request's `url` is `name` alone, whatever query follows.
pub(super) fn is_variable(url: &Json<'_>, name: &str) -> bool {
    let text = text_of(url).unwrap_or_default();
    text::split(text.trim()).is_some_and(|parts| {
        let is_bare = parts.scheme.is_none() && parts.port.is_none() && parts.credentials.is_none();
        is_bare && parts.host == name && parts.path.trim_matches('/').is_empty()
    })
}

/// A host that is a remark for the reader: `<insert the URL here>`.
fn is_remark(parts: &text::Parts<'_>) -> bool {
    parts.scheme.is_none()
        && parts.path.is_empty()
        && parts.host.starts_with('<')
        && parts.host.contains(' ')
}

/// What a URL says about the variables of its path.
fn own_fields(url: &Json<'_>, here: &str, variables: &Variables<'_>) -> Vec<Field> {
    let entries = url.list("variable").iter().enumerate();
    let listed = entries.filter_map(|(index, entry)| {
        let path = format!("{here}.variable[{index}]");
        Field::read_variable(entry, path, variables)
    });
    let keyed = Field::read_map(url.get("variable"), &format!("{here}.variable"), variables);
    listed.chain(keyed).collect()
}

/// Whether a URL has this part.
fn is_given(url: &Json<'_>, part: &str) -> bool {
    !matches!(url.get(part), None | Some(Json::Null))
}

/// Whether the whole URL in `raw` has a host, of which its parts know nothing.
fn says_more(raw: &str, url: &Json<'_>) -> bool {
    raw.contains("://") && url.get("host").is_none_or(|host| host_of(host).is_empty())
}

/// The host that is written as one text or as its labels.
fn host_of(host: &Json<'_>) -> String {
    match host {
        Json::List(labels) => {
            let labels: Vec<_> = labels.iter().filter_map(Json::scalar).collect();
            labels.join(".")
        }
        host => host.scalar().unwrap_or_default().into_owned(),
    }
}

/// The text of a URL that is given in parts.
fn assembled(url: &Json<'_>) -> String {
    let mut text = origin(url);
    text.push_str(&path_of(url));
    // The text alone may have a query.
    if let (false, Some(raw)) = (query::is_listed(url), url.text("raw"))
        && text::cut(&text, '?').is_none()
        && let Some((_, query)) = text::cut(&raw, '?')
    {
        text.push('?');
        text.push_str(query);
    }
    text
}

/// The scheme, the host and the port of a URL that is given in parts; nothing where it has no host.
fn origin(url: &Json<'_>) -> String {
    let part = |name: &str| url.text(name).filter(|it| !it.is_empty());
    let mut text = url.get("host").map(host_of).unwrap_or_default();
    if text.is_empty() {
        return text;
    }
    if let (Some(protocol), false) = (part("protocol"), text.contains("://")) {
        let protocol = protocol.trim().trim_end_matches(['/', ':']);
        text = format!("{protocol}://{text}");
    }
    if let Some(port) = part("port") {
        text.push(':');
        text.push_str(&port);
    }
    text
}

/// The path of a URL that is given in parts, with the slash before it.
fn path_of(url: &Json<'_>) -> String {
    let mut text = String::new();
    match url.get("path") {
        Some(Json::List(segments)) => {
            for segment in segments {
                let segment = segment.scalar().or_else(|| segment.text("value"));
                text.push('/');
                text.push_str(&segment.unwrap_or_default());
            }
        }
        Some(path) => {
            let path = path.scalar().unwrap_or_default();
            if !path.is_empty() && !path.starts_with('/') {
                text.push('/');
            }
            text.push_str(&path);
        }
        None => {}
    }
    text
}
