//! Generates the client, the operation table, the error catalogue and the mocks from
//! `zoom-chat.json`. The generator is in `generator/`, one concern in each file.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, io};

#[path = "generator/mod.rs"]
#[allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is indexed was put or found there; a mistake would fail a build, never a program"
)]
mod generator;

/// How large a source may be, in bytes.
const MAX_SIZE: u64 = 256 << 20;

fn main() -> ExitCode {
    // Without these lines cargo would look at every file of the package, so that an
    // edited Postman item rebuilt the client before codegen has changed the document.
    for path in ["build.rs", "generator", "zoom-chat.json", "requests.md"] {
        println!("cargo::rerun-if-changed={path}");
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for problem in message.lines() {
                println!("cargo::error={problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let directory = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or(format!("cargo did not set {name}"))
    };
    let sources = directory("CARGO_MANIFEST_DIR")?;
    let output = directory("OUT_DIR")?;
    let read = |name| {
        let path = sources.join(name);
        read_text(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let with_mocks = env::var_os("CARGO_FEATURE_MOCK").is_some();
    let files = generator::generate(&read("zoom-chat.json")?, &read("requests.md")?, with_mocks)
        .map_err(|error| format!("zoom-chat.json: {error}"))?;
    for (name, code) in files {
        fs::write(output.join(name), code)
            .map_err(|error| format!("{}: {error}", output.join(name).display()))?;
    }
    Ok(())
}

/// Reads a file, which may be a link to one that never ends.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let mut file = File::open(path)?.take(MAX_SIZE + 1);
    file.read_to_string(&mut text)?;
    if file.limit() == 0 {
        let reason = format!("is larger than {} MiB", MAX_SIZE >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(text)
}
