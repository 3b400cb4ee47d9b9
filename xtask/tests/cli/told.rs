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
            "warning[no-answer]: no answer is saved: a 200 without a body is assumed (2 places)\n",
            "\n  --> all.json:1:730: item “Get 5”, $.item[5]\n",
            "\n  --> all.json:1:823: item “Get 6”, $.item[6]\n",
            "warning[no-type]: no value shows the type of a place (5 places)\n",
            "\n  --> all.json:1:279: item “Get 1”, $.item[1].response[0].body: no value shows the type of `f1`: any value is allowed\n",
            "\n  = note: 2 more, which --format json lists\n",
            "settle it with an overlay action on $.components.schemas.Get0Response.properties.f0 (and 4 more)\n",
        ],
    );
    assert!(told.lines().count() < 15, "{told}");
    assert!(!told.contains("Get 3"), "{told}");
    let report = workspace.codegen(&["--format", "json"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let warnings = report["warnings"].as_array().unwrap();
    let of = |kind: &str| warnings.iter().filter(|it| it["kind"] == kind).count();
    assert_eq!((of("no-answer"), of("no-type"), warnings.len()), (2, 5, 7));
    let positions: Vec<(u64, u64)> = warnings
        .iter()
        .filter(|it| it["kind"] == "no-answer")
        .map(|it| (it["line"].as_u64().unwrap(), it["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(positions, [(1, 730), (1, 823)]);
}

#[test]
fn what_is_new_since_the_stored_document_comes_first() {
    let workspace = Workspace::new();
    let unanswered = |name: &str, path: &str| {
        let url = format!("https://api.example.com/{path}");
        json!({ "name": name, "request": { "method": "GET", "url": url } })
    };
    let untyped = |key: &str| item("Get a thing", &json!({ key: null }).to_string()).to_string();
    let items = ["a", "b", "c", "d"].map(|path| unanswered(&format!("Get {path}"), path));
    let all = |items: &[Value]| json!({ "item": items }).to_string();
    workspace.write("openapi/postman/all.json", &all(&items[..3]));
    workspace.write("openapi/postman/thing.json", &untyped("first"));
    let first = workspace.codegen(&[]);
    assert!(!first.err.contains("new"), "{}", first.err);
    assert!(!workspace.codegen(&[]).err.contains("new"));

    workspace.write("openapi/postman/all.json", &all(&items));
    let told = workspace.codegen(&["--check"]);
    holds(&told.out, &["5 warnings (1 new)"]);
    holds(
        &told.err,
        &[
            "warning[no-answer]: no answer is saved: a 200 without a body is assumed (4 places, 1 new)\n  --> all.json:1:",
            "item “Get d”, $.item[3]\n  --> all.json:1:",
            "item “Get a”, $.item[0]\n",
        ],
    );
    workspace.codegen(&[]);

    // A kind with something new comes before one without.
    workspace.write("openapi/postman/thing.json", &untyped("second"));
    let told = workspace.codegen(&["--check"]).err;
    let at = |text: &str| {
        told.find(text)
            .unwrap_or_else(|| panic!("no {text} in {told}"))
    };
    assert!(at("warning[no-type]") < at("warning[no-answer]"), "{told}");
    holds(
        &told,
        &["no value shows the type of `second`: any value is allowed (new)\n"],
    );
    let report = workspace.codegen(&["--check", "--format", "json"]).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let warnings = report["warnings"].as_array().unwrap();
    let new: Vec<_> = warnings.iter().filter(|it| it["new"] == true).collect();
    assert_eq!(new.len(), 1);
    assert_eq!(new[0]["kind"], "no-type");
}

#[test]
fn changes_that_say_the_same_are_cut_short() {
    let workspace = Workspace::new();
    let items: Vec<Value> = (0..9)
        .map(|number| {
            let url = format!("https://api.example.com/a{number}");
            let answer = json!([{ "code": 204 }]);
            json!({ "name": format!("Get {number}"), "request": { "method": "GET", "url": url }, "response": answer })
        })
        .collect();
    let all = |items: &[Value]| json!({ "item": items }).to_string();
    workspace.write("openapi/postman/all.json", &all(&items));
    workspace.codegen(&[]);
    workspace.write("openapi/postman/all.json", &all(&items[8..]));
    let told = workspace.codegen(&["--check"]).out;
    let told: Vec<&str> = told.lines().take(6).collect();
    assert_eq!(
        told[1..],
        [
            "8 of 8 changes are breaking:",
            "  breaking: GET /a0: operation removed",
            "  breaking: GET /a1: operation removed",
            "  breaking: GET /a2: operation removed",
            "    operation removed: 5 more, which --format json lists",
        ]
    );
}
