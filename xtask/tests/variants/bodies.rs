//! What requests send.

use serde_json::{Value, json};

use crate::made::{
    body_schema, collection, converted, document, operation, requesting, sending, tells,
};

fn raw(text: &str) -> Value {
    json!({ "mode": "raw", "raw": text })
}

fn types(schema: &Value) -> Vec<(&str, &str)> {
    let properties = schema["properties"].as_object().unwrap();
    let kind = |schema: &'_ Value| schema["type"].as_str().unwrap_or("any").to_owned();
    properties
        .iter()
        .map(|(name, schema)| {
            (
                name.as_str(),
                [
                    "string", "integer", "number", "boolean", "array", "object", "any",
                ]
                .into_iter()
                .find(|known| *known == kind(schema))
                .unwrap(),
            )
        })
        .collect()
}

#[test]
fn no_body_is_no_body() {
    for body in [
        json!(null),
        json!({}),
        json!({ "mode": "raw", "raw": "" }),
        json!({ "mode": "raw" }),
        json!({ "mode": "file", "file": {} }),
        json!({ "mode": "formdata", "formdata": [] }),
        json!({ "mode": "raw", "raw": "{}", "disabled": true }),
        json!({ "mode": "none" }),
    ] {
        let document = document(&sending("", &body));
        assert_eq!(operation(&document).get("requestBody"), None, "{body}");
    }
}

#[test]
fn a_raw_body_is_what_the_language_the_header_or_its_look_say() {
    let language = |text: &str, language: &str| json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": language } } });
    for (header, body, media_type) in [
        ("", language("{\"a\":1}", "json"), "application/json"),
        ("", raw("{\"a\":1}"), "application/json"),
        ("", language("<a/>", "xml"), "application/xml"),
        ("", raw("<?xml version=\"1.0\"?><a/>"), "application/xml"),
        ("", language("<p>", "html"), "text/html"),
        ("", language("hi", "text"), "text/plain"),
        ("", raw("hi"), "text/plain"),
        ("text/csv", raw("a,b"), "text/csv"),
        (
            "application/vnd.api+json",
            raw("{\"a\":1}"),
            "application/vnd.api+json",
        ),
        (
            "application/json; charset=utf-8",
            raw("{\"a\":1}"),
            "application/json",
        ),
        ("text/xml", language("<a/>", "xml"), "text/xml"),
    ] {
        let document = document(&sending(header, &body));
        let content = operation(&document)["requestBody"]["content"]
            .as_object()
            .unwrap();
        let names: Vec<&String> = content.keys().collect();
        assert_eq!(names, [media_type], "{header} {body}");
    }
}

#[test]
fn json_that_is_not_quite_json_is_read() {
    for text in [
        "{\"a\": 1, \"b\": \"x\"}",
        "{\"a\": 1, // the first\n \"b\": \"x\" /* the second */}",
        "{\"a\": 1, \"b\": \"x\",}",
        "{\"a\": {{count}}, \"b\": \"{{name}}\"}",
        "\u{feff}{\"a\": 1, \"b\": \"x\"}",
        "{\"a\": 0, \"b\": \"y\", \"a\": 1}",
    ] {
        let document = document(&sending("application/json", &raw(text)));
        let schema = body_schema(&document, "application/json");
        let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["a", "b"], "{text}");
    }
}

#[test]
fn a_body_is_read_in_whatever_form_it_is_written() {
    let json = "application/json";
    for (content_type, body, media_type) in [
        ("", json!({ "mode": "raw", "raw": { "a": 1 } }), json),
        (
            "",
            json!({ "mode": "raw", "raw": "{\"a\": -{{n}}.5, \"b\": [{{n}}{{m}}]}" }),
            json,
        ),
        ("", json!({ "raw": "{\"a\": 1}" }), json),
        (
            "",
            json!({ "urlencoded": [{ "key": "a", "value": "1" }] }),
            "application/x-www-form-urlencoded",
        ),
        ("", json!({ "mode": "graphql", "graphql": "{ a }" }), json),
        (
            "image/png",
            json!({ "mode": "file", "file": { "src": null } }),
            "image/png",
        ),
        (
            "",
            json!({ "mode": "formdata", "formdata": [
            { "key": "a", "value": "{\"b\": {{n}},}", "contentType": "application/json" },
        ] }),
            "multipart/form-data",
        ),
    ] {
        let generated = converted(sending(content_type, &body).to_string());
        let document = generated.document.tree();
        let schema = body_schema(&document, media_type);
        let properties = schema["properties"].as_object();
        let is_first = |name| matches!(name, "a" | "query");
        let is_read = properties.is_none_or(|it| it.keys().any(|name| is_first(name.as_str())));
        assert!(is_read && schema["type"].is_string(), "{body}: {schema}");
        if media_type == "multipart/form-data" {
            assert_eq!(schema["properties"]["a"]["properties"], json!({ "b": {} }));
        }
    }
    for (body, text) in [
        (
            json!({ "mode": "tape", "tape": "x" }),
            "unknown mode `tape`",
        ),
        (
            json!({ "mode": "graphql", "graphql": { "query": "{ a }", "variables": "{" } }),
            "GraphQL variables are not valid JSON",
        ),
    ] {
        let generated = converted(sending("", &body).to_string());
        tells(&generated, "$.item[0].request.body", text);
    }
}

