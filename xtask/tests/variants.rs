//! What real Postman files look like: one small collection for each variant, and what it must come to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::codegen::{Generated, Input, generate};

fn converted(text: &str) -> Generated {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file.json");
    fs::write(&path, text).unwrap();
    generate(&Input {
        postman: vec![path],
        ..Input::default()
    })
    .unwrap()
}

fn document(value: &Value) -> Value {
    converted(&value.to_string()).document
}

fn collection(items: &Value) -> Value {
    json!({ "info": { "name": "API" }, "item": items })
}

/// The only operation of a document, with its method and path.
fn only(document: &Value) -> (String, Value) {
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 1, "{document:#}");
    let (path, methods) = paths.iter().next().unwrap();
    let (method, operation) = methods.as_object().unwrap().iter().next().unwrap();
    (
        format!("{} {path}", method.to_uppercase()),
        operation.clone(),
    )
}

/// The operation that a request of these parts comes to.
fn operation(request: &Value) -> (Value, Value) {
    let document = document(&collection(&json!([{ "name": "R", "request": request }])));
    let (_, operation) = only(&document);
    (document, operation)
}

/// The only schema of a request body, and its media type.
fn body(request: &Value) -> (String, Value) {
    let (document, operation) = operation(request);
    let content = operation["requestBody"]["content"].as_object().unwrap();
    let (media_type, content) = content.iter().next().unwrap();
    let schema = match content["schema"]["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .unwrap()
            .clone(),
        None => content["schema"].clone(),
    };
    (media_type.clone(), schema)
}

fn post(body: &Value) -> Value {
    json!({ "method": "POST", "url": "https://api.example.com/a", "body": body })
}

