//! The index of requests, which is written and checked with the project's own document.

use std::fs;

use xtask::cli::Ending;

use super::{Workspace, holds};

#[test]
fn the_index_is_written_and_checked_with_the_document() {
    let workspace = Workspace::new();
    let index = workspace.path("openapi/requests.md");
    assert_eq!(workspace.codegen(&[]).ending, Ending::Done);
    let text = fs::read_to_string(&index).unwrap();
    holds(&text, &["// get a thing\nrequests::GetThing::new(\"id\");"]);
    assert_eq!(workspace.codegen(&["--check"]).ending, Ending::Done);

    fs::write(&index, "stale\n").unwrap();
    let checked = workspace.codegen(&["--check"]);
    assert_eq!(checked.ending, Ending::Refused);
    holds(&checked.out, &["-stale", "+// get a thing"]);
    holds(&checked.err, &["requests.md is stale"]);
    assert_eq!(fs::read_to_string(&index).unwrap(), "stale\n");

    assert_eq!(workspace.codegen(&[]).ending, Ending::Done);
    assert_eq!(fs::read_to_string(&index).unwrap(), text);
}

#[test]
fn another_document_has_no_index() {
    let workspace = Workspace::new();
    let output = workspace.path("other/api.json");
    let ran = workspace.codegen(&["--output", output.to_str().unwrap()]);
    assert_eq!(ran.ending, Ending::Done);
    assert!(!workspace.path("openapi/requests.md").exists());
    assert!(!workspace.path("other/requests.md").exists());
}

#[test]
fn a_task_that_sets_what_is_not_there_is_told() {
    let workspace = Workspace::new();
    workspace.write(
        "openapi/overlay/tasks.json",
        r#"{
            "overlay": "1.0.0", "info": { "title": "Tasks", "version": "1" },
            "actions": [{
                "target": "$.paths['/things/{id}'].get",
                "update": { "x-tasks": { "find a thing": { "colour": "red" } } }
            }]
        }"#,
    );
    let ran = workspace.codegen(&[]);
    assert_eq!(ran.ending, Ending::Failed);
    holds(
        &ran.err,
        &["GET /things/{id}: a task sets `colour`, which the operation does not have"],
    );
}