#[test]
fn json_that_cannot_be_read_is_anything_and_told() {
    let generated = converted(sending("application/json", &raw("{\"a\": ")).to_string());
    tells(
        &generated,
        "$.item[0].request.body",
        "cannot be read as that",
    );
    let document = generated.document.tree();
    let content = &operation(&document)["requestBody"]["content"]["application/json"];
    assert_eq!(*content, json!({ "schema": {} }));
}

#[test]
fn json_values_become_types() {
    let text = r#"{"i": 1, "big": 12345678901234567890, "n": 1.5, "b": true, "s": "x", "null": null, "e": [], "o": {}, "l": [1, 2.5], "p": [{"a": 1}, {"b": "x"}]}"#;
    let document = document(&sending("application/json", &raw(text)));
    let schema = body_schema(&document, "application/json");
    let types = types(&schema);
    for expected in [
        ("i", "integer"),
        ("big", "integer"),
        ("n", "number"),
        ("b", "boolean"),
        ("s", "string"),
        ("e", "array"),
        ("o", "object"),
        ("l", "array"),
        ("p", "array"),
    ] {
        assert!(types.contains(&expected), "{expected:?} in {types:?}");
    }
    let property = |name: &str| &schema["properties"][name];
    assert_eq!(*property("null"), json!({}), "anything, and that is told");
    assert_eq!(property("l")["items"]["type"], "number");
    let item = &property("p")["items"];
    assert_eq!(
        item["properties"],
        json!({ "a": { "type": "integer", "example": 1 }, "b": { "type": "string", "example": "x" } })
    );
    assert_eq!(item.get("required"), None);
}

#[test]
fn the_root_may_be_a_list_or_a_scalar() {
    for (text, kind) in [
        ("[{\"a\": 1}]", "array"),
        ("[]", "array"),
        ("\"x\"", "string"),
        ("3", "integer"),
        ("true", "boolean"),
    ] {
        let document = document(&sending("application/json", &raw(text)));
        assert_eq!(
            body_schema(&document, "application/json")["type"],
            kind,
            "{text}"
        );
    }
}

#[test]
fn urlencoded_fields_keep_their_order_their_words_and_what_is_switched_off() {
    let body = json!({ "mode": "urlencoded", "urlencoded": [
        { "key": "name", "value": "x", "description": "(Required) Whose." },
        { "key": "size", "value": "3", "disabled": true },
        { "key": "tags", "value": "a" },
        { "key": "tags", "value": "b" },
    ] });
    let document = document(&sending("application/x-www-form-urlencoded", &body));
    let schema = body_schema(&document, "application/x-www-form-urlencoded");
    assert_eq!(
        types(&schema),
        [("name", "string"), ("size", "integer"), ("tags", "array")]
    );
    assert_eq!(schema["required"], json!(["name"]));
    assert_eq!(schema["properties"]["name"]["description"], "Whose.");
}

#[test]
fn forms_hold_texts_json_and_files() {
    let body = json!({ "mode": "formdata", "formdata": [
        { "key": "text", "value": "hi", "type": "text" },
        { "key": "marks", "value": "[{\"from\": 1, \"to\": 2}]", "type": "text" },
        { "key": "typed", "value": "a,b", "type": "text", "contentType": "text/csv" },
        { "key": "one", "type": "file", "src": "/tmp/x.png" },
        { "key": "none", "type": "file", "src": null },
        { "key": "many", "type": "file", "src": ["/a", "/b"] },
        { "key": "off", "value": "1", "type": "text", "disabled": true },
    ] });
    let document = document(&sending("", &body));
    let schema = body_schema(&document, "multipart/form-data");
    let property = |name: &str| &schema["properties"][name];
    for (name, kind) in types(&schema) {
        let expected = match name {
            "marks" | "many" => "array",
            "off" => "integer",
            _ => "string",
        };
        assert_eq!(kind, expected, "{name}");
    }
    assert_eq!(property("one")["format"], "binary");
    assert_eq!(property("none")["format"], "binary");
    assert_eq!(property("many")["items"]["format"], "binary");
    assert_eq!(
        property("marks")["items"]["properties"]["from"]["type"],
        "integer"
    );
    let encoding =
        &operation(&document)["requestBody"]["content"]["multipart/form-data"]["encoding"];
    assert_eq!(
        *encoding,
        json!({ "marks": { "contentType": "application/json" }, "typed": { "contentType": "text/csv" } })
    );
}

