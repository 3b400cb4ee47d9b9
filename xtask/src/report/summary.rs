//! The summary of a run, and the difference to the stored document.

use std::{collections::HashMap, io, io::Write, path::Path};

use serde_json::{Value, json};
use similar::TextDiff;

use super::{SHOWN_PLACES, line, positions::Positions, visible};
use crate::{changes::Change, codegen::Generated};

/// The difference between the stored text and the generated one.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn diff(output: &Path, stored: &str, generated: &str, out: &mut impl Write) -> io::Result<()> {
    let name = output.display().to_string();
    let diff = TextDiff::from_lines(stored, generated);
    let name = line(&name);
    let mut diff = diff.unified_diff();
    let diff = diff.header(&format!("{name} (stored)"), &format!("{name} (generated)"));
    write!(out, "{}", visible(&diff.to_string()))
}

/// Tells changes one to a line, in their order. Of those that say the same of many places, the first ones stand for all.
fn changes(changes: &[Change], out: &mut impl Write) -> io::Result<()> {
    let same = |change: &Change| (change.breaking, change.what.clone());
    let mut left: HashMap<(bool, String), usize> = HashMap::new();
    for change in changes {
        *left.entry(same(change)).or_default() += 1;
    }
    let mut shown: HashMap<(bool, String), usize> = HashMap::new();
    for change in changes {
        let shown = shown.entry(same(change)).or_default();
        *shown += 1;
        let more = left.get(&same(change)).map_or(0, |all| all - *shown);
        if *shown <= SHOWN_PLACES {
            writeln!(out, "  {}", line(&change.to_string()))?;
        }
        if *shown == SHOWN_PLACES && more > 0 {
            let what = line(&change.what);
            writeln!(out, "    {what}: {more} more, which --format json lists")?;
        }
    }
    Ok(())
}

/// The summary of a run.
#[derive(Debug)]
pub struct Summary<'a> {
    /// The document's file.
    pub output: &'a Path,
    /// The generated document and its warnings.
    pub generated: &'a Generated,
    /// The differences to the stored document.
    pub changes: &'a [Change],
    /// For each warning, whether it is new since the stored document.
    pub news: &'a [bool],
    /// Whether there was no stored document.
    pub is_new: bool,
    /// Whether the stored document is current.
    pub is_current: bool,
    /// Whether it was written.
    pub is_written: bool,
}

impl Summary<'_> {
    /// For people.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn human(&self, out: &mut impl Write) -> io::Result<()> {
        let state = match (self.is_written, self.is_new, self.is_current) {
            (true, true, _) => "written",
            (true, false, _) => "updated",
            (false, _, true) => "unchanged",
            (false, _, false) => "not written",
        };
        let size = self.generated.document.size();
        let webhooks = match size.webhooks {
            0 => String::new(),
            webhooks => format!(", {webhooks} webhooks"),
        };
        let new = match self.news.iter().filter(|is_new| **is_new).count() {
            0 => String::new(),
            new => format!(" ({new} new)"),
        };
        writeln!(
            out,
            "{}: {state}; {} operations{webhooks}, {} schemas, {} error codes, {} warnings{new}",
            line(&self.output.display().to_string()),
            size.operations,
            size.schemas,
            size.error_codes,
            self.generated.warnings.len(),
        )?;
        let breaking = self.changes.iter().filter(|it| it.breaking).count();
        if breaking > 0 {
            writeln!(
                out,
                "{breaking} of {} changes are breaking:",
                self.changes.len()
            )?;
        }
        changes(self.changes, out)
    }

    /// For machines.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn json(&self, out: &mut impl Write) -> io::Result<()> {
        let all = &self.generated.warnings;
        let positions = Positions::of(self.generated, all.iter().map(|it| &it.place));
        let news = self.news.iter().copied().chain(std::iter::repeat(false));
        let warnings: Vec<Value> = all
            .iter()
            .zip(news)
            .map(|(warning, is_new)| {
                let position = positions.get(&warning.place);
                json!({
                    "file": warning.place.file,
                    "line": position.map(|(line, _)| line),
                    "column": position.map(|(_, column)| column),
                    "item": warning.place.item,
                    "path": warning.place.path,
                    "kind": warning.kind.id(),
                    "new": is_new,
                    "text": warning.text,
                    "remedy": warning.kind.remedy(),
                    "overlayTarget": warning.target.as_ref().map(|target| &target.path),
                })
            })
            .collect();
        let changes: Vec<Value> = self.changes.iter().map(Change::json).collect();
        let size = self.generated.document.size();
        let told = json!({
            "output": self.output.display().to_string(),
            "written": self.is_written,
            "current": self.is_current,
            "operations": size.operations,
            "webhooks": size.webhooks,
            "schemas": size.schemas,
            "errorCodes": size.error_codes,
            "warnings": warnings,
            "changes": changes,
        });
        writeln!(out, "{told:#}")
    }
}
