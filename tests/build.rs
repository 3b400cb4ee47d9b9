//! Writes the test subjects: for each operation of the document its request, with the documented examples as values,
//! and its typed mock. The tests that go over all operations include the file.

use std::{env, error::Error, fs, path::Path};

#[path = "build/document.rs"]
mod document;
#[path = "build/subject.rs"]
mod subject;

fn main() -> Result<(), Box<dyn Error>> {
    let document = Path::new("../openapi/zoom-chat.json");
    for path in [Path::new("build.rs"), Path::new("build"), document] {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let document = document::Document::read(&fs::read_to_string(document)?)?;
    let output = Path::new(&env::var("OUT_DIR")?).join("subjects.rs");
    fs::write(output, subject::file(&document.operations()?)?)?;
    Ok(())
}