fn raw(text: &str) -> Value {
    post(&json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": "json" } } }))
}

/// Path and server that a URL comes to.
fn target(url: &Value) -> (String, String) {
    let document = document(&collection(
        &json!([{ "name": "R", "request": { "method": "GET", "url": url } }]),
    ));
    let path = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .next()
        .unwrap()
        .clone();
    (
        document["servers"][0]["url"].as_str().unwrap().to_owned(),
        path,
    )
}

#[test]
fn roots() {
    let request =
        json!({ "name": "R", "request": { "method": "GET", "url": "https://api.example.com/a" } });
    let item = only(&document(&request)).0;
    assert_eq!(item, "GET /a");
    assert_eq!(only(&document(&collection(&json!([request])))).0, "GET /a");
    assert_eq!(
        only(&document(
            &json!({ "collection": collection(&json!([request])) })
        ))
        .0,
        "GET /a"
    );
    assert_eq!(
        only(&document(&json!({ "name": "Folder", "item": [request] }))).1["tags"],
        json!(["Folder"])
    );
    assert_eq!(
        only(&converted(&format!("\u{feff}{request}")).document).0,
        "GET /a"
    );
    let nameless = document(&json!({ "info": {}, "item": [request] }));
    assert_eq!(nameless["info"]["title"], "R");
    let versioned = json!({ "info": { "name": "A", "version": { "major": 2, "minor": 1, "patch": 0 } }, "item": [request] });
    assert_eq!(document(&versioned)["info"]["version"], "2.1.0");
    assert_eq!(document(&collection(&json!([])))["paths"], json!({}));
}

#[test]
fn descriptions_on_every_level() {
    for description in [
        json!("Text."),
        json!({ "content": "Text.", "type": "text/markdown" }),
    ] {
        let request = json!({
            "method": "GET",
            "url": { "raw": "https://x.io/a?q=1", "host": "https://x.io", "path": ["a"], "query": [{ "key": "q", "value": "1", "description": description }] },
            "description": description,
        });
        let (_, operation) = operation(&request);
        assert_eq!(operation["description"], "Text.");
        assert_eq!(operation["parameters"][0]["description"], "Text.");
    }
    let (_, silent) =
        operation(&json!({ "method": "GET", "url": "https://x.io/a", "description": null }));
    assert_eq!(silent.get("description"), None);
    let html = json!({ "method": "GET", "url": "https://x.io/a", "description": "<p>Use <b>it</b> &amp; see <a href=\"https://x.io\">this</a>.</p>" });
    assert_eq!(
        operation(&html).1["description"],
        "Use **it** &amp; see [this](https://x.io)."
    );
}

#[test]
fn methods_and_what_is_no_http_request() {
    let get = |request: Value| {
        only(&document(&collection(
            &json!([{ "name": "R", "request": request }]),
        )))
        .0
    };
    assert_eq!(get(json!("https://x.io/a")), "GET /a");
    assert_eq!(get(json!({ "url": "https://x.io/a" })), "GET /a");
    assert_eq!(
        get(json!({ "method": "patch", "url": "https://x.io/a" })),
        "PATCH /a"
    );
    let odd = converted(
        &collection(&json!([
            { "name": "Copy", "request": { "method": "COPY", "url": "https://x.io/a" } },
            { "name": "Socket", "request": { "method": "GET", "url": "wss://x.io/a" } },
            { "name": "Nowhere", "request": { "method": "GET", "url": "" } },
            { "name": "Nothing" },
        ]))
        .to_string(),
    );
    assert_eq!(odd.document["paths"], json!({}));
    let told: Vec<&str> = odd
        .warnings
        .iter()
        .map(|warning| warning.place.item.as_str())
        .collect();
    assert_eq!(told, ["Copy", "Nothing", "Nowhere", "Socket"]);
}

#[test]
fn urls() {
    let split =
        |host: Value, path: Value| json!({ "protocol": "https", "host": host, "path": path });
    for (url, server, path) in [
        (
            json!("https://api.example.com/a/b?q=1#top"),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!({ "raw": "https://api.example.com/a" }),
            "https://api.example.com",
            "/a",
        ),
        (
            split(json!(["api", "example", "com"]), json!(["a", ":id"])),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            split(json!("api.example.com"), json!("/a/:id")),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            split(
                json!("api.example.com"),
                json!([{ "type": "string", "value": "a" }, ":id"]),
            ),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            split(json!("api.example.com"), json!(["a", ""])),
            "https://api.example.com",
            "/a",
        ),
        (json!("api.example.com/a"), "https://api.example.com", "/a"),
        (
            json!({ "protocol": "http", "host": ["localhost"], "port": "8080", "path": ["a"] }),
            "http://localhost:8080",
            "/a",
        ),
        (
            json!("https://api.example.com/"),
            "https://api.example.com",
            "/",
        ),
        (
            json!("https://api.example.com/a/{{id}}/b"),
            "https://api.example.com",
            "/a/{id}/b",
        ),
        (
            json!("https://api.example.com/a/{id}"),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!("https://api.example.com/:id.:format"),
            "https://api.example.com",
            "/{id}.{format}",
        ),
        (
            json!("https://api.example.com/v{{version}}/a"),
            "https://api.example.com",
            "/v{version}/a",
        ),
    ] {
        assert_eq!(target(&url), (server.to_owned(), path.to_owned()), "{url}");
    }
}

#[test]
fn variables_nested_cyclic_and_undefined() {
    let with = |variables: Value, url: &str| {
        let mut collection =
            collection(&json!([{ "name": "R", "request": { "method": "GET", "url": url } }]));
        collection["variable"] = variables;
        let document = document(&collection);
        let path = document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap()
            .clone();
        format!("{}{path}", document["servers"][0]["url"].as_str().unwrap())
    };
    let nested = json!([{ "key": "base", "value": "https://{{host}}/v2/" }, { "id": "host", "value": "api.example.com" }]);
    assert_eq!(with(nested, "{{base}}/a"), "https://api.example.com/v2/a");
    let cyclic =
        json!([{ "key": "base", "value": "{{other}}" }, { "key": "other", "value": "{{base}}" }]);
    assert_eq!(with(cyclic, "{{base}}/a"), "https://api.zoom.us/v2/a");
    let disabled = json!([{ "key": "base", "value": "https://x.io", "disabled": true }]);
    assert_eq!(with(disabled, "{{base}}/a"), "https://api.zoom.us/v2/a");
    assert_eq!(
        with(
            json!([{ "key": "version", "value": 3 }]),
            "https://x.io/v{{version}}/a"
        ),
        "https://x.io/v3/a"
    );
}

#[test]
fn query_parameters() {
    let query = json!([
        { "key": "required", "value": "x", "description": "(Required) It." },
        { "key": "disabled", "value": "3", "disabled": true },
        { "key": "null", "value": null },
        { "key": null, "value": "lost" },
        { "key": "ids", "value": "1" },
        { "key": "ids", "value": "2" },
        { "key": "filter[name]", "value": "x" },
        { "key": "$top", "value": "<integer>" },
        { "key": "order", "value": "asc", "description": "Which way (This can only be one of asc,desc)" },
        { "key": "size", "value": "10", "description": "How many. Default: `30`." },
    ]);
    let (_, operation) = operation(
        &json!({ "method": "GET", "url": { "raw": "https://x.io/a", "host": "https://x.io", "path": ["a"], "query": query } }),
    );
    let parameters = operation["parameters"].as_array().unwrap();
    let find = |name: &str| {
        parameters
            .iter()
            .find(|parameter| parameter["name"] == name)
            .unwrap()
    };
    assert_eq!(parameters.len(), 8);
    assert_eq!(
        (
            &find("required")["required"],
            &find("required")["description"]
        ),
        (&json!(true), &json!("It."))
    );
    assert_eq!(
        (
            find("disabled").get("required"),
            &find("disabled")["schema"]["type"]
        ),
        (None, &json!("integer"))
    );
    assert_eq!(find("null")["schema"]["type"], "string");
    assert_eq!(
        (
            &find("ids")["schema"]["type"],
            &find("ids")["schema"]["items"]["type"]
        ),
        (&json!("array"), &json!("integer"))
    );
    assert_eq!(find("$top")["schema"]["type"], "integer");
    assert_eq!(find("order")["schema"]["enum"], json!(["asc", "desc"]));
    assert_eq!(find("size")["schema"]["default"], 30);
}

#[test]
fn headers_that_are_parameters_and_those_that_are_not() {
    for header in [
        json!([
            { "key": "X-Request-Id", "value": "7" },
            { "key": "Accept", "value": "*/*" },
            { "key": "Cookie", "value": "a=b" },
            { "key": "Authorization", "value": "Bearer {{token}}" },
            { "key": "Api", "value": "x", "description": "Added as a part of security scheme: apikey" },
        ]),
        json!("X-Request-Id: 7\nAccept: */*\nAuthorization: Bearer {{token}}"),
    ] {
        let (document, operation) =
            operation(&json!({ "method": "GET", "url": "https://x.io/a", "header": header }));
        let names: Vec<&Value> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| &parameter["name"])
            .collect();
        assert_eq!(names, ["X-Request-Id"]);
        assert_eq!(
            document["components"]["securitySchemes"]["bearerAuth"]["scheme"],
            "bearer"
        );
    }
    assert_eq!(
        operation(&json!({ "method": "GET", "url": "https://x.io/a", "header": null }))
            .1
            .get("parameters"),
        None
    );
}

