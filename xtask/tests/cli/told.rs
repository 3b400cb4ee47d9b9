//! Changes and warnings: what comes first, and how much of it is printed.

use serde_json::{Value, json};
use xtask::cli::Ending;

use super::{Workspace, holds, item};

#[test]
fn breaking_changes_come_first() {
    let workspace = Workspace::new();
    let named = |name: &str, flag: &str, path: &str| {
        let url = json!({ "host": ["https://api.example.com"], "path": [path], "query": [{ "key": "flag", "value": flag }] });
        json!({ "name": name, "request": { "method": "GET", "url": url }, "response": [{ "code": 204 }] })
    };
    workspace.write(
        "openapi/postman/b.json",
        &named("Get it", "true", "b").to_string(),
    );
    workspace.codegen(&[]);
    workspace.write(
        "openapi/postman/a.json",
        &named("Add", "1", "a").to_string(),
    );
    workspace.write(
        "openapi/postman/b.json",
        &named("Get it", "no", "b").to_string(),
    );
    workspace.write(
        "openapi/postman/thing.json",
        &item("Get a thing", "{\"size\": 3, \"id\": \"x\"}").to_string(),
    );
    let told = workspace.codegen(&[]).out;
    let lines: Vec<&str> = told.lines().skip(1).take(3).collect();
    assert_eq!(
        lines,
        [
            "1 of 3 changes are breaking:",
            "  breaking: GET /b: query parameter flag: type changed from boolean to string",
            "  GET /a: operation added",
        ],
        "{told}"
    );
}

#[test]
fn a_removal_whose_target_is_gone_is_a_warning() {
    let workspace = Workspace::new();
    let overlay = json!({
        "overlay": "1.0.0",
        "info": { "title": "Less", "version": "1" },
        "actions": [{ "target": "$.paths['/nothing']", "remove": true }],
    });
    workspace.write("openapi/overlay/less.json", &overlay.to_string());
    let ran = workspace.codegen(&[]);
    assert_eq!(ran.ending, Ending::Done);
    holds(&ran.out, &["written", "1 warnings"]);
    holds(
        &ran.err,
        &[
            "warning[idle-action]: there is nothing to remove at $.paths['/nothing']: the action can be deleted",
            "  --> less.json: $.actions[0]\n",
        ],
    );
}

#[test]
fn a_kind_of_warning_is_told_once_with_three_places_and_a_count() {
    let workspace = Workspace::new();
    let items: Vec<Value> = (0..7)
        .map(|number| {
            let request =
                json!({ "method": "GET", "url": format!("https://api.example.com/a{number}") });
            let body = json!({ format!("f{number}"): null }).to_string();
            let answer = json!({ "name": "Found.", "code": 200, "body": body });
            let answers = if number < 5 {
                json!([answer])
            } else {
                json!([])
            };
            json!({ "name": format!("Get {number}"), "request": request, "response": answers })
        })
        .collect();
    workspace.write(
        "openapi/postman/all.json",
        &json!({ "item": items }).to_string(),
    );
    let told = workspace.codegen(&[]).err;
    assert_eq!(told.matches("warning[").count(), 2, "{told}");
    holds(
        &told,
        &[
            "warning[no-answer]: no answer is saved: a 200 without a body is assumed\n",
            "item “Get 5”, $.item[5]",
            "\n  --> all.json: item “Get 6”, $.item[6]\n",
            "warning[no-type]: `f0`: no value says what type it has: any is allowed\n",
            "\n  --> all.json: item “Get 1”, $.item[1].response[0].body: `f1`: no value says what type it has: any is allowed\n",
            "\n  = note: 2 more, which --format json lists\n",
            "settle it with an overlay action on $.components.schemas.Get0Response.properties.f0 (and 4 more, which --format",
        ],
    );
    assert!(!told.contains("Get 3"), "{told}");
    let report = workspace.codegen(&["--format", "json"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let warnings = report["warnings"].as_array().unwrap();
    let of = |kind: &str| warnings.iter().filter(|it| it["kind"] == kind).count();
    assert_eq!((of("no-answer"), of("no-type"), warnings.len()), (2, 5, 7));
}
