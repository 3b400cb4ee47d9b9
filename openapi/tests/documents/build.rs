//! Generates a client from every document in `documents/`, as `zoom-chat-openapi` does
//! from its own. That this crate compiles is the test that they do.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "../../build/mod.rs"]
#[allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "as in the build script that it belongs to"
)]
mod build;

fn main() -> Result<(), String> {
    for path in ["build.rs", "documents", "../../build"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let output = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or("cargo did not set OUT_DIR")?;
    println!("cargo::rustc-env=GENERATED={}", output.display());
    let mut documents: Vec<_> = fs::read_dir("documents")
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|error: std::io::Error| error.to_string())?;
    documents.sort();
    let mut modules = String::new();
    for path in documents {
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .ok_or("a document without a name")?;
        generate(&path, name, &output.join(name))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(modules, "document!({name:?}, {name});").map_err(|error| error.to_string())?;
    }
    fs::write(output.join("documents.rs"), modules).map_err(|error| error.to_string())
}

fn generate(path: &Path, name: &str, output: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    fs::create_dir_all(output).map_err(|error| error.to_string())?;
    for (file, code) in build::generate(&text, true)? {
        // Each document stands for a crate of its own, and is a module of this one.
        let code = code.replace("crate::", &format!("crate::{name}::"));
        fs::write(output.join(file), code).map_err(|error| error.to_string())?;
    }
    Ok(())
}
