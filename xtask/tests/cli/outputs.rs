//! Where the document goes, in which form, and what must not happen to the files that are there.

use std::fs;

use clap::{CommandFactory as _, Parser as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::{
    cli::{Cli, Ending, root, run},
    syntax::yaml,
};

use super::{Workspace, holds, item};

fn text(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

/// A workspace and a file of its own, with the arguments that convert it.
fn mine() -> (Workspace, String) {
    let workspace = Workspace::new();
    workspace.write("mine.json", &item("Get mine", "{\"id\": null}").to_string());
    let mine = text(&workspace.path("mine.json")).to_owned();
    (workspace, mine)
}

#[test]
fn standard_output_holds_the_document_alone() {
    let (workspace, mine) = mine();
    for arguments in [
        vec!["--postman", &mine],
        vec!["--postman", &mine, "--output", "-"],
        vec!["--postman", &mine, "--output", "-", "--format", "json"],
    ] {
        let ran = workspace.codegen(&arguments);
        assert_eq!(ran.ending, Ending::Done);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(document["openapi"], "3.0.3");
        holds(&ran.err, &["operations"]);
        assert_eq!(workspace.stored(), None);
    }
}

/// A binary that was installed knows no checkout: the project is the one around the current folder.
#[test]
fn the_project_is_the_one_around_the_current_folder() {
    let workspace = Workspace::new();
    let project = workspace.path("");
    let inner = workspace.path("xtask/src");
    fs::create_dir_all(&inner).unwrap();
    assert_eq!(root(&inner).join(""), project);
    assert_eq!(root(&project.join("openapi")).join(""), project);
    let elsewhere = TempDir::new().unwrap();
    assert_eq!(root(elsewhere.path()), elsewhere.path());
    let cli = Cli::try_parse_from(["xtask", "codegen"]).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let ending = run(&cli, elsewhere.path(), &mut out, &mut err).unwrap();
    assert_eq!(ending, Ending::Failed);
    let told = String::from_utf8(err).unwrap();
    holds(&told, &["no Postman file is named", "with --postman"]);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn the_help_is_complete() {
    Cli::command().debug_assert();
    let help = Cli::try_parse_from(["xtask", "codegen", "--help"])
        .unwrap_err()
        .to_string();
    for text in [
        "--postman <PATH>",
        "--against <PATH>",
        "Examples:",
        "exit code",
        "3.1",
    ] {
        assert!(help.contains(text), "{text}: {help}");
    }
    // Nothing at all asks for help.
    let help = Cli::try_parse_from(["xtask"]).unwrap_err().to_string();
    holds(
        &help,
        &[
            "Converts Postman collections into OpenAPI documents",
            "codegen",
        ],
    );
}

#[test]
fn the_extension_decides_on_yaml() {
    let (workspace, mine) = mine();
    let output = workspace.path("out/mine.yaml");
    let arguments = ["--postman", &mine, "--output", text(&output)];
    holds(&workspace.codegen(&arguments).out, &["written"]);
    let written = fs::read_to_string(&output).unwrap();
    assert!(written.starts_with("openapi: \"3.0.3\"\n"), "{written}");
    let json = workspace.codegen(&["--postman", &mine]).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(yaml::parse(&written).unwrap(), json);
    holds(&workspace.codegen(&arguments).out, &["unchanged"]);
}

#[test]
fn names_in_yaml_are_kept() {
    let workspace = Workspace::new();
    let (folder, output) = (workspace.path("in"), workspace.path("api.yml"));
    let arguments = ["--postman", text(&folder), "--output", text(&output)];
    for name in ["thing", "part"] {
        let owned = json!({
            "name": format!("Get a {name}"), "request": format!("https://api.example.com/{name}s"),
            "response": [{ "code": 200, "body": "{\"owner\": {\"id\": 1}}" }],
        });
        workspace.write(&format!("in/{name}.json"), &owned.to_string());
        workspace.codegen(&arguments);
    }
    let written = || fs::read_to_string(&output).unwrap();
    assert!(written().contains("    GetThingOwner:\n"), "{}", written());
    let fresh = [&arguments[..], &["--fresh-names"]].concat();
    let checked = workspace.codegen(&[&fresh[..], &["--check"]].concat());
    assert_eq!(checked.ending, Ending::Refused);
    holds(
        &checked.out,
        &["\n+    Owner:\n", "schema GetThingOwner: renamed to Owner"],
    );
    workspace.codegen(&fresh);
    assert!(!written().contains("GetThingOwner"), "{}", written());
}

#[test]
fn a_document_of_3_1_is_kept_and_compared() {
    let (workspace, mine) = mine();
    let output = workspace.path("mine.openapi.json");
    let arguments = ["--postman", &mine, "--output", text(&output)];
    workspace.codegen(&arguments);
    let newer = [&arguments[..], &["--openapi", "3.1"]].concat();
    let ran = workspace.codegen(&newer);
    holds(&ran.out, &["updated"]);
    assert_eq!(
        ran.out.lines().count(),
        1,
        "another version changes nothing: {}",
        ran.out
    );
    let document: Value = serde_json::from_str(&fs::read_to_string(&output).unwrap()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    holds(&workspace.codegen(&newer).out, &["unchanged"]);
    workspace.write("mine.json", &item("Get mine", "{\"id\": 5}").to_string());
    holds(&workspace.codegen(&newer).out, &["response 200 field id"]);
}

#[test]
fn another_export_is_compared_without_writing() {
    let workspace = Workspace::new();
    let overlay = json!({
        "overlay": "1.0.0", "info": { "title": "O", "version": "1" },
        "actions": [{ "target": "$.paths['/things/{id}'].get", "update": { "deprecated": true } }],
    });
    workspace.write("openapi/overlay/o.json", &overlay.to_string());
    workspace.codegen(&[]);
    let stored = workspace.stored();
    workspace.write(
        "same.json",
        &item("Get a thing", "{\"id\": \"y\"}").to_string(),
    );
    let same = workspace.path("same.json");
    let ran = workspace.codegen(&["--against", text(&same)]);
    assert_eq!(ran.ending, Ending::Done, "{}{}", ran.out, ran.err);
    holds(&ran.out, &["the export changes nothing"]);

    let moved = item("Get a thing", "{}")
        .to_string()
        .replace("things", "objects");
    workspace.write("other.json", &moved);
    let other = workspace.path("other.json");
    let ran = workspace.codegen(&["--against", text(&other)]);
    assert_eq!(ran.ending, Ending::Refused);
    holds(
        &ran.out,
        &[
            "the export changes",
            "  breaking: GET /things/{id}: operation removed\n",
            "  GET /objects/{id}: operation added\n",
            "1 overlay actions select nothing in it:\n  o.json: $.actions[0]: $.paths['/things/{id}'].get\n",
        ],
    );
    let ran = workspace.codegen(&["--against", text(&other), "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["changes"][0]["breaking"], true);
    assert_eq!(report["unmatchedOverlayActions"][0]["file"], "o.json");
    assert_eq!(workspace.stored(), stored, "nothing is written");

    // What belongs to the project's own API is not for another one.
    let other_document = workspace.path("other.openapi.json");
    workspace.codegen(&["--postman", text(&other), "--output", text(&other_document)]);
    let ran = workspace.codegen(&["--against", text(&other), "--output", text(&other_document)]);
    assert_eq!(ran.ending, Ending::Done, "{}{}", ran.out, ran.err);
    let own = workspace.path("openapi/zoom-chat.json");
    let ran = workspace.codegen(&["--against", text(&same), "--output", text(&own)]);
    assert_eq!(ran.ending, Ending::Done, "{}{}", ran.out, ran.err);

    let nowhere = workspace.path("nowhere.json");
    let told = workspace.refused(&["--against", text(&other), "--output", text(&nowhere)]);
    holds(
        &told,
        &[
            "nowhere.json",
            "there is no document to compare the export with",
        ],
    );
}

/// The version that is written decides what an overlay may leave out of an operation.
#[test]
fn an_operation_of_an_overlay_needs_responses_in_3_0_alone() {
    let (workspace, mine) = mine();
    let overlay = |operation: Value, section: &str| {
        let update = json!({ section: { "/mine/all": { "get": operation } } });
        let overlay = json!({
            "overlay": "1.1.0",
            "info": { "title": "More", "version": "1" },
            "actions": [{ "target": "$", "update": update }],
        });
        workspace.write("overlay.json", &overlay.to_string());
    };
    let file = workspace.path("overlay.json");
    let arguments = ["--postman", &mine, "--overlay", text(&file)];
    let newer = [&arguments[..], &["--openapi", "3.1"]].concat();
    workspace.codegen(&[]);
    for section in ["paths", "x-webhooks"] {
        overlay(json!({ "summary": "All of mine" }), section);
        let told = workspace.refused(&arguments);
        holds(
            &told,
            &["GET /mine/all: the operation has no response", "3.1"],
        );
        let ran = workspace.codegen(&newer);
        assert_eq!(ran.ending, Ending::Done, "{}", ran.err);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        let section = section.trim_start_matches("x-");
        let written = &document[section]["/mine/all"]["get"];
        assert_eq!(written, &json!({ "summary": "All of mine" }));
        for broken in [
            json!({ "responses": {} }),
            json!({ "responses": 1 }),
            json!(1),
        ] {
            overlay(broken, "paths");
            workspace.refused(&arguments);
            workspace.refused(&newer);
        }
    }
}

#[test]
fn an_input_is_never_replaced() {
    let (workspace, mine) = mine();
    workspace.codegen(&[]);
    let before = fs::read_to_string(&mine).unwrap();
    fs::hard_link(&mine, workspace.path("twin.json")).unwrap();
    let twin = workspace.path("twin.json");
    let folder = workspace.path("folder");
    workspace.write("folder/a.json", &before);
    let inside = workspace.path("folder/a.json");
    for (postman, output) in [
        (mine.as_str(), mine.as_str()),
        (&mine, text(&twin)),
        (text(&folder), text(&inside)),
    ] {
        let told = workspace.refused(&["--postman", postman, "--output", output]);
        holds(&told, &["would replace an input", "nothing was changed"]);
    }
    let own = workspace.path("openapi/postman/thing.json");
    holds(
        &workspace.refused(&["--output", text(&own)]),
        &["would replace an input"],
    );
    holds(
        &workspace.refused(&[
            "--postman",
            &mine,
            "--overlay",
            text(&twin),
            "--output",
            text(&twin),
        ]),
        &["would replace an input"],
    );
    assert_eq!(fs::read_to_string(&mine).unwrap(), before);
    // A document that was written there before is no input.
    let document = workspace.path("folder/api.json");
    let arguments = ["--postman", text(&folder), "--output", text(&document)];
    holds(&workspace.codegen(&arguments).out, &["written"]);
    holds(&workspace.codegen(&arguments).out, &["unchanged"]);
}

/// What is there is read within bounds, whatever reads it, and stays.
#[test]
fn a_file_that_cannot_be_read_is_no_output() {
    let (workspace, mine) = mine();
    let file = |name: &str| workspace.path(name);
    fs::File::create(file("large.json"))
        .unwrap()
        .set_len((256 << 20) + 1)
        .unwrap();
    fs::write(file("binary.json"), [0xc3, 0x28, 0]).unwrap();
    let own = "openapi/zoom-chat.json";
    for (given, reason) in [
        ("large.json", "the file is larger than 256 MiB"),
        ("binary.json", "the file is not UTF-8 text"),
    ] {
        let size = fs::metadata(file(given)).unwrap().len();
        let given = file(given);
        for mode in ["--check", "--fresh-names", "--strict"] {
            let told = workspace.refused(&["--postman", &mine, "--output", text(&given), mode]);
            holds(&told, &[text(&given), reason, "nothing was changed"]);
        }
        let told = workspace.refused(&["--against", &mine, "--output", text(&given)]);
        holds(&told, &[text(&given), reason]);
        fs::rename(&given, file(own)).unwrap();
        for mode in [
            &["--check"][..],
            &[],
            &["--against", &mine],
            &["--explain", "getThing"],
        ] {
            let ran = workspace.codegen(mode);
            assert_eq!(ran.ending, Ending::Failed);
            holds(&ran.err, &[own, reason]);
        }
        assert_eq!(fs::metadata(file(own)).unwrap().len(), size);
        fs::remove_file(file(own)).unwrap();
    }
    fs::File::create(file("openapi/requests.md"))
        .unwrap()
        .set_len((256 << 20) + 1)
        .unwrap();
    let ran = workspace.codegen(&[]);
    assert_eq!(ran.ending, Ending::Failed);
    holds(
        &ran.err,
        &["requests.md", "the file is larger than 256 MiB"],
    );
}

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink},
    };

    use super::{super::make_pipe, holds, mine, text};

    #[test]
    fn links_are_followed_and_stay_links() {
        let (workspace, mine) = mine();
        workspace.write("real/api.json", "{}");
        let (link, real) = (workspace.path("link.json"), workspace.path("real/api.json"));
        symlink(&real, &link).unwrap();
        workspace.codegen(&["--postman", &mine, "--output", text(&link)]);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert!(fs::read_to_string(&real).unwrap().contains("openapi"));

        let (one, other) = (workspace.path("one.json"), workspace.path("other.json"));
        symlink(&one, &other).unwrap();
        symlink(&other, &one).unwrap();
        let dangling = workspace.path("dangling.json");
        symlink(workspace.path("gone/api.json"), &dangling).unwrap();
        workspace.codegen(&[]);
        for link in [one, dangling] {
            let told = workspace.refused(&["--postman", &mine, "--output", text(&link)]);
            holds(&told, &["cannot be written"]);
            assert!(link.symlink_metadata().unwrap().is_symlink());
        }
    }

    #[test]
    fn devices_and_pipes_are_written_to() {
        let (workspace, mine) = mine();
        let ran = workspace.codegen(&["--postman", &mine, "--output", "/dev/null"]);
        holds(&ran.out, &["written"]);
        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
        let pipe = workspace.path("pipe.json");
        make_pipe(&pipe);
        let reader = pipe.clone();
        let reader = std::thread::spawn(move || fs::read_to_string(reader).unwrap());
        workspace.codegen(&["--postman", &mine, "--output", text(&pipe)]);
        assert!(reader.join().unwrap().contains("openapi"));
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }

    #[test]
    fn permissions_are_those_of_new_files_or_stay() {
        let (workspace, mine) = mine();
        let output = workspace.path("api.json");
        let arguments = ["--postman", &mine, "--output", text(&output)];
        workspace.write("plain", "");
        let mode = |name: &str| {
            fs::metadata(workspace.path(name))
                .unwrap()
                .permissions()
                .mode()
        };
        workspace.codegen(&arguments);
        assert_eq!(mode("api.json"), mode("plain"));
        fs::set_permissions(&output, fs::Permissions::from_mode(0o640)).unwrap();
        workspace.write("mine.json", &super::item("Get other", "{}").to_string());
        holds(&workspace.codegen(&arguments).out, &["updated"]);
        assert_eq!(mode("api.json") & 0o777, 0o640);
    }
}
