//! Variables of collections, folders, items and paths.

use serde_json::{Value, json};

use crate::made::{converted, document, endpoints, parameter, requesting};

/// The first server's URL, with these variables and this base.
fn server(variables: &Value, url: &str) -> Value {
    let mut file = requesting(&json!({ "url": url }));
    file["variable"] = variables.clone();
    document(&file)["servers"][0]["url"].clone()
}

#[test]
fn a_base_is_what_its_variable_says() {
    for (variables, url) in [
        (
            json!([{ "key": "base", "value": "https://api.example.com/v2" }]),
            "{{base}}/a",
        ),
        (
            json!([{ "id": "base", "value": "https://api.example.com/v2/" }]),
            "{{base}}/a",
        ),
        (
            json!([{ "key": "base", "value": "api.example.com/v2", "type": "any" }]),
            "https://{{base}}/a",
        ),
        (
            json!([{ "key": "base", "value": "https://{{host}}/v2" }, { "key": "host", "value": "api.example.com" }]),
            "{{base}}/a",
        ),
        (
            json!([{ "key": "base", "value": "https://old.example.com", "disabled": true }, { "key": "base", "value": "https://api.example.com/v2" }]),
            "{{base}}/a",
        ),
        (
            json!([{ "key": "host", "value": "api.example.com" }]),
            "https://{{host}}/v2/a",
        ),
        (
            json!([{ "key": "base ", "value": "https://api.example.com/v2" }]),
            "{{ base }}/a",
        ),
        // One scheme is enough.
        (
            json!([{ "key": "base", "value": "https://api.example.com/v2" }]),
            "http://{{base}}/a",
        ),
        (
            json!([{ "key": "scheme", "value": "https://" }]),
            "{{scheme}}api.example.com/v2/a",
        ),
        (
            json!([{ "key": "scheme", "value": "https://" }]),
            "{{scheme}}://api.example.com/v2/a",
        ),
    ] {
        let base = server(&variables, url);
        assert!(
            base == "https://api.example.com/v2" || base == "https://api.example.com",
            "{base} of {variables}"
        );
    }
}

#[test]
fn the_innermost_value_holds() {
    let variable = |value: &str| json!([{ "key": "base", "value": value }]);
    let mut item = json!({ "name": "Get", "request": "{{base}}/a" });
    let file = |item: &Value| {
        json!({
            "info": { "name": "T" }, "variable": variable("https://outer.example.com"),
            "item": [{ "name": "F", "variable": variable("https://folder.example.com"), "item": [item] }],
        })
    };
    assert_eq!(
        document(&file(&item))["servers"][0]["url"],
        "https://folder.example.com"
    );
    item["variable"] = variable("https://item.example.com");
    assert_eq!(
        document(&file(&item))["servers"][0]["url"],
        "https://item.example.com"
    );
}

#[test]
fn values_of_any_type_and_cycles_come_to_an_end() {
    for variables in [
        json!([{ "key": "base", "value": "{{other}}" }, { "key": "other", "value": "{{base}}" }]),
        json!([{ "key": "base", "value": "{{base}}" }]),
        json!([{ "key": "base", "value": null }, { "key": null }, 3, null]),
        json!([{ "key": "base", "value": { "a": [1] } }]),
        json!({ "base": 1 }),
        json!("base"),
        json!([]),
    ] {
        let mut file = requesting(&json!({ "url": "{{base}}/a" }));
        file["variable"] = variables.clone();
        let generated = converted(file.to_string());
        assert_eq!(
            endpoints(&generated.document.tree()),
            ["get /a"],
            "{variables}"
        );
    }
}

#[test]
fn a_variable_that_is_a_whole_segment_is_a_parameter_with_its_value() {
    let mut file = requesting(&json!({ "url": "https://x.io/users/{{userId}}/v{{version}}" }));
    file["variable"] =
        json!([{ "key": "userId", "value": "u1" }, { "key": "version", "value": 3 }]);
    let document = document(&file);
    assert_eq!(endpoints(&document), ["get /users/{userId}/v3"]);
    assert_eq!(parameter(&document, "userId")["example"], "u1");
}

#[test]
fn path_variables_describe_their_parameters() {
    let url = json!({
        "raw": "https://x.io/a/:id/:other", "host": ["x", "io"], "path": ["a", ":id", ":other"],
        "variable": [
            { "key": "id", "value": "7", "description": "(Required) Which." },
            { "id": "other", "value": null },
        ],
    });
    let document = document(&requesting(&json!({ "url": url })));
    let id = parameter(&document, "id");
    assert_eq!(
        (&id["required"], &id["description"]),
        (&json!(true), &json!("Which."))
    );
    assert_eq!(id["in"], "path");
    assert_eq!(parameter(&document, "other")["required"], true);
}

#[test]
fn dynamic_variables_are_values_of_their_type() {
    let body = r#"{"id":"{{$guid}}","at":{{$timestamp}},"mail":"{{$randomEmail}}","count":{{$randomInt}},"sure":{{$randomBoolean}}}"#;
    let file = crate::made::sending("application/json", &json!({ "mode": "raw", "raw": body }));
    let document = document(&file);
    let schema = crate::made::body_schema(&document, "application/json");
    let properties = schema["properties"].as_object().unwrap();
    let names: Vec<&String> = properties.keys().collect();
    assert_eq!(names, ["id", "at", "mail", "count", "sure"]);
}
