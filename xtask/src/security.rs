//! Security schemes, each once, and what operations require of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Kind, Note},
    name::{Taken, pascal},
    operation::Draft,
    postman::{Auth, Flow},
    stored::Stored,
    vendor::Vendor,
};

/// The schemes that operations require.
#[derive(Debug)]
pub(crate) struct Security {
    schemes: IndexMap<String, Scheme>,
    names: HashMap<Identity, String>,
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

/// How many operations require a scheme, and whose they are.
type Use = (usize, Option<&'static dyn Vendor>);

/// What makes a scheme the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Identity {
    Http {
        scheme: String,
        format: Option<String>,
    },
    ApiKey {
        location: String,
        name: String,
    },
    OAuth2 {
        kind: String,
        authorization_url: Option<String>,
        token_url: Option<String>,
    },
}

impl Identity {
    /// Of the scheme that an operation is authorized by; `None` if it needs none.
    fn of(auth: &Auth, vendor: Option<&dyn Vendor>) -> Option<Self> {
        Some(match auth {
            Auth::None => return None,
            Auth::Http { scheme, format } => Self::Http {
                scheme: (*scheme).to_owned(),
                format: format.map(str::to_owned),
            },
            Auth::ApiKey { name, location } => Self::ApiKey {
                location: (*location).to_owned(),
                name: name.clone(),
            },
            Auth::OAuth2(flow) => Self::of_flow(&complete(flow, vendor, &mut |_| {})),
        })
    }

    fn of_flow(flow: &Flow) -> Self {
        Self::OAuth2 {
            kind: flow.kind.unwrap_or_default().to_owned(),
            authorization_url: flow.authorization_url.clone(),
            token_url: flow.token_url.clone(),
        }
    }

    /// Of a scheme in a document.
    fn of_written(scheme: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
        Some(match scheme.get("type")?.as_str()? {
            "http" => Self::Http {
                scheme: text(scheme, "scheme")?,
                format: text(scheme, "bearerFormat"),
            },
            "apiKey" => Self::ApiKey {
                location: text(scheme, "in")?,
                name: text(scheme, "name")?,
            },
            "oauth2" => {
                let (kind, flow) = scheme.get("flows")?.as_object()?.iter().next()?;
                Self::OAuth2 {
                    kind: kind.clone(),
                    authorization_url: text(flow, "authorizationUrl"),
                    token_url: text(flow, "tokenUrl"),
                }
            }
            _ => return None,
        })
    }

    /// What to call it, best first: the second says what is particular about it.
    fn candidates(&self, vendor: Option<&dyn Vendor>) -> [String; 2] {
        let (base, particular) = match self {
            Self::Http { scheme, format } => {
                let base = match scheme.as_str() {
                    "basic" => "basicAuth",
                    "bearer" => "bearerAuth",
                    "digest" => "digestAuth",
                    _ => "httpAuth",
                };
                (base, format.as_deref().unwrap_or_default())
            }
            Self::ApiKey { name, .. } => ("apiKeyAuth", name.as_str()),
            Self::OAuth2 {
                kind, token_url, ..
            } => {
                let url = token_url.as_deref().unwrap_or_default();
                let vendor = vendor.filter(|vendor| vendor.owns(url));
                let base = vendor.map_or("oauth2", |vendor| vendor.oauth().scheme);
                (base, kind.as_str())
            }
        };
        [base.to_owned(), format!("{base}{}", pascal(particular))]
    }
}

impl Security {
    /// No schemes yet, but names for all: those of the stored document stay, then the scheme that most operations
    /// require has the plain one.
    pub(crate) fn new(drafts: &[Draft], stored: Option<&Stored>) -> Self {
        let mut uses: BTreeMap<Identity, Use> = BTreeMap::new();
        for draft in drafts {
            let identity = draft
                .auth()
                .and_then(|auth| Identity::of(auth, draft.vendor()));
            if let Some(identity) = identity {
                let (count, vendor) = uses.entry(identity).or_default();
                *count += 1;
                *vendor = vendor.or(draft.vendor());
            }
        }
        let mut taken = Taken::default();
        let mut names = HashMap::new();
        for (name, scheme) in stored.into_iter().flat_map(Stored::security_schemes) {
            if let Some(identity) = Identity::of_written(scheme)
                && uses.remove(&identity).is_some()
                && taken.take(name)
            {
                names.insert(identity, name.clone());
            }
        }
        let mut uses: Vec<(Identity, Use)> = uses.into_iter().collect();
        uses.sort_by_key(|(_, (count, _))| Reverse(*count));
        for (identity, (_, vendor)) in uses {
            let name = taken.first_free(identity.candidates(vendor));
            names.insert(identity, name);
        }
        Self {
            schemes: IndexMap::new(),
            names,
            taken,
        }
    }

    /// The `security` of an operation that is authorized by `auth` and needs one of `scopes`.
    pub(crate) fn require(
        &mut self,
        auth: &Auth,
        scopes: &[String],
        vendor: Option<&'static dyn Vendor>,
        report: &mut impl FnMut(Note),
    ) -> Value {
        let Some(identity) = Identity::of(auth, vendor) else {
            return json!([]);
        };
        let candidates = identity.candidates(vendor);
        let name = self.names.entry(identity);
        let name = name
            .or_insert_with(|| self.taken.first_free(candidates))
            .clone();
        let scheme = self.schemes.entry(name.clone());
        match auth {
            Auth::OAuth2(flow) => {
                let flow = complete(flow, vendor, report);
                let scheme = scheme.or_insert_with(|| Scheme::OAuth2 {
                    flow: flow.clone(),
                    scopes: IndexMap::new(),
                });
                if let Scheme::OAuth2 {
                    scopes: known,
                    flow: stated,
                } = scheme
                {
                    stated.refresh_url = stated.refresh_url.take().or(flow.refresh_url);
                    let all = flow.scopes.iter().chain(scopes);
                    known.extend(all.map(|scope| (scope.clone(), ())));
                }
                json!([{ (name): scopes }])
            }
            _ => {
                scheme.or_insert_with(|| Scheme::Plain(plain(auth)));
                json!([{ (name): [] }])
            }
        }
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
}

/// A scheme that has no flows.
fn plain(auth: &Auth) -> Value {
    match auth {
        Auth::Http {
            scheme,
            format: Some(format),
        } => json!({ "type": "http", "scheme": scheme, "bearerFormat": format }),
        Auth::Http { scheme, .. } => json!({ "type": "http", "scheme": scheme }),
        Auth::ApiKey { name, location } => {
            json!({ "type": "apiKey", "in": location, "name": name })
        }
        Auth::None | Auth::OAuth2(_) => Value::Null,
    }
}

/// A flow with the URLs that OpenAPI requires of it.
fn complete(flow: &Flow, vendor: Option<&dyn Vendor>, report: &mut impl FnMut(Note)) -> Flow {
    let mut flow = flow.clone();
    let kind = *flow.kind.get_or_insert("authorizationCode");
    let needs = (
        kind != "clientCredentials" && kind != "password",
        kind != "implicit",
    );
    let oauth = vendor.map(Vendor::oauth);
    let mut settle = |url: &mut Option<String>, is_needed: bool, what: &str, assumed: &str| {
        if is_needed && url.is_none() {
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
        oauth.map_or("https://example.com/oauth/authorize", |it| {
            it.authorization_url
        }),
    );
    settle(
        &mut flow.token_url,
        needs.1,
        "a token URL",
        oauth.map_or("https://example.com/oauth/token", |it| it.token_url),
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