#[test]
fn auth_types_and_inheritance() {
    let scheme = |auth: Value| {
        let (document, operation) =
            operation(&json!({ "method": "GET", "url": "https://x.io/a", "auth": auth }));
        let name = operation["security"][0]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap()
            .clone();
        document["components"]["securitySchemes"][name].clone()
    };
    assert_eq!(
        scheme(json!({ "type": "basic" })),
        json!({ "type": "http", "scheme": "basic" })
    );
    assert_eq!(
        scheme(json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "x" }] }))["scheme"],
        "bearer"
    );
    assert_eq!(
        scheme(json!({ "type": "jwt" })),
        json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" })
    );
    let key = json!({ "type": "apiKey", "in": "query", "name": "k" });
    assert_eq!(
        scheme(
            json!({ "type": "apikey", "apikey": [{ "key": "key", "value": "k" }, { "key": "in", "value": "query" }] })
        ),
        key
    );
    assert_eq!(
        scheme(json!({ "type": "apikey", "apikey": { "key": "k", "in": "query" } })),
        key,
        "as version 2.0 writes it"
    );
    let oauth = json!({ "type": "oauth2", "oauth2": [
        { "key": "authUrl", "value": "https://x.io/authorize" },
        { "key": "accessTokenUrl", "value": "https://x.io/token" },
        { "key": "refreshTokenUrl", "value": "https://x.io/refresh" },
        { "key": "scope", "value": "a:b c" },
        { "key": "grant_type", "value": "authorization_code" },
    ] });
    let flow = json!({
        "authorizationUrl": "https://x.io/authorize",
        "tokenUrl": "https://x.io/token",
        "refreshUrl": "https://x.io/refresh",
        "scopes": { "a:b": "", "c": "" },
    });
    assert_eq!(
        scheme(oauth),
        json!({ "type": "oauth2", "flows": { "authorizationCode": flow } })
    );

    let request = |auth: Value, path: &str| json!({ "name": path, "request": { "method": "GET", "url": format!("https://x.io/{path}"), "auth": auth } });
    let mut inherited = collection(&json!([
        request(json!(null), "outer"),
        { "name": "F", "auth": { "type": "bearer" }, "item": [request(json!(null), "inner"), request(json!({ "type": "noauth" }), "open")] },
    ]));
    inherited["auth"] = json!({ "type": "basic" });
    let document = document(&inherited);
    let security = |path: &str| document["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/outer"), json!([{ "basicAuth": [] }]));
    assert_eq!(security("/inner"), json!([{ "bearerAuth": [] }]));
    assert_eq!(security("/open"), json!([]));
}

