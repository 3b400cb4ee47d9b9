//! OAuth 2 flows, for which OpenAPI requires URLs that Postman does not have.

use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Kind, Note},
    postman::{Flow, unresolvable},
    vendor::Vendor,
};

/// A flow with the URLs that OpenAPI requires of it, and what is assumed for that.
pub(super) fn complete(flow: &Flow, vendor: Option<&dyn Vendor>) -> (Flow, Vec<Note>) {
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
                        "the {what} of the OAuth 2 flow contains a variable that has no value: {settled} is assumed"
                    );
                    notes.push(Kind::IncompleteFlow.note(text));
                }
                Some(settled)
            }
            None if is_needed => {
                let text = format!("the OAuth 2 flow has no {what}: {assumed} is assumed");
                notes.push(Kind::IncompleteFlow.note(text));
                Some(assumed.to_owned())
            }
            None => None,
        };
    };
    settle(
        &mut flow.authorization_url,
        needs.0,
        "authorization URL",
        oauth.map_or("https://oauth.invalid/authorize", |it| it.authorization_url),
    );
    settle(
        &mut flow.token_url,
        needs.1,
        "token URL",
        oauth.map_or("https://oauth.invalid/token", |it| it.token_url),
    );
    (flow, notes)
}

/// A URL without the credentials that may stand before its host. Open variables are replaced by their names; what is not
/// known of its host is such that the host cannot be resolved.
fn settled(url: &str) -> String {
    let (scheme, rest) = match url.trim().split_once("://") {
        Some((scheme, rest)) => (filled(scheme, str::to_owned), rest),
        None => ("https".to_owned(), url.trim()),
    };
    let is_open = url.contains("{{");
    let end = outside(rest, &['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (host, port) = match host.rsplit_once(':') {
        // The one that belongs to the scheme is as good a guess.
        Some((host, port)) if port.contains("{{") => (host, ""),
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (host, ""),
    };
    let mut settled = format!("{scheme}://{}", filled(host, unresolvable));
    if !port.is_empty() {
        settled.push(':');
        settled.push_str(port);
    }
    settled.push_str(&match is_open {
        true => filled(path, str::to_owned),
        false => path.to_owned(),
    });
    settled
}

/// Where the first of `marks` is that stands in no variable.
fn outside(text: &str, marks: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && marks.contains(&c) => return Some(at),
            _ => {}
        }
    }
    None
}

/// A text with what `fill` makes of the letters and digits of each variable's name.
fn filled(text: &str, fill: impl Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) = rest
        .split_once("{{")
        .and_then(|(before, inner)| Some((before, inner.split_once("}}")?)))
    {
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        filled.push_str(before);
        filled.push_str(&fill(&letters));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A flow as OpenAPI writes it.
pub(super) fn written(flow: &Flow, scopes: impl Iterator<Item = String>) -> Value {
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
            (
                "https://{{tenant}}.a.test/t",
                "https://tenant.invalid.a.test/t",
            ),
            (
                "https://login-{{zone}}.a.test:8443/t",
                "https://login-zone.invalid.a.test:8443/t",
            ),
            ("https://{{host}}/t", "https://host.invalid/t"),
            ("https://{{名}}/t", "https://host.invalid/t"),
            (
                "{{auth_server}}/oauth/t",
                "https://authserver.invalid/oauth/t",
            ),
            ("{{a/b}}/t", "https://ab.invalid/t"),
            ("{{url}}", "https://url.invalid"),
            ("http://localhost:{{port}}/t", "http://localhost/t"),
            ("http://localhost:8080/t", "http://localhost:8080/t"),
            ("https://ann:hunter22@a.test/t", "https://a.test/t"),
            ("https://intranet/t", "https://intranet/t"),
        ] {
            assert_eq!(settled(url), expected);
        }
    }
}
