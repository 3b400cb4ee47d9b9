//! A secret of a collection is nowhere in the document and in no message, wherever it stands.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;

use clap::Parser as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::cli::{Cli, run};

/// What must not get anywhere. It has digits, so that it could be taken for an id.
const SECRET: &str = "s3cr3t0f7hed3p07";

/// All that is written and printed for a collection.
fn told(collection: &Value) -> String {
    let folder = TempDir::new().unwrap();
    let input = folder.path().join("depot.json");
    let mut told = String::new();
    for pretty in [true, false] {
        let text = match pretty {
            true => format!("{collection:#}"),
            false => collection.to_string(),
        };
        fs::write(&input, text).unwrap();
        for format in ["human", "json"] {
            let output = folder.path().join("out.json");
            let arguments = ["xtask", "codegen", "--format", format, "--postman"];
            let paths = [
                input.to_str().unwrap(),
                "--output",
                output.to_str().unwrap(),
            ];
            let cli = Cli::try_parse_from(arguments.into_iter().chain(paths)).unwrap();
            let (mut out, mut err) = (Vec::new(), Vec::new());
            run(&cli, folder.path(), &mut out, &mut err).unwrap();
            told.push_str(&String::from_utf8(out).unwrap());
            told.push_str(&String::from_utf8(err).unwrap());
            told.push_str(&fs::read_to_string(output).unwrap());
        }
    }
    told
}

fn field(key: &str, value: &str) -> Value {
    json!([{ "key": key, "value": value }])
}

/// A collection with one request; `changes` are put into it by JSON pointer.
fn collection(changes: &[(&str, Value)]) -> Value {
    let mut item = json!({
        "name": "Add a crate",
        "request": {
            "method": "POST",
            "url": { "raw": "https://depot.test/crates", "host": ["https://depot.test"], "path": ["crates"], "query": [], "variable": [] },
            "header": [], "body": null, "auth": null, "description": null,
        },
        "response": [{ "name": "Done.", "code": 200, "header": [], "body": null, "originalRequest": { "method": "POST", "url": {
            "raw": "https://depot.test/crates", "host": ["https://depot.test"], "path": ["crates"], "query": [] }, "header": [], "body": null } }],
    });
    let mut root =
        json!({ "info": { "name": "Depot", "description": null }, "variable": [], "auth": null });
    for (pointer, value) in changes {
        let place = match pointer.strip_prefix("/collection") {
            Some(pointer) => root.pointer_mut(pointer),
            None => item.pointer_mut(pointer),
        };
        *place.unwrap() = value.clone();
    }
    root["item"] = json!([item]);
    root
}

/// Places of a secret that some name gives away.
fn named() -> Vec<(String, Value)> {
    let mut places = Vec::new();
    for name in [
        "password",
        "api_key",
        "X-Api-Key",
        "access_token",
        "clientSecret",
        "Authorization",
    ] {
        for at in [
            "/request/header",
            "/request/url/query",
            "/response/0/header",
            "/response/0/originalRequest/header",
            "/response/0/originalRequest/url/query",
        ] {
            places.push((
                format!("{name} at {at}"),
                collection(&[(at, field(name, SECRET))]),
            ));
        }
        for at in ["/request/body", "/response/0/originalRequest/body"] {
            for mode in ["urlencoded", "formdata"] {
                let body = json!({ "mode": mode, mode: field(name, SECRET) });
                places.push((
                    format!("{name} in {mode} at {at}"),
                    collection(&[(at, body)]),
                ));
            }
            let raw = json!({ "crate": 1, "inner": [{ name: SECRET }], "bare": null }).to_string();
            let body = json!({ "mode": "raw", "raw": raw });
            places.push((format!("{name} in JSON at {at}"), collection(&[(at, body)])));
        }
        let form = format!("crate=1&{name}={SECRET}");
        let body = json!({ "mode": "raw", "raw": form });
        let header = field("Content-Type", "application/x-www-form-urlencoded");
        places.push((
            format!("{name} in a raw form"),
            collection(&[("/request/body", body), ("/request/header", header)]),
        ));
        let body = json!({ "mode": "graphql", "graphql": { "query": "{ crate }", "variables": json!({ name: SECRET }).to_string() } });
        places.push((
            format!("{name} in GraphQL"),
            collection(&[("/request/body", body)]),
        ));
        let answer = json!([{ name: SECRET }, { name: [SECRET] }, { name: null }]).to_string();
        places.push((
            format!("{name} in an answer"),
            collection(&[("/response/0/body", json!(answer))]),
        ));
    }
    let named =
        |key: &str| json!([{ key: "api_key", "value": SECRET }, { "token": { "value": SECRET } }]);
    for raw in [named("name"), named("key")] {
        let body = json!({ "mode": "raw", "raw": raw.to_string() });
        places.push((raw.to_string(), collection(&[("/request/body", body)])));
        let answer = json!(raw.to_string());
        places.push((raw.to_string(), collection(&[("/response/0/body", answer)])));
    }
    let signed = format!("https://depot.test/crates/eyJhbGciOiJub25lIn0.{SECRET}.{SECRET}/more");
    places.push((
        "a path".to_owned(),
        collection(&[("/request/url", json!(signed))]),
    ));
    let url = format!("https://depot.test/crates?access_token={SECRET}&page=1");
    places.push((
        "a query in a text".to_owned(),
        collection(&[("/request/url", json!(url))]),
    ));
    let headers = format!("X-Api-Key: {SECRET}\nX-Ok: 1");
    places.push((
        "a block of headers".to_owned(),
        collection(&[("/request/header", json!(headers))]),
    ));
    for name in ["Cookie", "Proxy-Authorization", "X Api Key"] {
        let value = format!("session={SECRET}");
        places.push((
            name.to_owned(),
            collection(&[("/request/header", field(name, &value))]),
        ));
    }
    let cookie = field("Set-Cookie", &format!("session={SECRET}; HttpOnly"));
    places.push((
        "a cookie that is set".to_owned(),
        collection(&[("/response/0/header", cookie)]),
    ));
    places
}

