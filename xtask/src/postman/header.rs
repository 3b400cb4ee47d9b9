//! What headers say: parameters, the types of bodies, and how a request is authorized.

use std::collections::HashSet;

use super::{Auth, Field, json::Json, variables::Variables};

/// What OpenAPI expresses elsewhere than as header parameters, or what the transport sets.
const NO_PARAMETERS: [&str; 24] = [
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "host",
    "keep-alive",
    "origin",
    "postman-token",
    "pragma",
    "priority",
    "proxy-authorization",
    "referer",
    "te",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
];

/// How the names of headers begin that only a browser sets: people paste them with the rest of what it sent.
const OF_BROWSERS: [&str; 2] = ["sec-ch-", "sec-fetch-"];

/// The schemes of HTTP that are written in `Authorization` headers. What begins with another word is a key of some API.
const SCHEMES: [&str; 9] = [
    "aws4-hmac-sha256",
    "basic",
    "bearer",
    "digest",
    "eg1-hmac-sha256",
    "hawk",
    "negotiate",
    "ntlm",
    "oauth",
];

/// The headers of a request or an answer.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<Field>);

impl Headers {
    /// Reads headers: a list, an object, a block of text as HTTP writes it, or nothing.
    pub(super) fn read(value: &Json<'_>, path: &str, variables: &Variables<'_>) -> Self {
        let mut headers = match value.get("header") {
            Some(Json::Text(block)) => {
                let here = format!("{path}.header");
                let lines = block.lines();
                lines
                    .filter_map(|line| in_line(line, &here, variables))
                    .collect()
            }
            Some(map @ Json::Object(_)) => {
                Field::read_map(Some(map), &format!("{path}.header"), variables)
            }
            Some(Json::List(entries)) => {
                let entries = entries.iter().enumerate();
                let read = |(index, entry): (usize, &Json<'_>)| {
                    let here = format!("{path}.header[{index}]");
                    match entry {
                        Json::Text(line) => in_line(line, &here, variables),
                        _ => Field::read(entry, here, variables),
                    }
                };
                entries.filter_map(read).collect()
            }
            _ => Vec::new(),
        };
        for header in &mut headers {
            // How Postman once marked a header that is switched off.
            if let Some(name) = header.name.trim().strip_prefix("//") {
                header.name = name.trim_start().to_owned();
                header.is_disabled = true;
            } else if header.name.trim().len() < header.name.len() {
                header.name = header.name.trim().to_owned();
            }
        }
        Self(headers)
    }

    /// The value of the header `name` that is sent; nothing of one that is switched off.
    pub(super) fn sent(&self, name: &str) -> Option<&str> {
        let mut sent = self.0.iter().filter(|header| !header.is_disabled);
        let header = sent.find(|header| header.name.eq_ignore_ascii_case(name))?;
        header.value.as_deref()
    }

    /// The media type that is stated for the body.
    pub(super) fn content_type(&self) -> Option<String> {
        media_type(self.sent("content-type")?)
    }

    /// The media type of the answer, where the request accepts no other.
    pub(super) fn accepted(&self) -> Option<String> {
        let accepted = self.sent("accept")?;
        let is_one = !accepted.contains([',', '*']);
        media_type(accepted).filter(|_| is_one)
    }

    /// A literal `Authorization` header is security, not a parameter. One whose value was taken out of the file says that much.
    pub(super) fn authorization(&self) -> Option<Auth> {
        let mut sent = self.0.iter().filter(|header| !header.is_disabled);
        let header = sent.find(|header| header.name.eq_ignore_ascii_case("authorization"))?;
        let value = header.value.as_deref().unwrap_or_default();
        let scheme = value.split_whitespace().next().unwrap_or_default();
        let scheme = SCHEMES.iter().find(|it| scheme.eq_ignore_ascii_case(it));
        Some(match scheme {
            Some(scheme) => Auth::Http {
                scheme,
                format: None,
            },
            None => Auth::ApiKey {
                name: "Authorization".to_owned(),
                location: "header",
            },
        })
    }

    /// The cookies that are sent, by name. Their values are as good as credentials, and are not kept.
    pub(super) fn cookies(&self) -> Vec<Field> {
        let mut cookies: Vec<Field> = Vec::new();
        let mut names: HashSet<&str> = HashSet::new();
        let headers = self.0.iter().filter(|header| !header.is_disabled);
        for header in headers.filter(|header| header.name.eq_ignore_ascii_case("cookie")) {
            let pairs = header.value.as_deref().unwrap_or_default().split(';');
            for (name, _) in pairs.filter_map(|pair| pair.split_once('=')) {
                let name = name.trim();
                if is_token(name) && names.insert(name) {
                    cookies.push(Field {
                        path: header.path.clone(),
                        name: name.to_owned(),
                        ..Field::default()
                    });
                }
            }
        }
        cookies
    }

