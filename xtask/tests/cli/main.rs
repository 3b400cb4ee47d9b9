//! The command line: what it prints, how it exits, and that bad input leaves everything as it was.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod fragment;
mod hostile;
mod index;
#[cfg(target_os = "linux")]
mod killed;
mod outputs;
mod told;

use std::{fs, path::PathBuf};
#[cfg(unix)]
use std::{path::Path, process::Command};

use clap::Parser as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::cli::{Cli, Ending, run};

/// A workspace of its own, as `cargo xtask` finds it.
struct Workspace(TempDir);

struct Ran {
    ending: Ending,
    out: String,
    err: String,
}

impl Workspace {
    fn new() -> Self {
        let workspace = Self(TempDir::new().unwrap());
        workspace.write(
            "openapi/postman/thing.json",
            &item("Get a thing", "{\"id\": \"x\"}").to_string(),
        );
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn stored(&self) -> Option<String> {
        fs::read_to_string(self.path("openapi/zoom-chat.json")).ok()
    }

    fn codegen(&self, arguments: &[&str]) -> Ran {
        let cli = Cli::try_parse_from(["xtask", "codegen"].iter().chain(arguments)).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let ending = run(&cli, self.0.path(), &mut out, &mut err).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            ending,
            out: text(out),
            err: text(err),
        }
    }

    /// Runs on input that cannot be used, and gives what is said about it.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.stored();
        let ran = self.codegen(arguments);
        assert_eq!(ran.ending, Ending::Failed, "{}", ran.out);
        assert_eq!(self.stored(), before, "the stored document is as it was");
        let leftovers = fs::read_dir(self.path("openapi")).unwrap();
        let leftovers = leftovers.filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with('.')
        });
        assert_eq!(leftovers.count(), 0, "nothing half-written is left behind");
        ran.err
    }
}

fn item(name: &str, answer: &str) -> Value {
    json!({
        "name": name,
        "request": { "method": "GET", "url": "https://api.example.com/things/:id", "auth": { "type": "noauth" } },
        "response": [{ "name": "Found.", "code": 200, "body": answer }],
    })
}

#[cfg(unix)]
fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

#[test]
fn writes_once_and_is_then_up_to_date() {
    let workspace = Workspace::new();
    let first = workspace.codegen(&[]);
    assert_eq!(first.ending, Ending::Done);
    holds(
        &first.out,
        &["written; 1 operations, 1 schemas, 0 error codes, 0 warnings"],
    );
    let stored = workspace.stored().unwrap();
    assert!(stored.ends_with("}\n"));

    let second = workspace.codegen(&[]);
    holds(&second.out, &["unchanged"]);
    assert_eq!(workspace.stored().unwrap(), stored);
    assert_eq!(workspace.codegen(&["--check"]).ending, Ending::Done);
}

#[test]
fn a_stale_document_fails_the_check_with_a_diff_and_the_change_in_api_terms() {
    let workspace = Workspace::new();
    workspace.codegen(&[]);
    let stored = workspace.stored();
    workspace.write(
        "openapi/postman/thing.json",
        &item("Get a thing", "{\"id\": \"x\", \"size\": 3}").to_string(),
    );

    let checked = workspace.codegen(&["--check"]);
    assert_eq!(checked.ending, Ending::Refused);
    holds(
        &checked.out,
        &[
            "GET /things/{id}: response 200 field size: added",
            "\n+",
            "(stored)",
            "(generated)",
        ],
    );
    holds(
        &checked.err,
        &["is stale; run the same command without --check"],
    );
    assert_eq!(workspace.stored(), stored, "a check writes nothing");

    workspace.write(
        "openapi/postman/thing.json",
        &item("Get a thing", "{}").to_string(),
    );
    holds(
        &workspace.codegen(&[]).out,
        &["breaking: GET /things/{id}: response 200 field id: removed"],
    );
}

