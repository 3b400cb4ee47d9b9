//! What a run tells: warnings and errors as compilers show them, a summary, a diff; or all of it as JSON.

use std::{borrow::Cow, collections::HashMap, io, io::Write, ops::Range, path::Path};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use indexmap::IndexMap;
use serde_json::{Value, json};
use similar::TextDiff;

use crate::{
    changes::Change,
    codegen::Generated,
    diagnostic::{Place, Problem, Warning},
    locate::locate,
};

/// So many warnings are shown in their file's text; finding the place reads the file.
const SHOWN_IN_TEXT: usize = 20;

/// So many bytes of a line can be shown.
const LONGEST_LINE: usize = 1_000;

/// Tells all warnings, those of the same words together.
///
/// # Errors
///
/// When `err` cannot be written to.
pub fn warnings(generated: &Generated, err: &mut impl Write) -> io::Result<()> {
    let mut by_text: IndexMap<&str, Vec<&Warning>> = IndexMap::new();
    for warning in &generated.warnings {
        by_text.entry(&warning.text).or_default().push(warning);
    }
    // Read at most once, and only if something in it is shown.
    let mut texts: HashMap<&str, Cow<'_, str>> = HashMap::new();
    for (index, (text, warnings)) in by_text.iter().enumerate() {
        let shown = warnings
            .first()
            .filter(|_| index < SHOWN_IN_TEXT)
            .and_then(|warning| {
                let mut sources = generated.sources.iter();
                let source = sources.find(|source| source.name == warning.place.file)?;
                let source_text = texts.entry(&source.name).or_insert_with(|| source.text());
                Some(in_text(text, &warning.place, source_text))
            });
        match &shown {
            Some(shown) => writeln!(err, "{shown}")?,
            None => writeln!(err, "warning: {text}")?,
        }
        for Warning { place, .. } in warnings.iter().skip(usize::from(shown.is_some())) {
            writeln!(
                err,
                "  --> {}: {}",
                place.file,
                label(&place.item, &place.path)
            )?;
        }
        let spots: Vec<_> = warnings.iter().filter_map(|it| it.spot.as_ref()).collect();
        if let [first, others @ ..] = spots.as_slice() {
            let others = match others.len() {
                0 => String::new(),
                count => format!(" (and {count} more, which --format json lists)"),
            };
            writeln!(
                err,
                "  = help: settle it with an overlay action on {}{others}",
                first.target
            )?;
        }
        writeln!(err)?;
    }
    Ok(())
}

/// A place in a file, in words.
fn label(item: &str, path: &str) -> String {
    match item {
        "" => path.to_owned(),
        item => format!("item “{item}”, {path}"),
    }
}

/// A warning with the line that it is about.
fn in_text(text: &str, place: &Place, source_text: &str) -> String {
    let range = locate(source_text, &place.path);
    let label = label(&place.item, &place.path);
    let line = Line::around(source_text, range);
    match line.snippet(&place.file, &label) {
        Some(snippet) => Renderer::plain()
            .render(&[Group::with_title(Level::WARNING.primary_title(text)).element(snippet)]),
        None => {
            let (number, column) = line.position();
            format!(
                "warning: {text}\n  --> {}:{number}:{column}: {label}",
                place.file
            )
        }
    }
}

/// A line of a file, and what to mark in it. The renderer is given no more than that: it reads all that it is given.
struct Line<'t> {
    number: usize,
    text: &'t str,
    marked: Range<usize>,
}

