use serde_json::{Value, json};

use super::{between, document, lines};
use crate::changes::texts;

#[test]
fn equal_documents_have_no_changes() {
    let document = document(&json!({"operationId": "a"}));
    assert_eq!(lines(&document, &document), Vec::<String>::new());
}

#[test]
fn operations() {
    let a = json!({"paths": {"/a": {"get": {}}, "/b": {"get": {}}}});
    let b = json!({"paths": {"/b": {"get": {}, "delete": {}}}});
    assert_eq!(
        lines(&a, &b),
        [
            "breaking: GET /a: operation removed",
            "DELETE /b: operation added"
        ]
    );
    assert_eq!(
        between(
            &json!({"operationId": "a", "x-zoom-rate-limit-label": "LIGHT"}),
            &json!({"operationId": "b", "deprecated": true, "servers": [{"url": "https://x.io"}]})
        ),
        [
            "breaking: POST /x/{id}: operationId changed from a to b",
            "breaking: POST /x/{id}: servers changed from none to https://x.io",
            "POST /x/{id}: rate-limit label changed from LIGHT to none",
            "POST /x/{id}: deprecated",
        ]
    );
}

#[test]
fn parameters() {
    let old = json!({"parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "gone", "in": "query", "schema": {"type": "string"}},
        {"name": "kept", "in": "query", "schema": {"type": "integer", "maximum": 50}},
        {"name": "freed", "in": "query", "required": true},
    ]});
    let new = json!({"parameters": [
        {"name": "kept", "in": "query", "required": true, "schema": {"type": "string", "maximum": 50}},
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "freed", "in": "query"},
        {"name": "new", "in": "query"},
        {"name": "must", "in": "header", "required": true},
    ]});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: query parameter gone: removed",
            "breaking: POST /x/{id}: query parameter kept: became required",
            "breaking: POST /x/{id}: query parameter kept: type changed from integer to string",
            "breaking: POST /x/{id}: header parameter must: added, and required",
            "POST /x/{id}: query parameter freed: became optional",
            "POST /x/{id}: query parameter new: added",
        ]
    );
}

#[test]
fn a_renamed_path_parameter_leaves_the_operation_the_same() {
    let path = |name: &str| {
        let path = format!("/x/{{{name}}}");
        json!({"paths": {path: {"get": {"parameters": [{"name": name, "in": "path", "required": true}]}}}})
    };
    assert_eq!(
        lines(&path("a"), &path("b")),
        ["breaking: GET /x/{b}: path parameter a: renamed to b"]
    );
}

#[test]
fn bodies_and_media_types() {
    let body = |types: &[&str], required: bool| {
        let content: Value = types
            .iter()
            .map(|name| ((*name).to_owned(), json!({"schema": {"type": "object"}})))
            .collect();
        json!({"requestBody": {"required": required, "content": content}})
    };
    assert_eq!(
        between(&json!({}), &body(&["a/b"], true)),
        ["breaking: POST /x/{id}: body: added, and required"]
    );
    assert_eq!(
        between(&json!({}), &body(&["a/b"], false)),
        ["POST /x/{id}: body: added"]
    );
    assert_eq!(
        between(&body(&["a/b"], false), &json!({})),
        ["breaking: POST /x/{id}: body: removed"]
    );
    assert_eq!(
        between(&body(&["a/b", "c/d"], false), &body(&["c/d", "e/f"], true)),
        [
            "breaking: POST /x/{id}: body: became required",
            "breaking: POST /x/{id}: body: media type a/b removed",
            "POST /x/{id}: body: media type e/f added",
        ]
    );
}

#[test]
fn one_schema_in_two_media_types_is_reported_once() {
    let body = |kind: &str| {
        let schema = json!({"schema": {"type": kind}});
        json!({"requestBody": {"content": {"a/b": schema, "c/d": schema}}})
    };
    assert_eq!(between(&body("string"), &body("integer")).len(), 1);
}

#[test]
fn responses_and_errors() {
    let old = json!({"responses": {"200": {}, "404": {}}, "x-zoom-errors": [
        {"status": 400, "code": 1, "message": "a"}, {"status": 400, "code": 2, "message": "b"}, {"status": 400, "code": 2, "message": "c"},
        {"status": 400, "code": 3, "message": "d"}, {"status": 400, "code": 4, "message": "e", "name": "E"}]});
    let new = json!({"responses": {"201": {}}, "x-zoom-errors": [
        {"status": 400, "code": 2, "message": "c"}, {"status": 404, "code": 1, "message": "a"},
        {"status": 400, "code": 3, "message": "d"}, {"status": 400, "code": 3, "message": "f"},
        {"status": 400, "code": 4, "message": "e", "name": "Other"}]});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: response 200: removed",
            "breaking: POST /x/{id}: error 400/1: removed",
            "breaking: POST /x/{id}: error 400/2: text changed",
            "breaking: POST /x/{id}: error 400/4: name changed from E to Other",
            "POST /x/{id}: response 404: removed",
            "POST /x/{id}: response 201: added",
            "POST /x/{id}: error 400/3: text changed",
            "POST /x/{id}: error 404/1: added",
        ]
    );
}

