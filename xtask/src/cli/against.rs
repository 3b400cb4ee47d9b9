//! The changes that another export of the same API makes.

use std::{io, io::Write};

use serde_json::{Value, json};

use super::{
    Ending, comparable, failed,
    options::{Codegen, Format},
    output::Destination,
};
use crate::{
    changes::{Change, changes, texts},
    codegen::Generated,
    diagnostic::Problem,
    overlay::Idle,
    report,
};

/// Prints the changes from the stored document to the one that was generated from the export.
pub(super) fn tell(
    options: &Codegen,
    destination: &Destination,
    generated: &Generated,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    let Some(stored) = destination.document() else {
        let problem = Problem {
            file: destination.name.display().to_string(),
            reason: "there is no document to compare the export with".to_owned(),
            remedy: "generate the document first, and name it with --output".to_owned(),
            ..Problem::default()
        };
        return failed(options, &problem, out, err);
    };
    let (before, after) = comparable(stored, generated.document.tree().into_owned());
    let mut changes = changes(&before, &after);
    changes.extend(texts(&before, &after));
    let unmatched: Vec<(&str, usize, &str)> = generated
        .applied
        .iter()
        .filter(|(_, applied)| applied.idle == Some(Idle::Unmatched))
        .map(|(file, applied)| (file.as_str(), applied.action, applied.target.as_str()))
        .collect();
    let is_same = changes.is_empty() && unmatched.is_empty();
    match options.format {
        Format::Human => human(&changes, &unmatched, destination, out)?,
        Format::Json => {
            let unmatched: Vec<Value> = unmatched
                .iter()
                .map(|(file, action, target)| {
                    json!({ "file": file, "path": format!("$.actions[{action}]"), "target": target })
                })
                .collect();
            let changes: Vec<Value> = changes.iter().map(Change::json).collect();
            writeln!(
                out,
                "{:#}",
                json!({ "changes": changes, "unmatchedOverlayActions": unmatched })
            )?;
        }
    }
    Ok(match is_same {
        true => Ending::Done,
        false => Ending::Refused,
    })
}

fn human(
    changes: &[Change],
    unmatched: &[(&str, usize, &str)],
    destination: &Destination,
    out: &mut impl Write,
) -> io::Result<()> {
    let name = destination.name.display().to_string();
    let name = report::line(&name);
    let breaking = changes.iter().filter(|change| change.breaking).count();
    match changes.len() {
        0 => writeln!(out, "{name}: the export changes nothing")?,
        all => writeln!(
            out,
            "{name}: the export changes {all} things, {breaking} of them breaking:"
        )?,
    }
    for change in changes {
        writeln!(out, "  {}", report::line(&change.to_string()))?;
    }
    if !unmatched.is_empty() {
        writeln!(
            out,
            "{} overlay actions select nothing in it:",
            unmatched.len()
        )?;
    }
    for (file, action, target) in unmatched {
        let [file, target] = [file, target].map(|text| report::line(text));
        writeln!(out, "  {file}: $.actions[{action}]: {target}")?;
    }
    Ok(())
}