impl<'t> Line<'t> {
    /// The line in which `range` begins, with the part of it that lies in `range`.
    fn around(text: &'t str, range: Range<usize>) -> Self {
        let (before, after) = text.split_at_checked(range.start).unwrap_or((text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = after.find('\n').unwrap_or(after.len());
        let end = range.end.min(range.start + rest);
        let marked = range.start.saturating_sub(start)..end.saturating_sub(start);
        Self {
            number: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            text: text.get(start..range.start + rest).unwrap_or_default(),
            marked,
        }
    }

    /// Line and column, both from 1.
    fn position(&self) -> (usize, usize) {
        let before = self.text.get(..self.marked.start).unwrap_or_default();
        (self.number, before.chars().count() + 1)
    }

    /// What to show of it; nothing of a line that no person wrote.
    fn snippet<'a>(&'a self, file: &'a str, label: &'a str) -> Option<Snippet<'a, Annotation<'a>>> {
        let annotation = AnnotationKind::Primary
            .span(self.marked.clone())
            .label(label);
        let snippet = Snippet::source(self.text)
            .line_start(self.number)
            .path(file)
            .annotation(annotation);
        (self.text.len() <= LONGEST_LINE).then_some(snippet)
    }
}

/// Tells why nothing could be done.
///
/// # Errors
///
/// When `err` cannot be written to.
pub fn problem(problem: &Problem, err: &mut impl Write) -> io::Result<()> {
    problem
        .all()
        .try_for_each(|problem| one_problem(problem, err))
}

fn one_problem(problem: &Problem, err: &mut impl Write) -> io::Result<()> {
    let mut title = Group::with_title(Level::ERROR.primary_title(problem.reason.as_str()));
    let label = label(&problem.item, &problem.path);
    let remedy = Group::with_title(Level::HELP.secondary_title(problem.remedy.as_str()));
    let line = problem.text.as_deref().map(|text| {
        let range = match problem.position {
            Some(position) => at(text, position),
            None => locate(text, &problem.path),
        };
        Line::around(text, range)
    });
    let snippet = line
        .as_ref()
        .and_then(|line| line.snippet(&problem.file, &label));
    let rendered = match snippet {
        Some(snippet) => {
            title = title.element(snippet);
            Renderer::plain().render(&[title, remedy])
        }
        None => {
            let position = problem
                .position
                .or_else(|| line.as_ref().map(Line::position))
                .map(|(line, column)| format!(":{line}:{column}"))
                .unwrap_or_default();
            let label = if label.is_empty() {
                String::new()
            } else {
                format!(": {label}")
            };
            format!(
                "error: {}\n  --> {}{position}{label}\nhelp: {}",
                problem.reason, problem.file, problem.remedy
            )
        }
    };
    writeln!(err, "{rendered}")
}

/// Tells why nothing could be done, as JSON.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json_problem(problem: &Problem, out: &mut impl Write) -> io::Result<()> {
    let told = |problem: &Problem| {
        let position = problem
            .position
            .map(|(line, column)| json!({ "line": line, "column": column }));
        json!({
            "file": problem.file,
            "item": problem.item,
            "path": problem.path,
            "position": position,
            "reason": problem.reason,
            "remedy": problem.remedy,
        })
    };
    let all: Vec<Value> = problem.all().map(told).collect();
    writeln!(
        out,
        "{:#}",
        json!({ "error": told(problem), "errors": all })
    )
}

/// The difference between the stored text and the generated one.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn diff(output: &Path, stored: &str, generated: &str, out: &mut impl Write) -> io::Result<()> {
    let name = output.display().to_string();
    let diff = TextDiff::from_lines(stored, generated);
    write!(
        out,
        "{}",
        diff.unified_diff()
            .header(&format!("{name} (stored)"), &format!("{name} (generated)"))
    )
}

/// What came of a run.
#[derive(Debug)]
pub struct Summary<'a> {
    /// The document's file.
    pub output: &'a Path,
    /// What was generated.
    pub generated: &'a Generated,
    /// The differences to the stored document.
    pub changes: &'a [Change],
    /// Whether there was no stored document.
    pub is_new: bool,
    /// Whether the stored document is what was generated.
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
        writeln!(
            out,
            "{}: {state}; {} operations, {} schemas, {} error codes, {} warnings",
            self.output.display(),
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
        for change in self.changes {
            writeln!(out, "  {change}")?;
        }
        Ok(())
    }

    /// For machines.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn json(&self, out: &mut impl Write) -> io::Result<()> {
        let warnings: Vec<Value> = self
            .generated
            .warnings
            .iter()
            .map(|warning| {
                json!({
                    "file": warning.place.file,
                    "item": warning.place.item,
                    "path": warning.place.path,
                    "text": warning.text,
                    "overlayTarget": warning.spot.as_ref().map(|spot| &spot.target),
                })
            })
            .collect();
        let changes: Vec<Value> = self
            .changes
            .iter()
            .map(|change| {
                json!({
                    "operation": change.operation,
                    "place": change.place,
                    "what": change.what,
                    "breaking": change.breaking,
                })
            })
            .collect();
        let size = self.generated.document.size();
        let told = json!({
            "output": self.output.display().to_string(),
            "written": self.is_written,
            "current": self.is_current,
            "operations": size.operations,
            "schemas": size.schemas,
            "errorCodes": size.error_codes,
            "warnings": warnings,
            "changes": changes,
        });
        writeln!(out, "{told:#}")
    }
}

/// The byte at a line and column, both counted from 1.
fn at(text: &str, (line, column): (usize, usize)) -> Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut byte = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte..byte
}