#[test]
fn a_file_is_bytes_and_graphql_is_json() {
    let file = document(&sending(
        "image/png",
        &json!({ "mode": "file", "file": { "src": "/tmp/x.png" } }),
    ));
    assert_eq!(
        body_schema(&file, "image/png"),
        json!({ "type": "string", "format": "binary" })
    );
    for variables in [json!("{\"id\": 1}"), json!({ "id": 1 })] {
        let body = json!({ "mode": "graphql", "graphql": { "query": "query Q($id: Int) { a }", "variables": variables } });
        let graphql = document(&sending("", &body));
        let schema = body_schema(&graphql, "application/json");
        assert_eq!(
            types(&schema),
            [("query", "string"), ("variables", "object")],
            "{variables}"
        );
        assert_eq!(
            schema["properties"]["variables"]["properties"]["id"]["type"],
            "integer"
        );
    }
}

#[test]
fn bodies_count_where_postman_sends_them() {
    let keeps = |keeps: bool| json!({ "disableBodyPruning": keeps });
    for (method, collection, item, is_sent) in [
        ("DELETE", json!({}), json!({}), true),
        ("OPTIONS", json!({}), json!({}), true),
        ("GET", json!({}), json!({}), false),
        ("HEAD", json!({}), json!({}), false),
        ("GET", keeps(true), json!({}), true),
        ("GET", json!({}), keeps(true), true),
        ("GET", keeps(true), keeps(false), false),
        ("HEAD", keeps(false), keeps(true), true),
    ] {
        let request =
            json!({ "method": method, "url": "https://x.io/a", "body": raw("{\"a\": 1}") });
        let mut file = requesting(&request);
        file["protocolProfileBehavior"] = collection;
        file["item"][0]["protocolProfileBehavior"] = item;
        let generated = converted(file.to_string());
        let document = generated.document.tree();
        let body = operation(&document).get("requestBody");
        assert_eq!(body.is_some(), is_sent, "{method} {file}");
        if !is_sent {
            tells(&generated, "$.item[0].request.body", "no body with");
        }
    }
}

#[test]
fn requests_on_one_method_and_path_are_one_operation_with_all_that_they_say() {
    let post = |name: &str, query: &str, body: &Value, code: u16| {
        json!({
            "name": name,
            "request": { "method": "POST", "url": format!("https://x.io/a{query}"), "body": body },
            "response": [{ "name": "Answer", "code": code, "body": "{\"id\": 1}" }],
        })
    };
    let file = collection(&json!([
        post("First", "?kind=1", &raw("{\"a\": 1}"), 200),
        post("Second", "?depth=2", &raw("{\"b\": \"x\"}"), 201),
        post(
            "Third",
            "",
            &json!({ "mode": "urlencoded", "urlencoded": [{ "key": "c", "value": "1" }] }),
            202
        ),
    ]));
    let document = document(&file);
    let operation = operation(&document);
    // Three requests that have no word in common are called by their path.
    assert_eq!(operation["operationId"], "postA");
    assert_eq!(operation["summary"], "POST /a");
    assert_eq!(
        crate::made::parameters(&document, "query"),
        ["kind", "depth"]
    );
    let statuses: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
    assert_eq!(statuses, ["200", "201", "202"]);
    let content = &operation["requestBody"]["content"];
    let json = crate::made::inlined(&document, &content["application/json"]["schema"]);
    assert_eq!(types(&json), [("a", "integer"), ("b", "string")]);
    assert!(content["application/x-www-form-urlencoded"].is_object());
    let items: Vec<&Value> = operation["x-postman-source"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| &source["item"])
        .collect();
    assert_eq!(items, ["First", "Second", "Third"]);
}

#[test]
fn what_tools_would_follow_is_no_example() {
    let generated =
        converted(sending("application/json", &raw(r##"{"a": {"$ref": "#/x"}}"##)).to_string());
    let document = generated.document.tree();
    let content = &operation(&document)["requestBody"]["content"]["application/json"];
    assert_eq!(content.get("example"), None);
    let schema = body_schema(&document, "application/json");
    let inner = &schema["properties"]["a"]["properties"]["$ref"]["type"];
    assert_eq!(*inner, "string", "the schema is there all the same");
    tells(&generated, "$.item[0].request.body", "holds a `$ref`");
}

#[test]
fn json_that_can_be_read_says_more_than_json_that_cannot() {
    let readable = json!({ "method": "POST", "url": "https://x.io/a", "body": raw("{\"a\": 1}"), "header": [{ "key": "Content-Type", "value": "application/json" }] });
    let mut broken = readable.clone();
    broken["body"] = raw("{\"a\": ");
    let items = json!([{ "name": "A", "request": broken }, { "name": "B", "request": readable }]);
    let document = document(&collection(&items));
    let schema = body_schema(&document, "application/json");
    assert_eq!(schema["properties"]["a"]["type"], "integer");
}
