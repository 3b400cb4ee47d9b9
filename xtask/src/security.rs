//! Security schemes, each once, and what operations require of them.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Kind, Note},
    name::Taken,
    postman::{Auth, Flow},
    server,
};

/// Zoom's OAuth 2 endpoints.
const ZOOM_AUTHORIZE: &str = "https://zoom.us/oauth/authorize";
const ZOOM_TOKEN: &str = "https://zoom.us/oauth/token";

/// The schemes that were required so far.
#[derive(Debug, Default)]
pub(crate) struct Security {
    schemes: IndexMap<String, Scheme>,
    /// By what makes a scheme the same.
    names: HashMap<String, String>,
    taken: Taken,
}

#[derive(Debug)]
enum Scheme {
    Plain(Value),
    OAuth2 {
        flow: Flow,
        scopes: IndexMap<String, ()>,
    },
}

impl Security {
    /// The `security` of an operation that is authorized by `auth` and needs one of `scopes`.
    pub(crate) fn require(
        &mut self,
        auth: &Auth,
        scopes: &[String],
        is_zooms: bool,
        report: &mut impl FnMut(Note),
    ) -> Value {
        let name = match auth {
            Auth::None => return json!([]),
            Auth::Http { scheme, format } => {
                let written = match format {
                    Some(format) => {
                        json!({ "type": "http", "scheme": scheme, "bearerFormat": format })
                    }
                    None => json!({ "type": "http", "scheme": scheme }),
                };
                let base = match *scheme {
                    "basic" => "basicAuth",
                    "bearer" => "bearerAuth",
                    "digest" => "digestAuth",
                    _ => "httpAuth",
                };
                self.plain(base, &written)
            }
            Auth::ApiKey { name, location } => self.plain(
                "apiKeyAuth",
                &json!({ "type": "apiKey", "in": location, "name": name }),
            ),
            Auth::OAuth2(flow) => {
                let flow = complete(flow, is_zooms, report);
                let is_zooms = flow.token_url.as_deref().is_some_and(server::is_zooms);
                let base = if is_zooms { "zoomOAuth" } else { "oauth2" };
                let name = self.oauth2(base, &flow);
                if let Some(Scheme::OAuth2 {
                    scopes: known,
                    flow: stated,
                }) = self.schemes.get_mut(&name)
                {
                    stated.refresh_url = stated.refresh_url.take().or(flow.refresh_url);
                    known.extend(
                        flow.scopes
                            .iter()
                            .chain(scopes)
                            .map(|scope| (scope.clone(), ())),
                    );
                }
                return json!([{ (name): scopes }]);
            }
        };
        json!([{ (name): [] }])
    }

    /// The `securitySchemes` of the document.
    #[must_use]
    pub(crate) fn schemes(mut self) -> Map<String, Value> {
        self.schemes.sort_keys();
        self.schemes
            .into_iter()
            .map(|(name, scheme)| match scheme {
                Scheme::Plain(written) => (name, written),
                Scheme::OAuth2 { flow, mut scopes } => {
                    scopes.sort_keys();
                    (name, written(&flow, scopes.into_keys()))
                }
            })
            .collect()
    }

    fn plain(&mut self, base: &str, written: &Value) -> String {
        let identity = format!("{base} {written}");
        self.named(base, identity, || Scheme::Plain(written.clone()))
    }

    fn oauth2(&mut self, base: &str, flow: &Flow) -> String {
        let identity = format!(
            "{base} {:?} {:?} {:?}",
            flow.kind, flow.authorization_url, flow.token_url
        );
        self.named(base, identity, || Scheme::OAuth2 {
            flow: flow.clone(),
            scopes: IndexMap::new(),
        })
    }

    /// The name of an equal scheme, or a new one that begins with `base`.
    fn named(&mut self, base: &str, identity: String, new: impl FnOnce() -> Scheme) -> String {
        if let Some(name) = self.names.get(&identity) {
            return name.clone();
        }
        let name = self.taken.first_free([base.to_owned()]);
        self.schemes.insert(name.clone(), new());
        self.names.insert(identity, name.clone());
        name
    }
}

/// A flow with the URLs that OpenAPI requires of it.
fn complete(flow: &Flow, is_zooms: bool, report: &mut impl FnMut(Note)) -> Flow {
    let mut flow = flow.clone();
    let kind = *flow.kind.get_or_insert("authorizationCode");
    let needs = (
        kind != "clientCredentials" && kind != "password",
        kind != "implicit",
    );
    let mut settle =
        |url: &mut Option<String>, is_needed: bool, what: &str, of_zoom: &str, other: &str| {
            if is_needed && url.is_none() {
                let assumed = if is_zooms { of_zoom } else { other };
                let text = format!("OAuth 2 without {what}: {assumed} is assumed");
                report(Kind::IncompleteFlow.note(text));
                *url = Some(assumed.to_owned());
            }
            if !is_needed {
                *url = None;
            }
        };
    settle(
        &mut flow.authorization_url,
        needs.0,
        "an authorization URL",
        ZOOM_AUTHORIZE,
        "https://example.com/oauth/authorize",
    );
    settle(
        &mut flow.token_url,
        needs.1,
        "a token URL",
        ZOOM_TOKEN,
        "https://example.com/oauth/token",
    );
    flow
}

fn written(flow: &Flow, scopes: impl Iterator<Item = String>) -> Value {
    let mut written = Map::new();
    if let Some(url) = &flow.authorization_url {
        written.insert("authorizationUrl".to_owned(), url.as_str().into());
    }
    if let Some(url) = &flow.token_url {
        written.insert("tokenUrl".to_owned(), url.as_str().into());
    }
    if let Some(url) = &flow.refresh_url {
        written.insert("refreshUrl".to_owned(), url.as_str().into());
    }
    let scopes: Map<String, Value> = scopes.map(|scope| (scope, "".into())).collect();
    written.insert("scopes".to_owned(), Value::Object(scopes));
    json!({ "type": "oauth2", "flows": { (flow.kind.unwrap_or("authorizationCode")): written } })
}
