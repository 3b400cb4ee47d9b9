//! How a request is authorized.

use super::{Field, Url, header::Headers, json::Json, variables::Variables};
use crate::{
    diagnostic::{Kind, Note},
    infer::masked_text,
};

/// What Postman's auth types come to in OpenAPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// The key's name.
        name: String,
        /// `header` or `query`.
        location: &'static str,
    },
    /// An HTTP authentication scheme: `basic`, `bearer`, `digest` ….
    Http {
        /// The scheme's name, in lower case.
        scheme: &'static str,
        /// For bearer: what the token is.
        format: Option<&'static str>,
    },
    /// OAuth 2.
    OAuth2(Flow),
}

/// What a file says about an OAuth 2 flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// OpenAPI's name of the flow; `None` where the file does not say.
    pub kind: Option<&'static str>,
    /// Where the user authorizes.
    pub authorization_url: Option<String>,
    /// Where tokens come from.
    pub token_url: Option<String>,
    /// Where tokens are refreshed, if not where they come from.
    pub refresh_url: Option<String>,
    /// The scopes it asks for.
    pub scopes: Vec<String>,
}

/// A user's name and password, as a URL can carry them.
const BASIC: Auth = Auth::Http {
    scheme: "basic",
    format: None,
};

impl Auth {
    /// Whether it takes the place of an `Authorization` header that the request has besides.
    fn is_authorization(&self) -> bool {
        match self {
            Self::Http { .. } | Self::OAuth2(_) => true,
            Self::ApiKey { name, location } => {
                *location == "header" && name.eq_ignore_ascii_case("authorization")
            }
        }
    }

    /// Whether it is what the parameter `name` at `location` carries.
    pub(super) fn is_carried_by(&self, at: &str, field: &Field) -> bool {
        match self {
            Self::ApiKey { name, location } if *location == at => match at {
                "header" => name.eq_ignore_ascii_case(&field.name),
                _ => *name == field.name,
            },
            _ => false,
        }
    }
}

/// What an `auth` member says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nothing: what stands further out holds.
    #[default]
    Inherited,
    /// That nothing is added.
    Nothing,
    /// This.
    Auth(Auth),
    /// A type that OpenAPI has no word for.
    Unknown(String),
}

pub(super) fn read(holder: &Json<'_>, variables: &Variables<'_>) -> Stated {
    let Some(auth) = holder.get("auth").filter(|auth| auth.is_object()) else {
        return Stated::Inherited;
    };
    let Some(kind) = auth.text("type") else {
        return Stated::Inherited;
    };
    let kind = kind.trim();
    let value =
        |key: &str| parameter(auth, kind, key).map(|value| variables.fill(&value).into_owned());
    let http = |scheme, format| Stated::Auth(Auth::Http { scheme, format });
    match kind.to_ascii_lowercase().as_str() {
        "" | "inherit" => Stated::Inherited,
        "noauth" | "none" => Stated::Nothing,
        "basic" => http("basic", None),
        "bearer" => http("bearer", None),
        "jwt" | "jwt-bearer" => match value("addTokenTo").as_deref() {
            Some("queryParam" | "queryParams") => Stated::Auth(Auth::ApiKey {
                name: value("queryParamKey")
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| "token".to_owned()),
                location: "query",
            }),
            _ if is_bearer(value("headerPrefix").as_deref()) => http("bearer", Some("JWT")),
            _ => Stated::Auth(Auth::ApiKey {
                name: "Authorization".to_owned(),
                location: "header",
            }),
        },
        "digest" => http("digest", None),
        "hawk" => http("hawk", None),
        "ntlm" => http("ntlm", None),
        "oauth1" => http("oauth", None),
        "awsv4" => http("aws4-hmac-sha256", None),
        "edgegrid" => http("eg1-hmac-sha256", None),
        "asap" => http("bearer", Some("ASAP")),
        "apikey" => Stated::Auth(Auth::ApiKey {
            name: value("key")
                .map(|name| name.replace(['{', '}'], "").trim().to_owned())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "api_key".to_owned()),
            location: match value("in").as_deref() {
                Some("query") => "query",
                _ => "header",
            },
        }),
        "oauth2" => Stated::Auth(Auth::OAuth2(flow(value))),
        _ => Stated::Unknown(kind.to_owned()),
    }
}

/// Whether a token with this prefix is a bearer token. Postman's own prefix is that of one.
fn is_bearer(prefix: Option<&str>) -> bool {
    prefix.is_none_or(|prefix| prefix.trim().eq_ignore_ascii_case("bearer"))
}