#[test]
fn names_stay_until_fresh_ones_are_asked_for() {
    let workspace = Workspace::new();
    let names = || -> Vec<String> {
        let document: Value = serde_json::from_str(&workspace.stored().unwrap()).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        schemas.keys().cloned().collect()
    };
    let owned = |name: &str, path: &str| {
        let url = format!("https://api.example.com/{path}");
        json!({ "name": name, "request": url, "response": [{ "code": 200, "body": "{\"owner\": {\"id\": 1}}" }] })
    };
    workspace.write(
        "openapi/postman/thing.json",
        &owned("Get a thing", "things").to_string(),
    );
    workspace.codegen(&[]);
    workspace.write(
        "openapi/postman/part.json",
        &owned("Get a part", "parts").to_string(),
    );
    workspace.codegen(&[]);
    let kept = [
        "GetPartOwner",
        "GetPartResponse",
        "GetThingOwner",
        "GetThingResponse",
    ];
    assert_eq!(names(), kept);
    let fresh = ["GetPartResponse", "GetThingResponse", "Owner"];
    workspace.codegen(&["--fresh-names"]);
    assert_eq!(names(), fresh);
    workspace.codegen(&[]);
    assert_eq!(names(), fresh);
}

#[test]
fn malformed_json_is_told_with_line_and_column() {
    let workspace = Workspace::new();
    workspace.codegen(&[]);
    workspace.write(
        "openapi/postman/thing.json",
        "{\n  \"name\": \"x\",\n  \"request\": }\n",
    );
    holds(
        &workspace.refused(&[]),
        &["not JSON: expected value", "thing.json:3:14", "help: "],
    );
    // A bracket too many in depth is an error like any other.
    workspace.write("openapi/postman/thing.json", &"[".repeat(100_000));
    holds(
        &workspace.refused(&[]),
        &["not JSON: EOF while parsing a list"],
    );
    fs::write(
        workspace.path("openapi/postman/thing.json"),
        b"{\"name\": \"\xff\"}",
    )
    .unwrap();
    holds(&workspace.refused(&[]), &["not UTF-8 text", "thing.json"]);
}

#[test]
fn what_is_no_postman_file_is_refused_with_the_remedy() {
    let workspace = Workspace::new();
    workspace.codegen(&[]);
    for (text, reason) in [
        ("[]", "a Postman file must contain a JSON object"),
        (
            "{\"name\": \"x\"}",
            "there is neither `item` nor `request` in it",
        ),
        (
            "{\"$schema\": \"x\", \"type\": \"string\"}",
            "this is a JSON Schema",
        ),
    ] {
        workspace.write("openapi/postman/other.json", text);
        holds(&workspace.refused(&[]), &[reason, "other.json", "help: "]);
    }
    let empty = workspace.path("empty");
    fs::create_dir(&empty).unwrap();
    holds(
        &workspace.refused(&["--postman", empty.to_str().unwrap()]),
        &["there is no Postman file", "empty"],
    );
    let missing = workspace.path("missing.json");
    holds(
        &workspace.refused(&["--postman", missing.to_str().unwrap()]),
        &["cannot be read", "missing.json"],
    );
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let workspace = Workspace::new();
    workspace.codegen(&[]);
    let folder = workspace.path("openapi/postman");
    holds(
        &workspace.refused(&["--output", folder.to_str().unwrap()]),
        &["cannot be written", "openapi/postman"],
    );
}

#[test]
fn an_overlay_that_selects_nothing_is_an_error() {
    let workspace = Workspace::new();
    workspace.codegen(&[]);
    let overlay = json!({
        "overlay": "1.0.0",
        "info": { "title": "More", "version": "1" },
        "actions": [{ "target": "$.paths['/nothing'].get", "update": { "deprecated": true } }],
    });
    workspace.write("openapi/overlay/more.json", &overlay.to_string());
    holds(
        &workspace.refused(&[]),
        &[
            "selects nothing",
            "more.json",
            "$.actions[0]",
            "$.paths['/nothing'].get",
        ],
    );
}

#[test]
fn given_files_replace_the_projects_own_and_come_without_its_overlays() {
    let workspace = Workspace::new();
    workspace.write("openapi/overlay/bad.json", "no overlay at all");
    workspace.write("mine.json", &item("Get mine", "{}").to_string());
    let (mine, output) = (
        workspace.path("mine.json"),
        workspace.path("mine.openapi.json"),
    );
    let arguments = [
        "--postman",
        mine.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
    ];
    assert_eq!(workspace.codegen(&arguments).ending, Ending::Done);
    let document: Value = serde_json::from_str(&fs::read_to_string(output).unwrap()).unwrap();
    assert_eq!(
        document["paths"]["/things/{id}"]["get"]["operationId"],
        "getMine"
    );
    assert_eq!(workspace.stored(), None);
}

