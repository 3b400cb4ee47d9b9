//! The identity and the names of security schemes.

use serde_json::Value;

use super::flow::complete;
use crate::{
    name::pascal,
    postman::{Auth, Flow},
    vendor::Vendor,
};

/// What makes a scheme the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Identity {
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
    pub(super) fn of(auth: &Auth, vendor: Option<&dyn Vendor>) -> Self {
        match auth {
            Auth::Http { scheme, format } => Self::Http {
                scheme: (*scheme).to_owned(),
                format: format.map(str::to_owned),
            },
            Auth::ApiKey { name, location } => Self::of_key(location, name),
            Auth::OAuth2(flow) => Self::of_flow(&complete(flow, vendor).0),
        }
    }

    /// Names of headers are the same in upper and lower case.
    fn of_key(location: &str, name: &str) -> Self {
        Self::ApiKey {
            location: location.to_owned(),
            name: match location {
                "header" => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            },
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
    pub(super) fn of_written(scheme: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
        Some(match scheme.get("type")?.as_str()? {
            "http" => Self::Http {
                scheme: text(scheme, "scheme")?,
                format: text(scheme, "bearerFormat"),
            },
            "apiKey" => Self::of_key(&text(scheme, "in")?, &text(scheme, "name")?),
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
    pub(super) fn candidates(&self, vendor: Option<&dyn Vendor>) -> [String; 2] {
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