/// Texts that a name or a scheme in them gives away.
fn in_texts() -> Vec<(String, Value)> {
    let mut places = Vec::new();
    let signed = format!("eyJhbGciOiJub25lIn0.{SECRET}.{SECRET}");
    for text in [
        format!("Bearer {SECRET}"),
        format!("https://clerk:{SECRET}@depot.test/crates"),
        format!("https://depot.test/crates?view=1&access_token={SECRET}#id_token={SECRET}"),
        format!("https://depot.test/crates?X-Signature={SECRET}"),
        format!("password: {SECRET}\nview: 1"),
        format!("<view><access_token>{SECRET}</access_token></view>"),
        format!("{{\"token\": \"{SECRET}\"}}\n{{\"token\": \"{SECRET}\"}}"),
        format!("-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----"),
        signed.clone(),
    ] {
        let raw = |raw: &str| json!({ "mode": "raw", "raw": raw });
        let form = json!({ "mode": "formdata", "formdata": field("view", &json!({ "view": text }).to_string()) });
        let location = field("Location", &text);
        for (at, value) in [
            ("/request/body", raw(&text)),
            ("/request/body", raw(&json!({ "view": [text] }).to_string())),
            ("/request/body", form),
            ("/request/header", field("X-View", &text)),
            ("/request/url/query", field("view", &text)),
            ("/response/0/body", json!(text)),
            ("/response/0/header", location),
        ] {
            places.push((format!("{text} at {at}"), collection(&[(at, value)])));
        }
    }
    let query = format!("{{ crate(password: \"{SECRET}\") }}");
    let body = json!({ "mode": "graphql", "graphql": { "query": query } });
    places.push((query, collection(&[("/request/body", body)])));
    for text in [
        format!("`curl -H 'Authorization: Bearer {SECRET}'`"),
        format!("Try https://clerk:{SECRET}@depot.test/crates?token={SECRET}."),
        signed,
    ] {
        let described = json!([{ "key": "view", "value": "1", "description": text }]);
        for (at, value) in [
            ("/request/description", json!(text)),
            ("/collection/info/description", json!({ "content": text })),
            ("/request/url/query", described),
        ] {
            places.push((format!("{text} at {at}"), collection(&[(at, value)])));
        }
    }
    places
}

