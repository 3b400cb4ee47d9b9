//! How requests are authorized, in both versions of the format, and what hands it down.

use serde_json::{Value, json};

use crate::made::{collection, converted, document, operation, requesting, tells};

fn authorized(auth: &Value) -> Value {
    document(&requesting(
        &json!({ "url": "https://x.io/a", "auth": auth }),
    ))
}

/// The scheme that the only operation requires.
fn scheme(document: &Value) -> &Value {
    let requirement = operation(document)["security"][0].as_object().unwrap();
    let name = requirement.keys().next().unwrap();
    &document["components"]["securitySchemes"][name]
}

#[test]
fn every_auth_type_has_its_scheme() {
    let http = |scheme: &str| json!({ "type": "http", "scheme": scheme });
    for (auth, expected) in [
        (
            json!({ "type": "basic", "basic": [{ "key": "username", "value": "u" }] }),
            http("basic"),
        ),
        (
            json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "t" }] }),
            http("bearer"),
        ),
        (json!({ "type": "bearer" }), http("bearer")),
        (
            json!({ "type": "jwt" }),
            json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }),
        ),
        (
            json!({ "type": "jwt", "jwt": { "addTokenTo": "queryParam", "queryParamKey": "jwt", "secret": "secret" } }),
            json!({ "type": "apiKey", "in": "query", "name": "jwt" }),
        ),
        (json!({ "type": "digest" }), http("digest")),
        (json!({ "type": "hawk" }), http("hawk")),
        (json!({ "type": "ntlm" }), http("ntlm")),
        (json!({ "type": "oauth1" }), http("oauth")),
        (json!({ "type": "awsv4" }), http("aws4-hmac-sha256")),
        (json!({ "type": "edgegrid" }), http("eg1-hmac-sha256")),
        (
            json!({ "type": "apikey", "apikey": [{ "key": "key", "value": "x-k" }, { "key": "in", "value": "query" }] }),
            json!({ "type": "apiKey", "in": "query", "name": "x-k" }),
        ),
        (
            json!({ "type": "apikey", "apikey": { "key": "x-k", "value": "secret" } }),
            json!({ "type": "apiKey", "in": "header", "name": "x-k" }),
        ),
    ] {
        assert_eq!(*scheme(&authorized(&auth)), expected, "{auth}");
        assert!(
            !authorized(&auth).to_string().contains("secret"),
            "no credentials"
        );
    }
}

#[test]
fn oauth2_names_its_flow_its_urls_and_its_scopes() {
    let parameters = json!({
        "grant_type": "authorization_code_with_pkce", "authUrl": "https://x.io/authorize",
        "accessTokenUrl": "https://x.io/token", "refreshTokenUrl": "https://x.io/refresh", "scope": "read:a write:a",
    });
    let list: Vec<Value> = parameters
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| json!({ "key": key, "value": value, "type": "string" }))
        .collect();
    let expected = json!({ "type": "oauth2", "flows": { "authorizationCode": {
        "authorizationUrl": "https://x.io/authorize", "tokenUrl": "https://x.io/token", "refreshUrl": "https://x.io/refresh",
        "scopes": { "read:a": "", "write:a": "" },
    } } });
    for stated in [parameters, json!(list)] {
        let document = authorized(&json!({ "type": "oauth2", "oauth2": stated }));
        assert_eq!(*scheme(&document), expected);
    }
}

#[test]
fn oauth2_without_urls_still_has_a_flow_and_says_so() {
    let file = requesting(&json!({ "url": "https://x.io/a", "auth": { "type": "oauth2" } }));
    let generated = converted(file.to_string());
    let document = generated.document.tree();
    let flows = scheme(&document)["flows"].as_object().unwrap();
    assert_eq!(flows.len(), 1);
    tells(
        &generated,
        "$.item[0].request.auth",
        "the OAuth 2 flow has no",
    );
}

#[test]
fn auth_is_handed_down_until_something_else_is_said() {
    let auth = |kind: &str| json!({ "type": kind });
    let mut file = collection(&json!([
        { "name": "A", "request": "https://x.io/a" },
        { "name": "F", "auth": auth("basic"), "item": [
            { "name": "B", "request": "https://x.io/b" },
            { "name": "C", "request": { "url": "https://x.io/c", "auth": null } },
            { "name": "D", "request": { "url": "https://x.io/d", "auth": auth("noauth") } },
            { "name": "E", "request": { "url": "https://x.io/e", "auth": auth("digest") } },
        ] },
    ]));
    file["auth"] = auth("bearer");
    let document = document(&file);
    let security = |path: &str| document["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/a"), json!([{ "bearerAuth": [] }]));
    assert_eq!(security("/b"), json!([{ "basicAuth": [] }]));
    assert_eq!(security("/c"), json!([{ "basicAuth": [] }]));
    assert_eq!(security("/d"), json!([]));
    assert_eq!(security("/e"), json!([{ "digestAuth": [] }]));
}

#[test]
fn a_literal_authorization_header_is_security() {
    for (value, expected) in [
        (
            "Bearer {{token}}",
            json!({ "type": "http", "scheme": "bearer" }),
        ),
        ("basic dTpw", json!({ "type": "http", "scheme": "basic" })),
        (
            "Digest username=\"u\"",
            json!({ "type": "http", "scheme": "digest" }),
        ),
        (
            "{{key}}",
            json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
        ),
        (
            "Token t",
            json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
        ),
        // Taken out of the file, as it should be.
        (
            "",
            json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
        ),
    ] {
        let header = json!([{ "key": "Authorization", "value": value }]);
        let document = document(&requesting(
            &json!({ "url": "https://x.io/a", "header": header }),
        ));
        assert_eq!(*scheme(&document), expected, "{value}");
        assert_eq!(operation(&document).get("parameters"), None);
    }
    // A variable's value is not told, but its scheme is.
    let header = json!([{ "key": "Authorization", "value": "{{token}}" }]);
    let mut file = requesting(&json!({ "url": "https://x.io/a", "header": header }));
    file["variable"] = json!([{ "key": "token", "value": "Bearer t", "type": "secret" }]);
    let bearer = json!({ "type": "http", "scheme": "bearer" });
    assert_eq!(*scheme(&document(&file)), bearer);
}

#[test]
fn an_auth_type_is_known_in_any_case_and_may_be_what_is_around_it() {
    for kind in ["Bearer", " bearer ", "inherit", ""] {
        let request = json!({ "url": "https://x.io/a", "auth": { "type": kind } });
        let mut file = requesting(&request);
        file["auth"] = json!({ "type": "bearer" });
        let document = document(&file);
        assert_eq!(
            operation(&document)["security"],
            json!([{ "bearerAuth": [] }]),
            "{kind}"
        );
    }
}

#[test]
fn a_request_without_auth_requires_none() {
    assert_eq!(operation(&authorized(&json!(null)))["security"], json!([]));
    let file = requesting(&json!({ "url": "https://x.io/a", "auth": { "type": "telepathy" } }));
    let generated = converted(file.to_string());
    tells(
        &generated,
        "$.item[0].request.auth.type",
        "no counterpart of the authorization type `telepathy`",
    );
}