#[test]
fn strict_makes_warnings_fail() {
    let workspace = Workspace::new();
    assert_eq!(workspace.codegen(&["--strict"]).ending, Ending::Done);
    let open = json!({ "name": "Get", "request": { "method": "GET", "url": "{{baseUrl}}/a" } });
    workspace.write("openapi/postman/open.json", &open.to_string());
    let stored = workspace.stored();
    let ran = workspace.codegen(&["--strict"]);
    assert_eq!(ran.ending, Ending::Refused);
    holds(
        &ran.err,
        &[
            "`{{baseUrl}}` has no value",
            "open.json",
            "item “Get”, $.request.url",
            "--strict allows none",
        ],
    );
    assert_eq!(workspace.stored(), stored);
    let settled = workspace.codegen(&["--base-url", "https://api.example.com/"]);
    assert!(!settled.err.contains("has no value"), "{}", settled.err);
}

#[test]
fn machines_get_the_report_as_json() {
    let workspace = Workspace::new();
    let open = json!({ "name": "Get", "request": { "method": "GET", "url": "{{baseUrl}}/a" } });
    workspace.write("openapi/postman/open.json", &open.to_string());
    let report: Value =
        serde_json::from_str(&workspace.codegen(&["--format", "json"]).out).unwrap();
    assert_eq!(report["written"], true);
    assert_eq!(report["operations"], 2);
    assert_eq!(report["warnings"][0]["file"], "open.json");
    assert_eq!(report["warnings"][0]["item"], "Get");
    assert!(
        report["warnings"][0]["path"]
            .as_str()
            .unwrap()
            .starts_with('$')
    );

    workspace.write("openapi/postman/open.json", "{");
    let refused = workspace.codegen(&["--format", "json"]);
    assert_eq!(refused.ending, Ending::Failed);
    let report: Value = serde_json::from_str(&refused.out).unwrap();
    assert_eq!(report["error"]["position"]["line"], 1);
}

#[test]
fn a_base_url_is_checked() {
    for (url, is_good) in [
        ("https://api.example.com/v2", true),
        ("http://127.0.0.1:8080", true),
        ("api.example.com", false),
        ("ftp://example.com", false),
        ("https://", false),
        ("https://example.com?x=1", false),
    ] {
        let parsed = Cli::try_parse_from(["xtask", "codegen", "--base-url", url]);
        assert_eq!(parsed.is_ok(), is_good, "{url}");
    }
}

#[test]
fn a_place_far_into_one_long_line_is_told_without_the_line() {
    let workspace = Workspace::new();
    let padding = "x".repeat(100_000);
    workspace.write(
        "openapi/postman/thing.json",
        &format!("{{\"padding\": \"{padding}\", \"name\": \"x\", \"request\": }}"),
    );
    let told = workspace.refused(&[]);
    holds(&told, &["thing.json:1:", "help: "]);
    assert!(told.len() < 1_000, "{} bytes", told.len());
}

#[test]
fn a_profile_is_chosen_by_its_name() {
    let workspace = Workspace::new();
    let foreign =
        json!({ "name": "A", "request": { "url": "{{host}}/a", "auth": { "type": "oauth2" } } });
    workspace.write("foreign.json", &foreign.to_string());
    let (input, output) = (workspace.path("foreign.json"), workspace.path("out.json"));
    let (input, output) = (input.to_str().unwrap(), output.to_str().unwrap());
    let own = ["--postman", input, "--output", output];
    for (profile, is_zooms) in [
        (&[][..], false),
        (&["--profile", "auto"], false),
        (&["--profile", "none"], false),
        (&["--profile", "zoom"], true),
    ] {
        let arguments: Vec<&str> = own.iter().chain(profile).copied().collect();
        workspace.codegen(&arguments);
        let document = fs::read_to_string(output).unwrap();
        assert_eq!(document.contains("zoomOAuth"), is_zooms, "{profile:?}");
        assert_eq!(document.contains("//api.zoom.us"), is_zooms, "{profile:?}");
        fs::remove_file(output).unwrap();
    }
    assert!(Cli::try_parse_from(["xtask", "codegen", "--profile", "other"]).is_err());
    // The workspace's own items have their vendor's.
    workspace.write("openapi/postman/thing.json", &foreign.to_string());
    workspace.codegen(&[]);
    assert!(workspace.stored().unwrap().contains("zoomOAuth"));
}
