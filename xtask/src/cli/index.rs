//! The index of requests beside the project's own document.

use std::{
    io::{self, Write},
    path::Path,
};

use super::{
    Ending, failed,
    options::Codegen,
    output::{opened, unwritable},
};
use crate::{
    LIBRARY, OWN, codegen::Generated, diagnostic::Problem, index::index, report, write::replace,
};

/// The name of the file, beside the document.
const FILE: &str = "requests.md";

/// Writes the index, or with `--check` reports that it is stale.
pub(super) fn store(
    options: &Codegen,
    root: &Path,
    generated: &Generated,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    let path = root.join(OWN.1).with_file_name(FILE);
    let text = match index(&generated.document.tree(), LIBRARY) {
        Ok(text) => text,
        Err(reason) => {
            let problem = Problem {
                file: path.display().to_string(),
                reason,
                remedy: "correct the overlay that names the task".to_owned(),
                ..Problem::default()
            };
            return failed(options, &problem, out, err);
        }
    };
    let (output, stored) = match opened(&path) {
        Ok((output, stored)) => (output, stored.unwrap_or_default()),
        Err(problem) => return failed(options, &problem, out, err),
    };
    if stored == text {
        return Ok(Ending::Done);
    }
    if options.check {
        report::diff(&path, &stored, &text, out)?;
        let name = path.display();
        writeln!(
            err,
            "error: {name} is stale; run the same command without --check"
        )?;
        return Ok(Ending::Refused);
    }
    match replace(&output, |file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(Ending::Done),
        Err(error) => failed(options, &unwritable(&path, &error), out, err),
    }
}
