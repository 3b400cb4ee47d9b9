//! What a run changed, as fragments of the changelog.

use std::{fs, process::Command};

use xtask::cli::Ending;

use super::{Workspace, holds, item};

impl Workspace {
    /// The fragments, in the order of their names.
    fn fragments(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("openapi/changes"))
            .into_iter()
            .flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }
}

#[test]
fn what_a_run_changes_is_left_as_a_fragment() {
    let workspace = Workspace::new();
    // There was no document, so nothing changed in it.
    assert_eq!(workspace.codegen(&[]).ending, Ending::Done);
    assert_eq!(workspace.fragments(), [""; 0]);

    let path = workspace.path("openapi/postman/other.json");
    fs::write(
        &path,
        item("Get another", "{\"id\": 1}")
            .to_string()
            .replace("things", "others"),
    )
    .unwrap();
    // A check reads only.
    assert_eq!(workspace.codegen(&["--check"]).ending, Ending::Refused);
    assert_eq!(workspace.fragments(), [""; 0]);

    let ran = workspace.codegen(&[]);
    assert_eq!(ran.ending, Ending::Done);
    holds(&ran.out, &["openapi/changes/", "move it into CHANGELOG.md"]);
    let [added] = &workspace.fragments()[..] else {
        panic!("one fragment")
    };
    holds(added, &["- GET /others/{id}: operation added.\n"]);

    // Nothing new is to be told, and of another document nothing is.
    assert_eq!(workspace.codegen(&[]).ending, Ending::Done);
    let other = workspace.path("api.json");
    fs::copy(workspace.path("openapi/zoom-chat.json"), &other).unwrap();
    fs::remove_file(&path).unwrap();
    workspace.codegen(&["--output", other.to_str().unwrap()]);
    assert_eq!(workspace.fragments().len(), 1);

    workspace.codegen(&[]);
    let fragments = workspace.fragments();
    assert_eq!(fragments.len(), 2);
    let removed = fragments
        .iter()
        .find(|fragment| *fragment != added)
        .unwrap();
    holds(
        removed,
        &["- breaking: GET /others/{id}: operation removed.\n"],
    );
}

/// Runs between two commits leave one fragment, with what all of them changed.
#[test]
fn changes_are_told_from_the_last_commit() {
    let workspace = Workspace::new();
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=N", "-c", "user.email=n@example.com"];
        let root = workspace.path("");
        let ran = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(who)
            .args(arguments)
            .output();
        let ran = ran.unwrap();
        assert!(ran.status.success(), "{arguments:?}: {ran:?}");
    };
    let write = |name: &str| {
        let text = item(name, "{\"id\": 1}").to_string();
        let text = text.replace("things", &name.to_lowercase());
        fs::write(
            workspace.path(&format!("openapi/postman/{name}.json")),
            text,
        )
        .unwrap();
    };
    let remove = |name: &str| {
        fs::remove_file(workspace.path(&format!("openapi/postman/{name}.json"))).unwrap();
    };
    let run = || assert_eq!(workspace.codegen(&[]).ending, Ending::Done);
    run();
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--no-verify", "--message", "All"]);
    for name in ["Boats", "Crews", "Decks"] {
        write(name);
        run();
    }
    remove("Crews");
    run();
    let [fragment] = &workspace.fragments()[..] else {
        panic!("one fragment: {:?}", workspace.fragments())
    };
    holds(
        fragment,
        &[
            "- GET /boats/{id}: operation added.\n",
            "- GET /decks/{id}: operation added.\n",
        ],
    );
    assert!(!fragment.contains("crews"), "{fragment}");

    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--no-verify", "--message", "Boats"]);
    remove("Decks");
    run();
    assert_eq!(workspace.fragments().len(), 2, "what is committed stays");
    write("Decks");
    run();
    assert_eq!(
        workspace.fragments(),
        [fragment.as_str()],
        "nothing is changed any more"
    );
}
