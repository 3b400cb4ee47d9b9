//! Query parameters and headers.

use serde_json::{Value, json};

use crate::made::{document, operation, parameter, parameters, requesting};

fn queried(query: &Value) -> Value {
    let url =
        json!({ "raw": "https://x.io/a", "host": ["x", "io"], "path": ["a"], "query": query });
    document(&requesting(&json!({ "url": url })))
}

#[test]
fn a_query_parameter_has_the_type_of_its_value() {
    for (value, schema) in [
        (json!("text"), json!({ "type": "string" })),
        (json!("3"), json!({ "type": "integer" })),
        (json!("3.5"), json!({ "type": "number" })),
        (json!("true"), json!({ "type": "boolean" })),
        (
            json!("2024-05-06"),
            json!({ "type": "string", "format": "date" }),
        ),
        (json!(null), json!({ "type": "string" })),
        (json!(""), json!({ "type": "string" })),
        (json!("{{value}}"), json!({ "type": "string" })),
        (json!("<integer>"), json!({ "type": "integer" })),
        (json!("<boolean>"), json!({ "type": "boolean" })),
        (json!("<string>"), json!({ "type": "string" })),
    ] {
        let document = queried(&json!([{ "key": "size", "value": value }]));
        assert_eq!(parameter(&document, "size")["schema"], schema, "{value}");
    }
}

#[test]
fn disabled_parameters_are_optional_ones() {
    let document = queried(&json!([
        { "key": "a", "value": "1", "disabled": true },
        { "key": "b", "value": "1", "disabled": true, "description": "(Required) It." },
        { "key": "c", "value": "1", "description": "(Required) It." },
        { "name": "d", "value": "1" },
        { "key": null, "value": "1" },
        { "key": null, "name": "e", "value": "1" },
        { "value": "1" },
    ]));
    assert_eq!(parameters(&document, "query"), ["a", "b", "c", "d"]);
    assert_eq!(parameter(&document, "a").get("required"), None);
    assert_eq!(parameter(&document, "c")["required"], true);
    assert_eq!(parameter(&document, "c")["description"], "It.");
}

#[test]
fn a_repeated_key_is_a_list_unless_only_one_of_its_rows_is_sent() {
    let row =
        |value: &str, is_off: bool| json!({ "key": "ids", "value": value, "disabled": is_off });
    let integer = json!({ "type": "integer" });
    let list = json!({ "type": "array", "items": { "type": "integer", "example": 1 } });
    for (rows, schema) in [
        (vec![row("1", false), row("2", false)], &list),
        (
            vec![row("1", false), row("2", false), row("3", true)],
            &list,
        ),
        (vec![row("1", true), row("2", true)], &list),
        (vec![row("1", false), row("2", true)], &integer),
        (
            vec![row("1", true), row("2", false), row("3", true)],
            &integer,
        ),
        (vec![row("1", false)], &integer),
    ] {
        let document = queried(&json!(rows));
        assert_eq!(parameter(&document, "ids")["schema"], *schema, "{rows:?}");
    }
    let others = queried(&json!([
        { "key": "tags[]", "value": "x" },
        { "key": "filter[name]", "value": "x" },
        { "key": "$top", "value": "3" },
    ]));
    assert_eq!(
        parameters(&others, "query"),
        ["tags[]", "filter[name]", "$top"]
    );
}

#[test]
fn a_description_may_list_the_values() {
    for (description, rest, values) in [
        (
            "Order. (This can only be one of asc,desc)",
            "Order.",
            json!(["asc", "desc"]),
        ),
        (
            "Order. One of `asc`, `desc`.",
            "Order. One of `asc`, `desc`.",
            json!(["asc", "desc"]),
        ),
        ("Order. Allowed: asc┃desc", "Order.", json!(["asc", "desc"])),
    ] {
        let document =
            queried(&json!([{ "key": "sort", "value": "asc", "description": description }]));
        let sort = parameter(&document, "sort");
        assert_eq!(sort["schema"]["enum"], values, "{description}");
        assert!(
            sort["description"].as_str().unwrap().starts_with("Order."),
            "{description}: {rest}"
        );
    }
}

#[test]
fn what_the_transport_sets_is_no_parameter() {
    let names = [
        "Accept",
        "content-type",
        "User-Agent",
        "Host",
        "Cookie",
        "Content-Length",
        "Postman-Token",
    ];
    let mut header: Vec<Value> = names
        .iter()
        .map(|name| json!({ "key": name, "value": "x" }))
        .collect();
    header
        .push(json!({ "key": "X-Request-Id", "value": "r1", "description": "(Required) Yours." }));
    header.push(json!({ "key": "X-Off", "value": "1", "disabled": true }));
    let document = document(&requesting(
        &json!({ "url": "https://x.io/a", "header": header }),
    ));
    assert_eq!(parameters(&document, "header"), ["X-Request-Id", "X-Off"]);
    assert_eq!(parameter(&document, "X-Request-Id")["required"], true);
    assert_eq!(parameter(&document, "X-Off").get("required"), None);
}

#[test]
fn headers_may_be_a_text_or_nothing() {
    for header in [json!(null), json!(""), json!([]), json!([null])] {
        let document = document(&requesting(
            &json!({ "url": "https://x.io/a", "header": header }),
        ));
        assert_eq!(operation(&document).get("parameters"), None, "{header}");
    }
    let document = document(&requesting(
        &json!({ "url": "https://x.io/a", "header": "X-A: 1\nAccept: */*\r\nX-B:two" }),
    ));
    assert_eq!(parameters(&document, "header"), ["X-A", "X-B"]);
    assert_eq!(parameter(&document, "X-A")["schema"]["type"], "integer");
}

#[test]
fn notes_of_the_importer_are_no_parameters() {
    let noise = json!([{ "key": "Authorization", "value": "<token>", "description": "Added as a part of security scheme: oauth2" }]);
    let saved = json!({ "name": "OK", "code": 200, "body": "{}", "originalRequest": { "url": "https://x.io/a", "header": noise } });
    let item = json!({ "name": "Get", "request": { "url": "https://x.io/a", "header": noise }, "response": [saved] });
    assert_eq!(operation(&document(&item)).get("parameters"), None);
}

#[test]
fn a_description_may_state_the_default() {
    let document = queried(
        &json!([{ "key": "size", "value": "10", "description": "How many. Default: `30`." }]),
    );
    assert_eq!(parameter(&document, "size")["schema"]["default"], 30);
}