/// What is to be told of an `auth` member that came to `stated`: what OpenAPI cannot say.
pub(super) fn note(stated: &Stated, holder: &Json<'_>, variables: &Variables<'_>) -> Option<Note> {
    let text = match stated {
        Stated::Unknown(kind) => {
            format!("OpenAPI has no counterpart of the authorization type `{kind}`")
        }
        Stated::Auth(Auth::OAuth2(_)) => {
            let auth = holder.get("auth")?;
            let value = |key: &str| {
                let value = parameter(auth, auth.text("type")?.trim(), key)?;
                Some(variables.fill(&value).into_owned())
            };
            let place = match value("addTokenTo").as_deref() {
                Some("queryParam" | "queryParams") => "in the query",
                _ if is_bearer(value("headerPrefix").as_deref()) => return None,
                _ => "with another prefix than `Bearer`",
            };
            format!("the token of OAuth 2 is sent {place}, which OpenAPI cannot say")
        }
        Stated::Auth(_) | Stated::Inherited | Stated::Nothing => return None,
    };
    Some(Kind::UnknownAuth.note(text))
}

/// The flow whose parameters `value` gives.
fn flow(value: impl Fn(&str) -> Option<String>) -> Flow {
    let url = |key: &str| {
        let url = value(key).filter(|url| is_url(url.trim_start()))?;
        Some(masked_text(&url).into_owned())
    };
    let is_scope = |scope: &&str| !scope.is_empty() && !scope.contains("{{");
    let scopes = value("scope").unwrap_or_default();
    let scopes = scopes.split([' ', ',', '\n']).filter(is_scope);
    Flow {
        kind: value("grant_type").and_then(|grant| match grant.as_str() {
            "authorization_code" | "authorization_code_with_pkce" => Some("authorizationCode"),
            "client_credentials" => Some("clientCredentials"),
            "implicit" => Some("implicit"),
            "password_credentials" => Some("password"),
            _ => None,
        }),
        authorization_url: url("authUrl"),
        token_url: url("accessTokenUrl"),
        refresh_url: url("refreshTokenUrl"),
        scopes: scopes.map(str::to_owned).collect(),
    }
}

/// The lists in which published documentation has the parameters of an auth type.
const CONFIGS: [&str; 2] = ["basicConfig", "advancedConfig"];

/// A parameter of an auth type: in v2.1 an entry of a list, in v2.0 a member, in published documentation an entry of one of
/// two lists.
fn parameter(auth: &Json<'_>, kind: &str, key: &str) -> Option<String> {
    let parameters = auth.get(kind)?;
    let listed = || {
        CONFIGS
            .iter()
            .find_map(|list| entry(parameters.get(list)?, key))
    };
    let value = entry(parameters, key)
        .or_else(|| parameters.get(key))
        .or_else(listed)?;
    match value {
        Json::List(items) => {
            let items: Vec<_> = items.iter().filter_map(Json::scalar).collect();
            Some(items.join(" "))
        }
        _ => value.scalar().map(std::borrow::Cow::into_owned),
    }
}

/// The value of the entry `key` of a list.
fn entry<'a, 't>(list: &'a Json<'t>, key: &str) -> Option<&'a Json<'t>> {
    let Json::List(entries) = list else {
        return None;
    };
    let is_it = |entry: &&Json<'_>| entry.text("key").is_some_and(|name| name == key);
    entries.iter().find(is_it)?.get("value")
}

/// A URL, or what may become one when its variables have values.
fn is_url(text: &str) -> bool {
    let mut starts = ["https://", "http://", "{{"].into_iter();
    starts.any(|start| text.starts_with(start))
}

/// What a request sends to authorize itself, all of it together: what Postman adds, and what stands in the header or in the
/// URL unless Postman overwrites it. `None` where the file says nothing and what is around it may.
pub(super) fn sent(
    stated: &Stated,
    headers: &Headers,
    url: &Url,
    is_part: bool,
) -> Option<Vec<Auth>> {
    let mut all: Vec<Auth> = match stated {
        Stated::Auth(auth) => vec![auth.clone()],
        Stated::Inherited | Stated::Nothing | Stated::Unknown(_) => Vec::new(),
    };
    if !all.iter().any(Auth::is_authorization) {
        let literal = headers.authorization();
        all.extend(literal.or_else(|| url.has_credentials.then_some(BASIC)));
    }
    let is_open = match stated {
        Stated::Inherited => is_part,
        Stated::Unknown(_) => true,
        Stated::Nothing | Stated::Auth(_) => false,
    };
    (!is_open || !all.is_empty()).then_some(all)
}