    /// Those that are parameters of the API, and the names that no header can have.
    pub(super) fn parameters(self) -> (Vec<Field>, Vec<Field>) {
        let headers = self.0.into_iter().filter(|header| {
            let name = header.name.to_ascii_lowercase();
            let is_other = NO_PARAMETERS.contains(&name.as_str())
                || OF_BROWSERS.iter().any(|start| name.starts_with(start));
            !is_other && !is_made_by_importer(header)
        });
        headers.partition(|header| is_token(&header.name))
    }

    /// Those of an answer that say something about it.
    pub(super) fn of_answer(self) -> Vec<Field> {
        let headers = self.0.into_iter();
        headers
            .filter(|header| {
                !header.is_disabled && is_token(&header.name) && !is_noise(&header.name)
            })
            .collect()
    }
}

/// The header in a line of text.
fn in_line(line: &str, path: &str, variables: &Variables<'_>) -> Option<Field> {
    let (name, value) = line.split_once(':')?;
    let field = Field {
        path: path.to_owned(),
        name: variables.fill(name.trim()).into_owned(),
        value: Some(variables.fill(value.trim()).into_owned()),
        ..Field::default()
    };
    (!field.name.is_empty()).then_some(field)
}

/// Whether Postman's importer added it for a security scheme.
pub(super) fn is_made_by_importer(field: &Field) -> bool {
    field
        .description
        .starts_with("Added as a part of security scheme")
}

/// Whether `name` is what HTTP calls a token, as every header's name is.
fn is_token(name: &str) -> bool {
    let is_sign = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

/// Headers of answers that say nothing about the API: what every server and every proxy adds.
const NOISE: [&str; 42] = [
    "accept-ranges",
    "age",
    "allow",
    "alt-svc",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "expect-ct",
    "expires",
    "feature-policy",
    "keep-alive",
    "last-modified",
    "nel",
    "permissions-policy",
    "pragma",
    "proxy-connection",
    "referrer-policy",
    "report-to",
    "reporting-endpoints",
    "server",
    "server-timing",
    "set-cookie",
    "status",
    "strict-transport-security",
    "timing-allow-origin",
    "trailer",
    "transfer-encoding",
    "vary",
    "via",
    "x-aspnet-version",
    "x-aspnetmvc-version",
    "x-content-type-options",
    "x-frame-options",
    "x-powered-by",
    "x-runtime",
    "x-xss-protection",
    "x-ua-compatible",
];

/// Beginnings of the names of such headers.
const NOISY: [&str; 10] = [
    "access-control-",
    "cf-",
    "cross-origin-",
    "sec-",
    "x-amz-",
    "x-amzn-",
    "x-cache",
    "x-envoy-",
    "x-served-by",
    "x-timer",
];

fn is_noise(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NOISE.contains(&name.as_str()) || NOISY.iter().any(|start| name.starts_with(start))
}

/// A media type as OpenAPI writes it: type and subtype in lower case, and the parameters that select a version or a profile.
/// How the text is encoded and how much it is preferred is no part of it.
fn media_type(stated: &str) -> Option<String> {
    let mut parts = stated.split(';').map(str::trim);
    let essence = parts.next()?.to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    if !is_token(kind) || !is_token(subtype) {
        return None;
    }
    let mut media_type = essence.clone();
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let name = name.trim().to_ascii_lowercase();
        let is_other = matches!(name.as_str(), "charset" | "boundary" | "q");
        let value = value.trim();
        let is_plain = value.chars().all(|c| c.is_ascii_graphic()) && !value.contains("{{");
        if !is_other && is_token(&name) && is_plain {
            media_type.push_str(&format!("; {name}={value}"));
        }
    }
    Some(media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_select_a_version_belong_to_the_media_type() {
        for (stated, expected) in [
            ("application/json", Some("application/json")),
            (
                " Application/JSON ; charset=utf-8",
                Some("application/json"),
            ),
            (
                "multipart/form-data; boundary=x",
                Some("multipart/form-data"),
            ),
            (
                "application/a+json;Version=2",
                Some("application/a+json; version=2"),
            ),
            (
                "text/a; q=0.5; profile=\"b\"",
                Some("text/a; profile=\"b\""),
            ),
            ("text/a; v={{v}}", Some("text/a")),
            ("*/*", Some("*/*")),
            ("json", None),
            ("{{type}}/json", None),
            ("a b/c", None),
            ("", None),
        ] {
            assert_eq!(media_type(stated).as_deref(), expected, "{stated}");
        }
    }
}
