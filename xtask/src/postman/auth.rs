//! How a request is authorized.

use super::{json::Json, variables::Variables};

/// What Postman's auth types come to in OpenAPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Explicitly none.
    None,
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

/// What an `auth` member says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nothing: what stands further out holds.
    Inherited,
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
    let value =
        |key: &str| parameter(auth, &kind, key).map(|value| variables.fill(&value).into_owned());
    let http = |scheme, format| Stated::Auth(Auth::Http { scheme, format });
    match kind.as_ref() {
        "noauth" => Stated::Auth(Auth::None),
        "basic" => http("basic", None),
        "bearer" => http("bearer", None),
        "jwt" | "jwt-bearer" => http("bearer", Some("JWT")),
        "digest" => http("digest", None),
        "hawk" => http("hawk", None),
        "ntlm" => http("ntlm", None),
        "oauth1" => http("oauth", None),
        "awsv4" => http("aws4-hmac-sha256", None),
        "edgegrid" => http("eg1-hmac-sha256", None),
        "asap" => http("bearer", Some("ASAP")),
        "apikey" => Stated::Auth(Auth::ApiKey {
            name: value("key")
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "api_key".to_owned()),
            location: match value("in").as_deref() {
                Some("query") => "query",
                _ => "header",
            },
        }),
        "oauth2" => Stated::Auth(Auth::OAuth2(Flow {
            kind: value("grant_type").and_then(|grant| match grant.as_str() {
                "authorization_code" | "authorization_code_with_pkce" => Some("authorizationCode"),
                "client_credentials" => Some("clientCredentials"),
                "implicit" => Some("implicit"),
                "password_credentials" => Some("password"),
                _ => None,
            }),
            authorization_url: value("authUrl").filter(|url| is_url(url)),
            token_url: value("accessTokenUrl").filter(|url| is_url(url)),
            refresh_url: value("refreshTokenUrl").filter(|url| is_url(url)),
            scopes: value("scope")
                .map(|scopes| {
                    scopes
                        .split([' ', ',', '\n'])
                        .filter(|scope| !scope.is_empty() && !scope.contains("{{"))
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
        })),
        other => Stated::Unknown(other.to_owned()),
    }
}

/// A parameter of an auth type: in v2.1 an entry of a list, in v2.0 a member.
fn parameter(auth: &Json<'_>, kind: &str, key: &str) -> Option<String> {
    let parameters = auth.get(kind)?;
    let value = match parameters {
        Json::List(entries) => entries
            .iter()
            .find(|entry| entry.text("key").is_some_and(|name| name == key))?
            .get("value")?,
        _ => parameters.get(key)?,
    };
    match value {
        Json::List(items) => {
            let items: Vec<_> = items.iter().filter_map(Json::scalar).collect();
            Some(items.join(" "))
        }
        _ => value.scalar().map(std::borrow::Cow::into_owned),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