#[test]
fn bodies_that_are_none() {
    for none in [
        json!(null),
        json!({}),
        json!({ "mode": "file", "file": {} }),
        json!({ "mode": "raw", "raw": "" }),
        json!({ "mode": "raw", "raw": "{}", "disabled": true }),
    ] {
        assert_eq!(operation(&post(&none)).1.get("requestBody"), None, "{none}");
    }
}

#[test]
fn raw_bodies() {
    let language = |language: &str, text: &str| {
        post(&json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": language } } }))
    };
    assert_eq!(body(&language("xml", "<a/>")).0, "application/xml");
    assert_eq!(body(&language("text", "plain")).0, "text/plain");
    assert_eq!(
        body(&language("text", "{\"a\": 1}")).0,
        "application/json",
        "it looks like JSON"
    );
    let mut with_header = language("json", "{\"a\": 1}");
    with_header["header"] =
        json!([{ "key": "Content-Type", "value": "application/merge-patch+json; charset=utf-8" }]);
    assert_eq!(body(&with_header).0, "application/merge-patch+json");
    let liberties = "{\n// a\n\"a\": 1, /* b */ \"b\": {{b}}, \"c\": [1,],\n}";
    assert_eq!(
        body(&raw(liberties)).1["properties"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["a", "b", "c"]
    );
    assert_eq!(
        body(&raw("[{\"a\": 1}, {\"b\": \"x\"}]")).1["type"],
        "array"
    );
    assert_eq!(
        body(&raw("{\"a\": 1, \"a\": 2}")).1["properties"]["a"]["type"],
        "integer"
    );
    assert_eq!(
        body(&raw(
            "{\"a\": null, \"b\": 12345678901234567890, \"c\": 1e400}"
        ))
        .1["properties"]
            .as_object()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn forms() {
    let fields = json!([
        { "key": "a", "value": "1", "description": "(Required) A." },
        { "key": "b", "value": "x", "disabled": true },
        { "key": "c", "value": "1" },
        { "key": "c", "value": "2" },
        { "key": "d", "value": "[{\"n\": 1}]" },
    ]);
    for (mode, media_type) in [
        ("urlencoded", "application/x-www-form-urlencoded"),
        ("formdata", "multipart/form-data"),
    ] {
        let request = post(&json!({ "mode": mode, (mode): fields }));
        let (stated, schema) = body(&request);
        assert_eq!(stated, media_type);
        assert_eq!(schema["required"], json!(["a"]));
        assert_eq!(schema["properties"]["b"]["type"], "string");
        assert_eq!(schema["properties"]["c"]["type"], "array");
        assert_eq!(
            schema["properties"]["d"]["items"],
            json!({ "$ref": "#/components/schemas/RD" })
        );
        let (_, operation) = operation(&request);
        assert_eq!(
            operation["requestBody"]["content"][media_type]["encoding"],
            json!({ "d": { "contentType": "application/json" } })
        );
    }
    let files = json!({ "mode": "formdata", "formdata": [
        { "key": "one", "type": "file", "src": "a.png" },
        { "key": "many", "type": "file", "src": ["a", "b"] },
        { "key": "none", "type": "file", "src": null },
        { "key": "meta", "value": "x", "contentType": "text/markdown" },
    ] });
    let (_, schema) = body(&post(&files));
    let binary = json!({ "type": "string", "format": "binary" });
    assert_eq!(schema["properties"]["one"], binary);
    assert_eq!(
        schema["properties"]["many"],
        json!({ "type": "array", "items": binary })
    );
    assert_eq!(schema["properties"]["none"], binary);
    let encoding =
        &operation(&post(&files)).1["requestBody"]["content"]["multipart/form-data"]["encoding"];
    assert_eq!(encoding["meta"]["contentType"], "text/markdown");
}

#[test]
fn graphql_and_files() {
    for variables in [json!("{\"id\": 1}"), json!({ "id": 1 })] {
        let graphql = post(
            &json!({ "mode": "graphql", "graphql": { "query": "query { a }", "variables": variables } }),
        );
        let (media_type, schema) = body(&graphql);
        assert_eq!(
            (media_type.as_str(), &schema["properties"]["query"]["type"]),
            ("application/json", &json!("string"))
        );
    }
    let file = post(&json!({ "mode": "file", "file": { "src": "a.bin" } }));
    assert_eq!(
        body(&file),
        (
            "application/octet-stream".to_owned(),
            json!({ "type": "string", "format": "binary" })
        )
    );
}

#[test]
fn saved_answers() {
    let item = json!({
        "name": "Get",
        "request": { "method": "GET", "url": "https://x.io/a" },
        "response": [
            { "name": "One", "code": 200, "body": "{\"a\": 1, \"at\": \"2024-01-02T03:04:05Z\"}", "header": null },
            { "name": "Two", "code": 200, "body": "\u{feff}{\"a\": 1.5, \"b\": null}", "header": "Content-Type: application/json" },
            { "name": "Page", "code": 500, "body": "<html></html>", "_postman_previewlanguage": "html" },
            { "name": "Gone", "code": 204, "body": "" },
            { "name": "**Status Code:** `418`<br>A teapot.", "code": null, "body": null },
            { "name": "Other", "code": null, "body": "x" },
            null,
        ],
    });
    let document = document(&item);
    let (_, operation) = only(&document);
    let responses = operation["responses"].as_object().unwrap();
    assert_eq!(
        responses.keys().collect::<Vec<_>>(),
        ["200", "204", "418", "500", "default"]
    );
    assert_eq!(responses["204"].get("content"), None);
    assert_eq!(responses["418"]["description"], "A teapot.");
    assert!(responses["500"]["content"].get("text/html").is_some());
    let schema = &document["components"]["schemas"]["GetResponse"]["properties"];
    assert_eq!(
        (&schema["a"]["type"], &schema["at"]["format"]),
        (&json!("number"), &json!("date-time"))
    );
    assert_eq!(
        responses["200"]["content"]["application/json"]["examples"]
            .as_object()
            .unwrap()
            .len(),
        2
    );
    let silent = only(&self::document(
        &json!({ "name": "R", "request": "https://x.io/a" }),
    ))
    .1;
    assert_eq!(silent["responses"]["200"], json!({ "description": "OK" }));
}

#[test]
fn maps_and_mixed_arrays() {
    let answer = |body: &str| {
        let item = json!({ "name": "Get", "request": "https://x.io/a", "response": [{ "name": "", "code": 200, "body": body }] });
        document(&item)["components"]["schemas"]["GetResponse"]["properties"].clone()
    };
    let map = answer("{\"by_day\": {\"2024-01-01\": 1, \"2024-01-02\": 2, \"2024-01-03\": 3}}");
    assert_eq!(map["by_day"]["additionalProperties"]["type"], "integer");
    let mixed = answer("{\"items\": [1, \"x\", null]}");
    assert_eq!(
        mixed["items"]["items"]["oneOf"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn folders_are_tags_and_names_collide() {
    let request = |name: &str, path: &str| json!({ "name": name, "request": { "method": "GET", "url": format!("https://x.io/{path}") } });
    let document = document(&collection(&json!([
        { "name": "A", "item": [{ "name": "Things", "description": "All of them.", "item": [request("Get a thing", "a/:id")] }] },
        { "name": "B", "item": [{ "name": "Things", "item": [request("Get the thing", "b/:id"), request("get-a-thing!", "c"), request("", "d"), request("😀", "e/:x"), request("取得", "f")] }] },
    ])));
    let find = |path: &str, key: &str| document["paths"][path]["get"][key].clone();
    assert_eq!(find("/a/{id}", "tags"), json!(["A / Things"]));
    assert_eq!(find("/b/{id}", "tags"), json!(["B / Things"]));
    assert_eq!(
        document["tags"][0],
        json!({ "name": "A / Things", "description": "All of them." })
    );
    assert_eq!(find("/a/{id}", "operationId"), "getThing");
    assert_eq!(find("/b/{id}", "operationId"), "getThingById");
    assert_eq!(find("/c", "operationId"), "getC");
    assert_eq!(find("/d", "operationId"), "getD");
    assert_eq!(find("/e/{x}", "operationId"), "getEByX");
    assert_eq!(find("/f", "operationId"), "取得");
}

#[test]
fn several_requests_on_one_method_and_path_merge() {
    let document = document(&collection(&json!([
        { "name": "First", "request": { "method": "POST", "url": "https://x.io/a/:id?q=1", "body": { "mode": "raw", "raw": "{\"a\": 1}" } },
          "response": [{ "name": "ok", "code": 200, "body": "{\"x\": 1}" }] },
        { "name": "Second", "request": { "method": "POST", "url": "https://x.io/a/:other?z=1", "body": { "mode": "raw", "raw": "{\"b\": 1}" } },
          "response": [{ "name": "no", "code": 404, "body": "{\"x\": 1}" }] },
        { "name": "Third", "request": { "method": "GET", "url": "https://x.io/a/:other" } },
    ])));
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/a/{id}"]);
    let merged = &document["paths"]["/a/{id}"]["post"];
    let names: Vec<&Value> = merged["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| &parameter["name"])
        .collect();
    assert_eq!(names, ["id", "q", "z"]);
    assert_eq!(merged["responses"].as_object().unwrap().len(), 2);
    assert_eq!(
        document["components"]["schemas"]["FirstRequest"]["properties"]
            .as_object()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn two_hosts_and_an_own_server() {
    let document = document(&collection(&json!([
        { "name": "A", "request": "https://one.example.com/v1/a" },
        { "name": "B", "request": "https://one.example.com/v1/b" },
        { "name": "C", "request": "https://two.example.com/c" },
    ])));
    assert_eq!(
        document["servers"],
        json!([{ "url": "https://one.example.com" }])
    );
    assert_eq!(
        document["paths"]["/c"]["get"]["servers"],
        json!([{ "url": "https://two.example.com" }])
    );
}

#[test]
fn placeholders_state_types() {
    let text = "{\"s\": \"<string>\", \"i\": \"<integer>\", \"l\": \"<long>\", \"n\": \"<number>\", \"b\": \"<boolean>\", \"e\": \"<email>\",
        \"d\": \"<dateTime>\", \"u\": \"<uuid>\", \"deep\": \"<Error: Too many levels of nesting to fake this schema>\"}";
    let request = raw(text);
    let properties = body(&request).1["properties"].clone();
    for (name, kind, format) in [
        ("s", "string", None),
        ("i", "integer", None),
        ("l", "integer", Some("int64")),
        ("n", "number", None),
        ("b", "boolean", None),
        ("e", "string", Some("email")),
        ("d", "string", Some("date-time")),
        ("u", "string", Some("uuid")),
    ] {
        assert_eq!(
            (
                properties[name]["type"].as_str(),
                properties[name]["format"].as_str()
            ),
            (Some(kind), format),
            "{name}"
        );
    }
    let (_, operation) = operation(&request);
    assert_eq!(
        operation["requestBody"]["content"]["application/json"].get("example"),
        None,
        "a placeholder is no example"
    );
}

#[test]
fn scripts_are_not_run_and_do_no_harm() {
    let mut item = json!({ "name": "R", "request": "https://x.io/a" });
    item["event"] = json!([{ "listen": "test", "script": { "exec": ["pm.test('x', () => { while (true) {} })"], "type": "text/javascript" } }]);
    assert_eq!(only(&document(&item)).0, "GET /a");
}
