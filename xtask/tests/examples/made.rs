//! Items whose requests and answers hold values of every kind, placeholders and variables among them.

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// Texts that may be something else, too.
fn text() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "red",
        "7",
        "2.10",
        "true",
        "007",
        "123456789012345678901234",
        "ann@depot.test",
        "0b5f7a1c-7a44-4d7e-9a56-0e3d8b0c1f2a",
        "2026-01-02",
        "2026-01-02T03:04:05Z",
        "https://depot.test/a",
        "10.0.0.1",
        "<string>",
        "<integer>",
        "<long>",
        "<boolean>",
        "<number>",
        "<uuid>",
        "<date>",
        "<br>",
        "<array>",
        "{{name}}",
        "{{$guid}}",
        "{{$timestamp}}",
        "[1, \"x\"]",
        "{\"a\": 1}",
        "a, b",
    ])
}

/// Values of JSON as they are written into bodies, where a variable may stand bare.
fn json_text() -> impl Strategy<Value = String> {
    let number = select(vec![
        "0",
        "7",
        "-3",
        "1.5",
        "1.0",
        "12345678901",
        "18446744073709551615",
        "99999999999999999999",
    ]);
    let other = select(vec![
        "null",
        "true",
        "false",
        "{{count}}",
        "{{$randomInt}}",
        "[]",
        "{}",
    ]);
    let leaf = prop_oneof![
        3 => text().prop_map(|text| json!(text).to_string()),
        2 => number.prop_map(str::to_owned),
        2 => other.prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = select(vec![
            "a",
            "b",
            "id",
            "password",
            "tokens",
            "1",
            "25",
            "2026-01-02",
            "key_0",
            "key_1",
            "$ref",
        ]);
        let members = vec((key, inner.clone()), 0..5).prop_map(|members| {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("\"{key}\": {value}"))
                .collect();
            format!("{{{}}}", members.join(", "))
        });
        let items = vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", ")));
        prop_oneof![2 => members, 1 => items]
    })
}

fn description() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "(Required) What it is.",
        "One of `red`, `blue`.",
        "(This can only be one of red,blue)",
        "At most 3 characters. Default: `red`.",
        "Between 1 and 5.",
        "A comma-separated list of colors.",
        "Deprecated.",
    ])
}

fn fields() -> impl Strategy<Value = Vec<Value>> {
    let name = select(vec!["color", "size", "api_key", "page", "tag"]);
    let field = (name, text(), description(), any::<bool>()).prop_map(|(name, value, description, is_off)| {
        json!({ "key": name, "value": value, "description": description, "disabled": is_off })
    });
    vec(field, 0..5)
}

fn media_type() -> impl Strategy<Value = Value> {
    let stated = select(vec![
        "application/json",
        "application/vnd.depot+json; v=2",
        "text/plain",
        "*/*",
        "text/html",
        "image/png",
    ]);
    prop_oneof![2 => Just(json!([])), 2 => stated.prop_map(|it| json!([{ "key": "Content-Type", "value": it }]))]
}

fn body() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => json_text().prop_map(|raw| json!({ "mode": "raw", "raw": raw })),
        1 => fields().prop_map(|fields| json!({ "mode": "urlencoded", "urlencoded": fields })),
        1 => fields().prop_map(|fields| json!({ "mode": "formdata", "formdata": fields })),
        1 => Just(Value::Null),
    ]
}

fn request() -> impl Strategy<Value = Value> {
    let path = select(vec!["crates", "depots"]);
    (path, fields(), fields(), media_type(), body()).prop_map(|(path, query, mut header, content_type, body)| {
        header.extend(content_type.as_array().unwrap().iter().cloned());
        let url = json!({ "raw": format!("https://depot.test/{path}"), "host": ["https://depot.test"], "path": [path], "query": query });
        json!({ "method": "POST", "url": url, "header": header, "body": body })
    })
}

fn answer() -> impl Strategy<Value = Value> {
    let status = select(vec![json!(200), json!(404), Value::Null]);
    let name = select(vec!["Done.", "Found.", ""]);
    let asked = prop_oneof![1 => Just(Value::Null), 1 => request()];
    (status, name, media_type(), fields(), json_text(), asked).prop_map(|(code, name, header, more, body, asked)| {
        let mut headers = header.as_array().unwrap().clone();
        headers.extend(more);
        json!({ "name": name, "code": code, "header": headers, "body": body, "originalRequest": asked })
    })
}

/// A few items, of which some share their method and path.
pub(crate) fn items() -> impl Strategy<Value = Vec<Value>> {
    let name = select(vec!["Add a crate", "Add", "Fill a depot"]);
    let item = (name, request(), vec(answer(), 0..3))
        .prop_map(|(name, request, response)| json!({ "name": name, "request": request, "response": response }));
    vec(item, 1..4)
}
