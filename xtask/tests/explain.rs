//! `--explain` and contradictions, on files of their own.

#![allow(clippy::unwrap_used)]

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::{
    codegen::{Generated, Input, generate},
    report::explain,
};

fn item(name: &str, answer: &Value) -> Value {
    json!({
        "name": name,
        "request": {
            "method": "POST",
            "url": { "host": ["{{baseUrl}}"], "path": ["things", ":id"], "variable": [{ "key": "id" }] },
            "body": {
                "mode": "urlencoded",
                "urlencoded": [{ "key": "size", "value": "3", "description": "(Required) How large." }],
            },
            "description": "Makes a thing.\n\n**Rate Limit Label:** `LIGHT`",
        },
        "response": [{ "name": "Made.", "code": 201, "header": [], "body": answer.to_string() }],
    })
}

fn write(folder: &TempDir, name: &str, value: &Value) {
    fs::write(folder.path().join(name), value.to_string()).unwrap();
}

fn input(items: &TempDir) -> Input {
    Input {
        postman: vec![items.path().to_owned()],
        explained: true,
        ..Input::default()
    }
}

#[test]
fn each_fact_is_traced_to_an_item_an_overlay_or_an_assumption() {
    let (items, overlays) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write(
        &items,
        "make.json",
        &item("Make a thing", &json!({ "id": "x" })),
    );
    let target = "$.components.schemas.MakeThingRequest.properties.size";
    let actions = json!([{ "target": target, "update": { "maximum": 9 } }]);
    let overlay = json!({ "overlay": "1.0.0", "info": { "title": "More", "version": "1" }, "actions": actions });
    write(&overlays, "more.json", &overlay);
    let with_overlay = Input {
        overlays: vec![overlays.path().to_owned()],
        ..input(&items)
    };
    let generated: Generated = generate(&with_overlay).unwrap();

    let explanation = explain(&generated, "post /things/{id}").unwrap();
    let holds = |fact: &str, origin: &str| {
        let mut lines = explanation
            .lines()
            .filter(|line| line.trim_start().starts_with(fact));
        assert!(
            lines.any(|line| line.contains(origin)),
            "no {fact} with {origin} in\n{explanation}"
        );
    };
    holds(
        "field size: integer",
        "item      make.json “Make a thing” $.request.body.urlencoded[0]",
    );
    holds(
        "required",
        "item      make.json “Make a thing” $.request.body.urlencoded[0].description",
    );
    holds("maximum 9", "overlay   more.json $.actions[0]");
    holds(
        "server https://api.zoom.us/v2",
        "assumed   `{{baseUrl}}` has no value",
    );
    holds(
        "field id: string",
        "item      make.json “Make a thing” $.response[0].body",
    );
    holds("x-zoom-rate-limit-label LIGHT", "$.request.description");
    assert_eq!(explanation, explain(&generated, "makeThing").unwrap());

    let refusal = explain(&generated, "GET /nothing").unwrap_err();
    assert!(
        refusal.contains("GET /nothing") && refusal.contains("POST /things/{id}"),
        "{refusal}"
    );
}

