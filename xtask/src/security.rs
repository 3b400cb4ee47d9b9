//! Security schemes, each once, and what operations require of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
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
    /// Of the scheme that an operation is authorized by.
    fn of(auth: &Auth, vendor: Option<&dyn Vendor>) -> Self {
        match auth {
            Auth::Http { scheme, format } => Self::Http {
                scheme: (*scheme).to_owned(),
                format: format.map(str::to_owned),
            },
            Auth::ApiKey { name, location } => Self::ApiKey {
                location: (*location).to_owned(),
                name: name.clone(),
            },
            Auth::OAuth2(flow) => Self::of_flow(&complete(flow, vendor).0),
        }
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
            let all = draft.auth().map(|auth| Identity::of(auth, draft.vendor()));
            for identity in all.collect::<BTreeSet<_>>() {
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

    /// The `security` of an operation that is authorized by any of `alternatives`, each all of its parts together, and needs
    /// one of `scopes`. Nothing is known of what has no alternatives: any call may do. `notes` gets what is assumed of
    /// the scheme of a name.
    pub(crate) fn require(
        &mut self,
        alternatives: &[Vec<Auth>],
        scopes: &[String],
        vendor: Option<&'static dyn Vendor>,
        notes: &mut Vec<(String, Note)>,
    ) -> Value {
        let mut required: BTreeMap<Vec<String>, Value> = BTreeMap::new();
        for alternative in alternatives {
            let mut requirement = Map::new();
            for auth in alternative {
                let name = self.scheme(auth, scopes, vendor, notes);
                let scopes = match auth {
                    Auth::OAuth2(_) => json!(scopes),
                    Auth::Http { .. } | Auth::ApiKey { .. } => json!([]),
                };
                requirement.insert(name, scopes);
            }
            requirement.sort_keys();
            let names = requirement.keys().cloned().collect();
            required.insert(names, Value::Object(requirement));
        }
        // What needs nothing comes last: clients take the first that they can.
        let none = required.remove(&Vec::new());
        match none {
            Some(_) if required.is_empty() => json!([]),
            None if required.is_empty() => json!([{}]),
            none => required.into_values().chain(none).collect(),
        }
    }

    /// The name of the scheme that `auth` comes to, which is used from now on.
    fn scheme(
        &mut self,
        auth: &Auth,
        scopes: &[String],
        vendor: Option<&'static dyn Vendor>,
        notes: &mut Vec<(String, Note)>,
    ) -> String {
        let identity = Identity::of(auth, vendor);
        let candidates = identity.candidates(vendor);
        let name = self.names.entry(identity);
        let name = name
            .or_insert_with(|| self.taken.first_free(candidates))
            .clone();
        let scheme = self.schemes.entry(name.clone());
        let Auth::OAuth2(flow) = auth else {
            scheme.or_insert_with(|| Scheme::Plain(plain(auth)));
            return name;
        };
        let (flow, assumed) = complete(flow, vendor);
        notes.extend(assumed.into_iter().map(|note| (name.clone(), note)));
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
        name
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
        Auth::OAuth2(_) => Value::Null,
    }
}

/// A flow with the URLs that OpenAPI requires of it, and what is assumed for that.
fn complete(flow: &Flow, vendor: Option<&dyn Vendor>) -> (Flow, Vec<Note>) {
    let mut notes = Vec::new();
    let mut flow = flow.clone();
    let kind = *flow.kind.get_or_insert("authorizationCode");
    let needs = (
        kind != "clientCredentials" && kind != "password",
        kind != "implicit",
    );
    let oauth = vendor.map(Vendor::oauth);
    flow.refresh_url = flow.refresh_url.map(|url| settled(&url));
    let mut settle = |url: &mut Option<String>, is_needed: bool, what: &str, assumed: &str| {
        *url = match url.take().filter(|_| is_needed) {
            Some(stated) => {
                let settled = settled(&stated);
                if stated.contains("{{") {
                    let text = format!(
                        "the OAuth 2 flow has {what} with a variable that has no value: {settled} is assumed"
                    );
                    notes.push(Kind::IncompleteFlow.note(text));
                }
                Some(settled)
            }
            None if is_needed => {
                let text = format!("OAuth 2 without {what}: {assumed} is assumed");
                notes.push(Kind::IncompleteFlow.note(text));
                Some(assumed.to_owned())
            }
            None => None,
        };
    };
    settle(
        &mut flow.authorization_url,
        needs.0,
        "an authorization URL",
        oauth.map_or("https://oauth.invalid/authorize", |it| it.authorization_url),
    );
    settle(
        &mut flow.token_url,
        needs.1,
        "a token URL",
        oauth.map_or("https://oauth.invalid/token", |it| it.token_url),
    );
    (flow, notes)
}

/// A URL whose open variables are replaced by their names, without the credentials that may stand before its host. A host of
/// which nothing is known cannot be resolved.
fn settled(url: &str) -> String {
    let mut filled = String::new();
    let mut rest = url.trim();
    while let Some((before, (name, after))) = rest
        .split_once("{{")
        .and_then(|(before, inner)| Some((before, inner.split_once("}}")?)))
    {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        filled.push_str(before);
        filled.extend(letters);
        rest = after;
    }
    filled.push_str(rest);
    let (scheme, rest) = filled.split_once("://").unwrap_or(("https", &filled));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let is_known = !url.contains("{{") || host.contains('.') || host.starts_with("localhost");
    let host = if is_known {
        host.to_owned()
    } else {
        format!("{host}.invalid")
    };
    format!("{scheme}://{host}{path}")
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

#[cfg(test)]
mod tests {
    use super::settled;

    #[test]
    fn open_variables_of_urls_are_called_by_their_names() {
        for (url, expected) in [
            ("https://a.test/token?x=1", "https://a.test/token?x=1"),
            (
                "https://a.test/{{tenant id}}/token",
                "https://a.test/tenantid/token",
            ),
            ("https://{{tenant}}.a.test/t", "https://tenant.a.test/t"),
            ("https://{{host}}/t", "https://host.invalid/t"),
            (
                "{{auth_server}}/oauth/t",
                "https://authserver.invalid/oauth/t",
            ),
            ("{{url}}", "https://url.invalid"),
            ("http://localhost:{{port}}/t", "http://localhost:port/t"),
            ("https://ann:hunter22@a.test/t", "https://a.test/t"),
            ("https://intranet/t", "https://intranet/t"),
        ] {
            assert_eq!(settled(url), expected);
        }
    }
}