#[test]
fn a_success_of_another_shape_changes_what_a_call_yields() {
    let answers = |answers: &[(&str, &str)]| {
        let of = |(status, kind): &(&str, &str)| {
            let content = json!({"a/b": {"schema": {"type": kind}}});
            ((*status).to_owned(), json!({"content": content}))
        };
        json!({"responses": answers.iter().map(of).collect::<Value>()})
    };
    let first = answers(&[("200", "string")]);
    for (more, line) in [
        (
            ("201", "integer"),
            "breaking: POST /x/{id}: response 201: added",
        ),
        (("201", "string"), "POST /x/{id}: response 201: added"),
        (("404", "integer"), "POST /x/{id}: response 404: added"),
    ] {
        assert_eq!(
            between(&first, &answers(&[("200", "string"), more])),
            [line]
        );
    }
}

#[test]
fn scopes_and_security() {
    let old = json!({"x-zoom-scopes": ["a", "b"], "security": [{"o": []}]});
    let new = json!({"x-zoom-scopes": ["b", "c"], "x-zoom-granular-scopes": ["d"], "security": []});
    assert_eq!(
        between(&old, &new),
        [
            "breaking: POST /x/{id}: scope a removed",
            "POST /x/{id}: scope c added",
            "POST /x/{id}: granular scope d added",
            "POST /x/{id}: security changed from o to none",
        ]
    );
}

#[test]
fn servers_are_those_that_are_called() {
    let document = |root: &str, own: Option<&str>| {
        let mut operation = json!({});
        if let Some(own) = own {
            operation["servers"] = json!([{"url": own}]);
        }
        json!({"servers": [{"url": root}], "paths": {"/x": {"get": operation}}})
    };
    let (a, b) = ("https://a.test", "https://b.test");
    assert_eq!(
        lines(&document(a, Some(b)), &document(b, None)),
        ["breaking: servers changed from https://a.test to https://b.test"]
    );
    assert_eq!(
        lines(&document(a, None), &document(a, Some(b))),
        ["breaking: GET /x: servers changed from https://a.test to https://b.test"]
    );
    let region = |region: &str| {
        let variables = json!({"r": {"default": region}});
        json!({"servers": [{"url": "https://{r}.test", "variables": variables}]})
    };
    assert_eq!(
        lines(&region("eu"), &region("us")),
        ["breaking: servers changed from https://{r}.test (r: eu) to https://{r}.test (r: us)"]
    );
}

#[test]
fn how_a_parameter_is_written() {
    let parameter = |more: Value| {
        let mut parameter = json!({"name": "q", "in": "query"});
        parameter
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"parameters": [parameter]})
    };
    for (old, new, line) in [
        (json!({}), json!({"style": "form", "explode": true}), ""),
        (
            json!({}),
            json!({"explode": false}),
            "breaking: style changed from form to form without explode",
        ),
        (
            json!({"style": "pipeDelimited"}),
            json!({"style": "deepObject", "explode": true}),
            "breaking: style changed from pipeDelimited without explode to deepObject",
        ),
        (
            json!({}),
            json!({"allowReserved": true}),
            "breaking: style changed from form to form with reserved characters",
        ),
        (json!({}), json!({"allowEmptyValue": true}), "may be empty"),
        (
            json!({"allowEmptyValue": true}),
            json!({}),
            "breaking: may no longer be empty",
        ),
        (json!({}), json!({"deprecated": true}), "deprecated"),
        (
            json!({"deprecated": true}),
            json!({}),
            "no longer deprecated",
        ),
    ] {
        let told = between(&parameter(old), &parameter(new.clone()));
        let place = "POST /x/{id}: query parameter q: ";
        let expected = match line.strip_prefix("breaking: ") {
            _ if line.is_empty() => Vec::new(),
            Some(line) => vec![format!("breaking: {place}{line}")],
            None => vec![format!("{place}{line}")],
        };
        assert_eq!(told, expected, "{new}");
    }
}