/// Places of credentials as such.
fn credentials() -> Vec<(String, Value)> {
    let mut places = Vec::new();
    for url in [
        json!(format!("https://clerk:{SECRET}@depot.test/crates")),
        json!(format!("{SECRET}@depot.test/crates")),
        json!({ "raw": format!("https://clerk:{SECRET}@depot.test/crates"), "protocol": "https", "host": [format!("clerk:{SECRET}@depot"), "test"], "path": ["crates"] }),
        json!({ "raw": "https://depot.test/crates", "host": ["https://depot.test"], "path": ["crates"], "auth": { "user": "clerk", "password": SECRET } }),
    ] {
        places.push((url.to_string(), collection(&[("/request/url", url)])));
    }
    for (kind, key) in [
        ("basic", "password"),
        ("bearer", "token"),
        ("jwt", "secret"),
        ("digest", "password"),
        ("hawk", "authKey"),
        ("ntlm", "password"),
        ("oauth1", "consumerSecret"),
        ("awsv4", "secretKey"),
        ("edgegrid", "clientSecret"),
        ("apikey", "value"),
        ("oauth2", "clientSecret"),
        ("oauth2", "accessToken"),
        ("semaphore", "token"),
    ] {
        for parameters in [field(key, SECRET), json!({ key: SECRET })] {
            let auth = json!({ "type": kind, kind: parameters });
            places.push((
                format!("{kind} {key}"),
                collection(&[("/request/auth", auth.clone())]),
            ));
            places.push((
                format!("{kind} {key} of all"),
                collection(&[("/collection/auth", auth)]),
            ));
        }
    }
    for key in ["accessTokenUrl", "authUrl", "refreshTokenUrl"] {
        let auth = json!({ "type": "oauth2", "oauth2": field(key, &format!("https://clerk:{SECRET}@id.test/{{{{tenant}}}}")) });
        places.push((key.to_owned(), collection(&[("/request/auth", auth)])));
        let url = format!("https://id.test/token?client_secret={SECRET}");
        let auth = json!({ "type": "oauth2", "oauth2": field(key, &url) });
        places.push((
            format!("{key} with a query"),
            collection(&[("/request/auth", auth)]),
        ));
    }
    places
}

/// Uses of a secret variable: one of that type, and one with such a name.
fn variables() -> Vec<(String, Value)> {
    let declared = json!([
        { "key": "hidden", "value": SECRET, "type": "secret" },
        { "key": "through", "value": "{{hidden}}" },
    ]);
    let named = json!([
        { "key": "hidden", "value": "{{depotToken}}" },
        { "key": "depotToken", "value": SECRET, "type": "default" },
        { "key": "through", "value": "{{hidden}}" },
    ]);
    [declared, named].iter().flat_map(uses).collect()
}

fn uses(variable: &Value) -> Vec<(String, Value)> {
    let query = field("view", "{{through}}");
    let uses = [
        (
            "/request/url",
            json!("https://depot.test/{{hidden}}/crates?view={{through}}&{{hidden}}=1"),
        ),
        (
            "/request/url",
            json!("https://{{hidden}}.depot.test/crates"),
        ),
        ("/request/url", json!("{{through}}/crates")),
        ("/request/url/query", query.clone()),
        ("/request/header", field("X-View", "a {{hidden}}")),
        ("/request/header", field("{{hidden}}", "1")),
        (
            "/request/header",
            field("Content-Type", "application/{{hidden}}"),
        ),
        (
            "/request/body",
            json!({ "mode": "raw", "raw": "{\"crate\": \"{{hidden}}\", \"{{through}}\": {{hidden}}}" }),
        ),
        (
            "/request/body",
            json!({ "mode": "raw", "raw": "crate {{hidden}}" }),
        ),
        (
            "/request/body",
            json!({ "mode": "formdata", "formdata": query }),
        ),
        (
            "/request/body",
            json!({ "mode": "graphql", "graphql": { "query": "{{hidden}}", "variables": "{\"a\": \"{{hidden}}\"}" } }),
        ),
        (
            "/request/auth",
            json!({ "type": "apikey", "apikey": field("key", "{{hidden}}") }),
        ),
        (
            "/request/auth",
            json!({ "type": "oauth2", "oauth2": field("accessTokenUrl", "https://id.test/{{hidden}}") }),
        ),
        (
            "/request/auth",
            json!({ "type": "oauth2", "oauth2": field("scope", "{{hidden}} a") }),
        ),
        (
            "/response/0/originalRequest/header",
            field("X-View", "{{hidden}}"),
        ),
    ];
    uses.into_iter()
        .map(|(at, value)| {
            (
                format!("{value} at {at}"),
                collection(&[("/collection/variable", variable.clone()), (at, value)]),
            )
        })
        .collect()
}

#[test]
fn a_secret_is_told_nowhere() {
    let mut tried = 0;
    for (place, collection) in [named(), in_texts(), credentials(), variables()].concat() {
        assert!(collection.to_string().contains(SECRET), "{place}");
        let told = told(&collection);
        let line = told.lines().find(|line| line.contains(SECRET));
        assert_eq!(line, None, "{place}");
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}
