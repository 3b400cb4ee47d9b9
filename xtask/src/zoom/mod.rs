//! Knowledge about Zoom's APIs: hosts, OAuth 2 endpoints, the form of descriptions, and errors.
//!
//! This is the only module that names Zoom.

mod error;
mod operation;
mod response;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::vendor::{Described, DocumentedError, Extension, ExtensionKind, OAuth, Vendor};

/// The document of this project, below the workspace's folder.
pub const DOCUMENT: &str = "openapi/zoom-chat.json";

/// The crate of this project that has the requests.
pub const LIBRARY: &str = "zoom_chat_openapi";

/// The knowledge of Zoom's APIs.
#[derive(Clone, Copy, Debug)]
pub struct Zoom;

/// Zoom's domains.
const DOMAINS: [&str; 2] = ["zoom.us", "zoomgov.com"];

/// Links to the reference for developers. A link to a meeting or to the help pages stands in other people's files, too.
const REFERENCES: [&str; 2] = ["//marketplace.zoom.us/docs", "//developers.zoom.us/"];

const SCOPES: &str = "x-zoom-scopes";
const GRANULAR_SCOPES: &str = "x-zoom-granular-scopes";
const RATE_LIMIT_LABEL: &str = "x-zoom-rate-limit-label";

impl Vendor for Zoom {
    fn name(&self) -> &'static str {
        "zoom"
    }

    fn owns(&self, url: &str) -> bool {
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
        DOMAINS.iter().any(|domain| {
            let before = host.strip_suffix(domain);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    }

    fn is_author_of(&self, description: &str) -> bool {
        let links = REFERENCES.iter().any(|link| description.contains(link));
        links || operation::has_own_label(description)
    }

    fn server(&self) -> &'static str {
        "https://api.zoom.us/v2"
    }

    fn oauth(&self) -> OAuth {
        OAuth {
            scheme: "zoomOAuth",
            authorization_url: "https://zoom.us/oauth/authorize",
            token_url: "https://zoom.us/oauth/token",
        }
    }

    fn description(&self, text: &str) -> Described {
        let facts = operation::operation(text);
        let mut extensions = Vec::new();
        let scopes = facts.scopes.map(|found| found.fact).unwrap_or_default();
        if !scopes.is_empty() {
            extensions.push((SCOPES, scopes.clone().into()));
        }
        if let Some(scopes) = facts.granular_scopes {
            extensions.push((GRANULAR_SCOPES, scopes.fact.into()));
        }
        if let Some(label) = facts.rate_limit_label {
            extensions.push((RATE_LIMIT_LABEL, label.fact.as_str().into()));
        }
        let server = facts.server.map(|found| found.fact);
        Described {
            rest: facts.rest,
            extensions,
            scopes,
            server: server.filter(|server| self.owns(server)),
        }
    }

    fn answer(&self, name: &str) -> (Vec<DocumentedError>, String) {
        let answer = response::response(name);
        let errors = answer.errors.into_iter().map(|found| found.fact);
        (errors.collect(), answer.rest)
    }

    fn extensions(&self) -> &'static [Extension] {
        &[
            Extension {
                key: SCOPES,
                name: "scope",
                kind: ExtensionKind::Scopes,
            },
            Extension {
                key: GRANULAR_SCOPES,
                name: "granular scope",
                kind: ExtensionKind::Scopes,
            },
            Extension {
                key: RATE_LIMIT_LABEL,
                name: "rate-limit label",
                kind: ExtensionKind::Label,
            },
        ]
    }

    fn errors_key(&self) -> &'static str {
        "x-zoom-errors"
    }

    fn error_schemas(&self) -> Vec<(&'static str, Value)> {
        vec![
            (error::ERROR, error::schema()),
            (error::ERROR_DETAIL, error::detail_schema()),
        ]
    }

    fn is_error(&self, body: &Value) -> bool {
        error::is_instance(body)
    }
}
