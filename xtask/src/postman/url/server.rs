//! Base URLs, parts of which may be unknown.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
};

use super::{
    Part, Segment,
    text::{Parts, split_all},
};
use crate::name::path_parameter;

/// A base URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Server {
    /// The URL without a slash at its end; what is not known of it is a variable, `https://{region}.example.com`.
    pub url: String,
    /// The variables in it, each once.
    pub variables: Vec<ServerVariable>,
}

/// A part of a base URL that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// As it stands in the file: `{{region}}`; empty if nothing does.
    pub written: String,
    /// What it is if nobody says: in a host, something that cannot be resolved.
    pub default: String,
    /// What requests say about it, as written, in an order that the order of the requests does not decide.
    pub descriptions: BTreeSet<String>,
}

/// The place of a variable in a URL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Scheme,
    Host,
    Port(&'static str),
    Path,
}

impl Server {
    /// The server with this URL.
    #[must_use]
    pub fn of(url: &str) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            variables: Vec::new(),
        }
    }

    /// Whether its owner is known, by the end of its host.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let host = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let host = split_all(host, '/').first().copied().unwrap_or_default();
        let host = match host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => host,
            _ => host,
        };
        !host.is_empty() && !host.ends_with('}')
    }

    /// Takes what another request says about the variables of the same server.
    pub(crate) fn add_descriptions(&mut self, other: Self) {
        for (known, other) in self.variables.iter_mut().zip(other.variables) {
            known.descriptions.extend(other.descriptions);
        }
    }

    /// The server of a URL, of whose path `base` belongs to it.
    pub(super) fn read(parts: &Parts<'_>, base: &[&str]) -> Self {
        let mut writer = Writer::default();
        writer.origin(parts);
        for segment in base {
            writer.server.url.push('/');
            writer.segment(segment, Place::Path);
        }
        writer.server
    }
}

/// A server as it is written.
#[derive(Default)]
struct Writer {
    server: Server,
    /// The names of its variables.
    taken: HashSet<String>,
    /// Those names, by how the variables are written.
    names: HashMap<String, String>,
}

impl Writer {
    fn origin(&mut self, parts: &Parts<'_>) {
        let scheme = match parts.scheme {
            Some(scheme) => Cow::Owned(scheme.to_ascii_lowercase()),
            // A variable in the place of a whole host is more likely one of an API in production.
            None if parts.host.is_empty() || parts.host.ends_with(['}', '>']) => "https".into(),
            // As Postman sends it.
            None => "http".into(),
        };
        let is_name = |text: &str| text.starts_with(['{', '<']);
        if is_name(&scheme) {
            self.segment(parts.scheme.unwrap_or_default(), Place::Scheme);
        } else {
            self.server.url.push_str(&scheme);
        }
        self.server.url.push_str("://");
        if parts.host.is_empty() {
            self.variable("host", "", Place::Host);
        } else {
            self.segment(parts.host, Place::Host);
        }
        if let Some(port) = parts.port {
            self.server.url.push(':');
            let default = match parts.scheme {
                Some("https") => "443",
                _ => "80",
            };
            match port.bytes().all(|byte| byte.is_ascii_digit()) {
                true => self.server.url.push_str(port),
                false if is_name(port) => self.segment(port, Place::Port(default)),
                false => self.variable("port", port, Place::Port(default)),
            }
        }
    }

    /// Writes a text with variables in it.
    fn segment(&mut self, text: &str, place: Place) {
        let spelled = spelled(text);
        for part in Segment::read(text, |_| true).0 {
            match part {
                Part::Text(text) => match place {
                    // The case of a host says nothing, that of a path may.
                    Place::Host => self.server.url.push_str(&text.to_lowercase()),
                    _ => self.server.url.push_str(&text),
                },
                Part::Parameter(name) => {
                    let written = spelled.get(name.as_str()).unwrap_or(&name);
                    self.variable(&name, written, place);
                }
            }
        }
    }

    fn variable(&mut self, name: &str, written: &str, place: Place) {
        let name = match self.names.get(written) {
            Some(known) => known.clone(),
            None => {
                let fitting = path_parameter(name);
                let variables = &mut self.server.variables;
                let name = match self.taken.contains(&*fitting) {
                    true => format!("{fitting}{}", variables.len() + 1),
                    false => fitting.into_owned(),
                };
                variables.push(ServerVariable {
                    name: name.clone(),
                    written: written.to_owned(),
                    default: default(&name, place),
                    descriptions: BTreeSet::new(),
                });
                self.taken.insert(name.clone());
                self.names.insert(written.to_owned(), name.clone());
                name
            }
        };
        let url = &mut self.server.url;
        url.push('{');
        url.push_str(&name);
        url.push('}');
    }
}

/// How each name is written in `text`.
fn spelled(text: &str) -> HashMap<&str, String> {
    let mut spelled = HashMap::new();
    // What is written in several ways counts as the last of these.
    for (open, close) in [("{", "}"), ("<", ">"), ("{{", "}}")] {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(open)
            && let Some((name, behind)) = after.split_once(close)
        {
            let name = name.trim_start_matches(['{', '<']);
            spelled.insert(name, format!("{open}{name}{close}"));
            rest = behind;
        }
    }
    spelled
}

fn default(name: &str, place: Place) -> String {
    match place {
        Place::Scheme => "https".to_owned(),
        Place::Host => unresolvable(name),
        Place::Port(port) => port.to_owned(),
        Place::Path => name.to_owned(),
    }
}

/// What stands for the variable `name` in a host, which cannot be resolved then. Not even where more of the host follows:
/// it belongs to somebody, who may have given the name itself to somebody else.
pub(crate) fn unresolvable(name: &str) -> String {
    let mut label = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => label.push(c.to_ascii_lowercase()),
            _ if label.ends_with('-') => {}
            _ => label.push('-'),
        }
    }
    let label = label.trim_matches('-');
    // A label of a host has at most 63 characters.
    let label = label.get(..label.len().min(63)).unwrap_or_default();
    match label {
        "" => "host.invalid".to_owned(),
        label => format!("{label}.invalid"),
    }
}