/// Every member that an overlay wrote is traced to its file and action, wherever later actions have moved it, and no other
/// member is.
#[test]
fn each_member_is_traced_to_the_action_that_wrote_it() {
    let (items, overlays) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut made = item(
        "Make a thing",
        &json!({ "id": "x", "owner": { "name": "y" } }),
    );
    made["request"]["url"]["query"] = json!([
        { "key": "first", "value": "1" }, { "key": "second", "value": "2" }, { "key": "third", "value": "3" },
    ]);
    write(&items, "make.json", &made);
    let operation = "$.paths['/things/{id}'].post";
    let schema = |name: &str| format!("$.components.schemas.{name}");
    let overlay = |actions: Value| json!({ "overlay": "1.1.0", "info": { "title": "More", "version": "1" }, "actions": actions });
    let actions = json!([
        { "target": operation, "update": { "tags": ["Made"], "externalDocs": { "url": "https://docs.example.com" } } },
        { "target": format!("{operation}.parameters[?@.name == 'third']"), "update": { "required": true, "schema": { "maximum": 9 } } },
        { "target": format!("{operation}.parameters[?@.name == 'first']"), "remove": true },
        { "target": schema("MakeThingResponse"), "update": { "required": ["id"] } },
        { "target": format!("{}.properties.id", schema("MakeThingResponse")), "update": { "type": "integer", "description": "Its number." } },
        { "target": schema("MakeThingResponse"), "x-rename": "Thing" },
    ]);
    write(&overlays, "a.json", &overlay(actions));
    let actions = json!([
        { "target": schema("MakeThingRequest"), "update": { "required": ["extra"], "properties": { "extra": { "type": "string" } } } },
        { "target": schema("Thing"), "update": { "properties": { "id": { "format": "int64" } } } },
        { "target": format!("{operation}.responses['201']"), "update": { "headers": { "X-Made": { "schema": { "type": "string" } } } } },
        { "target": format!("{operation}.requestBody.required"), "update": false },
        { "target": "$.servers[0].url", "update": "https://things.example.com" },
    ]);
    write(&overlays, "b.json", &overlay(actions));
    let generated = generate(&Input {
        overlays: vec![overlays.path().to_owned()],
        ..input(&items)
    })
    .unwrap();
    let explanation = explain(&generated, "POST /things/{id}").unwrap();
    let lines: Vec<(&str, &str)> = explanation
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once("  ").unwrap())
        .map(|(fact, origin)| (fact, origin.trim()))
        .collect();
    let item = |path: &str| format!("item      make.json “Make a thing” $.{path}");
    let answer = item("response[0].body");
    let overlay = |action: &str| {
        let (file, action) = action.split_at(1);
        format!("overlay   {file}.json $.actions[{action}]")
    };
    let expected = [
        ("operationId makeThing", item("name")),
        ("summary Make a thing", item("name")),
        ("description Makes a thing.", item("request.description")),
        ("tags Made", overlay("a0")),
        ("security [{}]", item("request.auth")),
        ("x-zoom-rate-limit-label LIGHT", item("request.description")),
        ("server https://things.example.com", overlay("b4")),
        ("path parameter id: string", item("request.url.variable[0]")),
        ("required", item("request.url.variable[0]")),
        (
            "query parameter second: integer",
            item("request.url.query[1]"),
        ),
        (
            "query parameter third: integer",
            item("request.url.query[2]"),
        ),
        ("required", overlay("a1")),
        ("maximum 9", overlay("a1")),
        ("body optional", overlay("b3")),
        (
            "body application/x-www-form-urlencoded",
            item("request.body"),
        ),
        ("field size: integer", item("request.body.urlencoded[0]")),
        ("required", item("request.body.urlencoded[0].description")),
        (
            "description How large.",
            item("request.body.urlencoded[0].description"),
        ),
        ("field extra: string", overlay("b0")),
        ("required", overlay("b0")),
        ("response 201 Made.", item("response[0].name")),
        (
            "field id: integer (int64)",
            format!("{answer}; {}; {}", overlay("a4"), overlay("b1")),
        ),
        ("required", overlay("a3")),
        ("description Its number.", overlay("a4")),
        ("field owner: MakeThingOwner", answer.clone()),
        ("field owner.name: string", answer.clone()),
        ("externalDocs", overlay("a0")),
        ("responses/201/headers", overlay("b2")),
    ];
    let matches = |((fact, origin), (expected, stated)): (&(&str, &str), &(&str, String))| {
        fact.starts_with(expected) && origin.ends_with(stated.as_str())
    };
    assert!(
        lines.len() == expected.len() && lines.iter().zip(&expected).all(matches),
        "{lines:#?}"
    );
}

/// Two requests of one operation in a folder of a collection that is authorized as a whole.
fn merged() -> Value {
    let request = |description: &str, size: &str, body: Value| {
        json!({
            "method": "POST",
            "url": { "host": ["https://api.example.com"], "path": ["things"], "query": [{ "key": "size", "value": "3", "description": size }] },
            "body": { "mode": "raw", "raw": body.to_string(), "options": { "raw": { "language": "json" } } },
            "description": description,
        })
    };
    let saved =
        |name: &str, body: Value| json!([{ "name": name, "code": 200, "body": body.to_string() }]);
    json!({
        "info": { "name": "Things" },
        "auth": { "type": "bearer" },
        "item": [{
            "name": "All of them",
            "item": [
                { "name": "Make", "request": request("", "How large.", json!({ "a": 1 })), "response": saved("", json!({ "id": 1 })) },
                { "name": "Make", "request": request("**Deprecated.** Makes one.", "(Required) How large. Default: 3.", json!({ "b": [{ "c": null }] })), "response": saved("Made.", json!({ "id": 1, "name": "x" })) },
            ],
        }],
    })
}