#[test]
fn headers_of_answers() {
    let headers = |headers: Value| json!({"responses": {"200": {"headers": headers}}});
    let old = json!({"X-A": {"schema": {"type": "string"}}, "X-B": {}, "X-C": {"schema": {"type": "string"}}});
    let new = json!({"x-a": {"schema": {"type": "string"}}, "X-C": {"schema": {"type": "integer"}}, "X-D": {}});
    assert_eq!(
        between(&headers(old), &headers(new)),
        [
            "breaking: POST /x/{id}: response 200 header X-B: removed",
            "breaking: POST /x/{id}: response 200 header X-C: type changed from string to integer",
            "POST /x/{id}: response 200 header X-D: added",
        ]
    );
}

#[test]
fn who_is_let_in() {
    let (a, b) = (json!({"a": []}), json!({"b": []}));
    for (old, new, line) in [
        (
            json!([a]),
            json!([a, b]),
            "security changed from a to a or b",
        ),
        (json!([a, b]), json!([b, a]), ""),
        (
            json!([a, b]),
            json!([a]),
            "breaking: security changed from a or b to a",
        ),
        (
            json!([a, b]),
            json!([{"a": [], "b": []}]),
            "breaking: security changed from a or b to a with b",
        ),
        (
            json!([{"a": [], "b": []}]),
            json!([b]),
            "security changed from a with b to b",
        ),
        (
            json!([]),
            json!([a]),
            "breaking: security changed from none to a",
        ),
        (
            json!([]),
            json!([a, {}]),
            "security changed from none to none or a",
        ),
        (
            json!([a, {}]),
            json!([a]),
            "breaking: security changed from none or a to a",
        ),
        (
            json!([{"a": ["r"]}]),
            json!([{"a": ["r", "w"]}]),
            "breaking: security changed from a (r) to a (r, w)",
        ),
        (
            json!([{"a": ["r", "w"]}]),
            json!([{"a": ["w"]}]),
            "security changed from a (r, w) to a (w)",
        ),
    ] {
        let told = between(&json!({"security": old}), &json!({"security": new}));
        let expected: Vec<String> = match line.strip_prefix("breaking: ") {
            _ if line.is_empty() => Vec::new(),
            Some(line) => vec![format!("breaking: POST /x/{{id}}: {line}")],
            None => vec![format!("POST /x/{{id}}: {line}")],
        };
        assert_eq!(told, expected);
    }
}

#[test]
fn security_schemes() {
    let document = |schemes: Value| json!({"components": {"securitySchemes": schemes}});
    let flow = |url: &str, scopes: Value| json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": url, "scopes": scopes}}});
    let key =
        |name: &str| json!({"type": "apiKey", "in": "header", "name": name, "description": name});
    let old = json!({"gone": key("K"), "key": key("K"), "o": flow("https://a.test", json!({"r": "", "w": ""}))});
    let new = json!({"key": key("L"), "new": key("K"), "o": flow("https://b.test", json!({"r": "Reads.", "x": ""}))});
    assert_eq!(
        lines(&document(old), &document(new)),
        [
            "breaking: security scheme gone: removed",
            "breaking: security scheme key: name changed from K to L",
            "breaking: security scheme o flow clientCredentials: tokenUrl changed from https://a.test to https://b.test",
            "breaking: security scheme o flow clientCredentials scope w: removed",
            "security scheme new: added",
            "security scheme o flow clientCredentials scope x: added",
        ]
    );
}

#[test]
fn texts_are_told_apart_from_the_api() {
    let document = |word: &str| {
        let fields = json!({"example": {"type": "string", "description": word}, "title": {"type": "string", "example": word}});
        let parameters = [
            json!({"name": "b", "in": "query"}),
            json!({"name": "a", "in": "query", "description": word}),
        ];
        json!({
            "info": {"title": word, "version": "1", "description": word},
            "paths": {"/x": {"get": {"tags": [word], "summary": word, "parameters": parameters, "responses": {"200": {"description": word}}}}},
            "x-webhooks": {"W": {"post": {"description": word, "responses": {}}}},
            "components": {"schemas": {"S": {"type": "object", "properties": fields}}},
        })
    };
    let (old, mut new) = (document("a"), document("b"));
    assert_eq!(lines(&old, &new), [""; 0]);
    let told =
        |new: &Value| -> Vec<String> { texts(&old, new).iter().map(ToString::to_string).collect() };
    assert_eq!(
        told(&new),
        [
            "info: title changed from a to b",
            "info: description changed",
            "GET /x: tags changed from a to b",
            "GET /x: 3 texts changed",
            "webhook W: 1 text changed",
            "schema S: 1 text changed",
        ]
    );
    new = old.clone();
    let parameters = new.pointer_mut("/paths/~1x/get/parameters").unwrap();
    parameters.as_array_mut().unwrap().reverse();
    assert_eq!(told(&new), [""; 0], "the order says nothing");
}
