//! Reading files: whatever a path leads to, reading ends, with an error that names it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::Path,
    process::Command,
};

use tempfile::TempDir;
use xtask::source::read_all;

fn names(path: &Path) -> Vec<String> {
    let sources = read_all(&[path.to_owned()], None).unwrap();
    sources.into_iter().map(|source| source.name).collect()
}

#[test]
fn a_folder_gives_its_json_and_yaml_files_in_order() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    for file in [
        "b.yaml",
        "a.JSON",
        "c/d.yml",
        "c/notes.md",
        ".git/e.json",
        ".f.json",
        ".resources/g.yaml",
    ] {
        fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
        fs::write(root.join(file), "{}").unwrap();
    }
    symlink(root.join("c"), root.join("again")).unwrap();
    symlink(root.join("gone"), root.join("dangling.txt")).unwrap();
    assert_eq!(
        names(root),
        [".resources/g.yaml", "a.JSON", "again/d.yml", "b.yaml"]
    );
    assert_eq!(names(&root.join("b.yaml")), ["b.yaml"]);
}

#[test]
fn what_never_ends_is_refused() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let path = |name: &str| root.join(name);
    let _socket = UnixListener::bind(path("socket.json")).unwrap();
    symlink("/dev/zero", path("endless.json")).unwrap();
    symlink(path("one.json"), path("other.json")).unwrap();
    symlink(path("other.json"), path("one.json")).unwrap();
    fs::create_dir(path("loop")).unwrap();
    symlink(path("loop"), path("loop/inner")).unwrap();
    fs::create_dir(path("pipes")).unwrap();
    for pipe in ["pipe.json", "pipes/a.yaml"] {
        let made = Command::new("mkfifo").arg(path(pipe)).status().unwrap();
        assert!(made.success());
    }
    fs::write(path("binary.json"), [0xc3, 0x28, 0]).unwrap();
    let large = fs::File::create(path("large.json")).unwrap();
    large.set_len((256 << 20) + 1).unwrap();
    fs::create_dir(path("heavy")).unwrap();
    for part in 0..5 {
        let part = fs::File::create(path(&format!("heavy/{part}.json"))).unwrap();
        part.set_len(250 << 20).unwrap();
    }
    let deep = root.join("deep");
    fs::create_dir_all(deep.join("d/".repeat(80))).unwrap();
    for (name, reason) in [
        ("pipe.json", "a regular file"),
        ("socket.json", "a regular file"),
        ("endless.json", "a regular file"),
        ("one.json", "cannot be read"),
        ("gone.json", "cannot be read"),
        ("loop", "the link leads to a folder that contains it"),
        ("pipes", "a regular file"),
        ("binary.json", "not UTF-8"),
        ("large.json", "larger than 256 MiB"),
        ("heavy", "files of more than 1024 MiB"),
        ("deep", "more than 64 deep"),
    ] {
        let problem = read_all(&[path(name)], None).unwrap_err();
        assert!(
            problem.reason.contains(reason),
            "{name}: {}",
            problem.reason
        );
        assert!(problem.file.contains(name), "{name}: {}", problem.file);
    }
}