#[test]
fn a_fact_of_merged_requests_is_traced_to_the_one_that_states_it() {
    let items = TempDir::new().unwrap();
    write(&items, "all.json", &merged());
    let generated = generate(&input(&items)).unwrap();
    let explanation = explain(&generated, "POST /things").unwrap();
    let lines: Vec<(&str, &str)> = explanation
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once("  ").unwrap())
        .collect();
    let wrong: Vec<String> = [
        ("summary Make", "$.item[0].item[0].name"),
        (
            "description **Deprecated.** Makes one.",
            "$.item[0].item[1].request.description",
        ),
        ("deprecated true", "$.item[0].item[1].request.description"),
        ("tags All of them", "$.item[0].name"),
        ("security", "$.auth"),
        (
            "query parameter size: integer",
            "$.item[0].item[0].request.url.query[0]",
        ),
        (
            "required",
            "$.item[0].item[1].request.url.query[0].description",
        ),
        (
            "default 3",
            "$.item[0].item[1].request.url.query[0].description",
        ),
        (
            "description How large.",
            "$.item[0].item[0].request.url.query[0].description",
        ),
        ("field a: integer", "$.item[0].item[0].request.body"),
        (
            "body required",
            "inferred  each of the 2 requests has a body",
        ),
        ("field b: array of", "$.item[0].item[1].request.body"),
        (
            "field b[].c: any",
            "assumed   no value shows the type of `b[].c`",
        ),
        ("response 200 Made.", "$.item[0].item[1].response[0].name"),
        ("field id: integer", "$.item[0].item[0].response[0].body"),
        ("field name: string", "$.item[0].item[1].response[0].body"),
    ]
    .iter()
    .filter(|(fact, origin)| {
        let mut found = lines.iter().filter(|(line, _)| line.starts_with(fact));
        !found.any(|(_, stated)| {
            stated.ends_with(origin) || stated.contains("assumed") && stated.contains(origin)
        })
    })
    .map(|(fact, origin)| format!("no {fact} with {origin}"))
    .collect();
    assert!(wrong.is_empty(), "{wrong:#?} in\n{explanation}");
}

#[test]
fn two_files_that_contradict_each_other_are_refused() {
    let items = TempDir::new().unwrap();
    write(
        &items,
        "a.json",
        &item("Make a thing", &json!({ "id": "x" })),
    );
    let mut same = item("Make a thing", &json!({ "id": "y", "more": [1] }));
    write(&items, "b.json", &same);
    assert_eq!(
        generate(&input(&items)).unwrap().operations.len(),
        1,
        "more of the same is no contradiction"
    );

    same["request"]["description"] = "**Rate Limit Label:** `HEAVY`".into();
    write(&items, "b.json", &same);
    let problem = generate(&input(&items)).unwrap_err();
    assert!(
        problem.reason.contains("LIGHT here and HEAVY in b.json"),
        "{}",
        problem.reason
    );
}

#[test]
fn variants_in_one_file_are_no_contradiction() {
    let items = TempDir::new().unwrap();
    let variants = [
        item("Make a thing", &json!({ "id": "x" })),
        item("Make another", &json!({ "id": { "value": "x" } })),
    ];
    write(
        &items,
        "all.json",
        &json!({ "info": { "name": "Things" }, "item": variants }),
    );
    let generated = generate(&input(&items)).unwrap();
    let document = generated.document.tree();
    let id = document
        .pointer("/components/schemas/MakeThingResponse/properties/id")
        .unwrap();
    assert_eq!(id["oneOf"].as_array().unwrap().len(), 2, "{id}");
    assert!(
        generated
            .warnings
            .iter()
            .any(|warning| warning.text.contains("the values of `id` are"))
    );
}
