//! What was answered.

use serde_json::{Value, json};

use crate::made::{
    answer_schema, answered, collection, converted, document, operation, parameters, tells,
};

fn ok(body: &Value) -> Value {
    json!({ "name": "Done.", "code": 200, "status": "OK", "body": body })
}

#[test]
fn an_operation_has_an_answer_even_where_none_is_saved() {
    for responses in [json!([]), json!(null)] {
        let generated = converted(answered(&responses).to_string());
        assert_eq!(
            operation(&generated.document.tree())["responses"],
            json!({ "200": { "description": "OK" } })
        );
        tells(&generated, "$.item[0]", "no answer is saved");
    }
}

#[test]
fn an_answer_without_a_status_is_the_default() {
    for code in [json!(null), json!("x")] {
        let generated = converted(
            answered(&json!([{ "name": "Any", "code": code, "body": "{\"a\": 1}" }])).to_string(),
        );
        assert!(operation(&generated.document.tree())["responses"]["default"].is_object());
        tells(&generated, "$.item[0].response[0]", "has no status");
    }
    // The name may say it.
    let named = document(&answered(
        &json!([{ "name": "**HTTP Status Code:** `404` <br>\nNot here", "body": "{\"a\": 1}" }]),
    ));
    assert!(
        operation(&named)["responses"]["404"].is_object(),
        "{named:#}"
    );
}

#[test]
fn headers_may_be_a_list_an_object_a_text_or_nothing() {
    for header in [
        json!([{ "key": "Content-Type", "value": "application/json; charset=utf-8" }]),
        json!("Content-Type: application/json"),
        json!(["Content-Type: application/json"]),
        json!({ "Content-Type": "application/json" }),
        json!(null),
        json!([]),
    ] {
        let document = document(&answered(
            &json!([{ "code": 200, "header": header, "body": "{\"a\": 1}" }]),
        ));
        assert_eq!(
            answer_schema(&document, "200")["properties"]["a"]["type"],
            "integer",
            "{header}"
        );
    }
}

#[test]
fn a_body_may_be_written_as_the_value_that_it_is() {
    for (body, kind) in [
        (json!({ "a": 1 }), "object"),
        (json!([{ "a": 1 }]), "array"),
        (json!("{\"a\": 1}"), "object"),
    ] {
        let document = document(&answered(&json!([ok(&body)])));
        assert_eq!(answer_schema(&document, "200")["type"], kind, "{body}");
    }
}

#[test]
fn the_request_that_was_answered_may_be_its_url() {
    let url = "https://api.example.com/a?page=2";
    for request in [json!(url), json!({ "url": url })] {
        let saved = json!([{ "code": 200, "originalRequest": request }]);
        let document = document(&answered(&saved));
        assert_eq!(parameters(&document, "query"), ["page"], "{request}");
    }
}

#[test]
fn a_body_may_be_nothing_cut_or_of_another_kind() {
    let header = json!([{ "key": "Content-Type", "value": "application/json" }]);
    for body in [json!(null), json!(""), json!("  ")] {
        let document = document(&answered(
            &json!([{ "code": 204, "header": header, "body": body }]),
        ));
        assert_eq!(
            operation(&document)["responses"]["204"].get("content"),
            None,
            "{body}"
        );
    }
    let cut = converted(
        answered(&json!([{ "code": 200, "header": header, "body": "{\"a\": [1, " }])).to_string(),
    );
    tells(&cut, "$.item[0].response[0]", "cannot be read as that");
    let html = document(&answered(
        &json!([{ "code": 500, "_postman_previewlanguage": "html", "body": "<html></html>" }]),
    ));
    assert!(operation(&html)["responses"]["500"]["content"]["text/html"].is_object());
    let marked = document(&answered(&json!([ok(&json!("\u{feff}{\"a\": 1}"))])));
    assert_eq!(
        answer_schema(&marked, "200")["properties"]["a"]["type"],
        "integer"
    );
}

