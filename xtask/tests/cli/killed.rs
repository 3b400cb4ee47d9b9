//! What a run that ends in the middle of writing leaves behind.

use std::{
    fs::{self, File},
    io::Read as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use fs4::FileExt;
use serde_json::json;
use tempfile::TempDir;

use super::make_pipe;

const PROGRAM: &str = env!("CARGO_BIN_EXE_xtask");

/// A folder with a collection whose document takes more than a pipe or the limit of [`limited`] holds.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let items: Vec<_> = (0..60)
        .map(|index| {
            json!({
                "name": format!("Get thing {index}"),
                "request": {
                    "url": format!("https://api.example.com/things{index}"),
                    "description": "All that there is to know of it. ".repeat(100),
                },
            })
        })
        .collect();
    let collection = json!({ "info": { "name": "Things" }, "item": items });
    fs::write(folder.path().join("in.json"), collection.to_string()).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// A run that the system stops once it has written 64 KiB: by a signal, or by an error where the signal is `ignored`, which
/// is what a full disk gives as well.
fn limited(folder: &Path, ignored: bool) -> Output {
    let trap = if ignored { "trap '' XFSZ;" } else { "" };
    Command::new("bash")
        .arg("-c")
        .arg(format!(
            "{trap} ulimit -c 0; ulimit -f 64; exec {PROGRAM} codegen --postman in.json --output out.json"
        ))
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn a_run_that_is_stopped_leaves_the_folder_as_it_was() {
    use std::os::unix::process::ExitStatusExt as _;

    let folder = folder();
    let folder = folder.path();
    let output = folder.join("out.json");
    for (before, ignored) in [
        (None, false),
        (None, true),
        (Some("{}"), false),
        (Some("{}"), true),
    ] {
        if let Some(text) = before {
            fs::write(&output, text).unwrap();
        }
        let names_before = names(folder);
        let ran = limited(folder, ignored);
        let told = String::from_utf8(ran.stderr).unwrap();
        match ignored {
            true => {
                assert_eq!(ran.status.code(), Some(2), "{told}");
                assert!(told.contains("out.json"), "{told}");
                assert!(told.contains("cannot be written"), "{told}");
                assert!(told.contains("too large"), "{told}");
            }
            false => assert!(ran.status.signal().is_some(), "{}: {told}", ran.status),
        }
        assert_eq!(names(folder), names_before);
        assert_eq!(fs::read_to_string(&output).ok().as_deref(), before);
    }
}

#[test]
fn a_signal_ends_a_run_that_nobody_reads() {
    use std::os::unix::process::ExitStatusExt as _;

    let folder = folder();
    let folder = folder.path();
    let pipe = folder.join("pipe.json");
    make_pipe(&pipe);
    let names_before = names(folder);
    for signal in ["KILL", "TERM", "INT"] {
        let mut run = Command::new(PROGRAM)
            .args(["codegen", "--postman", "in.json", "--output", "pipe.json"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // One byte has come through: the rest waits, since the pipe holds less than the document.
        let mut reader = File::open(&pipe).unwrap();
        reader.read_exact(&mut [0]).unwrap();
        let id = run.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        assert!(run.wait().unwrap().signal().is_some(), "{signal}");
        assert_eq!(names(folder), names_before);
    }
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join(".codegen-1-0"), "{\"openapi\": ").unwrap();
    fs::write(folder.join(".codegen-2-0"), "").unwrap();
    fs::create_dir(folder.join(".codegen-3-0")).unwrap();
    fs::write(folder.join("codegen-1-0"), "").unwrap();
    // Of a run that is going on.
    let held = File::create(folder.join(".codegen-4-0")).unwrap();
    FileExt::try_lock(&held).unwrap();
    let run = || {
        let ran = Command::new(PROGRAM)
            .args(["codegen", "--postman", ".", "--output", "out.json"])
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    };
    run();
    let mut expected = vec![
        ".codegen-3-0",
        ".codegen-4-0",
        "codegen-1-0",
        "in.json",
        "out.json",
    ];
    assert_eq!(names(folder), expected);
    drop(held);
    fs::write(folder.join("out.json"), "{\"openapi\": \"3.0.3\"}").unwrap();
    run();
    expected.remove(1);
    assert_eq!(names(folder), expected);
}

#[test]
fn outputs_that_cannot_hold_a_document_are_told() {
    let folder = folder();
    let folder = folder.path();
    fs::create_dir(folder.join("folder")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket")).unwrap();
    let names_before = names(folder);
    for (output, reason) in [
        ("folder", "it is a folder"),
        ("folder/", "it is a folder"),
        ("in.json/out.json", "cannot be written"),
        ("socket", "cannot be written"),
        ("/dev/full", "No space left"),
        ("/proc/out.json", "cannot be written"),
    ] {
        let ran = Command::new(PROGRAM)
            .args(["codegen", "--postman", "in.json", "--output", output])
            .current_dir(folder)
            .output()
            .unwrap();
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{output}: {told}");
        assert!(
            told.contains(output) && told.contains(reason),
            "{output}: {told}"
        );
        assert_eq!(names(folder), names_before, "{output}");
    }
}
