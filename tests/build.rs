//! Writes the test subjects: for each operation of the document its request, with the documented examples as values,
//! and its typed mock. The tests that go over all operations include the file. So they do with the calls of the index of
//! requests.

use std::{env, error::Error, fs, path::Path};

#[path = "build/document.rs"]
mod document;
#[path = "build/index.rs"]
mod index;
#[path = "build/subject.rs"]
mod subject;

fn main() -> Result<(), Box<dyn Error>> {
    let document = Path::new("../openapi/zoom-chat.json");
    let requests = Path::new("../openapi/requests.md");
    for path in [
        Path::new("build.rs"),
        Path::new("build"),
        document,
        requests,
    ] {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let document = document::Document::read(&fs::read_to_string(document)?)?;
    let output = env::var("OUT_DIR")?;
    let output = Path::new(&output);
    fs::write(
        output.join("subjects.rs"),
        subject::file(&document.operations()?)?,
    )?;
    fs::write(
        output.join("index.rs"),
        index::file(&fs::read_to_string(requests)?)?,
    )?;
    Ok(())
}