#[test]
fn all_examples_of_a_status_count() {
    let document = document(&answered(&json!([
        ok(&json!("{\"a\": 1, \"b\": \"x\", \"l\": [{\"c\": 1}]}")),
        ok(&json!("{\"a\": 2.5, \"l\": [{\"d\": null}, {\"d\": \"x\"}]}")),
        ok(&json!("{\"a\": null}")),
        { "name": "Gone.", "code": 410, "body": "{\"why\": \"x\"}" },
    ])));
    let schema = answer_schema(&document, "200");
    let a = &schema["properties"]["a"];
    assert_eq!(
        (&a["type"], &a["nullable"]),
        (&json!("number"), &json!(true))
    );
    let item = &schema["properties"]["l"]["items"]["properties"];
    assert_eq!(item["c"]["type"], "integer");
    assert_eq!(item["d"]["nullable"], true);
    let examples =
        &operation(&document)["responses"]["200"]["content"]["application/json"]["examples"];
    assert_eq!(examples.as_object().unwrap().len(), 3);
    assert_eq!(
        operation(&document)["responses"]["410"]["description"],
        "Gone."
    );
}

#[test]
fn a_place_with_values_of_several_types_allows_each() {
    let generated = converted(
        answered(&json!([ok(&json!(
            "[{\"a\": 1}, {\"a\": \"x\"}, {\"b\": null}]"
        ))]))
        .to_string(),
    );
    let written = generated.document.tree();
    let schema = answer_schema(&written, "200");
    let a = &schema["items"]["properties"]["a"];
    let kinds: Vec<&Value> = a["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| &kind["type"])
        .collect();
    assert_eq!(kinds, ["integer", "string"]);
    tells(
        &generated,
        "$.item[0].response[0].body",
        "any of them is allowed",
    );
    let mixed = document(&answered(&json!([ok(&json!("[1, \"x\", null]"))])));
    let kinds = answer_schema(&mixed, "200")["items"]["oneOf"].clone();
    assert_eq!(kinds.as_array().unwrap().len(), 2);
}

#[test]
fn keys_that_are_data_make_a_map() {
    for keys in [
        ["2024-01-01", "2024-01-02", "2024-01-03"],
        ["a@example.com", "b@example.com", "c@example.com"],
        [
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
            "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
        ],
        ["1001", "1002", "1003"],
    ] {
        let members: Value = keys
            .iter()
            .map(|key| ((*key).to_owned(), json!({ "size": 1 })))
            .collect();
        let document = document(&answered(&json!([ok(&json!(
            json!({ "by": members }).to_string()
        ))])));
        let schema = answer_schema(&document, "200");
        let by = &schema["properties"]["by"];
        assert_eq!(
            by["additionalProperties"]["properties"]["size"]["type"], "integer",
            "{keys:?}"
        );
        assert_eq!(by.get("properties"), None);
    }
}

#[test]
fn a_format_is_taken_only_where_every_value_agrees() {
    for (values, format) in [
        (["2024-05-06", "2024-05-07"], Some("date")),
        (
            ["2024-05-06T07:08:09Z", "2024-05-06T07:08:09.5+02:00"],
            Some("date-time"),
        ),
        (["a@example.com", "b@example.com"], Some("email")),
        (["https://x.io/a", "https://x.io/b"], Some("uri")),
        (
            [
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
            ],
            Some("uuid"),
        ),
        (["192.0.2.1", "192.0.2.2"], Some("ipv4")),
        (["2024-05-06", "soon"], None),
        (["a@example.com", "https://x.io"], None),
    ] {
        let bodies: Vec<Value> = values
            .iter()
            .map(|value| ok(&json!(json!({ "v": value }).to_string())))
            .collect();
        let document = document(&answered(&json!(bodies)));
        let schema = answer_schema(&document, "200");
        let v = &schema["properties"]["v"];
        assert_eq!(
            v.get("format").and_then(Value::as_str),
            format,
            "{values:?}"
        );
    }
}

#[test]
fn operations_share_equal_shapes_inside_their_answers_and_never_the_answers() {
    let item = |name: &str, path: &str| {
        json!({
            "name": name, "request": format!("https://x.io/{path}"),
            "response": [ok(&json!("{\"files\": [{\"id\": \"f\", \"size\": 1}]}"))],
        })
    };
    let document = document(&collection(&json!([
        item("List files", "a"),
        item("Find files", "b")
    ])));
    let names: Vec<&String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(names, ["File", "FindFilesResponse", "ListFilesResponse"]);
}
